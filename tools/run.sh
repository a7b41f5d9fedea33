# shellcheck shell=bash
# Runs Java programs of the project: tests, the demo, benchmarks, soak tests.

# java_options MAJOR: what every JVM of ours is started with.
java_options() {
  printf '%s\n' -ea "-Dgilgamesh.project=$root" "-Dgilgamesh.floor=$root/target/release" \
    "-Dgilgamesh.test.native=$root/build/test-native/$(native_platform)" "-XX:ErrorFile=$root/$logs/hs_err_%p.log"
  if [ "$1" -ge 22 ]; then printf '%s\n' --enable-native-access=ALL-UNNAMED; fi
}

# run_java MAJOR PYTHON ARGUMENT...: PYTHON is an executable or "embedded".
run_java() {
  local major=$1 python=$2 options environment
  shift 2
  mapfile -t options < <(java_options "$major")
  mapfile -t environment < <(python_environment "$python")
  env "${environment[@]}" "$(jdk_home "$major")/bin/java" "${options[@]}" "$@"
}

# A known environment: only what the run chooses decides which Python starts. JDK 17 names files by the locale.
python_environment() {
  printf '%s\n' --unset=VIRTUAL_ENV --unset=PYTHONHOME --unset=PYTHONPATH --unset=GILGAMESH_PYTHON LC_ALL=C.UTF-8
  printf 'GILGAMESH_TEST_PYTHONS=%s\n' "$(pythons | cut -d' ' -f2 | paste -sd: -)"
  printf 'GILGAMESH_TEST_DEBUG_PYTHON=%s\n' "$(debug_python)"
  printf 'GILGAMESH_TEST_UV=%s\n' "$(uv_program)"
  if [ "$1" != embedded ]; then printf 'GILGAMESH_PYTHON=%s\n' "$1"; fi
}

run_junit() {
  local major=$1 python=$2
  shift 2
  run_java "$major" "$python" "${jvm_extra[@]}" -cp "$(class_path test)" \
    org.junit.platform.console.ConsoleLauncher execute "--scan-class-path=$(class_path test-classes)" \
    --disable-banner --disable-ansi-colors --details=tree --details-theme=ascii \
    "--config=junit.jupiter.execution.timeout.default=$test_limit" "$@"
}

jvm_extra=()
test_limit=120s   # for one test, where it names no other

run_demo() {
  build_for_runs
  run_java "$(newest_jdk)" embedded -cp "$(class_path examples)" "$(gradle_property examplesMain)" "$@"
}

run_bench() {
  build_for_runs
  step "floors of the benchmarks" build-floors build_floors
  mkdir -p build/bench
  run_java "$(newest_jdk)" embedded -cp "$(class_path bench)" "$(gradle_property benchMain)" "$@"
}

run_soak() {
  local name=${1:-} minutes=${2:-5}
  if [[ $name =~ ^[0-9]+$ ]]; then minutes=$name name=; fi
  [[ $minutes =~ ^[1-9][0-9]*$ ]] || die "soak takes a number of minutes, not '$minutes'"
  build_for_runs
  jvm_extra=("-Dgilgamesh.soak.minutes=$minutes")
  test_limit=$((minutes * 3 + 10))m
  run_junit "$(newest_jdk)" embedded --include-tag=soak "--include-classname=.*$name.*"
}

gradle_property() { sed -n "s/^$1=//p" gradle.properties; }

print_classpath() {
  build
  step "embedded CPython" embedded-path run_gradle embeddedPath
  class_path application
}

print_pairs() {
  jdks | sed 's/^/JDK /'
  pythons | sed 's/^/CPython /'
}
