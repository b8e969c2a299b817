// Runs in a page before any of its own scripts, and notes when all that the page promises has been drawn.
// `first` is what a page promises that was opened by its address; `expect` says what a click is to lead to.
(first) => {
  "use strict";

  const KEPT = "benchmarks";
  const now = () => performance.timeOrigin + performance.now();

  // What plotly.js has painted of a chart; nothing while it has painted no trace.
  const painted = (plot) =>
    [...plot.querySelectorAll(".main-svg .trace path")].map((path) => path.getAttribute("d")).join();

  const plotsOf = (root) => [...root.querySelectorAll(".js-plotly-plot")].map(painted);

  const isLoaded = (image) => image.complete && image.naturalWidth > 0;

  function isDrawn(promised) {
    const root = document.querySelector(promised.root);
    if (!root) return false;
    const cards = root.querySelectorAll(promised.cards || "none").length;
    if (promised.cards && cards < promised.cardCount) return false;
    const pictures = root.querySelectorAll(`:is(${promised.pictures || "none"})`);
    if (pictures.length < promised.pictureCount) return false;
    if (![...pictures].every((each) => each.localName !== "img" || isLoaded(each))) return false;
    const plots = plotsOf(root);
    if (plots.filter(Boolean).length < promised.plotCount) return false;
    return promised.before.every((before, at) => plots[at] && plots[at] !== before);
  }

  const kept = sessionStorage.getItem(KEPT);
  let promised = kept ? JSON.parse(kept) : { ...first, before: [], since: performance.timeOrigin };
  const bench = { drawnMs: null };
  window.benchmarks = bench;

  // Seen is what the next frame has shown.
  function look() {
    if (bench.drawnMs === null && promised.since !== null && isDrawn(promised)) {
      const { since } = promised;
      requestAnimationFrame(() => setTimeout(() => { bench.drawnMs = now() - since; }));
      promised = { ...promised, since: null };
    }
    requestAnimationFrame(look);
  }
  requestAnimationFrame(look);

  // The next click is to lead to this, on this page or after it; `changing` charts are to be painted otherwise.
  bench.expect = (next, changing) => {
    const root = document.querySelector(next.root);
    const before = changing ? plotsOf(root).slice(0, changing) : [];
    promised = { ...next, before, since: null };
    bench.drawnMs = null;
    const clicked = (event) => {
      promised.since = performance.timeOrigin + event.timeStamp;
      sessionStorage.setItem(KEPT, JSON.stringify(promised));
    };
    addEventListener("click", clicked, { capture: true, once: true });
  };
}
