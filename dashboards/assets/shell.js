// The shell around the pages: theme, print, and the menus that say where the reader is.
(function () {
  "use strict";

  var root = document.documentElement;
  var theme = document.getElementById("theme");
  // One chart on a page of others has no header: nothing to switch, and links open beside that page.
  var isEmbedded = "embedded" in root.dataset;

  function showTheme() {
    theme.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
  }

  if (!isEmbedded) theme.addEventListener("click", function () {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch (error) {
      // Without storage the choice lasts as long as the page.
    }
    showTheme();
  });
  if (!isEmbedded) showTheme();

  if (!isEmbedded) document.getElementById("print").addEventListener("click", function () { print(); });

  // Scripts run in the order in which they were asked for.
  function load(address) {
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.async = false;
      script.src = address;
      script.onload = resolve;
      script.onerror = function () {
        script.remove();
        reject(new Error(address + " cannot be loaded"));
      };
      document.head.append(script);
    });
  }

  function showPlace(main) {
    // Whoever looks from a past day goes on looking from it; a day that is none the page complains of.
    var day = main.querySelector(".asof") && new URLSearchParams(location.search).get("asof");
    document.querySelectorAll("header.shell a[data-page]").forEach(function (link) {
      link.search = day ? "?asof=" + day : "";
      if ("page-" + link.dataset.page === main.id) link.setAttribute("aria-current", "page");
      // A view below a page, as that of one pair below trade.
      else if (location.pathname.indexOf(link.pathname + "/") === 0) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    document.querySelectorAll("a[data-language]").forEach(function (link) {
      var rest = location.pathname.replace(/^\/[^/]*/, "");
      link.href = "/" + link.dataset.language + rest + location.search;
    });
  }

  window.altyn_kopir = {
    isEmbedded: isEmbedded,
    // Who pays for bytes gets none ahead of need.
    isDear: (navigator.connection || {}).saveData || matchMedia("(prefers-reduced-data: reduce)").matches,
    load: load,
    showPlace: showPlace,
  };

  // On paper nothing can be unfolded, and a chart does not grow narrower by itself.
  function fitCharts(size) {
    document.querySelectorAll(".js-plotly-plot").forEach(function (chart) {
      Plotly.relayout(chart, size(chart));
    });
  }

  addEventListener("beforeprint", function () {
    root.classList.add("paper");
    document.querySelectorAll("main details:not([open], .take, .menu, .appendix)").forEach(function (part) {
      part.open = true;
      part.dataset.openedForPrint = "";
    });
    fitCharts(function (chart) { return { autosize: false, width: chart.parentElement.clientWidth }; });
  });
  addEventListener("afterprint", function () {
    root.classList.remove("paper");
    document.querySelectorAll("details[data-opened-for-print]").forEach(function (part) {
      part.open = false;
      delete part.dataset.openedForPrint;
    });
    fitCharts(function () { return { autosize: true, width: null }; });
  });
})();
