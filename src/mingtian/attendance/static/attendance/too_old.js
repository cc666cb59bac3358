// Only browsers without modules run this; the page's own scripts do not start there.
window.addEventListener("load", function () {
  document.getElementById("too-old").hidden = false;
});
