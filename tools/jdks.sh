# shellcheck shell=bash
# Finds JDKs: JAVA_HOME_<n>, JAVA_HOME, javac on the PATH, the usual folders. Prints "major home", one a major version.

build_jdk=17   # the jar is compiled by it and for it

jdk_candidates() {
  local name
  for name in $(compgen -e | grep -E '^JAVA_HOME(_[0-9]+)?(_X64|_ARM64)?$' | sort -r); do
    printf '%s\n' "${!name}"
  done
  if command -v javac >/dev/null; then
    dirname "$(dirname "$(readlink -f "$(command -v javac)")")"
  fi
  printf '%s\n' /usr/lib/jvm/* /opt/*jdk* /usr/local/*jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*
}

jdk_major() {
  sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release" 2>/dev/null
}

jdks() {
  local home major
  jdk_candidates | while read -r home; do
    [ -x "$home/bin/javac" ] || continue
    major=$(jdk_major "$home")
    if [ "${major:-0}" -ge "$build_jdk" ]; then printf '%s %s\n' "$major" "$home"; fi
  done | sort -s -n -k1,1 -u
}

jdk_home() { jdks | awk -v major="$1" '$1 == major { print $2 }'; }

newest_jdk() { jdks | tail -n 1 | cut -d' ' -f1; }
