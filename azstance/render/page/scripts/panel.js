// Why a sentence is coded as it is.

const panel = document.getElementById("panel");
let texts = null;
let origin = null;

const phrase = (place) => (texts = texts || read("strings"))[place];

function panelData(sentence) {
  const article = sentence.closest(".article");
  const entries = JSON.parse(article.querySelector(":scope > script.panels").textContent);
  const number = Number(sentence.dataset.s);
  return {
    article: list.find((each) => each.element === article),
    entry: entries.find((each) => each[0] === number),
  };
}

/** The sentence with its cues marked; offsets count characters, not code units. */
function quoted(text, cues) {
  const characters = Array.from(text);
  const line = make("blockquote");
  let at = 0;
  for (const [, , , start, end] of [...cues].sort((one, other) => one[3] - other[3])) {
    if (start < at) continue;
    line.append(characters.slice(at, start).join(""));
    line.append(make("mark", {}, characters.slice(start, end).join("")));
    at = end;
  }
  line.append(characters.slice(at).join(""));
  return line;
}

function dot(frame) {
  return make("i", { class: `dot f${frame}` });
}

/** What is said of a frame, such as "alliance denied". */
function claimed(frame, polarity) {
  return `${data.frames[frame]} ${data.words.past[data.polarities[polarity]]}`;
}

function codeItem([frame, polarity, probability, firmness, cues, parts]) {
  const item = make("li", {}, dot(frame), make("b", {}, claimed(frame, polarity)));
  const said = { firmness: data.firmness[firmness], probability: fixed(probability, 2) };
  item.append(say(parts.length ? "code" : "code_by_cues", said));
  const named = { cues: cues.map(phrase).join(", ") };
  item.append(make("small", {}, say(cues.length ? "behind" : "no_cue", named)));
  if (parts.length) {
    const speaks = parts.map(([name, odds]) => `${phrase(name)} ${signed(odds)}`).join(", ");
    item.append(make("small", {}, say("log_odds", { parts: speaks })));
  }
  return item;
}

function cueItem([id, frame, polarity, , , weight, counted, firmness, pair, effects], text) {
  const claim = frame < 0 ? "" : claimed(frame, polarity);
  const item = make("li", {}, frame < 0 ? "" : dot(frame), make("q", {}, text));
  item.append(say(counted ? "cue" : "cue_not_counted", { claim, weight: fixed(weight, 2) }));
  const actors = pair.map(phrase).join(data.words.last);
  const about = { actors, firmness: data.firmness[firmness], cue: phrase(id) };
  item.append(make("small", {}, say(actors ? "about" : "about_nobody", about)));
  for (const effect of effects) {
    const [kind, words, result] = effect.map(phrase);
    const said = say(words ? "effect_of" : "effect", { kind, words, result });
    item.append(make("small", { class: "effect" }, said));
  }
  return item;
}

function group(title, items) {
  return items.length ? [make("h3", {}, title), make("ul", {}, ...items)] : [];
}

function spoken(voice, speaker) {
  if (data.voices[voice] === "author") return say("own_voice");
  return speaker < 0 ? say("speaker_unknown") : say("attributed", { speaker: phrase(speaker) });
}

function openPanel(sentence) {
  const { article, entry } = panelData(sentence);
  if (!entry) return;
  const [number, line, voice, speaker, codes, cues, unsure] = entry;
  const text = sentence.textContent;
  const characters = Array.from(text);
  const place = say("place", { article: article.id, number, line });
  const title = make("h2", { id: "panel-title" }, place);
  const close = make("button", { type: "button", class: "close" }, say("close"));
  close.addEventListener("click", closePanel);
  panel.replaceChildren(
    close,
    title,
    quoted(text, cues),
    make("p", {}, say("voice", { voice: spoken(voice, speaker) })),
    ...group(say("codes"), codes.map(codeItem)),
    ...group(
      say("cues"),
      cues.map((cue) => cueItem(cue, characters.slice(cue[3], cue[4]).join(""))),
    ),
    ...group(say("unsure"), unsure.map((frame) => make("li", {}, phrase(frame)))),
  );
  if (origin) origin.removeAttribute("aria-current");
  origin = sentence;
  origin.setAttribute("aria-current", "true");
  panel.hidden = false;
  panel.focus();
}

function closePanel() {
  panel.hidden = true;
  if (!origin) return;
  origin.removeAttribute("aria-current");
  origin.focus({ preventScroll: true });
  origin = null;
}
