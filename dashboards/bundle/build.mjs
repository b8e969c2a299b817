// Writes out/plotly.min.js, which the app serves in place of the whole plotly.js, and out/plotly.*.min.js,
// which the first loads when a figure needs them. What several need is in the first only.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const LATER = ['flows', 'maps', 'trees'];
const here = fileURLToPath(new URL('.', import.meta.url));

const common = {
  absWorkingDir: here,
  bundle: true,
  format: 'iife',
  target: 'es2020',
  minify: true,
  legalComments: 'none',
  // Some of its dependencies still say `global`, which a browser does not have.
  define: { global: 'window' },
  // The only style sheet is that of the tile maps, none of which are in the bundle.
  loader: { '.css': 'empty' },
  logLevel: 'warning',
};

/** Answers `require(name)` with a module of these contents. */
function virtual(name, contents) {
  return {
    name,
    setup({ onLoad, onResolve }) {
      onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: name }));
      onLoad({ filter: /.*/, namespace: name }, () => ({ contents, resolveDir: here }));
    },
  };
}

/** Takes modules that the first file holds from there, by their number, and notes them in `shared`. */
function fromFirst(held, shared) {
  return {
    name: 'from-first',
    setup({ onLoad, onResolve, resolve: find }) {
      onResolve({ filter: /.*/ }, async ({ path, pluginData, ...place }) => {
        if (pluginData === 'found') return undefined;
        const found = await find(path, { ...place, pluginData: 'found' });
        return held.includes(found.path) ? { path: found.path, namespace: 'first' } : found;
      });
      onLoad({ filter: /.*/, namespace: 'first' }, ({ path }) => {
        const number = held.indexOf(path);
        shared[number] = path;
        return { contents: `module.exports = window.Plotly.sharedModules[${number}]` };
      });
    },
  };
}

function first(shared, options) {
  const entries = Object.entries(shared).map(([number, path]) => `${number}: require(${JSON.stringify(path)})`);
  return build({
    ...common,
    entryPoints: ['plotly.entry.js'],
    outfile: 'out/plotly.min.js',
    globalName: 'Plotly',
    plugins: [virtual('shared-modules', `module.exports = { ${entries} }`)],
    ...options,
  });
}

const { metafile } = await first([], { metafile: true, write: false });
const held = Object.keys(metafile.inputs).sort().map((path) => resolve(here, path));
const shared = [];
for (const name of LATER) {
  await build({
    ...common,
    entryPoints: [`plotly.${name}.entry.js`],
    outfile: `out/plotly.${name}.min.js`,
    plugins: [
      // Names and codes by which countries are looked up in plotly's own shapes; ours have their codes.
      virtual('country-iso-search', 'exports.COUNTRIES = []; exports.createLookup = () => ({ lookupAlpha3() {} })'),
      fromFirst(held, shared),
    ],
  });
}
// Last, for its presence is taken to mean that all are there.
await first(shared);
