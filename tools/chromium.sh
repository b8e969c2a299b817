#!/bin/sh
# Prints the path of a Chromium for the browser tests, installing Debian's if there is none.
# Everything else it has to say goes to standard error; it never lets the tests be skipped.
set -eu

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

command -v apt-get >/dev/null || fail 'No Chromium was found, and there is no apt-get to install one with.'
if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root='sudo -n'
else
    fail 'No Chromium was found, and only root may install one.'
fi

echo 'Installing Chromium …' >&2
{
    $as_root apt-get update -qq &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            chromium fonts-dejavu-core
} >&2 || fail 'Chromium could not be installed.'
find_chromium || fail 'Chromium was installed, yet is not on the PATH.'
