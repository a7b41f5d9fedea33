# shellcheck shell=bash
# Builds the native libraries with cargo and the jar with Gradle.

native_platform() {
  local os arch
  case $(uname -s) in Darwin) os=macosx ;; Linux) os=linux ;; *) os=windows ;; esac
  case $(uname -m) in x86_64 | amd64) arch=x86_64 ;; aarch64 | arm64) arch=arm64 ;; *) arch=$(uname -m) ;; esac
  printf '%s-%s\n' "$os" "$arch"
}

library_name() {
  case $(uname -s) in Darwin) printf 'lib%s.dylib\n' "$1" ;; Linux) printf 'lib%s.so\n' "$1" ;; *) printf '%s.dll\n' "$1" ;; esac
}

# No Python is needed to build: the stable ABI, and no link to any libpython.
# The paths of this machine stay out of the libraries.
cargo_extension() {
  PYO3_NO_PYTHON=1 PYO3_BUILD_EXTENSION_MODULE=1 \
    RUSTFLAGS="--remap-path-prefix=$root=gilgamesh --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo" cargo "$@"
}

# Functions that step and stage run chain their commands by &&, since bash does not stop at an error there.
build_native() {
  cargo_extension build --release -p gilgamesh-jni -p gilgamesh-loader &&
    copy_library gilgamesh build/native &&
    copy_library gilgamesh_loader build/native
}

# The library that only tests and benchmarks load. It stays out of the jar.
build_test_native() {
  [ -e tests/native/Cargo.toml ] || return 0
  cargo_extension build --release -p "$(test_native_package)" &&
    copy_library "$(test_native_package | tr - _)" build/test-native
}

test_native_package() { sed -n 's/^name *= *"\(.*\)"/\1/p' tests/native/Cargo.toml 2>/dev/null | head -n 1; }

test_native_library() { printf '%s\n' "$root/build/test-native/$(native_platform)/$(library_name "$(test_native_package | tr - _)")"; }

# copy_library NAME FOLDER: by rename, so that a JVM which has the old file mapped keeps it.
copy_library() {
  local file folder
  file=$(library_name "$1")
  folder=$2/$(native_platform)
  mkdir -p "$folder"
  cmp -s "target/release/$file" "$folder/$file" ||
    { cp "target/release/$file" "$folder/$file.new" && mv "$folder/$file.new" "$folder/$file"; }
}

run_gradle() {
  local options=(-q)
  [ -z "${CI:-}" ] || options+=(--no-daemon)
  JAVA_HOME=$(jdk_home "$build_jdk") gradle "${options[@]}" "$@"
}

build() {
  need_build_tools
  step "native libraries" build-native build_native
  step "jar" build-jar run_gradle jar
}

# What tests, benchmarks and examples need beyond the jar.
build_for_runs() {
  need_build_tools
  step "native libraries" build-native build_native &&
    step "native test library" build-test-native build_test_native &&
    step "jar, test and example classes" build-java run_gradle paths
}

class_path() { cat "build/paths/$1"; }
