# shellcheck shell=bash
# Progress lines, logs and failures. Everything a command prints goes to build/logs; people see one line a step.

logs=build/logs

say() { printf '%s\n' "$*" >&2; }

die() {
  say "dev: $*"
  exit 2
}

# step TITLE LOG COMMAND...: one line with the time; on failure the end of the log as well.
step() {
  local title=$1 log=$logs/$2.log started=$SECONDS status=0
  shift 2
  mkdir -p "$logs"
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if [ "$status" = 0 ]; then
    printf '%-46s %-34s %4d s\n' "$title" ok $((SECONDS - started)) >&2
  else
    printf '%-46s %-34s %4d s\n' "$title" FAILED $((SECONDS - started)) >&2
    show_end "$log" 60
  fi
  return "$status"
}

show_end() {
  say "---- the end of $1"
  tail -n "$2" "$1" >&2
  say "----"
}
