// The shell around the pages: theme, print, and moving between addresses without loading all anew.
(function () {
  "use strict";

  var root = document.documentElement;
  var theme = document.getElementById("theme");
  var content = document.getElementById("content");
  var shown = {};
  var focused = null;
  var open = null;
  var searched = null;

  function showTheme() {
    theme.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
  }

  // One chart on a page of others has no header: nothing to switch, and links open beside that page.
  var isEmbedded = "embedded" in root.dataset;

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

  // The first view stands in the document. Dash is fetched when it has something to do: for a grid at
  // once, else when somebody is about to choose. Where it cannot be had, every choice is a document too.
  var dash = null;
  function wake() {
    if (dash) return;
    dash = load(document.getElementById("_dash-renderer").dataset.src);
    dash.catch(function () {
      dash = null;
      if (window.altyn_kopir.place !== location.pathname + location.search) location.reload();
    });
  }

  function isChoice(part) {
    var link = part.closest("a[data-inside]");
    if (!link) return part.closest("main form[role=search], main input[data-steps]");
    return link.pathname === location.pathname || link.dataset.option !== undefined;
  }

  ["pointerover", "pointerdown", "focusin"].forEach(function (intent) {
    document.addEventListener(intent, function (event) {
      if (!isEmbedded && event.target.closest && isChoice(event.target)) wake();
    }, { passive: true });
  });

  // A choice changes the page that stands there; so does another page, once Dash is awake.
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-inside]");
    if (!link || isEmbedded || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    if (!dash && !isChoice(link)) return;
    event.preventDefault();
    if (link.href === location.href) return;
    var group = link.closest("[role=group]");
    focused = link.dataset.option !== undefined && group
      ? { group: group.getAttribute("aria-label"), option: link.dataset.option }
      : null;
    open = Array.from(document.querySelectorAll("main details[data-keep][open]"), nameOf);
    go(link.href);
  });

  function go(address) {
    history.pushState({}, "", address);
    wake();
    dispatchEvent(new Event("altyn_kopir:moved"));
  }

  // What is searched for stands in the address like any choice; the form's own keeps the others.
  document.addEventListener("submit", function (event) {
    if (!event.target.matches("form[role=search]") || isEmbedded) return;
    event.preventDefault();
    var address = new URL(event.target.action);
    new FormData(event.target).forEach(function (value, name) {
      if (value.trim()) address.searchParams.set(name, value.trim());
    });
    if (address.href === location.href) return;
    searched = document.activeElement;
    go(address.href);
  });

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

  // A page has been drawn: tell the title and the menu, and lead whoever cannot see it to its start.
  // Another view of the same page counts as another, unless it was chosen and the choice has the focus.
  function arrive(main, heading) {
    document.title = heading.textContent + " · Altyn Köpir";
    var isOtherView = shown.path !== location.pathname && !main.contains(document.activeElement);
    if (shown.main && (shown.main.id !== main.id || isOtherView)) {
      // At once: to glide up a page that is not there any more takes a second.
      scrollTo({ top: 0, behavior: "instant" });
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
    shown = { main: main, path: location.pathname };
    var part = location.hash && document.getElementById(location.hash.slice(1));
    if (part && main.contains(part)) part.scrollIntoView({ behavior: "instant" });
  }

  // What was chosen has been drawn anew; whoever uses the keyboard goes on from the same place.
  function keepFocus(main) {
    var chosen = Array.from(main.querySelectorAll("[role=group] a[data-option]")).find(function (link) {
      var group = link.closest("[role=group]").getAttribute("aria-label");
      return group === focused.group && link.dataset.option === focused.option;
    });
    // A menu for one choice has closed over it.
    var isHidden = chosen && chosen.checkVisibility && !chosen.checkVisibility();
    var target = isHidden ? chosen.closest("details").querySelector("summary") : chosen;
    if (target) target.focus({ preventScroll: true });
    focused = null;
  }

  function nameOf(fold) {
    return fold.dataset.keep;
  }

  // Some folds are for choosing one thing after another; these stay open in what is drawn anew.
  function keepOpen(main) {
    main.querySelectorAll("details[data-keep]").forEach(function (fold) {
      if (open.includes(nameOf(fold))) fold.open = true;
    });
    if (focused) keepFocus(main);
    open = null;
  }

  // The answer comes with a search box of its own; whoever wrote in the one before may want to go on.
  function keepWriting(main) {
    var box = main.querySelector("form[role=search] input");
    if (!box || document.contains(searched)) return;
    if (searched.matches("input")) {
      box.focus({ preventScroll: true });
      box.setSelectionRange(box.value.length, box.value.length);
    } else main.querySelector("form[role=search] button").focus({ preventScroll: true });
    searched = null;
  }

  // A view has come to stand in the document: the first with it, each other from Dash.
  function settle() {
    var main = content.querySelector("main");
    if (open) keepOpen(main);
    if (searched) keepWriting(main);
    showPlace(main);
    arrive(main, main.querySelector("h1"));
  }

  function show(html) {
    content.innerHTML = html;
    settle();
    document.dispatchEvent(new Event("altyn_kopir:shown"));
  }

  var isAlive = content.querySelector("[data-live]");
  window.altyn_kopir = {
    go: go,
    isEmbedded: isEmbedded,
    load: load,
    // The address whose view stands in the document; none if Dash has to draw a part of it.
    place: isAlive ? "" : location.pathname + location.search,
    show: show,
  };
  settle();
  if (isAlive) wake();

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
