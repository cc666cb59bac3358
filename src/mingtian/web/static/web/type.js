// Large type (domain.md 11.7): switches at once and is remembered by cookie and local storage.
// Without this module the same button is a form that sets the cookie on the server.

const YEAR_SECONDS = 31536000;

export function applyType(root, kind) {
  if (kind === "large") root.setAttribute("data-type", "large");
  else root.removeAttribute("data-type");
}

export function rememberType(page, kind) {
  const secure = page.location.protocol === "https:" ? "; secure" : "";
  page.document.cookie =
    "type=" + kind + "; path=/; max-age=" + YEAR_SECONDS + "; samesite=lax" + secure;
  try {
    page.localStorage.setItem("mt:type", kind);
  } catch (refused) {
    // The cookie alone is enough.
  }
}

export function attachType(page) {
  const root = page.document.documentElement;
  const buttons = Array.from(page.document.querySelectorAll("[data-type-switch]"));
  const show = () => {
    const large = root.getAttribute("data-type") === "large";
    buttons.forEach((button) => {
      button.setAttribute("aria-pressed", String(large));
      button.value = large ? "normal" : "large";
    });
  };
  buttons.forEach((button) => {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const kind = root.getAttribute("data-type") === "large" ? "normal" : "large";
      applyType(root, kind);
      rememberType(page, kind);
      show();
    });
  });
  show();
}

if (typeof window !== "undefined") attachType(window);
