// Charts by Vega-Lite: drawn once, and given other rows where the choice changes.

const drawings = read("charts");
const darkSystem = matchMedia("(prefers-color-scheme: dark)");
const charts = [...document.querySelectorAll("figure.chart")]
  .filter((element) => drawings.specs[element.dataset.chart])
  .map((element) => ({
    element,
    name: element.dataset.chart,
    plot: element.querySelector(".plot"),
    ink: element.querySelector(".ink"),
    said: element.querySelector(".limit"),
    view: null,
    key: null,
    seen: false,
  }));

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : darkSystem.matches;
}

/** Rows as objects, no more than the dataset's limit allows; says what was left out. */
function chartRows(name) {
  const set = data.datasets[name];
  const [[limited, most] = [null, 0]] = Object.entries(set.limits);
  const place = set.columns.findIndex((column) => column.name === limited);
  const kept = new Set();
  const left = new Set();
  const rows = [];
  for (const row of chosenRows(name)) {
    if (place >= 0 && !kept.has(row[place])) {
      if (kept.size === most) {
        left.add(row[place]);
        continue;
      }
      kept.add(row[place]);
    }
    rows.push(chartRow(set, row));
  }
  return { rows, kept: kept.size, left: left.size, limited };
}

function chartRow(set, row) {
  const found = {};
  set.columns.forEach(({ name, kind }, place) => {
    const held = value(set, row, place);
    if (kind !== "share" && kind !== "signed") found[name] = held;
    else [found[name], found.low, found.high, found.n] = held;
  });
  return found;
}

function spec(chart) {
  const specs = drawings.specs[chart.name];
  const key = state.year in specs ? state.year : "";
  return specs[key] ? { key, spec: specs[key] } : null;
}

function explain(chart, { rows, kept, left, limited }) {
  const nothing = rows.length ? "" : say("no_picture");
  const first = left ? say("first_drawn", { kept, all: count(kept + left, limited) }) : "";
  const said = [nothing || first, unmoved(chart.name)];
  chart.said.textContent = said.filter(Boolean).join(" ");
  chart.plot.hidden = !rows.length;
}

function fitWidth(chart) {
  const fit = chart.spec.usermeta && chart.spec.usermeta.azstance && chart.spec.usermeta.azstance.fit;
  if (!fit) return;
  chart.view.signal(fit.signal, Math.max(120, chart.plot.clientWidth - fit.margin)).resize();
}

/** Vega-Lite warns of every chart that is as wide as the page and as high as its rows. */
async function quietly(draw) {
  const { warn } = console;
  console.warn = (...said) => {
    if (!/^Dropping "fit-[xy]"/.test(said[1])) warn.apply(console, said);
  };
  try {
    return await draw();
  } finally {
    console.warn = warn;
  }
}

async function drawChart(chart) {
  const found = spec(chart);
  const held = chartRows(chart.name);
  explain(chart, found ? held : { ...held, rows: [] });
  if (!found || !held.rows.length) return;
  const key = `${found.key} ${isDark()}`;
  if (chart.key !== key) {
    if (chart.view) chart.view.finalize();
    const config = isDark() ? drawings.dark : drawings.light;
    const filled = { ...found.spec, datasets: { ...found.spec.datasets, rows: held.rows } };
    const options = { ast: true, actions: false, renderer: "svg", config, tooltip: true };
    const result = await quietly(() => vegaEmbed(chart.ink, filled, options));
    Object.assign(chart, { view: result.view, spec: found.spec, key });
    fitWidth(chart);
  } else {
    chart.view.data("rows", held.rows);
    chart.view.resize();
  }
  await chart.view.runAsync();
}

let drawn = Promise.resolve();

/** Let the browser paint what is in sight, and the reader go on, before the rest is drawn. */
const PAUSE = 120;
const painted = () => new Promise((done) => setTimeout(done, PAUSE));

/** Draw all charts anew: those in sight at once, the others one by one when the page stands. */
function refreshCharts() {
  const turn = {};
  refreshCharts.turn = turn;
  document.documentElement.dataset.busy = "charts";
  drawn = drawn.then(async () => {
    const stale = () => refreshCharts.turn !== turn; // something else was chosen meanwhile
    for (const chart of charts.filter((each) => each.seen)) if (!stale()) await drawChart(chart);
    for (const chart of charts.filter((each) => !each.seen)) {
      if (!stale()) await painted();
      if (!stale()) await drawChart(chart);
    }
    if (!stale()) delete document.documentElement.dataset.busy;
  });
  return drawn;
}

function watchCharts() {
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries)
      charts.find((chart) => chart.element === target).seen = isIntersecting;
  });
  for (const chart of charts) watcher.observe(chart.element);
  addEventListener("resize", () => {
    for (const chart of charts)
      if (chart.view) {
        fitWidth(chart);
        chart.view.runAsync();
      }
  });
}
