// Outlines of countries from Natural Earth 1:50m (public domain, by npm's world-atlas): fine where the maps
// look, coarse elsewhere, each with its alpha-3 code. Arguments: economies.csv, the file to write.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { csvParse } from 'd3-dsv';
import { feature, mergeArcs } from 'topojson-client';
import { presimplify, simplify, sphericalTriangleArea } from 'topojson-simplify';

const [, , economies, output] = process.argv;
const REGION = [8, 28, 98, 60];
// Corners of smaller triangles (steradians) are left out: of 80 km² in the region, 8000 km² elsewhere.
const LEAST_NEAR = 2e-6;
const LEAST_FAR = 2e-4;
const NAMED = { Kosovo: 'XKX', 'N. Cyprus': 'XNC', Somaliland: 'SOM' };
const CRIMEA = [32, 44, 37, 46.5];

const isInside = ([west, south, east, north]) => ([x, y]) => x > west && x < east && y > south && y < north;
const round = (number) => Math.round(number * 100) / 100;

function codes() {
  const rows = csvParse(readFileSync(economies, 'utf8'));
  return new Map(rows.flatMap(({ code, m49 }) => m49.split(';').map((number) => [number, code])));
}

/** The parts of each economy; Natural Earth gives Crimea to who holds it, maps of the United Nations do not. */
function parts(world) {
  const codeOf = codes();
  const found = new Map();
  for (const { id, type, arcs, properties } of world.objects.countries.geometries) {
    const code = codeOf.get(id) ?? NAMED[properties.name];
    for (const polygon of type === 'Polygon' ? [arcs] : arcs) {
      const [outer] = feature(world, { type: 'Polygon', arcs: polygon }).geometry.coordinates;
      const isCrimea = outer.every(isInside(CRIMEA));
      const owner = isCrimea && code === 'RUS' ? 'UKR' : code;
      if (owner) found.set(owner, [...(found.get(owner) ?? []), polygon]);
    }
  }
  return found;
}

/** Rounds a ring and leaves out the points which then coincide; null if no area is left. */
function rounded(ring) {
  const points = ring.map((point) => point.map(round));
  const kept = points.filter(([x, y], at) => at === 0 || x !== points[at - 1][0] || y !== points[at - 1][1]);
  return kept.length > 3 ? kept : null;
}

function outline(world, code, polygons) {
  const { geometry } = feature(world, mergeArcs(world, [{ type: 'MultiPolygon', arcs: polygons }]));
  const coordinates = geometry.coordinates
    .map((rings) => rings.map(rounded))
    .filter(([outer]) => outer)
    .map((rings) => rings.filter(Boolean));
  return { type: 'Feature', properties: { code }, geometry: { type: 'MultiPolygon', coordinates } };
}

const atlas = createRequire(import.meta.url)('world-atlas/countries-50m.json');
const isNear = isInside(REGION);
const weighed = presimplify(atlas, (corner) => {
  const area = sphericalTriangleArea(corner);
  return corner.some(isNear) ? area / LEAST_NEAR : area / LEAST_FAR;
});
const world = simplify(weighed, 1);
const features = [...parts(world)]
  .sort(([one], [other]) => one.localeCompare(other, 'en'))
  .map(([code, polygons]) => outline(world, code, polygons))
  .filter(({ geometry }) => geometry.coordinates.length);
const lines = features.map((each) => JSON.stringify(each)).join(',\n');
writeFileSync(output, `{"type":"FeatureCollection","features":[\n${lines}\n]}\n`);
