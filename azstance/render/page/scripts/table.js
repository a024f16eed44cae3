// Tables of the datasets, and the same as CSV.

/**
 * A number with so many decimals; halves go to the even figure, as in the rest of azstance.
 * Only odd multiples of a power of two are halves exactly (of 1/8 with two decimals): 0.015 is held
 * as a little less than it says. toFixed sees that, a product with 100 does not.
 */
function fixed(number, decimals) {
  const size = Math.abs(number);
  if ((size * 2 ** (decimals + 1)) % 2 !== 1) return size.toFixed(decimals);
  const below = Math.floor(size * 10 ** decimals);
  return ((below + (below % 2)) / 10 ** decimals).toFixed(decimals);
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
  unmoved: element.querySelector(".unmoved"),
  stale: false,
  seen: false,
}));

function fill(table) {
  const set = data.datasets[table.name];
  const rows = chosenRows(table.name);
  const first = rows.slice(0, data.mostRows);
  table.body.replaceChildren(...first.map((row, i) => tableRow(set, row, first[i - 1])));
  const said = { rows: count(rows.length, "row"), shown: first.length };
  table.said.textContent = say(rows.length > first.length ? "first_rows" : "rows", said);
  table.stale = false;
}

/** Which of the choices do not change a dataset, in a sentence; "" where all of them do. */
function unmoved(name) {
  const names = chosenFor(name, false);
  if (!names.length) return "";
  const kinds = names.map((each) => labels[each]);
  const last = kinds.pop();
  const { words } = tables.find((each) => each.name === name).unmoved.dataset;
  return words
    .replace("{kinds}", () => (kinds.length ? kinds.join(", ") + data.words.last + last : last))
    .replace("{chosen}", () => inWords(names));
}

/** Tables in sight are filled anew at once, the others when they come into sight or are opened. */
function refreshTables() {
  for (const table of tables) {
    table.stale = true;
    table.unmoved.textContent = unmoved(table.name);
    table.unmoved.hidden = !table.unmoved.textContent;
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

/** Keys that the page need not show, because it says what is chosen, stand in a file as well. */
function csvHeld(set, row, place) {
  const { name, kind, hidden } = set.columns[place];
  const held = value(set, row, place);
  return hidden && !held && name in data.words.all ? [data.words.all[name]] : raw(kind, held);
}

function csv(name) {
  const set = data.datasets[name];
  const written = ({ name: its, hidden }) => !hidden || its in data.words.all;
  const places = [...set.columns.keys()].filter((place) => written(set.columns[place]));
  const heads = places.flatMap((place) => csvHeads(set.columns[place]));
  const lines = chosenRows(name).map((row) =>
    places.flatMap((place) => csvHeld(set, row, place)).map(csvCell),
  );
  return [heads, ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}

const MOST_OF_NAME = 40; // characters of one choice in the name of a file

/** The name of a file: the table, and the choices that it is of. */
function fileName(name) {
  const clean = (text) =>
    [...text.replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").replace(/^-|-$/g, "")].slice(0, MOST_OF_NAME);
  const chosen = chosenFor(name, true).map(
    (each) => `-${labels[each]}-${clean(state[each]).join("")}`,
  );
  return `azstance-${name}${chosen.join("")}.csv`;
}

function download(name) {
  const url = URL.createObjectURL(new Blob([csv(name)], { type: "text/csv;charset=utf-8" }));
  const link = make("a", { href: url, download: fileName(name) });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
