"""A report in Markdown: a summary, then a section per article or group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.render import words
from azstance.render.escape import escaped, table
from azstance.render.excerpt import pieces
from azstance.render.units import units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.records import Estimate, FrameScore, Report
    from azstance.render.options import Options
    from azstance.render.units import Evidence, Unit


def report(report: Report, options: Options) -> Iterator[str]:
    """A summary, a section a unit, and what was not scored."""
    listed = list(units(report))
    yield f"# Framing of {' and '.join(escaped(actor) for actor in report.codebook.pair)}\n\n"
    yield f"{escaped(words.run(report))}\n\n"
    if listed:
        yield _summary(listed)
        yield _legend(report)
    level = words.level(report.level)
    for unit in listed:
        yield _unit(unit, level, options.evidence)
    yield from _not_scored(report)


def _summary(listed: list[Unit]) -> str:
    rows = [
        (
            escaped(unit.score.id),
            escaped(unit.source),
            escaped(words.leading(unit.score)),
            _signed(unit.score.alignment),
        )
        for unit in listed
    ]
    return table(("id", "source", "leading", "alignment"), rows, numbers=1) + "\n"


def _legend(report: Report) -> str:
    meanings = (
        ("affirmed, denied", "sentences in the article's own voice"),
        ("attributed", "sentences that put it in somebody else's mouth"),
        ("share", words.SHARE),
        ("corrected", f"{words.CORRECTED}; only with a classifier"),
        ("stance", words.STANCE),
        ("alignment", escaped(words.measured(report.codebook))),
        (f"[{words.level(report.level)}]", words.INTERVAL),
    )
    return "".join(f"- **{name}**: {meaning}\n" for name, meaning in meanings) + "\n"


def _unit(unit: Unit, level: str, evidence: int) -> str:
    score = unit.score
    name = escaped(score.id)
    source = escaped(unit.source)
    lines = [f"## {name}" + (f", {source}" if source != name else ""), ""]
    if title := words.title(unit):
        lines += [f"*{escaped(title)}*", ""]
    lines += [escaped(words.about(unit)), "", *_verdict(unit), ""]
    header = ("frame", "affirmed", "denied", "attributed", f"share [{level}]", f"stance [{level}]")
    lines.append(table(header, map(_frame, score.frames), numbers=5))
    if corrected := words.corrected(score.frames):
        lines += [f"Corrected shares: {escaped(corrected)}.", ""]
    sentences = [line for frame in score.frames for line in _sentences(unit, frame, evidence)]
    lines += [*sentences, ""] if sentences else []
    notes = [f"Note: {escaped(note)}" for note in unit.notes]
    if unit.cut:
        notes.append(words.cut(unit.cut))
    for note in notes:
        lines += [note, ""]
    return "\n".join(lines) + "\n"


def _verdict(unit: Unit) -> Iterator[str]:
    score = unit.score
    lead = words.lead(score.dominance)
    yield f"- leading: **{escaped(words.leading(score))}**" + (f"; {escaped(lead)}" if lead else "")
    yield f"- alignment: {_signed(score.alignment)}"
    if flip := words.flip(unit):
        yield f"- {escaped(flip)}"


def _frame(frame: FrameScore) -> tuple[str, ...]:
    told = str(frame.attributed)
    if frame.attributed_deny:
        told += f" ({frame.attributed_deny} denied)"
    share = words.joined(words.percent(frame.share.value), words.share_interval(frame.share))
    counts = (str(frame.affirm), str(frame.deny), told)
    return (escaped(frame.frame), *counts, share, _signed(frame.stance))


def _signed(figure: Estimate) -> str:
    return words.joined(words.signed(figure.value), words.signed_interval(figure))


def _sentences(unit: Unit, frame: FrameScore, evidence: int) -> Iterator[str]:
    for side, places in (("for", frame.evidence_for), ("against", frame.evidence_against)):
        for each in unit.evidence(places[:evidence]):
            yield _sentence(f"{side} {escaped(frame.frame)}", each, unit, frame)


def _sentence(label: str, evidence: Evidence, unit: Unit, frame: FrameScore) -> str:
    sentence = evidence.sentence
    place = f"{escaped(evidence.article)} " if unit.is_group else ""
    text = escaped("".join(piece for piece, _ in pieces(sentence, frame.frame)))
    remark = words.remark(sentence, frame.frame)
    remark = f" *({escaped(remark)})*" if remark else ""
    return f"- **{label}**, {place}l. {sentence.line}: {text}{remark}"


def _not_scored(report: Report) -> Iterator[str]:
    for heading, rows in words.not_scored(report.skipped):
        listed = "".join(f"- {escaped(place)}: {escaped(reason)}\n" for place, reason in rows)
        yield f"## {heading}\n\n{listed}\n"
    for note in report.notes:
        yield f"Note: {escaped(note)}\n\n"
