// Draws the charts of a view: each has a place of its height, which holds its figure (components/markup.py).
(function () {
  "use strict";

  // What takes longer is felt.
  var PAUSE_MS = 50;

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
      if (!chart.clientWidth || document.documentElement.classList.contains("paper")) return;
      // The drawing may be a part of a pixel wider than what the browser tells.
      var size = chart._fullLayout;
      var change = Math.max(Math.abs(size.width - chart.clientWidth), Math.abs(size.height - chart.clientHeight));
      if (change >= 1) Plotly.Plots.resize(chart);
    });
  });

  // What has been drawn, by the names of the places; a chart of the same name is changed, not drawn anew.
  var drawn = {};

  function keepCharts(places) {
    var kept = {};
    places.forEach(function (place) {
      var chart = drawn[place.id];
      if (!chart) return;
      kept[place.id] = chart;
      if (chart !== place.firstElementChild) place.firstElementChild.replaceWith(chart);
    });
    Object.keys(drawn).forEach(function (name) {
      if (kept[name]) return;
      watching.unobserve(drawn[name]);
      Plotly.purge(drawn[name]);
    });
    drawn = kept;
  }

  function draw(place) {
    var chart = place.firstElementChild;
    var given = JSON.parse(place.lastElementChild.textContent);
    var layout = Object.assign({}, given.figure.layout, { autosize: true });
    // The place has the height.
    delete layout.height;
    delete layout.width;
    drawn[place.id] = chart;
    Plotly.react(chart, { data: given.figure.data, layout: layout, config: given.config }).then(function () {
      watching.observe(chart);
    });
  }

  // As many as nobody notices, then the next, so that whoever scrolls or clicks meanwhile need not wait.
  function drawNext(places) {
    var since = performance.now();
    while (places.length && performance.now() - since < PAUSE_MS) {
      var place = places.shift();
      if (place.isConnected) draw(place);
    }
    if (places.length) setTimeout(drawNext, 0, places);
  }

  function isInSight(place) {
    var box = place.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  }

  // Nobody is to see an old drawing under new words.
  function drawFirst(places) {
    drawNext(places.sort(function (one, other) { return isInSight(other) - isInSight(one); }));
  }

  function drawAll() {
    var places = Array.from(document.querySelectorAll("main .dash-graph"));
    keepCharts(places);
    if (!places.length) return;
    if (window.Plotly) drawFirst(places);
    else afterPaint(function () {
      // Where plotly.js has just been read, a browser has been busy for long enough.
      fetchPlotly().then(function () { setTimeout(drawFirst, 0, places); });
    });
  }

  // The words come first, on the line as on the screen: a chart's engine weighs ten times as much.
  function afterPaint(next) {
    requestAnimationFrame(function () { setTimeout(next); });
  }

  // Whoever reads a page without charts may go on to one with: while nothing else is to be done, their
  // engine is fetched, unless the reader has to pay for bytes.
  function fetchAhead() {
    if (fetched || ours.isDear || ours.isEmbedded) return;
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
