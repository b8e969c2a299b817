#!/bin/sh
# Builds plotly.min.js and its later parts in dashboards/bundle/out; argument: the Python which may fetch Node.js if the machine has none.
set -eu

python=$1
cd "$(dirname "$0")/../dashboards/bundle"

# esbuild needs Node.js 18, and Debian packs npm apart from it.
node_is_ready() {
    command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null
}

PATH="$PATH:$(dirname "$python")"
if ! node_is_ready; then
    echo 'Node.js is missing or too old; fetching one into the environment …'
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
    PATH="$(dirname "$python"):$PATH"
fi

npm ci --loglevel=error >/dev/null
node build.mjs
