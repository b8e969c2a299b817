// Draws the charts of a briefing from what stands in the same file.
(function () {
  "use strict";
  var drawn = JSON.parse(document.getElementById("drawn").textContent);
  Object.keys(drawn.figures).forEach(function (name) {
    var figure = drawn.figures[name];
    Plotly.newPlot("plot-" + name, figure.data, figure.layout, drawn.config);
  });
  // On paper nothing can be unfolded, and a chart does not grow narrower by itself.
  function fit(size) {
    document.querySelectorAll(".js-plotly-plot").forEach(function (plot) { Plotly.relayout(plot, size(plot)); });
  }

  addEventListener("beforeprint", function () {
    document.body.classList.add("paper");
    fit(function (plot) { return { autosize: false, width: plot.parentElement.clientWidth }; });
  });
  addEventListener("afterprint", function () {
    document.body.classList.remove("paper");
    fit(function () { return { autosize: true, width: null }; });
  });
})();
