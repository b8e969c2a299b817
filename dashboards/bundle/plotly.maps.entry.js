// What maps need besides plotly.entry.js, which has been loaded before.
'use strict';

require('plotly.js/src/registry').register([
  require('plotly.js/lib/choropleth'),
  require('plotly.js/lib/scattergeo'),
]);
