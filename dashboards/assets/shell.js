// The shell around the pages: theme, print, moving between pages, and choices that stand in the address.
(function () {
  "use strict";

  var root = document.documentElement;
  var theme = document.getElementById("theme");
  var lastPath = location.pathname;
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
  document.querySelector("header.shell").addEventListener("click", function (event) {
    var link = event.target.closest("a[data-page]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    history.pushState({}, "", link.href);
    dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  });

  function showPlace() {
    var main = document.querySelector("main");
    var name = main ? main.id.replace("page-", "") : "";
    root.dataset.page = name;
    document.querySelectorAll("header.shell nav a[data-page]").forEach(function (link) {
      if (link.dataset.page === name) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
    document.querySelectorAll("a[data-language]").forEach(function (link) {
      var rest = location.pathname.replace(/^\/[^/]*/, "");
      link.href = "/" + link.dataset.language + rest + location.search;
    });
  }

  function keepFocus() {
    if (focused && !document.activeElement.closest("main")) {
      var again = document.querySelector('main input[type="radio"]:checked[value="' + focused + '"]');
      if (again) again.focus({ preventScroll: true });
    }
    focused = null;
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.shell = {
    // The values of all choices on the page → the query string, defaults left out.
    address: function (values) {
      var query = new URLSearchParams();
      var choices = dash_clientside.callback_context.inputs_list[0] || [];
      choices.forEach(function (choice) {
        if (choice.value !== choice.id.default) query.set(choice.id.choice, choice.value);
      });
      var search = query.size ? "?" + query : "";
      var asked = new URLSearchParams(location.search);
      var same = choices.every(function (choice) {
        return (asked.get(choice.id.choice) || choice.id.default) === choice.value;
      });
      if (!choices.length || same) return dash_clientside.no_update;
      focused = document.activeElement && document.activeElement.value;
      return search;
    },

    // A page has been drawn: tell the title, the menu, and whoever cannot see that it changed.
    arrived: function (content) {
      setTimeout(function () {
        var heading = document.querySelector("main h1");
        if (!heading) return;
        document.title = heading.textContent + " · Altyn Köpir";
        showPlace();
        if (location.pathname !== lastPath) {
          lastPath = location.pathname;
          scrollTo(0, 0);
          heading.tabIndex = -1;
          heading.focus({ preventScroll: true });
        } else {
          keepFocus();
        }
      });
      return dash_clientside.no_update;
    },
  };

  // On paper nothing can be unfolded: evidence and tables are printed open.
  addEventListener("beforeprint", function () {
    document.querySelectorAll("main details:not([open])").forEach(function (part) {
      part.open = true;
      part.dataset.openedForPrint = "";
    });
  });
  addEventListener("afterprint", function () {
    document.querySelectorAll("details[data-opened-for-print]").forEach(function (part) {
      part.open = false;
      delete part.dataset.openedForPrint;
    });
  });
})();
