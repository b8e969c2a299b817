#!/bin/sh
# Prints the first Python which is new enough and able to make an environment, or says what is missing.
set -eu

[ $# -gt 0 ] || set -- python3 python3.13 python3.12 python3.11 python3.14
for python in "$@"; do
    if "$python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        printf '%s\n' "$python"
        exit 0
    fi
done

cat >&2 <<'TEXT'
Python 3.11 or newer, with its venv module, is needed and was not found.
  Debian, Ubuntu:  apt-get install python3 python3-venv
  another place:   make PYTHON=/path/to/python3.12 …
TEXT
exit 1
