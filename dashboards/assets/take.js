// What is taken away from a chart (dashboards/components/take.py): copied texts, and its picture.
(function () {
  "use strict";

  // A picture is drawn 900 wide and shown 1200 wide, so that its text can be read on a slide.
  var WIDTH = 900;
  var SHOWN_WIDTH = 1200;
  var MARGIN = 28;
  var SVG = "http://www.w3.org/2000/svg";
  // The light colours of theme.py: a picture goes onto white paper, whatever the page looks like.
  var INK = "#17202a";
  var QUIET = "#55606c";
  var GROUND = "#ffffff";

  // Without https there is only the old way.
  function copyOldWay(text) {
    var area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    document.body.append(area);
    area.select();
    var done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("nothing was copied"));
  }

  function copy(text) {
    return navigator.clipboard ? navigator.clipboard.writeText(text).catch(function () { return copyOldWay(text); }) : copyOldWay(text);
  }
  window.copyText = copy;

  // Says it anew even where it has just been said.
  function say(place, words) {
    place.textContent = "";
    setTimeout(function () { place.textContent = words; }, 50);
  }

  function measured(font) {
    var context = document.createElement("canvas").getContext("2d");
    context.font = font;
    return function (text) { return context.measureText(text).width; };
  }

  // Lines no wider than `width`; a word that is wider, as an address may be, is broken anywhere.
  function wrapped(text, width, measure) {
    var lines = [];
    var line = "";
    text.split(/\s+/).forEach(function (word) {
      var joined = line ? line + " " + word : word;
      if (measure(joined) <= width) { line = joined; return; }
      if (line) lines.push(line);
      while (measure(word) > width) {
        var end = word.length - 1;
        while (end > 1 && measure(word.slice(0, end)) > width) end -= 1;
        lines.push(word.slice(0, end));
        word = word.slice(end);
      }
      line = word;
    });
    if (line) lines.push(line);
    return lines;
  }

  function element(name, attributes) {
    var made = document.createElementNS(SVG, name);
    Object.keys(attributes).forEach(function (each) { made.setAttribute(each, attributes[each]); });
    return made;
  }

  // Writes a paragraph into a picture from `top` on, and returns where it ends.
  function write(picture, text, top, style) {
    var family = getComputedStyle(document.body).fontFamily;
    var measure = measured(style.weight + " " + style.size + "px " + family);
    wrapped(text, WIDTH - 2 * MARGIN, measure).forEach(function (line) {
      top += style.size * 1.4;
      var words = element("text", {
        x: MARGIN, y: top - style.size * 0.35, fill: style.fill,
        "font-family": family, "font-size": style.size, "font-weight": style.weight,
      });
      words.textContent = line;
      picture.append(words);
    });
    return top;
  }

  // The drawing of a chart as plotly makes it for paper: from its figure, not from the screen.
  function drawn(graph) {
    // The names on a map need room, which a drawing for a screen does not give them.
    var height = Math.max(graph.layout.height || 0, graph.layout.geo ? 620 : 380);
    var size = { width: WIDTH - 2 * MARGIN, height: height };
    var layout = Object.assign({}, graph.layout, size, { autosize: false, paper_bgcolor: GROUND });
    var figure = { data: graph.data, layout: layout, config: graph._context };
    var options = Object.assign({ format: "svg", imageDataOnly: true }, size);
    return Plotly.toImage(figure, options).then(function (text) {
      return { size: size, root: new DOMParser().parseFromString(text, "image/svg+xml").documentElement };
    });
  }

  // Title, drawing, sources and address in one document, so that none of them gets lost.
  function composed(told, chart) {
    var picture = element("svg", { xmlns: SVG });
    var ground = element("rect", { width: "100%", height: "100%", fill: GROUND });
    picture.append(ground);
    var end = write(picture, told.title, MARGIN * 0.6, { size: 20, weight: 700, fill: INK });
    end = write(picture, told.subtitle, end + 2, { size: 14, weight: 400, fill: QUIET }) + 12;
    var root = document.importNode(chart.root, true);
    root.setAttribute("x", MARGIN);
    root.setAttribute("y", end);
    picture.append(root);
    end += chart.size.height + 8;
    told.notes.split("\n").filter(Boolean).forEach(function (note) {
      end = write(picture, note, end, { size: 12, weight: 400, fill: QUIET });
    });
    end = write(picture, "Altyn Köpir: " + told.address, end, { size: 12, weight: 400, fill: QUIET });
    var height = Math.ceil(end + MARGIN * 0.6);
    picture.setAttribute("viewBox", "0 0 " + WIDTH + " " + height);
    picture.setAttribute("width", SHOWN_WIDTH);
    picture.setAttribute("height", Math.round((height * SHOWN_WIDTH) / WIDTH));
    return picture;
  }

  function svgFile(picture) {
    var text = '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(picture);
    return new Blob([text], { type: "image/svg+xml" });
  }

  function pngFile(picture) {
    var address = URL.createObjectURL(svgFile(picture));
    var image = new Image();
    image.src = address;
    return image.decode().then(function () {
      var canvas = document.createElement("canvas");
      canvas.width = picture.getAttribute("width");
      canvas.height = picture.getAttribute("height");
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return new Promise(function (resolve) { canvas.toBlob(resolve, "image/png"); });
    }).finally(function () { URL.revokeObjectURL(address); });
  }

  function save(file, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = name;
    link.click();
    // The browser reads it after the click.
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }

  // What the numbers over a chart stand for, which its page lists beside it.
  function events(figure) {
    return Array.from(figure.querySelectorAll(".events li"), function (each, position) {
      return "(" + (position + 1) + ") " + each.textContent;
    }).join("; ");
  }

  function takePicture(button, given) {
    var figure = button.closest("figure");
    var graph = figure.querySelector(".js-plotly-plot");
    var kind = button.dataset.picture;
    var told = Object.assign({}, given, { notes: [events(figure), given.notes].join("\n") });
    return drawn(graph).then(function (chart) {
      var picture = composed(told, chart);
      return kind === "png" ? pngFile(picture) : svgFile(picture);
    }).then(function (file) { save(file, told.file + "." + kind); });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-copy], button[data-picture]");
    if (!button) return;
    var row = button.closest(".copying");
    var isPicture = "picture" in button.dataset;
    var told = isPicture ? row.dataset : button.dataset;
    var doing = new Promise(function (resolve) {
      resolve(isPicture ? takePicture(button, told) : copy(row.firstElementChild.textContent));
    });
    doing.then(
      function () { say(row.querySelector(".said"), told.done); },
      function () { say(row.querySelector(".said"), told.failed); }
    );
  });
})();
