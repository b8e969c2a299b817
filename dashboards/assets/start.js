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
  new DashRenderer();
})();
