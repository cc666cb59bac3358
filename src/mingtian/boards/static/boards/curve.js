// The audience by slot as a chart. The plain bars stay for browsers that cannot draw it.

function colour(element, name) {
  return getComputedStyle(element).getPropertyValue(name).trim();
}

export function bars(curve, slot) {
  return curve.map((persons, at) => (at <= slot ? persons : null));
}

// Labels on whole minutes: every tenth slot of an hour, every twelfth of a ten-minute evening.
export function step(slots) {
  const minute = (at) => Number(slots[at].slice(-2));
  const even = (by) => [1, 2, 3].every((n) => (minute(n * by) - minute((n - 1) * by) + 60) % 60 === (minute(by) - minute(0) + 60) % 60);
  return [10, 12].find(even) || 10;
}

function options(figure, facts, words) {
  const ink = colour(figure, "--ink-soft");
  const small = parseFloat(getComputedStyle(figure).fontSize) * 0.85;
  return {
    animation: false,
    textStyle: { fontFamily: "inherit" },
    aria: { enabled: true, label: { description: words.chart } },
    grid: { left: 4, right: 4, top: 16, bottom: 4, containLabel: true },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      axisPointer: { type: "shadow" },
      backgroundColor: colour(figure, "--sheet"),
      borderColor: colour(figure, "--line"),
      textStyle: { color: colour(figure, "--ink"), fontSize: small },
      formatter: ([point]) =>
        point.value === undefined || point.value === null
          ? point.name
          : `${point.name}  ${point.value.toLocaleString("en-US")} ${words.watched}`,
    },
    xAxis: {
      type: "category",
      data: facts.slots,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour(figure, "--edge") } },
      axisLabel: { color: ink, fontSize: small, interval: step(facts.slots) - 1, showMinLabel: true, alignMinLabel: "left", hideOverlap: true },
    },
    yAxis: {
      type: "value",
      minInterval: 1,
      max: ({ max }) => (max > 4 ? null : 4),
      splitNumber: 4,
      splitLine: { lineStyle: { color: colour(figure, "--line") } },
      axisLabel: { color: ink, fontSize: small, formatter: (value) => value.toLocaleString("en-US") },
    },
    series: [{ type: "bar", barCategoryGap: "22%", data: [] }],
  };
}

// Returns a function that draws a curve, or null where the library did not load.
export function attachCurve(figure, facts, words, page = window) {
  if (!page.echarts || !figure) return null;
  const place = figure.querySelector("[data-curve-chart]");
  place.hidden = false;
  figure.querySelector("[data-curve-plain]").setAttribute("hidden", "");
  figure.querySelector("[data-curve-ends]").hidden = true;
  const chart = page.echarts.init(place, null, { renderer: "svg" });
  chart.setOption(options(figure, facts, words));
  new page.ResizeObserver(() => chart.resize()).observe(place);
  const whole = colour(figure, "--bar");
  const filling = colour(figure, "--call");
  return ({ curve, slot, seen }) =>
    chart.setOption({
      series: [
        {
          data: bars(curve, slot).map((value, at) => ({
            value,
            itemStyle: {
              color: seen !== null && at <= seen ? whole : filling,
              borderRadius: [2, 2, 0, 0],
            },
          })),
        },
      ],
    });
}
