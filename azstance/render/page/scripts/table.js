// Tables of the datasets, and the same as CSV.

/** A number with so many decimals; halves go to the even figure, as in the rest of azstance. */
function fixed(number, decimals) {
  const scale = 10 ** decimals;
  const scaled = Math.abs(number) * scale;
  const below = Math.floor(scaled);
  if (scaled - below !== 0.5) return Math.abs(number).toFixed(decimals);
  return ((below + (below % 2)) / scale).toFixed(decimals);
}

function signed(number) {
  if (number === null) return "n/a";
  const text = fixed(number, 2);
  if (text === "0.00") return text;
  return `${number < 0 ? "-" : "+"}${text}`;
}

function percent(number) {
  return number === null ? "n/a" : `${fixed(100 * number, 0)}%`;
}

function interval([, low, high], kind) {
  if (low === null || high === null) return "";
  if (kind === "signed") return `[${signed(low)}, ${signed(high)}]`;
  return `[${fixed(100 * low, 0)}, ${fixed(100 * high, 0)}]`;
}

function cell(text, number) {
  return make("td", number ? { class: "n" } : {}, text);
}

/** The cells of a value as people read it. */
function shown(kind, held) {
  if (kind === "share" || kind === "signed") {
    const figure = kind === "share" ? percent(held[0]) : signed(held[0]);
    return [figure, interval(held, kind), String(held[3])].map((text) => cell(text, true));
  }
  if (kind === "number") return [cell(signed(held), true)];
  if (kind === "count") return [cell(String(held), true)];
  if (kind !== "quote") return [cell(held === null ? "" : held)];
  const [article, number, text] = held;
  const place = `${article}:${number}`;
  const link = make("a", { href: `#at=${encodeURIComponent(place)}` }, place);
  return [make("td", { class: "quote" }, make("q", {}, text), " ", link)];
}

/** The same value as data. */
function raw(kind, held) {
  if (kind === "share" || kind === "signed") return held;
  return kind === "quote" ? [`${held[0]}:${held[1]}`, held[2]] : [held];
}

function tableRow(set, row, before) {
  const line = make("tr");
  let first = true;
  set.columns.forEach(({ kind, hidden }, place) => {
    if (hidden) return;
    const held = value(set, row, place);
    if (!first) line.append(...shown(kind, held));
    else {
      const again = before && value(set, before, place) === held;
      line.append(make("th", again ? { scope: "row", class: "again" } : { scope: "row" }, held));
      first = false;
    }
  });
  return line;
}

const tables = [...document.querySelectorAll("details.table")].map((element) => ({
  element,
  name: element.dataset.table,
  body: element.querySelector("tbody"),
  said: element.querySelector(".rows"),
  stale: false,
  seen: false,
}));

function fill(table) {
  const set = data.datasets[table.name];
  const rows = chosenRows(table.name);
  const first = rows.slice(0, data.mostRows);
  table.body.replaceChildren(...first.map((row, i) => tableRow(set, row, first[i - 1])));
  const more = rows.length > first.length ? `, of which the first ${first.length} are shown` : "";
  table.said.textContent = `${count(rows.length, "row")}${more}.`;
  table.stale = false;
}

/** Tables in sight are filled anew at once, the others when they come into sight or are opened. */
function refreshTables() {
  for (const table of tables) {
    table.stale = true;
    if (table.element.open && table.seen) fill(table);
  }
}

function watchTables() {
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const table = tables.find((each) => each.element === target);
        table.seen = isIntersecting;
        if (isIntersecting && table.stale && target.open) fill(table);
      }
    },
    { rootMargin: "300px" },
  );
  for (const table of tables) watcher.observe(table.element);
}

const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/** A cell of CSV that no spreadsheet takes for a formula; numbers are ours and stay numbers. */
function csvCell(held) {
  if (held === null) return "";
  if (typeof held === "number") return String(held);
  const safe = FORMULA.test(held) ? `'${held}` : held;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csvHeads({ name, kind }) {
  if (kind === "quote") return [name, `${name}_text`];
  if (kind !== "share" && kind !== "signed") return [name];
  return [name, `${name}_low`, `${name}_high`, `${name}_n`];
}

function csv(name) {
  const set = data.datasets[name];
  const places = [...set.columns.keys()].filter((place) => !set.columns[place].hidden);
  const heads = places.flatMap((place) => csvHeads(set.columns[place]));
  const lines = chosenRows(name).map((row) =>
    places.flatMap((place) => raw(set.columns[place].kind, value(set, row, place))).map(csvCell),
  );
  return [heads, ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}

function download(name) {
  const url = URL.createObjectURL(new Blob([csv(name)], { type: "text/csv;charset=utf-8" }));
  const link = make("a", { href: url, download: `azstance-${name}.csv` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
