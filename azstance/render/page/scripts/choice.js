// What the reader has chosen, the address that says so, and the rows that were computed for it.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const data = read("data");
const state = Object.fromEntries(data.filters.map((name) => [name, ""]));
const allowed = {
  outlet: data.sources,
  year: data.years,
  frame: data.frames,
  voice: data.voices,
  polarity: data.polarities,
};

/** An element with attributes and children; text is only ever set as text. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

function count(number, one, many) {
  return `${number} ${number === 1 ? one : many || `${one}s`}`;
}

/** The state in the address; what is not known there is passed over. Null where it names none. */
function fromAddress() {
  const fragment = location.hash.slice(1);
  if (fragment && !fragment.includes("=")) return null;
  const said = new URLSearchParams(fragment);
  const found = { at: said.get("at") || "" };
  for (const name of data.filters) {
    const value = said.get(name) || "";
    found[name] = allowed[name].includes(value) ? value : "";
  }
  return found;
}

function address(at) {
  const said = new URLSearchParams();
  for (const name of data.filters) if (state[name]) said.set(name, state[name]);
  if (at) said.set("at", at);
  const text = said.toString();
  return text ? `#${text}` : location.href.split("#")[0];
}

function remember(at) {
  try {
    history.pushState(null, "", address(at));
  } catch (refused) {
    location.hash = address(at).startsWith("#") ? address(at) : "#all";
  }
}

/** Where the chosen voice and claim stand in a list of nine. */
function nine() {
  const voice = data.voices.indexOf(state.voice) + 1;
  return 3 * voice + data.polarities.indexOf(state.polarity) + 1;
}

function value(set, row, place) {
  const column = set.columns[place];
  const held = row[place];
  if (column.kind === "text") return held < 0 ? null : column.texts[held];
  if (column.kind === "count") return Array.isArray(held) ? held[nine()] : held;
  if (column.kind === "share" || column.kind === "signed")
    return data.figures[Array.isArray(held) ? held[nine()] : held];
  return held;
}

/** A rule as a test of rows, with the texts looked up beforehand; null where all rows pass. */
function test(set, [filter, how, places]) {
  const chosen = state[filter];
  if (how === "not") return places.includes(chosen) ? () => false : null;
  if (how !== "pool" && !chosen) return null;
  const wanted = places.map((place) => set.columns[place].texts.indexOf(chosen));
  if (how === "pool") return (row) => row[places[0]] === wanted[0];
  return (row) =>
    places.some((place, i) => row[place] === -1 || (wanted[i] >= 0 && row[place] === wanted[i]));
}

/** The rows of a dataset for what is chosen now. */
function chosenRows(name) {
  const set = data.datasets[name];
  const tests = set.rules.map((rule) => test(set, rule)).filter(Boolean);
  return set.rows.filter((row) => tests.every((passes) => passes(row)));
}
