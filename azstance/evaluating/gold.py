"""Files of coded sentences and of labelled articles: JSON Lines, checked line by line."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from azstance.errors import ArticleError
from azstance.evaluating.records import KINDS, VOICES, Label, Row
from azstance.tomlfile import shown_path, shown_value, suggestion

NO_FRAME = "none"
_POLARITIES = KINDS[1:]
Record = dict[str, Any]


class _Line:
    """A line of a file: its record, and errors that say where it stands."""

    def __init__(self, file: str, number: int, record: Record) -> None:
        self.file = file
        self.number = number
        self.record = record

    def wrong(self, problem: str, remedy: str) -> ArticleError:
        """An error of this line."""
        return ArticleError(problem, where=f"{self.file}:{self.number}", remedy=remedy)

    def flag(self, key: str) -> bool:
        """A value that is true, false or not given."""
        value = self.record.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.wrong(f'"{key}" is {shown_value(value)}', "Write true or false.")
        return bool(value)

    def group(self) -> str | None:
        """What the article has in common with others."""
        value = self.record.get("group")
        if value is None or isinstance(value, str):
            return value
        raise self.wrong(f'"group" is {shown_value(value)}', "Write a text, such as a name.")

    def doc(self) -> str | int | None:
        """The article that the line is of."""
        value = self.record.get("doc")
        if value is None or (isinstance(value, str | int) and not isinstance(value, bool)):
            return value
        raise self.wrong(f'"doc" is {shown_value(value)}', "Write a text, such as an article's id.")


def read_rows(path: str | Path, frames: Sequence[str], *, text: bool = True) -> tuple[Row, ...]:
    """The rows of a file of coded sentences, in its order; `frames` are those that may occur.

    With `text` every row must have one. Raises ArticleError, with file and line, for the first
    row that is not as it should be, and for a file without rows.
    """
    seen: Counter[str | int] = Counter()
    places: dict[tuple[str | int, int], int] = {}
    rows: list[Row] = []
    for line in _lines(Path(path)):
        row = _row(line, frames, seen, needs_text=text)
        if row.doc is not None:
            first = places.setdefault((row.doc, row.n), row.line)
            if first != row.line:
                problem = f"sentence {row.n} of {row.doc} was in line {first} already"
                raise line.wrong(problem, 'Number the sentences of a "doc" differently ("n").')
        rows.append(row)
    if not rows:
        raise ArticleError("holds no sentences", where=_shown(path), remedy="Write one a line.")
    return tuple(rows)


def read_labels(path: str | Path, frames: Sequence[str]) -> tuple[Label, ...]:
    """The labels of a file of articles. Raises ArticleError, with file and line."""
    labels: dict[str | int, Label] = {}
    for line in _lines(Path(path)):
        doc = line.doc()
        if doc is None:
            raise line.wrong('there is no "doc"', "Name the article that the labels are of.")
        if doc in labels:
            raise line.wrong(f"the article {doc} was there already", "Label every article once.")
        labels[doc] = Label(doc, _dominant(line, frames), _alignment(line))
    if not labels:
        raise ArticleError("holds no articles", where=_shown(path), remedy="Write one a line.")
    return tuple(labels.values())


def _shown(path: str | Path) -> str:
    return shown_path(Path(path))


def _lines(path: Path) -> Iterator[_Line]:
    """The records of a file. Only LF ends a line: others of Unicode may stand in a text."""
    name = shown_path(path)
    try:
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise ArticleError(f"cannot be read: {reason}", where=name) from None
    for number, data in enumerate(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if data.strip():
            yield _Line(name, number, _record(data, f"{name}:{number}"))


def _record(data: bytes, where: str) -> Record:
    remedy = "A line is one JSON object."
    try:
        record = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        problem = f"is not valid UTF-8: byte 0x{data[error.start]:02x}"
        raise ArticleError(problem, where=where, remedy="Save it as UTF-8.") from None
    except json.JSONDecodeError as error:
        what = error.msg[:1].lower() + error.msg[1:]
        problem = f"is not valid JSON: {what} at column {error.colno}"
        raise ArticleError(problem, where=where, remedy=remedy) from None
    except (RecursionError, ValueError):
        problem = "is not valid JSON: nested too deeply, or too long a number"
        raise ArticleError(problem, where=where, remedy=remedy) from None
    if not isinstance(record, dict):
        raise ArticleError("is no JSON object", where=where, remedy=remedy)
    return record


def _row(line: _Line, frames: Sequence[str], seen: Counter[str | int], *, needs_text: bool) -> Row:
    doc = line.doc()
    seen.update(() if doc is None else (doc,))
    row = Row(
        line=line.number,
        doc=doc,
        n=_number(line, line.number if doc is None else seen[doc]),
        text=_text(line, needs_text),
        frames=_frames(line, frames),
        voice=_voice(line),
        disputed=line.flag("disputed"),
        furniture=line.flag("furniture"),
        group=line.group(),
    )
    if row.voice and not row.frames and row.counted:
        raise line.wrong(
            f'there is a voice ("{row.voice}") without a frame',
            'Code a frame, or make "voice" null: only framed sentences have one.',
        )
    return row


def _number(line: _Line, default: int) -> int:
    value = line.record.get("n", default)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise line.wrong(f'"n" is {shown_value(value)}', "Write a whole number.")


def _text(line: _Line, needed: bool) -> str | None:
    value = line.record.get("text")
    if value is None and not needed:
        return None
    if value is None or value == "":
        raise line.wrong('there is no "text"', "Every line needs its sentence.")
    if not isinstance(value, str):
        raise line.wrong(f'"text" is {shown_value(value)}', "Write the sentence between quotes.")
    # A lone surrogate ("\ud800") is valid JSON and no text.
    return value.encode("utf-8", "replace").decode("utf-8")


def _frames(line: _Line, known: Sequence[str]) -> dict[str, str]:
    """Frames with their polarity; those of a file of predictions stand in its "codings"."""
    given = line.record.get("frames")
    if given is None and isinstance(line.record.get("codings"), list):
        given = _from_codings(line, line.record["codings"])
    if given is None and (line.flag("furniture") or line.flag("disputed")):
        return {}
    if not isinstance(given, dict):
        problem = f'"frames" is {shown_value(given)}' if given is not None else 'no "frames"'
        raise line.wrong(problem, 'Write {"alliance": "affirm"}, or {} where there is none.')
    for frame, polarity in given.items():
        if frame not in known:
            hint = suggestion(frame, known, "Frames of the codebook")
            raise line.wrong(f"unknown frame {shown_value(frame)}", hint)
        if polarity not in _POLARITIES:
            problem = f"the polarity of {frame} is {shown_value(polarity)}"
            raise line.wrong(problem, 'Write "affirm" or "deny", or leave the frame out.')
    return given


def _from_codings(line: _Line, codings: list[Any]) -> dict[str, Any]:
    try:
        return {str(coding["frame"]): coding["polarity"] for coding in codings}
    except (KeyError, TypeError):
        raise line.wrong(
            '"codings" are not as they should be', 'Each is {"frame": ..., "polarity": ...}.'
        ) from None


def _voice(line: _Line) -> str | None:
    value = line.record.get("voice")
    if value is None or value in VOICES:
        return value
    remedy = f"Write {' or '.join(VOICES)} between quotes, or null."
    raise line.wrong(f'"voice" is {shown_value(value)}', remedy)


def _dominant(line: _Line, frames: Sequence[str]) -> str | None:
    value = line.record.get("dominant")
    if value is None:  # not labelled, or coders differ
        return None
    if value == NO_FRAME:
        return NO_FRAME
    if value in frames:
        return str(value)
    hint = suggestion(str(value), (*frames, NO_FRAME), "Frames of the codebook")
    raise line.wrong(f'"dominant" is {shown_value(value)}', hint)


def _alignment(line: _Line) -> float | None:
    value = line.record.get("alignment")
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    raise line.wrong(f'"alignment" is {shown_value(value)}', "Write a number, or null.")
