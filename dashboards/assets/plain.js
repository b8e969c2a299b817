// Draws what components/plain.py hands over: a tree of plain elements, as one component of Dash.
(function () {
  "use strict";

  function draw(part) {
    if (Array.isArray(part)) return part.map(draw);
    if (part === null || typeof part !== "object") return part;
    var attributes = {};
    Object.keys(part.props).forEach(function (name) {
      if (name !== "children") attributes[name] = part.props[name];
    });
    // Children stand as arguments, so that React asks none of them for a key.
    var children = [].concat(part.props.children === undefined ? [] : part.props.children).map(draw);
    return React.createElement.apply(null, [part.type.toLowerCase(), attributes].concat(children));
  }

  window.altyn_kopir = {
    Plain: function (props) { return draw(props.tree); },
  };
})();
