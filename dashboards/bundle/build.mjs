// Writes out/plotly.min.js, which the app serves in place of the whole plotly.js.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));

await build({
  absWorkingDir: here,
  entryPoints: ['plotly.entry.js'],
  outfile: 'out/plotly.min.js',
  bundle: true,
  format: 'iife',
  globalName: 'Plotly',
  target: 'es2020',
  minify: true,
  legalComments: 'none',
  // Some of its dependencies still say `global`, which a browser does not have.
  define: { global: 'window' },
  // The only style sheet is that of the tile maps, none of which are in the bundle.
  loader: { '.css': 'empty' },
  logLevel: 'warning',
});
