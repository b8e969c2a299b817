// Starts Dash once everything before it has been read; an inline script would need a hole in the CSP.
(function () {
  var bundle = document.currentScript.dataset.plotly;
  if (bundle) {
    // dcc.Graph loads plotly.js from the address in this property, which Dash sets to its own copy.
    Object.defineProperty(window, "_dashPlotlyJSURL", {
      get: function () { return bundle; },
      set: function () {},
    });
  }
  // Whatever map plotly.js wants shapes for, it has them already: none. It would fetch them from another
  // host, though our maps bring their own.
  window.PlotlyGeoAssets = { topojson: new Proxy({}, { get: function () { return { objects: {} }; } }) };
  new DashRenderer();
})();
