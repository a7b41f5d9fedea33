# shellcheck shell=bash
# Finds the installed CPythons that the bridge supports: "version executable libpython", oldest first, each libpython once.

python_candidates() {
  local folder pyenv_root
  pyenv_root=${PYENV_ROOT:-$HOME/.pyenv}
  printf '%s\n' "$pyenv_root"/versions/*/bin/python3
  while read -r folder; do
    case $folder in */shims | /bin) continue ;; esac
    printf '%s\n' "$folder"/python3 "$folder"/python3.[0-9]*
  done < <(tr ':' '\n' <<<"$PATH:/usr/local/bin:/usr/bin")
}

# Fails for what the bridge does not run on: other implementations, versions, free-threaded and static builds.
ask_python() {
  "$1" -I - <<'END' 2>/dev/null
import os, sys, sysconfig
get = sysconfig.get_config_var
if sys.implementation.name != "cpython" or not (3, 11) <= sys.version_info[:2] <= (3, 14) or get("Py_GIL_DISABLED"):
    sys.exit(1)
folders = [get("LIBDIR"), os.path.join(get("LIBDIR") or "", get("MULTIARCH") or ""), get("LIBPL")]
names = [get("INSTSONAME"), get("LDLIBRARY")]
files = [os.path.join(f, n) for f in folders if f for n in names if n and not n.endswith(".a")]
library = next(filter(os.path.exists, files), None)
if library is None or hasattr(sys, "gettotalrefcount"):
    sys.exit(1)
print("%d.%d.%d" % sys.version_info[:3], sys.executable, os.path.realpath(library))
END
}

pythons() { printf '%s' "${pythons_known:=$(find_pythons)}" | grep . || true; }

find_pythons() {
  local candidate
  python_candidates | awk '!seen[$0]++' | while read -r candidate; do
    case $candidate in *-config | *-dbg | *d) continue ;; esac
    if [ -x "$candidate" ]; then ask_python "$candidate" || true; fi
  done | sort -s -V -k1,1 | awk '!seen[$3]++'
}

# Asks all candidates now, once for all subshells that follow; again after an installation.
know_pythons() { pythons_known=$(find_pythons); }

# A debug build counts references exactly; tests that want one find it in GILGAMESH_TEST_DEBUG_PYTHON.
debug_python() {
  local folder
  for folder in /usr/bin /usr/local/bin; do
    compgen -G "$folder/python3.*-dbg" || true
  done | head -n 1
}
