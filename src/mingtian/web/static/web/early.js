// Runs before the first paint, so that large type does not jump in later. Classic script on purpose.
(function () {
  var root = document.documentElement;
  var found = /(?:^|; )type=(large|normal)/.exec(document.cookie);
  var kept = found && found[1];
  if (!kept) {
    try { kept = localStorage.getItem("mt:type"); } catch (refused) { kept = null; }
  }
  if (kept === "large") root.setAttribute("data-type", "large");
  if (kept === "normal") root.removeAttribute("data-type");
  root.classList.add("js");
})();
