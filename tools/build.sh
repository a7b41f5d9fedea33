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

# The bridge once more, in the form that lets tests make any entry fail. It stays out of the jar.
build_test_native() {
  CARGO_TARGET_DIR=target/testing CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    cargo_extension build --release -p gilgamesh-jni -p gilgamesh-loader --features gilgamesh-jni/testing &&
    copy_library gilgamesh build/test-native target/testing &&
    copy_library gilgamesh_loader build/test-native target/testing
}

build_floors() { cargo_extension build --release -p gilgamesh-floor; }

# copy_library NAME FOLDER [TARGET]: by rename, so that a JVM which has the old file mapped keeps it.
copy_library() {
  local file folder built
  file=$(library_name "$1")
  folder=$2/$(native_platform)
  built=${3:-target}/release/$file
  mkdir -p "$folder"
  cmp -s "$built" "$folder/$file" || { cp "$built" "$folder/$file.new" && mv "$folder/$file.new" "$folder/$file"; }
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
    step "jar, test and example classes" build-java run_gradle paths
}

class_path() { cat "build/paths/$1"; }
