// What happens on the page: choices, keys, links, printing.

const form = document.getElementById("choice");
const status = document.getElementById("status");

/** Show everything for the state; at the start, where nothing is chosen, the tables stand already. */
function refresh(start) {
  for (const name of data.filters) form.elements[name].value = state[name];
  const { articles, sentences } = refreshArticles();
  const chosen = inWords(data.filters.filter((name) => state[name]));
  status.textContent = say(chosen ? "shown_chosen" : "shown", {
    articles: count(articles, "article"),
    sentences: count(sentences, "sentence"),
    chosen,
  });
  for (const each of document.querySelectorAll(".explained"))
    each.hidden = each.dataset.year !== state.year;
  if (!start || chosen) refreshTables();
  return refreshCharts();
}

/** Take the state of the address, and write the whole of it there. */
function apply(found) {
  if (!found) return;
  const changed = data.filters.some((name) => state[name] !== found[name]);
  for (const name of data.filters) state[name] = found[name];
  if (changed) refresh();
  if (!found.at) {
    if (!panel.hidden) closePanel();
    return;
  }
  if (address(found.at) !== location.hash) remember(found.at, "replaceState");
  const sentence = goTo(found.at);
  if (sentence) openPanel(sentence);
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", ({ target }) => {
  if (target.name === "theme") {
    if (target.value) document.documentElement.dataset.theme = target.value;
    else delete document.documentElement.dataset.theme;
    refreshCharts();
    return;
  }
  state[target.name] = target.value;
  remember("");
  refresh();
});
form.addEventListener("reset", (event) => {
  event.preventDefault();
  for (const name of data.filters) state[name] = "";
  remember("");
  refresh();
});
addEventListener("popstate", () => apply(fromAddress()));
addEventListener("hashchange", () => apply(fromAddress()));
darkSystem.addEventListener("change", refreshCharts);

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-go]");
  if (link) {
    event.preventDefault();
    const section = document.getElementById(link.dataset.go);
    reach(section, "start");
    section.focus({ preventScroll: true });
  }
  const button = event.target.closest("[data-csv]");
  if (button) download(button.dataset.csv);
  const sentence = event.target.closest(".s");
  if (sentence && !String(getSelection())) {
    for (const each of sentencesOf(sentence.closest(".article"))) each.tabIndex = -1;
    sentence.tabIndex = 0;
    openPanel(sentence);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden) return closePanel();
  const sentence = event.target.closest(".s");
  if (!sentence || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter" || event.key === " ") openPanel(sentence);
  else if (!/^(Arrow|Home|End)/.test(event.key) || !step(sentence, event.key)) return;
  event.preventDefault();
});
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.open) return;
    if (target.matches("details.article")) prepare(target);
    const table = tables.find((each) => each.element === target);
    if (table && table.stale) fill(table);
  },
  true,
);

/** Everything is open on paper. */
function print() {
  for (const table of tables) if (table.stale) fill(table);
  for (const each of document.querySelectorAll("details:not([open])")) {
    each.dataset.closed = "yes";
    each.open = true;
  }
}

function unprint() {
  for (const each of document.querySelectorAll("details[data-closed]")) {
    each.open = false;
    delete each.dataset.closed;
  }
}

addEventListener("beforeprint", print);
addEventListener("afterprint", unprint);
matchMedia("print").addEventListener("change", ({ matches }) => (matches ? print() : unprint()));

document.documentElement.dataset.script = "yes";
for (const { element } of list) if (element && element.open) prepare(element);
watchCharts();
watchTables();
const start = fromAddress();
for (const name of data.filters) state[name] = start ? start[name] : "";
let steered = false;
for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"])
  addEventListener(kind, () => (steered = true), { once: true, passive: true });
const ready = refresh(true);
if (start && start.at) {
  const sentence = goTo(start.at);
  if (sentence) openPanel(sentence);
  // The charts above take their places only when they are drawn.
  ready.then(() => sentence && !steered && goTo(start.at));
}
