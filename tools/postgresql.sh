#!/bin/sh
# Prints the folder of PostgreSQL's own programs for the tests, installing Debian's if there is none.
# With --find it only looks. Everything else it has to say goes to standard error; the tests that need
# a server are skipped where it says so, and `make test` ends there.
set -eu
. "$(dirname "$0")/debian.sh"

find_postgresql() {
    folder=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t / -k 5 -n | tail -n 1)
    [ -x "$folder/initdb" ] && echo "$folder" && return
    initdb=$(command -v initdb) && dirname "$(readlink -f "$initdb")"
}

fail() {
    printf '%s\n' "$1" \
        'The tests of many readers and writers need a PostgreSQL of their own. Install one (Debian:' \
        'apt-get install postgresql; elsewhere: any of version 15 or newer, its initdb on the PATH).' >&2
    exit 1
}

find_postgresql && exit
[ "${1:-}" != --find ] || fail 'No PostgreSQL was found.'

install_packages PostgreSQL postgresql
find_postgresql || fail 'PostgreSQL was installed, yet cannot be found.'
