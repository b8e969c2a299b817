// What treemaps need besides plotly.entry.js, which has been loaded before.
'use strict';

require('plotly.js/src/registry').register(require('plotly.js/lib/treemap'));
