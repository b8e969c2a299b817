// Moving between addresses without loading all anew: the document of the next one is fetched, and its view
// put where the first one stood. Without this, or where that cannot be had, the browser loads documents.
(function () {
  "use strict";

  // A pointer that only passes over a link does not mean it.
  var REST_MS = 50;
  // What was fetched ahead of a click may have been replaced after so long.
  var FRESH_MS = 10000;

  var ours = window.altyn_kopir;
  var content = document.getElementById("content");
  var script = document.getElementById("_dash-renderer");
  var shown = {};
  var focused = null;
  var open = null;
  var searched = null;

  // Dash draws what is alive in a view, a grid; it is fetched with the first of them.
  var dash = null;
  function wake(view) {
    if (dash || !view.querySelector("main [data-live]")) return;
    dash = ours.load(script.dataset.src);
    dash.catch(function () { dash = null; });
  }

  function read(response) {
    var kind = response.headers.get("Content-Type") || "";
    if (kind.indexOf("text/html") !== 0) throw new Error(response.url + " is no page");
    return response.text().then(function (text) {
      var view = new DOMParser().parseFromString(text, "text/html");
      // A server of a newer version speaks to scripts of its own.
      if (view.getElementById(script.id).getAttribute("src") !== script.getAttribute("src")) throw new Error(response.url + " is newer");
      wake(view);
      return view;
    });
  }

  // One view is kept ahead: that which the reader seems to be about to ask for.
  var ahead = {};
  function fetchView(address) {
    var place = address.split("#")[0];
    if (ahead.place !== place || Date.now() - ahead.since > FRESH_MS) {
      ahead = { place: place, since: Date.now(), view: fetch(place).then(read) };
      // Whoever waits for it sees to that; perhaps nobody does.
      ahead.view.catch(function () { if (ahead.place === place) ahead = {}; });
    }
    return ahead.view;
  }

  function linkOf(event) {
    return !ours.isEmbedded && event.target.closest ? event.target.closest("a[data-inside]") : null;
  }

  function placeOf(address) {
    return address.pathname + address.search;
  }

  var resting = null;
  function intend(event) {
    var link = linkOf(event);
    clearTimeout(resting);
    if (link && !ours.isDear && placeOf(link) !== placeOf(location)) resting = setTimeout(fetchView, REST_MS, link.href);
  }
  document.addEventListener("pointerover", intend, { passive: true });
  document.addEventListener("focusin", intend);
  document.addEventListener("pointerdown", function (event) {
    var link = linkOf(event);
    if (link && !event.button && placeOf(link) !== placeOf(location)) fetchView(link.href);
  }, { passive: true });

  document.addEventListener("click", function (event) {
    var link = linkOf(event);
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (link.href === location.href) return;
    var group = link.closest("[role=group]");
    focused = link.dataset.option !== undefined && group
      ? { group: group.getAttribute("aria-label"), option: link.dataset.option }
      : null;
    open = Array.from(document.querySelectorAll("main details[data-keep][open]"), nameOf);
    go(link.href);
  });

  // What is searched for stands in the address like any choice; the form's own keeps the others.
  document.addEventListener("submit", function (event) {
    if (!event.target.matches("form[role=search]") || ours.isEmbedded) return;
    event.preventDefault();
    var address = new URL(event.target.action);
    new FormData(event.target).forEach(function (value, name) {
      if (value.trim()) address.searchParams.set(name, value.trim());
    });
    if (address.href === location.href) return;
    searched = document.activeElement;
    go(address.href);
  });

  // How far down the reader was, by the number of the entry in the history.
  var tops = [];
  function go(address) {
    leave();
    history.pushState(shown.entry + 1, "", address);
    shown.entry = history.state;
    show();
  }

  function leave() {
    tops[shown.entry] = scrollY;
    // The view that the reader comes back to is not there yet when the browser would scroll.
    history.scrollRestoration = "manual";
  }

  addEventListener("popstate", function () {
    if (placeOf(location) === shown.place) return;
    leave();
    shown.entry = history.state || 0;
    show(tops[shown.entry]);
  });
  addEventListener("pagehide", function () { history.scrollRestoration = "auto"; });

  var going = 0;
  function show(top) {
    var turn = ++going;
    content.setAttribute("aria-busy", "true");
    fetchView(location.href).then(function (view) {
      if (turn !== going) return;
      ahead = {};
      put(view);
      if (top !== undefined) scrollTo({ top: top, behavior: "instant" });
    }).catch(function (error) {
      if (turn !== going) return;
      console.error(error);
      location.reload();
    });
  }

  function put(view) {
    content.removeAttribute("aria-busy");
    content.replaceChildren.apply(content, view.getElementById("content").childNodes);
    document.querySelector("footer.shell").replaceWith(view.querySelector("footer.shell"));
    // First of all the charts: to give something the focus, a browser has to know where everything is.
    document.dispatchEvent(new Event("altyn_kopir:shown"));
    settle();
  }

  // A view has come to stand in the document: the first with it, each other by `put`.
  function settle() {
    var main = content.querySelector("main");
    if (open) keepOpen(main);
    if (searched) keepWriting(main);
    ours.showPlace(main);
    arrive(main, main.querySelector("h1"));
  }

  // A page has been drawn: tell the title, and lead whoever cannot see it to its start. Another view of
  // the same page counts as another, unless it was chosen and the choice has the focus.
  function arrive(main, heading) {
    document.title = heading.textContent + " · Altyn Köpir";
    var isOtherView = shown.path !== location.pathname && !main.contains(document.activeElement);
    if (shown.main && (shown.main.id !== main.id || isOtherView)) {
      // At once: to glide up a page that is not there any more takes a second.
      scrollTo({ top: 0, behavior: "instant" });
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
    shown = { main: main, path: location.pathname, place: placeOf(location), entry: history.state || 0 };
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

  ours.go = go;
  settle();
  wake(document);
})();
