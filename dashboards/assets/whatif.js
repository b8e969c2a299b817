// A slider over a folded list of links: moving it says what each step would mean, and leaving it follows
// the link of that step. The state stands in the address, as with any choice; without this the links do.
(function () {
  "use strict";

  var PAUSE_MS = 350;
  var timer = null;
  var left = null;

  function linkOf(slider) {
    return document.querySelector("#" + slider.dataset.steps + " a[data-option='" + slider.value + "']");
  }

  function tell(slider) {
    var link = linkOf(slider);
    if (!link) return;
    slider.setAttribute("aria-valuetext", link.textContent);
    document.getElementById(slider.dataset.said).textContent = link.textContent;
  }

  function follow(slider) {
    var link = linkOf(slider);
    if (!link || link.href === location.href) return;
    left = slider;
    window.altyn_kopir.go(link.href);
  }

  document.addEventListener("input", function (event) {
    if (event.target.matches("input[data-steps]")) tell(event.target);
  });

  // The keyboard changes a slider with every press: wait for the last one.
  document.addEventListener("change", function (event) {
    if (!event.target.matches("input[data-steps]")) return;
    clearTimeout(timer);
    timer = setTimeout(follow, PAUSE_MS, event.target);
  });

  // What was asked has been drawn anew, with a slider of its own: go on from there.
  document.addEventListener("altyn_kopir:shown", function () {
    var slider = left && document.querySelector("main input[data-steps]");
    left = null;
    if (slider) slider.focus({ preventScroll: true });
  });
})();
