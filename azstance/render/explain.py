"""Why a sentence is coded as it is: each cue, and what its context did to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from azstance.errors import ArticleError
from azstance.records import Polarity
from azstance.render import words
from azstance.render.clean import path_text, plain
from azstance.render.console import show
from azstance.render.draw import AFFIRM_STYLE, DENY_STYLE, glyphs
from azstance.render.layout import Sheet, columns_of, heading, marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, RenderableType

    from azstance.records import ArticleResult, Coding, Cue, Mention, Sentence

_LABEL = 7
_STYLES = {Polarity.AFFIRM: AFFIRM_STYLE, Polarity.DENY: DENY_STYLE}
_PAST = {Polarity.AFFIRM: "affirmed", Polarity.DENY: "denied"}


def render_explain(result: ArticleResult, numbers: Sequence[int] | None, console: Console) -> None:
    """Show sentences of an article; without numbers, all that have a cue or a code.

    Raises ArticleError, before anything is shown, for a number that the article does not have.
    """
    show(console, explain(result, numbers, console))


def explain(
    result: ArticleResult, numbers: Sequence[int] | None, console: Console
) -> Iterator[str]:
    """The text of `render_explain`, a chunk a sentence."""
    sheet = Sheet(console, glyphs(console))
    chosen = _chosen(result, numbers)
    for index, sentence in enumerate(chosen):
        lead = [Text()] if index else []
        yield sheet.draw([*lead, *_sentence(result, sentence, sheet)])
    others = len(result.sentences) - len(chosen)
    if numbers is None:
        rest = f"{words.counted(others, 'sentence')} without a cue of the codebook not shown."
        yield sheet.draw([*([Text()] if chosen else []), Text(rest)])


def _chosen(result: ArticleResult, numbers: Sequence[int] | None) -> list[Sentence]:
    if numbers is None:
        return [each for each in result.sentences if each.cues or each.codings]
    known = {sentence.number: sentence for sentence in result.sentences}
    for number in numbers:
        if number not in known:
            raise ArticleError(
                f"{plain(result.article.id)} has no sentence {number}",
                where=path_text(result.article.path),
                remedy=f"Its sentences are 1 to {max(known)}." if known else "It has none.",
            )
    return [known[number] for number in numbers]


def _sentence(result: ArticleResult, sentence: Sentence, sheet: Sheet) -> Iterator[RenderableType]:
    name = f"{plain(result.article.id)}:{sentence.number}"
    kind = "heading, " if sentence.heading else ""
    yield heading(sheet, name, f"{kind}line {sentence.line}")
    yield marked(sentence, whole=True)
    yield Text()
    yield columns_of(_facts(sentence), [_LABEL, None])
    for cue in sentence.cues:
        yield columns_of([(Text("cue"), _cue(cue))], [_LABEL, None])
        if cue.effects:
            rows = [
                (Text(), Text(plain(effect.kind)), _effect(effect.text, effect.result))
                for effect in cue.effects
            ]
            yield columns_of(rows, [_LABEL, 10, None])


def _facts(sentence: Sentence) -> Iterator[tuple[Text, Text]]:
    yield Text("voice"), Text(words.voice(sentence) or "the article's own")
    yield Text("actors"), Text(_actors(sentence.actors))
    if not sentence.codings:
        yield Text("code"), Text(_uncoded(sentence))
    for coding in sentence.codings:
        yield Text("code"), _coding(coding)
    if sentence.unsure:
        yield Text("unsure"), Text(f"{', '.join(map(plain, sentence.unsure))}: not counted")


def _uncoded(sentence: Sentence) -> str:
    if sentence.chances:
        likely = max(sentence.chances, key=lambda c: c.affirm + c.deny)
        return f"none: {plain(likely.frame)} is likeliest, {likely.affirm + likely.deny:.2f}"
    if sentence.cues:
        return "none: no cue counted"
    return "none: no cue of the codebook was found"


def _actors(mentions: Sequence[Mention]) -> str:
    named: dict[str, list[str]] = {}
    for mention in mentions:
        texts = named.setdefault(plain(mention.actor), [])
        if (text := plain(mention.text)) not in texts:
            texts.append(text)
    return "; ".join(f"{actor} ({', '.join(texts)})" for actor, texts in named.items()) or "none"


def _coding(coding: Coding) -> Text:
    cues = ", ".join(plain(cue) for cue in coding.cues)
    text = Text().append(plain(coding.frame), "bold").append(" ")
    text.append(_PAST[coding.polarity], _STYLES[coding.polarity])
    if coding.parts:
        parts = ", ".join(f"{name} {value:+.1f}" for name, value in coding.parts)
        text.append(f", {coding.modality.value}, probability {coding.probability:.2f}")
        text.append(f" (log odds: {parts})")
        return text.append(f", cues {cues}" if cues else "")
    text.append(f", {coding.modality.value}, strength {coding.probability:.2f}")
    return text.append(f", from {cues}" if cues else ", carried over from the text before")


def _cue(cue: Cue) -> Text:
    text = Text('"').append(plain(cue.text), "bold")
    text.append(f'": {plain(cue.frame)} ').append(_PAST[cue.polarity], _STYLES[cue.polarity])
    text.append(f", weight {cue.weight:.2f}")
    about = ", ".join(plain(actor) for actor in cue.pair)
    text.append(f", about {about}" if about else "")
    text.append("" if cue.counted else ", not counted")
    return text.append(f" ({plain(cue.id)})")


def _effect(words: str, result: str) -> Text:
    quoted = plain(words)
    return Text(f'"{quoted}": {plain(result)}' if quoted else plain(result))
