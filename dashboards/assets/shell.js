// The shell around the pages: theme, print, and moving between addresses without loading all anew.
(function () {
  "use strict";

  var root = document.documentElement;
  var theme = document.getElementById("theme");
  var lastPlace = null;
  var shown = null;
  var focused = null;

  function showTheme() {
    theme.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
  }

  theme.addEventListener("click", function () {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch (error) {
      // Without storage the choice lasts as long as the page.
    }
    showTheme();
  });
  showTheme();

  document.getElementById("print").addEventListener("click", function () { print(); });

  // A page of the same language needs only its data: dcc.Location listens for this event.
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-inside]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (link.href === location.href) return;
    focused = link.dataset.option || null;
    history.pushState({}, "", link.href);
    dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  });

  function showPlace(main) {
    document.querySelectorAll("header.shell a[data-page]").forEach(function (link) {
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

  // A page has been drawn: tell the title and the menu, and lead whoever cannot see it to its start.
  function arrive(main, heading) {
    document.title = heading.textContent + " · Altyn Köpir";
    if (shown && shown !== main.id) {
      scrollTo(0, 0);
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
    shown = main.id;
  }

  // What was chosen has been drawn anew; whoever uses the keyboard goes on from the same place.
  function keepFocus(main) {
    var chosen = main.querySelector('a[aria-current][data-option="' + focused + '"]');
    if (!chosen) return;
    chosen.focus({ preventScroll: true });
    focused = null;
  }

  // Dash tells nobody when it has drawn; the document does.
  new MutationObserver(function () {
    var main = document.querySelector("main");
    var heading = main && main.querySelector("h1");
    if (!heading) return;
    if (focused) keepFocus(main);
    var place = main.id + heading.textContent + location.href;
    if (place === lastPlace) return;
    lastPlace = place;
    showPlace(main);
    arrive(main, heading);
  }).observe(document.getElementById("react-entry-point"), {
    childList: true, subtree: true, attributes: true, attributeFilter: ["id", "href"], characterData: true,
  });

  // On paper nothing can be unfolded, and a chart does not grow narrower by itself.
  function fitCharts(size) {
    document.querySelectorAll(".js-plotly-plot").forEach(function (chart) {
      Plotly.relayout(chart, size(chart));
    });
  }

  addEventListener("beforeprint", function () {
    root.classList.add("paper");
    document.querySelectorAll("main details:not([open])").forEach(function (part) {
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
