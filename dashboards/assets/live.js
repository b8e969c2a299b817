// What Dash draws (dashboards/components/live.py): the live parts of a view, in the places that name them.
(function () {
  "use strict";

  function places() {
    return Array.from(document.querySelectorAll("main [data-live]"));
  }

  // Tells Dash the address of a view that has live parts, and hands these to their places.
  function Live(props) {
    var latest = React.useRef(props);
    latest.current = props;
    var state = React.useState([]);
    var put = state[1];
    React.useEffect(function () {
      function tell() {
        var known = latest.current;
        var isKnown = known.pathname === location.pathname && known.search === location.search;
        put(isKnown ? places() : []);
        if (!isKnown && places().length) {
          known.setProps({ pathname: location.pathname, search: location.search });
        }
      }
      document.addEventListener("altyn_kopir:shown", tell);
      tell();
      return function () { document.removeEventListener("altyn_kopir:shown", tell); };
    }, []);
    React.useEffect(function () { put(places()); }, [props.children]);
    var parts = [].concat(props.children || []);
    return parts.map(function (part, position) {
      var place = state[0][position];
      return place ? ReactDOM.createPortal(part, place, place.dataset.live) : null;
    });
  }

  window.altyn_kopir.Live = Live;
})();
