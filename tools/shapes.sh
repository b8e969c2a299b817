#!/bin/sh
# Writes dashboards/shapes/countries.json, the outlines on the maps, anew; the file is kept, so only a change needs this.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp "$here/shapes.mjs" "$work"
cd "$work"
npm install --no-save --ignore-scripts --loglevel=error \
    d3-dsv@3.0.1 topojson-client@3.1.0 topojson-simplify@3.0.3 world-atlas@2.0.2 >/dev/null
node shapes.mjs "$here/../data/catalog/economies.csv" "$here/../dashboards/shapes/countries.json"
