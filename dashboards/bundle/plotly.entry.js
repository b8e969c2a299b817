// Only the trace types which the figures draw: the whole of plotly.js weighs four times as much.
// `core` already holds scatter; a figure which needs another trace type adds its module here.
'use strict';

const Plotly = require('plotly.js/lib/core');

Plotly.register([require('plotly.js/lib/bar'), ...require('./locales.json')]);

// The build makes this the global `Plotly`, which dcc.Graph looks for before it loads its own copy.
module.exports = Plotly;
