/* Copies a text of the page: <button data-copy="id of the text" data-copied="Copied" hidden>.
   The button appears only where the browser can copy; the text can always be marked by hand.
   With data-then="id of a form" the form is sent once the text is copied: one tap for both. */

export function attachCopying(page = window) {
  if (!page.navigator.clipboard) return;
  for (const button of page.document.querySelectorAll("[data-copy]:not([data-copy=''])")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = page.document.getElementById(button.dataset.copy);
      await page.navigator.clipboard.writeText(text.value ?? text.innerText);
      (button.querySelector("span") ?? button).textContent = button.dataset.copied;
      if (button.dataset.then) page.document.getElementById(button.dataset.then).requestSubmit();
    });
  }
}

if (typeof window !== "undefined") attachCopying();
