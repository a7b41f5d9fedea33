# shellcheck shell=bash
# Formatting and static checks. Each is one test in the sum of ./dev test.

run_lint() {
  need_build_tools
  need_lint_tools
  lint_stages
  summary
}

lint_stages() {
  if [ -e Cargo.toml ]; then
    lint "lint: rustfmt" lint-rustfmt cargo fmt --all --check
    lint "lint: clippy" lint-clippy cargo_extension clippy --workspace --all-targets -- -D warnings
  fi
  lint "lint: javac, Error Prone, javadoc" lint-java run_gradle classes javadoc
  lint "lint: google-java-format" lint-java-format check_java_format
  lint "lint: ruff" lint-ruff check_python_style
  lint "lint: mypy" lint-mypy check_python_types
  lint "lint: shellcheck" lint-shellcheck check_shell
}

lint() {
  local title=$1 log=$2
  shift 2
  stage check_figures "$title" "$log" 600 "$@"
}

# A check that fails is counted by its exit status.
check_figures() { if [ "$2" = 0 ]; then echo 1 0 0; else echo 0 1 0; fi; }

check_shell() { shellcheck --external-sources --check-sourced dev .ci/run tools/with-python; }

python_folders() { for folder in python tests/python; do if [ -d $folder ]; then echo $folder; fi; done; }

check_python_style() {
  local folders
  mapfile -t folders < <(python_folders)
  [ ${#folders[@]} -gt 0 ] || return 0
  build/tools/python/bin/ruff format --check "${folders[@]}" && build/tools/python/bin/ruff check "${folders[@]}"
}

check_python_types() {
  [ ! -d python ] || build/tools/python/bin/mypy python
}

java_sources() { find java tests examples -name '*.java'; }

java_format() {
  local exports=() files=() name file
  for name in api code file parser tree util; do
    exports+=("--add-exports=jdk.compiler/com.sun.tools.javac.$name=ALL-UNNAMED")
  done
  run_gradle formatterPath || return
  while read -r file; do
    if [ -e "$file" ]; then files+=("$file"); fi
  done < <(java_sources)
  "$(jdk_home "$build_jdk")/bin/java" "${exports[@]}" -cp "$(class_path formatter)" com.google.googlejavaformat.java.Main "$@" "${files[@]}"
}

check_java_format() { java_format --dry-run --set-exit-if-changed; }

run_format() {
  need_build_tools
  need_lint_tools
  step "rustfmt" format-rust cargo fmt --all
  step "google-java-format" format-java java_format --replace
  step "ruff format" format-python format_python
}

format_python() {
  local folders
  mapfile -t folders < <(python_folders)
  [ ${#folders[@]} = 0 ] || build/tools/python/bin/ruff format "${folders[@]}"
}
