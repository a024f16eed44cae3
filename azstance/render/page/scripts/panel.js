// Why a sentence is coded as it is.

const panel = document.getElementById("panel");
let texts = null;
let origin = null;

const phrase = (place) => (texts = texts || read("strings"))[place];
const PAST = { affirm: "affirmed", deny: "denied" };

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

function codeItem([frame, polarity, probability, firmness, cues, parts]) {
  const kind = parts.length ? "probability" : "strength of the evidence";
  const claim = `${data.frames[frame]} ${PAST[data.polarities[polarity]]}`;
  const item = make("li", {}, dot(frame), make("b", {}, claim));
  item.append(`, ${data.firmness[firmness]}, ${kind} ${fixed(probability, 2)}`);
  const behind = cues.length ? `cues ${cues.map(phrase).join(", ")}` : "no cue of its own";
  item.append(make("small", {}, behind));
  if (parts.length) {
    const speaks = parts.map(([name, odds]) => `${phrase(name)} ${signed(odds)}`).join(", ");
    item.append(make("small", {}, `what speaks for it, in log odds: ${speaks}`));
  }
  return item;
}

function cueItem([id, frame, polarity, , , weight, counted, firmness, pair, effects], text) {
  const name = frame < 0 ? "" : `${data.frames[frame]} ${PAST[data.polarities[polarity]]}`;
  const item = make("li", {}, frame < 0 ? "" : dot(frame), make("q", {}, text));
  item.append(`: ${name}, weight ${fixed(weight, 2)}${counted ? "" : ", not counted"}`);
  const about = pair.length ? `about ${pair.map(phrase).join(" and ")}, ` : "";
  item.append(make("small", {}, `${about}${data.firmness[firmness]}, cue ${phrase(id)}`));
  for (const [kind, words, result] of effects) {
    const said = phrase(words) ? `${phrase(kind)}, “${phrase(words)}”: ` : `${phrase(kind)}: `;
    item.append(make("small", { class: "effect" }, `${said}${phrase(result)}`));
  }
  return item;
}

function group(title, items) {
  return items.length ? [make("h3", {}, title), make("ul", {}, ...items)] : [];
}

function spoken(voice, speaker) {
  if (data.voices[voice] === "author") return "the article’s own voice";
  return speaker < 0 ? "attributed, speaker not named" : `attributed to ${phrase(speaker)}`;
}

function openPanel(sentence) {
  const { article, entry } = panelData(sentence);
  if (!entry) return;
  const [number, line, voice, speaker, codes, cues, unsure] = entry;
  const text = sentence.textContent;
  const characters = Array.from(text);
  const title = make("h2", { id: "panel-title" }, `${article.id}, sentence ${number}, line ${line}`);
  const close = make("button", { type: "button", class: "close" }, "Close");
  close.addEventListener("click", closePanel);
  panel.replaceChildren(
    close,
    title,
    quoted(text, cues),
    make("p", {}, `Voice: ${spoken(voice, speaker)}.`),
    ...group("Codes", codes.map(codeItem)),
    ...group(
      "Cues and what the context did to them",
      cues.map((cue) => cueItem(cue, characters.slice(cue[3], cue[4]).join(""))),
    ),
    ...group("Not sure enough to count", unsure.map((frame) => make("li", {}, phrase(frame)))),
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
