"""Figures and verdicts in words: what table and markdown say in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.records import Modality, Verdict, Voice
from azstance.render.clean import path_text, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azstance.records import (
        CodebookInfo,
        Dominance,
        Estimate,
        FrameScore,
        Report,
        Score,
        Sentence,
        Skipped,
    )
    from azstance.render.units import Unit

MISSING = "n/a"
SHARE = "of all body sentences, in any voice, that affirm or deny the frame"
CORRECTED = "shares as the mean probability of the sentences, coded or not"
STANCE = "of the article's own sentences: -1 all deny, +1 all affirm the frame"
INTERVAL = "interval over sentences; how well they were coded is not in it"


def counted(count: int, one: str, many: str | None = None) -> str:
    """ "1 article", "5 articles"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def signed(value: float | None) -> str:
    """Two decimals with their sign; zero has none."""
    if value is None:
        return MISSING
    text = f"{value:+.2f}"
    return "0.00" if text[1:] == "0.00" else text


def percent(value: float | None) -> str:
    """A share as a whole percentage."""
    return MISSING if value is None else f"{100 * value:.0f}%"


def points(value: float) -> str:
    """A difference of shares in whole percentage points."""
    return f"{100 * value:.0f}".replace("-0", "0") if abs(value) < 0.005 else f"{100 * value:.0f}"


def share_interval(share: Estimate) -> str:
    """ "[11, 35]", in percent; empty where there is none."""
    if share.low is None or share.high is None:
        return ""
    return f"[{points(share.low)}, {points(share.high)}]"


def signed_interval(value: Estimate) -> str:
    """ "[-0.80, +0.10]"; empty where there is none."""
    if value.low is None or value.high is None:
        return ""
    return f"[{signed(value.low)}, {signed(value.high)}]"


def joined(*parts: str) -> str:
    """The parts that are not empty, with a space between them."""
    return " ".join(part for part in parts if part)


def level(value: float) -> str:
    """ "95%"."""
    return f"{100 * value:g}%"


def bar_legend(affirm: str, deny: str, attributed: str, per: int) -> str:
    """What the marks of a bar stand for."""
    each = "" if per == 1 else f"; a mark is up to {per} sentences"
    return (
        f"{affirm} affirm, {deny} deny (the article's own voice), "
        f"{attributed} attributed to others{each}"
    )


def leading(score: Score) -> str:
    """The dominant frame of an article in words, and whether it is rather denied."""
    dominance = score.dominance
    if dominance.verdict is Verdict.TOO_LITTLE_TEXT:
        return "too little text to say"
    if dominance.verdict is Verdict.NONE:
        return "none of the frames"
    frame = plain(dominance.frame)
    stance = next((each.stance for each in score.frames if each.frame == dominance.frame), None)
    if stance and stance.value is not None and stance.value < 0:
        frame += " (mostly denied)"
    if dominance.verdict is Verdict.CLEAR:
        return frame
    behind = plain(dominance.runner_up or "")
    return f"mixed: {frame}, {behind} close behind" if behind else f"{frame}, but barely"


def lead(dominance: Dominance) -> str:
    """How far the leading frame is ahead: "23 points ahead of influence [8, 38]"; may be empty."""
    margin = dominance.margin
    if margin.value is None or dominance.verdict in (Verdict.NONE, Verdict.TOO_LITTLE_TEXT):
        return ""
    value = points(margin.value)
    text = f"{value} {'point' if value == '1' else 'points'} "
    if dominance.verdict is Verdict.CLEAR:
        text += f"ahead of {plain(dominance.runner_up)}" if dominance.runner_up else "ahead"
    else:
        text += "apart" if dominance.runner_up else "ahead"
    return joined(text, share_interval(margin))


def flip(unit: Unit) -> str:
    """The sentence without which another frame would lead; empty where there is none."""
    place = unit.score.dominance.flip
    for evidence in unit.evidence((place,) if place else ()):
        where = f"line {evidence.sentence.line}"
        where += f" of {plain(evidence.article)}" if unit.is_group else ""
        return f"One sentence decides this: without {where} another frame would lead."
    return ""


def title(unit: Unit) -> str:
    """Title of an article; empty where there is none."""
    return plain(unit.card.title.value).strip() if unit.card and unit.card.title else ""


def about(unit: Unit) -> str:
    """What is known of where the unit comes from, and what is not; how much text there was."""
    score = unit.score
    size = f"{counted(score.sentences, 'sentence')}, {score.framed} with a frame"
    if unit.card is None:
        names = ", ".join(plain(name) for name in score.articles)
        return f"{counted(len(score.articles), 'article')} ({names}); {size}"
    card = unit.card
    parts = [
        "" if card.outlet else "outlet unknown",
        plain(card.genre.value) if card.genre else "genre unknown",
        plain(card.published.value) if card.published else "undated",
        plain(card.author.value) if card.author else "",
    ]
    return ", ".join(part for part in parts if part) + f"; {size}"


def voice(sentence: Sentence) -> str:
    """Who says it, where it is not the article itself."""
    if sentence.voice is Voice.AUTHOR:
        return ""
    if sentence.speaker:
        return f"attributed to {plain(sentence.speaker)}"
    return "attributed, speaker not named"


def remark(sentence: Sentence, frame: str) -> str:
    """What there is to know of a piece of evidence: whose words, and how firmly meant."""
    firmness = {each.modality for each in sentence.codings if each.frame == frame}
    hedged = [each.value for each in Modality if each in firmness - {Modality.ASSERTED}]
    return ", ".join(part for part in (voice(sentence), *hedged) if part)


def cut(count: int) -> str:
    """What was left out of the page."""
    pieces = counted(count, "piece")
    return f"Left out: {pieces} of page furniture (--format json lists them)." if count else ""


def measured(info: CodebookInfo) -> str:
    """What the alignment scale measures."""
    left, right = (plain(actor) for actor in info.pair)
    return (
        "log-odds, of the article's own sentences: below 0 for distance, above 0 for closeness "
        f"of {left} and {right}"
    )


def run(report: Report) -> str:
    """How much was scored, and with what."""
    book, pipe = report.codebook, report.pipeline
    articles = counted(len(report.articles), "article")
    return (
        f"{articles} scored; codebook {plain(book.name)} {plain(book.version)}, "
        f"pipeline {plain(pipe.name)} {plain(pipe.version)}, model {plain(pipe.model)}"
    )


def not_scored(skips: Sequence[Skipped]) -> tuple[tuple[str, list[tuple[str, str]]], ...]:
    """Headings with (place, reason): inputs that failed, then those only passed over."""
    failed = [_skip(skip) for skip in skips if skip.failed]
    passed = [_skip(skip) for skip in skips if not skip.failed]
    named = (("Could not be scored", failed), ("Passed over", passed))
    return tuple((heading, rows) for heading, rows in named if rows)


def _skip(skip: Skipped) -> tuple[str, str]:
    place = path_text(skip.path) + (f":{skip.line}" if skip.line else "")
    return place, plain(skip.reason)


def corrected(frames: Sequence[FrameScore]) -> str:
    """The shares corrected for errors of coding: "alliance 79%, rift 3%"; "" without any."""
    known = [frame for frame in frames if frame.expected]
    return ", ".join(
        f"{plain(frame.frame)} {percent(frame.expected.value)}" for frame in known if frame.expected
    )
