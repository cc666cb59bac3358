// Typing a learning code: capitals, spaces and the letters people confuse do not matter.

export function codeFrom(typed) {
  const last = String(typed).trim().split(/\/e\//).pop().split(/[?#]/)[0];
  return last.toLowerCase().replace(/[^0-9a-z]/g, "").replace(/o/g, "0").replace(/[il]/g, "1");
}

export function attachCodeForms(page) {
  page.document.querySelectorAll("[data-code-form]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const code = codeFrom(form.elements.code.value);
      if (code) page.location.assign("/e/" + code);
      else form.elements.code.focus();
    });
  });
}


