"""Rules that anybody can verify in the file: metadata, furniture, a text that ends too early."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from azstance.checking.draft import Draft
from azstance.checking.records import Evidence
from azstance.errors import ConfigError
from azstance.read.dates import is_about_a_date
from azstance.read.sidecar import NAME as SIDECAR
from azstance.tomlfile import read_toml

if TYPE_CHECKING:
    import re

    from azstance.checking.subject import Subject
    from azstance.records import Article, Cut

_ENDS = (".", "!", "?", '"', "”", "’", "'", "»", ")", "]", ":", ";", "*")
_OPEN_ENDS = ("...", "…", "[…]", "[...]", "…]", ",", "-", "–", "—")
_LONG = 8  # words; a shorter last line is a signature or a place
_SHOWN = 5


def missing_metadata(subject: Subject) -> Iterator[Draft]:
    """AZ010: outlet, title or date is not known. A date that cannot be read is another rule's."""
    article = subject.result.article
    card = article.card
    known = {"outlet": card.outlet, "title": card.title, "date": card.published}
    missing = [name for name, fact in known.items() if fact is None]
    if "date" in missing and any(is_about_a_date(note) for note in article.notes):
        missing.remove("date")
    if missing:
        names = " and ".join(filter(None, (", ".join(missing[:-1]), missing[-1])))
        yield Draft("AZ010", 1, f"The article has no {names}.", " ".join(missing))


def bad_date(subject: Subject, as_of: str | None) -> Iterator[Draft]:
    """AZ011: the date cannot be read, or lies after `as_of`, a day in ISO form."""
    article = subject.result.article
    for note in article.notes:
        if is_about_a_date(note) and not note.startswith(f"{SIDECAR}:"):  # told where it stands
            yield Draft("AZ011", 1, f"{note[:1].upper()}{note[1:]}.", note)
    published = article.card.published
    if published and as_of and published.value > as_of[: len(published.value)]:
        message = (
            f"The date {published.value} ({published.origin}) lies after {as_of}, the day of the "
            "check."
        )
        yield Draft("AZ011", 1, message, published.value)


def furniture(subject: Subject) -> Iterator[Draft]:
    """AZ101: page furniture in the file. Dates, bylines and captions belong to an article."""
    if subject.path.lower().endswith((".html", ".htm")):
        return
    cut = [piece for piece in subject.result.article.cut if _is_furniture(piece)]
    yield from _missed(subject.result.article)
    if not cut:
        return
    kinds = Counter(piece.reason for piece in cut)
    named = ", ".join(f"{reason} ({count})" for reason, count in sorted(kinds.items()))
    lines = "line looks" if len(cut) == 1 else "lines look"
    yield Draft(
        "AZ101",
        max(1, cut[0].line),
        f"{len(cut)} {lines} like page furniture and counted for nothing: {named}.",
        "\n".join(piece.text for piece in cut),
        tuple(Evidence(max(1, piece.line), piece.text) for piece in cut[:_SHOWN]),
    )


def _is_furniture(piece: Cut) -> bool:
    return piece.reason not in _rules()["own"] or _of_page(piece.text)


def _of_page(text: str) -> bool:
    short = len(text.split()) <= _rules_number("page_words")
    return short and _pattern("page").search(text.strip()) is not None


def _missed(article: Article) -> Iterator[Draft]:
    """AZ101 for lines that reading left in the text."""
    for block in article.blocks:
        if _of_page(block.text):
            line = max(1, block.lines[0][1])
            message = "A line looks like page furniture and was counted as text of the article."
            yield Draft("AZ101", line, message, block.text, (Evidence(line, block.text),))


def truncated(subject: Subject) -> Iterator[Draft]:
    """AZ103: a notice that the rest is for subscribers, or a last sentence without an end."""
    article = subject.result.article
    stub = _stub(article)
    if stub:
        message = "A notice stands where the text should go on: the rest is not in the file."
        yield Draft("AZ103", stub.line, message, stub.text, (stub,))
        return
    texts = [block for block in article.blocks if not block.heading]
    if not texts:
        return
    last = texts[-1]
    rest = _cut_rest(article, last.lines[-1][1])
    if rest:
        message = "The last line breaks off in the middle of a sentence, and counted for nothing."
        yield Draft("AZ103", rest.line, message, rest.text, (rest,))
        return
    words = last.text.split()
    end = last.text.rstrip()
    open_end = end.endswith(_OPEN_ENDS)
    if open_end or (len(words) >= _LONG and not end.endswith(_ENDS)):
        how = f'ends in "{words[-1][-12:]}"' if open_end else "has no full stop"
        line = max(1, last.lines[-1][1])
        shown = " ".join(words[-25:])
        message = f"The last paragraph {how}: the text may go on elsewhere."
        yield Draft("AZ103", line, message, shown, (Evidence(line, shown),))


def _cut_rest(article: Article, end: int) -> Evidence | None:
    """The last line of the file if it was cut as a label, but is the beginning of a sentence."""
    piece = max(article.cut, key=lambda cut: cut.line, default=None)
    if piece is None or piece.line < end or piece.reason in _rules()["own"]:
        return None
    words = piece.text.split()
    word = words[-1].casefold() if words else ""
    open_end = piece.text.rstrip().endswith(_OPEN_ENDS) or word in _rules()["unfinished"]
    small = sum(word[0].islower() for word in words) > len(words) / 2
    if not (open_end and small and len(words) >= _LONG):
        return None
    return Evidence(max(1, piece.line), piece.text)


def _stub(article: Article) -> Evidence | None:
    """The first line, kept or cut, that says the rest is elsewhere."""
    places = [(piece.line, piece.text) for piece in article.cut]
    places += [(block.lines[0][1], block.text) for block in article.blocks[-3:]]
    for line, text in sorted(places):
        words = len(text.split())
        long = words <= _rules_number("stub_words") and _pattern("stubs").search(text)
        if long or (words <= _rules_number("short_words") and _pattern("short_stubs").search(text)):
            return Evidence(max(1, line), text)
    return None


@cache
def _rules() -> dict[str, list[str]]:
    """The lists beside this module."""
    data = read_toml(Path(__file__).with_name("english.toml"), ConfigError).data
    return dict(data["check"])


def _rules_number(key: str) -> int:
    return int(str(_rules()[key]))


@cache
def _pattern(key: str) -> re.Pattern[str]:
    """The regular expressions of a list as one."""
    import re

    return re.compile("|".join(_rules()[key]), re.IGNORECASE)


def accusations() -> tuple[str, ...]:
    """Phrases that accuse, in the phrase language of the lexicons."""
    return tuple(_rules()["accusations"])
