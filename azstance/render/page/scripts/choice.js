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

/** A phrase of the page by its name, with what stands in braces filled in. */
function say(name, values) {
  return data.words[name].replace(/\{(\w+)\}/g, (_, each) => values[each]);
}

function count(number, name) {
  const [one, many] = data.words.counted[name];
  return `${number} ${number === 1 ? one : many}`;
}

const labels = data.words.labels;

/** Choices in words, such as "source commonspace.eu, claim deny". */
function inWords(names) {
  return names.map((name) => `${labels[name]} ${state[name]}`).join(", ");
}

/**
 * The state in the address; what is not known there is passed over. Null where it names none.
 * An address of nothing but a sentence leaves the choice as it is.
 */
function fromAddress() {
  const fragment = location.hash.slice(1);
  if (fragment && !fragment.includes("=")) return null;
  const said = new URLSearchParams(fragment);
  const found = { at: said.get("at") || "" };
  if (found.at && !data.filters.some((name) => said.has(name))) return { ...state, at: found.at };
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

function remember(at, how = "pushState") {
  try {
    history[how](null, "", address(at));
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

const KINDS_OF_NINE = ["count", "share", "signed"];

/** Does a dataset answer to a filter: by a rule, or by figures of their own for each choice? */
function answers(set, filter) {
  if (set.rules.some(([name]) => name === filter)) return true;
  if (filter !== "voice" && filter !== "polarity") return false;
  const nines = (held, place) =>
    KINDS_OF_NINE.includes(set.columns[place].kind) && Array.isArray(held);
  return set.rows.length > 0 && set.rows[0].some(nines);
}

/** What is chosen and changes a dataset, or, with false, does not change it. */
function chosenFor(name, changes) {
  const set = data.datasets[name];
  return data.filters.filter((each) => state[each] && answers(set, each) === changes);
}

/** The rows of a dataset for what is chosen now. */
function chosenRows(name) {
  const set = data.datasets[name];
  const tests = set.rules.map((rule) => test(set, rule)).filter(Boolean);
  return set.rows.filter((row) => tests.every((passes) => passes(row)));
}
