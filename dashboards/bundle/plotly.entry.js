// What every chart needs, and how the rest is fetched when a figure asks for it: the whole of plotly.js
// weighs four times as much. `core` already holds scatter.
'use strict';

const Plotly = require('plotly.js/lib/core');
const registry = require('plotly.js/src/registry');

const LOST = 'This chart could not be loaded. Its figures are in the table under it.';

Plotly.register([require('plotly.js/lib/bar'), ...require('./locales.json')]);

// The other files take these modules from here instead of bringing their own; build.mjs lists them.
Plotly.sharedModules = require('shared-modules');

// The files of the other trace types, by the data attribute of the page's script that has their address.
const FILES = {
  choropleth: 'plotlyMaps',
  scattergeo: 'plotlyMaps',
  sankey: 'plotlyFlows',
  treemap: 'plotlyTrees',
};
const loading = {};

function load(file) {
  loading[file] ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = document.getElementById('_dash-renderer').dataset[file];
    script.onload = resolve;
    script.onerror = () => {
      delete loading[file]; // The next figure tries again.
      script.remove();
      reject(new Error(`${script.src} cannot be loaded`));
    };
    document.head.append(script);
  });
  return loading[file];
}

function lost({ layout, config }) {
  const words = registry.localeRegistry[config?.locale]?.dictionary?.[LOST] ?? LOST;
  const text = words.replaceAll('. ', '.<br>'); // A phone is no wider than a sentence.
  const hidden = { visible: false };
  const note = { text, showarrow: false, xref: 'paper', yref: 'paper', x: 0, y: 1, xanchor: 'left', align: 'left' };
  const { autosize, height, template } = layout ?? {};
  return {
    data: [],
    layout: { autosize, height, template, xaxis: hidden, yaxis: hidden, annotations: [note] },
    config,
  };
}

// Charts are drawn by these two; a failure is drawn as a sentence.
for (const name of ['newPlot', 'react']) {
  const draw = Plotly[name];
  Plotly[name] = (element, figure, ...rest) => {
    const traces = (Array.isArray(figure) ? figure : figure?.data) ?? [];
    const lacking = traces.map(({ type }) => type).filter((type) => FILES[type] && !registry.modules[type]);
    if (!lacking.length) return draw(element, figure, ...rest);
    return Promise.all(lacking.map((type) => load(FILES[type])))
      .catch((error) => {
        console.error(error);
        return error;
      })
      .then((outcome) => {
        if (!element.isConnected) return element; // The reader has gone on to another page.
        return outcome instanceof Error ? draw(element, lost(figure)) : draw(element, figure, ...rest);
      });
  };
}

// The build makes this the global `Plotly`, by which charts.js draws.
module.exports = Plotly;
