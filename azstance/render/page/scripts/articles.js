// The list of articles and the marks in them.

const list = data.articles.map(([place, id, source, year, carrying, codes]) => ({
  place,
  id,
  source: data.sources[source],
  year: data.years[year],
  carrying,
  codes,
  element: document.getElementById(`a${place}`),
}));
const byId = new Map(list.map((article) => [article.id, article]));
const muted = document.head.appendChild(make("style"));

/** How many sentences of an article carry what is chosen. */
function hits(article) {
  const frame = data.frames.indexOf(state.frame);
  if (frame < 0) return article.carrying[nine()];
  const voice = data.voices.indexOf(state.voice);
  const polarity = data.polarities.indexOf(state.polarity);
  let found = 0;
  for (const [its, spoken, claimed, number] of article.codes)
    if (its === frame && (voice < 0 || spoken === voice) && (polarity < 0 || claimed === polarity))
      found += number;
  return found;
}

/** The selector of marks that are chosen. */
function marked() {
  const frame = data.frames.indexOf(state.frame);
  const voice = ["", "w", "q"][data.voices.indexOf(state.voice) + 1];
  const polarity = ["", "a", "d"][data.polarities.indexOf(state.polarity) + 1];
  const classes = [frame < 0 ? "" : `f${frame}`, voice, polarity].filter(Boolean);
  return classes.map((name) => `.${name}`).join("");
}

/** Show the articles that fit, and in them the marks that are chosen: by one rule for all marks. */
function refreshArticles() {
  const coded = marked();
  let articles = 0;
  let sentences = 0;
  for (const article of list) {
    const found = hits(article);
    const fits =
      (!state.outlet || article.source === state.outlet) &&
      (!state.year || article.year === state.year) &&
      (!coded || found > 0);
    if (fits) {
      articles += 1;
      sentences += found;
    }
    if (!article.element) continue;
    article.element.hidden = !fits;
    const text = coded && fits ? say("as_chosen", { count: found }) : "";
    const said = article.element.querySelector(".hits");
    if (said.textContent !== text) said.textContent = text;
  }
  const off = `main .m:not(${coded})`;
  muted.textContent = coded
    ? `${off}{background:none;text-decoration:none;box-shadow:none}${off}::after{content:none}`
    : "";
  document.getElementById("none-fits").hidden = articles > 0;
  for (const { element } of list)
    if (element && element.open && !element.hidden) prepare(element, true);
  return { articles, sentences };
}

function sentencesOf(article) {
  const wanted = `.s:has(.m${marked()})`;
  return [...article.querySelectorAll(wanted)];
}

/** Make the sentences of an open article reachable: one stop for Tab, arrow keys from there. */
function prepare(article, again) {
  if (article.dataset.ready && !again) return;
  article.dataset.ready = "yes";
  for (const sentence of article.querySelectorAll(".s")) {
    sentence.setAttribute("role", "button");
    sentence.setAttribute("aria-haspopup", "dialog");
    sentence.tabIndex = -1;
  }
  const [first] = sentencesOf(article);
  if (first) first.tabIndex = 0;
}

function step(sentence, key) {
  const article = sentence.closest(".article");
  const all = sentencesOf(article);
  const here = all.indexOf(sentence);
  const places = {
    ArrowDown: here + 1,
    ArrowRight: here + 1,
    ArrowUp: here - 1,
    ArrowLeft: here - 1,
    Home: 0,
    End: all.length - 1,
  };
  const next = all[Math.min(all.length - 1, Math.max(0, places[key]))];
  if (!next) return null;
  for (const each of all) each.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
  return next;
}

/** Bring an element into sight. Articles on the way take their true height only when they are. */
function reach(element, block) {
  let tries = 12;
  const again = () => {
    element.scrollIntoView({ block, behavior: "instant" });
    const { top } = element.getBoundingClientRect();
    const check = () => {
      if (tries-- && Math.abs(element.getBoundingClientRect().top - top) > 2) again();
    };
    requestAnimationFrame(() => requestAnimationFrame(check));
  };
  again();
}

/** Open an article at a sentence, as in "002:16". */
function goTo(at) {
  const end = at.lastIndexOf(":");
  const article = byId.get(at.slice(0, end)) || byId.get(at);
  if (!article || !article.element) return null;
  article.element.hidden = false;
  article.element.open = true;
  if (article.element.localName === "details") prepare(article.element);
  const sentence = article.element.querySelector(`.s[data-s="${Number(at.slice(end + 1)) || 0}"]`);
  reach(sentence || article.element, "center");
  if (sentence) sentence.focus({ preventScroll: true });
  return sentence;
}
