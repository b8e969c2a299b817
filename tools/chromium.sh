#!/bin/sh
# Prints the path of a Chromium for the browser tests, installing Debian's if there is none.
# Everything else it has to say goes to standard error; it never lets the tests be skipped.
set -eu
. "$(dirname "$0")/debian.sh"

find_chromium() {
    for browser in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$browser" && return
    done
    return 1
}

fail() {
    printf '%s\n' "$1" \
        'The browser tests need a Chromium. Install one (Debian: apt-get install chromium; elsewhere:' \
        'Google Chrome), or name it: make test CHROMIUM=/path/to/chromium' >&2
    exit 1
}

if [ -n "${CHROMIUM:-}" ]; then
    command -v "$CHROMIUM" || fail "CHROMIUM is «$CHROMIUM», which cannot be run."
    exit
fi
find_chromium && exit

install_packages Chromium chromium fonts-dejavu-core
find_chromium || fail 'Chromium was installed, yet is not on the PATH.'
