// Grids (dashboards/components/grid.py): AG Grid is fetched when the first one is shown, for it weighs
// as much as a page; and what stands in a grid is copied, and printed, as a table.
(function () {
  "use strict";

  var address = document.getElementById("_dash-renderer").dataset.grid;
  var create = React.createElement;

  // Both at once; the first would ask for the second only after it has been read.
  var Fetched = React.lazy(function () {
    var parts = [address, address.replace(/[^/]+$/, "async-community.js")];
    return Promise.all(parts.map(window.altyn_kopir.load)).then(function () {
      var whole = window.dash_ag_grid;
      // Dash must go on finding our component, or it would draw every grid anew.
      window.dash_ag_grid = Object.assign({}, whole, { AgGrid: AgGrid });
      return { default: whole.AgGrid };
    }, function () {
      return { default: Failed };
    });
  });

  function Failed(props) {
    return create("p", { role: "alert" }, props.dashGridOptions.localeText.loadingError);
  }

  function AgGrid(props) {
    var waiting = create("p", { className: "quiet" }, props.dashGridOptions.localeText.loadingOoo);
    return create(React.Suspense, { fallback: waiting }, create(Fetched, props));
  }
  // What Dash reads of a component before it draws it.
  AgGrid.dashRenderType = true;
  AgGrid.dashPersistence = { persisted_props: ["selectedRows"], persistence_type: "local" };
  window.dash_ag_grid = { AgGrid: AgGrid };

  window.dashAgGridComponentFunctions = {
    English: function (cell) { return create("span", { lang: "en" }, cell.value); },
  };

  window.dashAgGridFunctions = {
    // "1 234,5", "1.234,5", "1234.5" and "−3" are numbers; a group has three digits.
    readNumber: function (text, decimal, group) {
      if (!text || !text.trim()) return null;
      var plain = text.replace(/[\s’]/g, "").replace("−", "-");
      if (group === "," || group === ".") plain = plain.replace(new RegExp("\\" + group + "(?=\\d{3}(\\D|$))", "g"), "");
      var number = Number(plain.replace(decimal, ".").replace(",", "."));
      return isNaN(number) ? null : number;
    },
  };

  // The head and the rows as they stand: filtered, sorted, in the words shown.
  function tableOf(id) {
    var api = window.dash_ag_grid.getApi(id);
    var columns = api.getAllDisplayedColumns();
    var lines = [columns.map(function (column) { return api.getDisplayNameForColumn(column, "header"); })];
    api.forEachNodeAfterFilterAndSort(function (node) {
      lines.push(columns.map(function (column) {
        var shown = api.getCellValue({ rowNode: node, colKey: column, useFormatter: true });
        return shown === null || shown === undefined ? "" : String(shown);
      }));
    });
    return lines;
  }

  // A spreadsheet takes a text that begins so for a formula, unless it is marked as a text.
  function pasted(text) {
    return (/^[=+@-]/.test(text) && isNaN(Number(text)) ? "'" : "") + text.replace(/\s+/g, " ");
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-copies]");
    if (!button || !document.getElementById(button.dataset.copies)) return;
    var said = button.parentElement.querySelector("[role=status]");
    if (!window.dash_ag_grid.getApi) {
      // The grid has not been fetched yet, or could not be.
      said.textContent = button.dataset.failed;
      return;
    }
    var lines = tableOf(button.dataset.copies);
    var text = lines.map(function (line) { return line.map(pasted).join("\t"); }).join("\n");
    // take.js knows how.
    window.copyText(text).then(
      function () { said.textContent = button.dataset.done.replace("#", lines.length - 1); },
      function () { said.textContent = button.dataset.failed; }
    );
    button.focus();
  });

  function printed(line, kind) {
    var row = document.createElement("tr");
    line.forEach(function (text) {
      var cell = document.createElement(kind);
      cell.textContent = text;
      row.append(cell);
    });
    return row;
  }

  // A grid draws only what is in sight; paper gets all of it, as a plain table.
  addEventListener("beforeprint", function () {
    if (!window.dash_ag_grid.getApi) return;
    document.querySelectorAll(".grid").forEach(function (grid) {
      var lines = tableOf(grid.id);
      var table = document.createElement("table");
      table.className = "printed-grid";
      table.createTHead().append(printed(lines[0], "th"));
      var body = table.createTBody();
      lines.slice(1).forEach(function (line) { body.append(printed(line, "td")); });
      grid.after(table);
    });
  });
  addEventListener("afterprint", function () {
    document.querySelectorAll(".printed-grid").forEach(function (table) { table.remove(); });
  });
})();
