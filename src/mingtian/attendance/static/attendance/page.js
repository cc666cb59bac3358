// Reading what the page carries, and filling it, without any markup made from text.

export function readJson(id) {
  const block = document.getElementById(id);
  try {
    return JSON.parse(block.textContent);
  } catch (absent) {
    return null;
  }
}

export function filled(sentence, values) {
  return String(sentence || "").replace(/\{(\w+)\}/g, (whole, name) =>
    values && name in values ? String(values[name]) : whole
  );
}

export const find = (name) => document.querySelector("[data-" + name + "]");

export function showOnly(parent, name, value) {
  parent.querySelectorAll("[data-" + name + "]").forEach((part) => {
    part.hidden = !part.getAttribute("data-" + name).split(" ").includes(value);
  });
}

export function setText(element, text) {
  // Writing the same words again would make screen readers repeat them.
  if (element && element.textContent !== text) element.textContent = text;
}

export function setIcon(svg, name) {
  svg.querySelector("use").setAttribute("href", "#i-" + name);
}
