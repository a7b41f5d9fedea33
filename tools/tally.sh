# shellcheck shell=bash
# Adds up what the runners report. A runner that fails without a failed test, or reports nothing, is a failure itself.

passed=0
failed=0
skipped=0

# count TITLE SECONDS PASSED FAILED SKIPPED: one line a stage, and the sum.
count() {
  local text="$3 passed, $4 failed"
  [ "$5" = 0 ] || text="$text, $5 skipped"
  passed=$((passed + $3)) failed=$((failed + $4)) skipped=$((skipped + $5))
  printf '%-46s %-34s %4d s\n' "$1" "$text" "$2" >&2
}

summary() {
  local text="$passed passed, $failed failed"
  [ "$skipped" = 0 ] || text="$text, $skipped skipped"
  printf '%s\n' "$text"
  [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}

# stage PARSER TITLE LOG SECONDS COMMAND...: runs a test runner within a time limit and counts what it reports.
stage() {
  local parser=$1 title=$2 log=$logs/$3.log limit=$4 started=$SECONDS status=0 figures
  shift 4
  mkdir -p "$logs"
  with_limit "$limit" "$@" >"$log" 2>&1 </dev/null || status=$?
  read -r -a figures < <("$parser" "$log" "$status")
  if [ "$status" != 0 ] && [ "${figures[1]}" = 0 ]; then figures[1]=1; fi
  if [ "${figures[0]}" = 0 ] && [ "${figures[1]}" = 0 ] && [ "${figures[2]}" = 0 ] && [ -z "${may_be_empty:-}" ]; then
    figures[1]=1
  fi
  count "$title" $((SECONDS - started)) "${figures[@]}"
  [ "${figures[1]}" = 0 ] || show_failures "$parser" "$log" "$status"
}

# with_limit SECONDS COMMAND...: at the limit a JVM is asked for its threads (QUIT), then the whole group is ended.
with_limit() {
  local limit=$1 runner watcher status=0
  shift
  set -m
  (trap : QUIT; "$@") &
  runner=$!
  (sleep "$limit"; kill -QUIT -- "-$runner"; sleep 15; kill -KILL -- "-$runner") 2>/dev/null &
  watcher=$!
  set +m
  wait "$runner" || status=$?
  kill -- "-$watcher" 2>/dev/null || true
  wait "$watcher" 2>/dev/null || true
  return "$status"
}

show_failures() {
  [ "$3" != 137 ] || say "ended at its time limit, or killed"
  failures_in "$1" "$2" >&2 || true
  if ! grep -qE '^(Failures \(|failures:)' "$2"; then show_end "$2" 60; fi
  say "the whole log: $2"
}

# The part of a log that tells what failed; head may end the others early, which is no error.
failures_in() {
  case $1 in
    jni_check_figures) grep -E -m 20 -A 15 "$jni_findings" "$2" ;;
    junit_figures) sed -n '/^Failures (/,/^Test run finished/p' "$2" | head -n 150 ;;
    cargo_figures) sed -n '/^failures:/,/^test result/p' "$2" | head -n 150 ;;
  esac
}

# The console launcher's summary: "[ 11 tests successful ]". A failed container (a @BeforeAll) is a failed test here.
junit_figures() {
  awk '/^\[ *[0-9]+ tests successful/ { p += $2 } /^\[ *[0-9]+ (tests|containers) failed/ { f += $2 }
       /^\[ *[0-9]+ tests (skipped|aborted)/ { s += $2 } END { print p + 0, f + 0, s + 0 }' "$1"
}

# "test result: ok. 3 passed; 0 failed; 1 ignored; ..."
cargo_figures() {
  awk '/^test result:/ { sub(/.*: [A-Za-z]+\. /, ""); p += $1; f += $3; s += $5 }
       /^error: .*(signal|could not compile)/ { f += 1 }
       END { print p + 0, f + 0, s + 0 }' "$1"
}

# "Ran 12 tests in 0.1s" and "FAILED (failures=1, errors=2, skipped=3)" or "OK (skipped=3)"
unittest_figures() {
  awk 'function figure(name) { return match($0, name "=[0-9]+") ? substr($0, RSTART + length(name) + 1, RLENGTH - length(name) - 1) + 0 : 0 }
       /^Ran [0-9]+ test/ { n += $2 } /^(OK|FAILED)( \(|$)/ { f += figure("failures") + figure("errors"); s += figure("skipped") }
       END { print n - f - s, f + 0, s + 0 }' "$1"
}
