// Draws the charts of a view: each has a place of its height, which holds its figure (components/markup.py).
(function () {
  "use strict";

  var ours = window.altyn_kopir;
  var addresses = document.getElementById("_dash-renderer").dataset;
  var fetched = null;

  // Whatever map plotly.js wants shapes for, it has them already: none. It would fetch them from another
  // host, though our maps bring their own.
  window.PlotlyGeoAssets = { topojson: new Proxy({}, { get: function () { return { objects: {} }; } }) };

  function fetchPlotly() {
    if (!fetched) {
      fetched = ours.load(addresses.plotly);
      fetched.catch(function () { fetched = null; });
    }
    return fetched;
  }

  // A chart is as wide as its place, which may be folded away at first, or turned with the phone.
  var watching = new ResizeObserver(function (entries) {
    entries.forEach(function (entry) {
      var chart = entry.target;
      if (!chart.isConnected) {
        watching.unobserve(chart);
        Plotly.purge(chart);
      } else if (chart.clientWidth && !document.documentElement.classList.contains("paper")) {
        // The drawing may be a part of a pixel wider than what the browser tells.
        var size = chart._fullLayout;
        var change = Math.max(Math.abs(size.width - chart.clientWidth), Math.abs(size.height - chart.clientHeight));
        if (change >= 1) Plotly.Plots.resize(chart);
      }
    });
  });

  function draw(place) {
    var chart = place.firstElementChild;
    var given = JSON.parse(place.lastElementChild.textContent);
    var layout = Object.assign({}, given.figure.layout, { autosize: true });
    // The place has the height.
    delete layout.height;
    delete layout.width;
    Plotly.newPlot(chart, { data: given.figure.data, layout: layout, config: given.config }).then(function () {
      watching.observe(chart);
    });
  }

  // One after the other, so that whoever scrolls or clicks meanwhile need not wait for all of them.
  function drawNext(places) {
    var place = places.shift();
    if (!place) return;
    if (place.isConnected) draw(place);
    setTimeout(drawNext, 0, places);
  }

  function drawAll() {
    var places = Array.from(document.querySelectorAll("main .dash-graph"));
    if (!places.length) return;
    // At once where plotly.js is there; where it has just been read, a browser has been busy for long enough.
    if (window.Plotly) drawNext(places);
    else fetchPlotly().then(function () { setTimeout(drawNext, 0, places); });
  }

  // Whoever reads a page without charts may go on to one with: while nothing else is to be done, their
  // engine is fetched, unless the reader has to pay for bytes.
  function fetchAhead() {
    var isDear = (navigator.connection || {}).saveData || matchMedia("(prefers-reduced-data: reduce)").matches;
    if (fetched || isDear || ours.isEmbedded) return;
    var link = document.createElement("link");
    link.rel = "prefetch";
    link.as = "script";
    link.href = addresses.plotly;
    document.head.append(link);
  }

  document.addEventListener("altyn_kopir:shown", drawAll);
  drawAll();
  addEventListener("load", function () { (window.requestIdleCallback || setTimeout)(fetchAhead); });
})();
