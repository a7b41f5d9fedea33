# shellcheck shell=bash
# Installs what is missing: Debian packages with apt, Rust components with rustup, linters into build/tools.

ruff_version=0.8.6
mypy_version=1.14.1
uv_version=0.9.7

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

# install_packages PACKAGE...: quiet when there is nothing to do.
install_packages() {
  [ $# -gt 0 ] || return 0
  can_install || die "missing; install them and come back, on Debian: apt-get install $*"
  say "installing $*"
  apt_install "$@" || { refresh_apt && apt_install "$@"; } || die "apt-get install $* failed, see $logs/apt.log"
}

apt_install() {
  mkdir -p "$logs"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >"$logs/apt.log" 2>&1 </dev/null
}

refresh_apt() {
  say "refreshing the package lists"
  apt-get update -q >>"$logs/apt.log" 2>&1 </dev/null
}

need_build_tools() {
  local missing=()
  command -v cc >/dev/null || missing+=(gcc libc6-dev)
  command -v gradle >/dev/null || missing+=(gradle)
  [ -n "$(jdk_home "$build_jdk")" ] || missing+=("openjdk-$build_jdk-jdk-headless")
  install_packages "${missing[@]}"
  need_rust
}

need_rust() {
  local version rust_floor
  rust_floor=$(sed -n 's/^rust-version *= *"\(.*\)"/\1/p' Cargo.toml)
  command -v cargo >/dev/null || die "cargo is missing: install Rust $rust_floor or newer with rustup"
  version=$(cargo --version | cut -d' ' -f2)
  [ "$(printf '%s\n' "$rust_floor" "$version" | sort -V | head -n 1)" = "$rust_floor" ] ||
    die "cargo $version is too old: Rust $rust_floor or newer is needed, rustup installs it"
}

# The tests want an installed CPython with a shared library and venv, a debug build where there is one, and kill.
need_test_tools() {
  local missing=()
  know_pythons
  [ -n "$(pythons)" ] || missing+=(python3 python3-venv libpython3-dev)
  type -P kill >/dev/null || missing+=(procps)
  install_packages "${missing[@]}"
  know_pythons
  if [ -z "$(debug_python)" ] && can_install; then
    say "installing python3-dbg"
    apt_install python3-dbg || say "no python3-dbg here: its tests are skipped"
  fi
  need_uv
}

need_lint_tools() {
  local missing=()
  command -v shellcheck >/dev/null || missing+=(shellcheck)
  [ -n "$(pythons)" ] || missing+=(python3 python3-venv libpython3-dev)
  install_packages "${missing[@]}"
  need_rust_component fmt rustfmt
  need_rust_component clippy clippy
  need_python_linters
}

need_rust_component() {
  if cargo "$1" --version >/dev/null 2>&1; then return; fi
  command -v rustup >/dev/null || die "cargo $1 is missing: install Rust's component $2"
  say "installing Rust's component $2"
  rustup -q component add "$2" >"$logs/rustup.log" 2>&1
}

need_python_linters() {
  local venv=build/tools/python marker
  marker=$venv/ruff-$ruff_version-mypy-$mypy_version
  [ ! -e "$marker" ] || return 0
  say "installing ruff $ruff_version and mypy $mypy_version"
  rm -rf "$venv"
  mkdir -p "$logs"
  { "$(linter_python)" -m venv "$venv" &&
    "$venv/bin/pip" install -q "ruff==$ruff_version" "mypy==$mypy_version"; } >"$logs/pip.log" 2>&1 </dev/null ||
    die "installing ruff and mypy failed, see $logs/pip.log"
  touch "$marker"
}

# Tests of uv are skipped without it. It lies in the one place that uv_program names.
need_uv() {
  [ ! -x "$(uv_program)" ] || return 0
  say "installing uv $uv_version"
  mkdir -p "$logs"
  { "$(linter_python)" -m venv build/tools/uv-venv &&
    build/tools/uv-venv/bin/pip install -q --no-deps "uv==$uv_version" &&
    mkdir -p "$(dirname "$(uv_program)")" && mv build/tools/uv-venv/bin/uv "$(uv_program)"; } >"$logs/uv.log" 2>&1 </dev/null ||
    say "uv cannot be installed, its tests are skipped: see $logs/uv.log"
  rm -rf build/tools/uv-venv
}

uv_program() { printf '%s\n' "$root/build/tools/uv-$uv_version/uv"; }

linter_python() { pythons | tail -n 1 | cut -d' ' -f2; }
