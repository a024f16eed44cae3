"""A report as one flat table: a row per sentence, for pandas, R and spreadsheets.

The columns and what they mean stand here once; the columns that the sentences of a store have too
are taken from there. Nothing is nested: a list becomes text joined with semicolons, and each frame
of the codebook has columns of its own. CSV and Parquet hold the same table; what differs is only
that CSV has text where Parquet has types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.render.clean import path_text, plain
from azstance.render.document import number
from azstance.store.rows import sentence_rows
from azstance.store.schema import ARTICLES, SENTENCES, Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from azstance.records import ArticleResult
    from azstance.store.rows import Row

Cell = str | int | float | bool | None

JOIN = ";"
_STORED = {column.name: column for column in (*ARTICLES, *SENTENCES)}
BEFORE = (
    _STORED["article"],
    _STORED["number"],
    _STORED["path"],
    _STORED["line"],
    Column("source", "text", "name of the source: the outlet, or the article's id without one"),
    *(_STORED[name] for name in ("outlet", "author", "published", "month", "genre", "title")),
    _STORED["url"],
    _STORED["text"],
    _STORED["voice"],
    _STORED["speaker"],
    _STORED["heading"],
    Column("actors", "text", "actors of the codebook that it names, each once, joined with ;"),
    Column("framed", "yes", "whether it carries any frame"),
)
"""Columns before those of the frames."""
OF_A_FRAME = (
    Column("", "text", "affirm or deny, where the sentence carries the frame; else empty"),
    Column("_probability", "number", "probability of that code; empty where there is none"),
    Column("_modality", "text", "asserted, hedged or predicted; empty where there is no code"),
    Column("_affirm", "number", "probability that it affirms the frame, coded or not"),
    Column("_deny", "number", "probability that it denies the frame, coded or not"),
)
"""Columns of each frame: what is added to the frame's name. The last two are empty where cues
alone code."""
AFTER = (
    Column("unsure", "text", "frames too likely to pass over and not likely enough, joined with ;"),
    Column("cues", "text", "ids of the cues that count in it, joined with ;"),
)
"""Columns after those of the frames."""


def columns(frames: Iterable[str]) -> tuple[Column, ...]:
    """All columns of the table for a codebook with these frames, in their order."""
    own = [
        Column(f"{prefix}{each.name}", each.type, each.meaning)
        for _, prefix in _prefixes(frames)
        for each in OF_A_FRAME
    ]
    return (*BEFORE, *own, *AFTER)


def rows(result: ArticleResult, frames: Sequence[str]) -> Iterator[dict[str, Cell]]:
    """The sentences of an article as rows: plain text, numbers with six decimals, None."""
    prefixes = _prefixes(frames)
    url = result.article.card.url
    known: Row = {"source": result.article.source, "url": url.value if url else None}
    for row in sentence_rows(result):
        yield _flat(known | row, prefixes)


def _prefixes(frames: Iterable[str]) -> list[tuple[str, str]]:
    """Each frame, and its name in the columns: its own unless another column has that already."""
    taken = {column.name for column in (*BEFORE, *AFTER)}
    found = []
    for frame in frames:
        prefix = plain(frame)
        while any(f"{prefix}{each.name}" in taken for each in OF_A_FRAME):
            prefix = f"frame_{prefix}"
        taken |= {f"{prefix}{each.name}" for each in OF_A_FRAME}
        found.append((frame, prefix))
    return found


def _flat(row: Row, prefixes: Sequence[tuple[str, str]]) -> dict[str, Cell]:
    row["actors"] = _joined(row["actors"])
    row["framed"] = bool(row["codings"])
    row["path"] = path_text(row["path"])
    flat: dict[str, Cell] = {column.name: _clean(row[column.name]) for column in BEFORE}
    codings = {coding["frame"]: coding for coding in row["codings"]}
    chances = {chance["frame"]: chance for chance in row["chances"]}
    for frame, prefix in prefixes:
        coding, chance = codings.get(frame, {}), chances.get(frame, {})
        values = (
            coding.get("polarity"),
            number(coding.get("probability")),
            coding.get("modality"),
            number(chance.get("affirm")),
            number(chance.get("deny")),
        )
        names = (f"{prefix}{each.name}" for each in OF_A_FRAME)
        flat |= zip(names, values, strict=True)
    flat["unsure"] = _joined(row["unsure"])
    flat["cues"] = _joined(dict.fromkeys(cue["id"] for cue in row["cues"] if cue["counted"]))
    return flat


def _clean(value: Cell) -> Cell:
    return plain(value) if isinstance(value, str) else value


def _joined(names: Iterable[str]) -> str | None:
    """Names in one cell. A semicolon within a name would split it, and becomes a comma."""
    return JOIN.join(plain(name).replace(JOIN, ",") for name in names) or None
