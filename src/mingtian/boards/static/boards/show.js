// Puts a frame into the page: touches only what changed, and lets a changed number glow.

export function grouped(value) {
  return value === null || value === undefined ? "–" : value.toLocaleString("en-US");
}

// As mingtian.web.rules.percent: never rounds up to 100 or down to 0 what is not.
export function percent(part, whole) {
  const share = part / whole;
  let hundredths = Math.round(share * 1000) / 10;
  if (share < 1 && hundredths >= 100) hundredths = 99.9;
  if (share > 0 && hundredths <= 0) hundredths = 0.1;
  return hundredths.toFixed(1) + "%";
}

export function write(element, text) {
  if (!element || element.textContent === text) return;
  element.textContent = text;
  element.classList.remove("moved");
  void element.offsetWidth; // Starts the glow again.
  element.classList.add("moved");
}

// Who is exempt and did not come leaves the denominator; the page lists them beside it.
export function expectedOf(counted) {
  return (counted.expected || 0) - counted.exempt;
}

// Numbers that are never added to those of phones; a nought is not shown.
function showBeside(part, name, value) {
  const number = part.querySelector(`[data-${name}]`);
  if (!number) return;
  write(number, grouped(value));
  number.closest("[data-beside]").hidden = value === 0;
}

function showAside(root, board) {
  const aside = root.querySelector("[data-beside-all]");
  if (!aside) return;
  const values = new Map(board.figures.map((figure) => [figure.counts, figure.value]));
  aside.querySelectorAll("[data-beside]").forEach((part) => {
    const figure = part.closest("[data-figure]") || part.querySelector("[data-figure]");
    part.hidden = !values.get(part.dataset.beside || figure.dataset.figure);
  });
  aside.hidden = !aside.querySelector(".figures > [data-beside]:not([hidden])");
}

export function presentState(board) {
  if (board.seen === null) return "waiting";
  return board.phase === "running" ? "now" : "end";
}

function showFigures(root, board, words) {
  for (const figure of board.figures) {
    const shown = root.querySelector(`[data-figure="${figure.counts}"]`);
    if (!shown) continue;
    write(shown.querySelector("[data-number]"), grouped(figure.value));
    const status = shown.querySelector(".figure__status");
    if (status && words.status[figure.status] && status.textContent !== words.status[figure.status]) {
      status.textContent = words.status[figure.status];
      status.className = "figure__status figure__status--" + figure.status;
    }
  }
  const coverage = root.querySelector("[data-coverage]");
  if (coverage && expectedOf(board) > 0) {
    write(coverage.querySelector("[data-number]"), percent(board.counted, expectedOf(board)));
    write(coverage.querySelector("[data-counted]"), grouped(board.counted));
    write(coverage.querySelector("[data-of]"), grouped(expectedOf(board)));
    showBeside(coverage, "exempt", board.exempt);
  }
}

function showState(root, board) {
  const state = presentState(board);
  root.querySelectorAll("[data-present]").forEach((word) => {
    word.hidden = word.dataset.present !== state;
  });
  root.querySelectorAll("[data-phase]").forEach((chip) => {
    chip.hidden = chip.dataset.phase !== board.phase;
  });
}

function showKinds(root, board) {
  for (const kind of board.kinds) {
    const row = root.querySelector(`[data-kind="${kind.kind}"]`);
    if (!row) continue;
    row.hidden = false;
    write(row.querySelector("[data-watching]"), grouped(kind.present));
    write(row.querySelector("[data-arrived]"), grouped(kind.arrived));
    write(row.querySelector("[data-completed]"), grouped(kind.completed));
    if (expectedOf(kind) > 0) {
      write(row.querySelector("[data-share]"), percent(kind.arrived, expectedOf(kind)));
      write(row.querySelector("[data-counted]"), grouped(kind.arrived));
      write(row.querySelector("[data-of]"), grouped(expectedOf(kind)));
    }
  }
  const empty = root.querySelector("[data-kinds-empty]");
  if (empty) empty.hidden = board.kinds.length > 0;
  const table = root.querySelector("[data-kinds]");
  if (table) table.hidden = board.kinds.length === 0;
}

function showUnit(line, unit, measure, most) {
  write(line.querySelector("[data-arrived]"), grouped(unit.arrived));
  write(line.querySelector("[data-watching]"), grouped(unit.present));
  write(line.querySelector("[data-completed]"), grouped(unit.completed));
  const of = expectedOf(unit);
  const share = of > 0 ? Math.min(unit.counted / of, 1) : 0;
  if (of > 0) {
    write(line.querySelector("[data-share]"), percent(unit.counted, of));
    write(line.querySelector("[data-counted]"), grouped(unit.counted));
    write(line.querySelector("[data-of]"), grouped(of));
  }
  for (const name of ["exempt", "by_hand", "class_viewings", "class_heads", "helped"])
    showBeside(line, name, unit[name]);
  const width = measure === "rate" ? share : unit.arrived / most;
  line.querySelector("[data-fill]").setAttribute("width", (100 * width).toFixed(2) + "%");
}

// The places come from the server, ties and all; the page only follows them.
export function inOrder(units, order) {
  const place = order === "rate" ? "place_by_rate" : "place_by_number";
  return units
    .map((unit, at) => ({ unit, at, place: unit[place] === null ? Infinity : unit[place] }))
    .sort((one, other) => one.place - other.place || one.at - other.at)
    .map((each) => ({ unit: each.unit, place: each.unit[place] }));
}

function rank(group, units, order, words) {
  const list = group.querySelector("ol");
  const placed = inOrder(units, order);
  placed.forEach(({ unit, place }, at) => {
    const line = list.querySelector(`[data-unit="${unit.unit}"]`);
    const tied = place !== null && placed.filter((each) => each.place === place).length > 1;
    const shown = line.querySelector("[data-place]");
    const text = (tied ? "=" : "") + (place === null ? "–" : place);
    if (shown.textContent !== text) {
      shown.textContent = text;
      shown.title = tied ? words.tied : "";
    }
    if (list.children[at] !== line) list.insertBefore(line, list.children[at] || null);
  });
}

function showUnits(root, board, order, words) {
  const byId = new Map(board.units.map((unit) => [unit.unit, unit]));
  root.querySelectorAll("[data-group]").forEach((group) => {
    const lines = Array.from(group.querySelectorAll("[data-unit]"));
    const units = lines.map((line) => byId.get(line.dataset.unit)).filter(Boolean);
    const most = Math.max(1, ...units.map((unit) => unit.arrived));
    for (const line of lines) {
      const unit = byId.get(line.dataset.unit);
      if (unit) showUnit(line, unit, group.dataset.measure, most);
    }
    const inBoardOrder = board.units.filter((unit) => units.includes(unit));
    if ("ranked" in group.dataset) rank(group, inBoardOrder, order, words);
  });
}

export function show(root, board, order, words) {
  showFigures(root, board, words);
  showState(root, board);
  showAside(root, board);
  showKinds(root, board);
  showUnits(root, board, order, words);
  root.querySelectorAll("[data-slot]").forEach((cell) => {
    const slot = Number(cell.dataset.slot);
    write(cell, slot <= board.slot ? grouped(board.curve[slot]) : "–");
  });
}
