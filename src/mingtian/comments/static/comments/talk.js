// Brings the box when the page stands and the lecture has had the line for itself.

const WAIT_MS = 2000;

window.addEventListener("load", () => {
  setTimeout(() => import("./box.js"), WAIT_MS);
});
