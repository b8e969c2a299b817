// What Dash draws (dashboards/components/live.py): it asks for the view of an address, and live parts of it.
(function () {
  "use strict";

  var ours = window.altyn_kopir;

  // Tells Dash the address, once it is another than that of the view in the document.
  function Content(props) {
    var latest = React.useRef(props);
    latest.current = props;
    React.useEffect(function () {
      function tell() {
        var here = location.pathname + location.search;
        if (here === ours.place) return;
        ours.place = here;
        latest.current.setProps({ pathname: location.pathname, search: location.search });
      }
      addEventListener("popstate", tell);
      addEventListener("altyn_kopir:moved", tell);
      tell();
      return function () {
        removeEventListener("popstate", tell);
        removeEventListener("altyn_kopir:moved", tell);
      };
    }, []);
    return props.children || null;
  }

  // The page is HTML and needs no React; what is alive in it is drawn into the places that name it.
  function View(props) {
    var state = React.useState({});
    var shown = state[0].html === props.html ? state[0].places : [];
    React.useLayoutEffect(function () {
      ours.show(props.html);
      state[1]({ html: props.html, places: Array.from(document.querySelectorAll("main [data-live]")) });
    }, [props.html]);
    var parts = [].concat(props.children || []);
    return shown.map(function (place, position) { return ReactDOM.createPortal(parts[position], place); });
  }

  ours.Content = Content;
  ours.View = View;
})();
