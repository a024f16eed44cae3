"""Reads the frames of a codebook, and finds what is wrong with their cues."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from azstance.codebook.model import ABOUT, CueEntry, Example, Frame
from azstance.phrases import PhraseError, parse
from azstance.records import Polarity, Voice
from azstance.tomlfile import shown_value, suggestion

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from azstance.tables import Table

FRAME_KEYS = ("name", "label", "definition", "affirm", "deny", "about", "cues", "examples")
CUE_KEYS = ("id", "phrases", "polarity", "about", "weight", "note")
EXAMPLE_KEYS = ("text", "match", "voice", "before", "note")
_WORD = r"[^\W_]+(?:-[^\W_]+)*\*?"
_PLAIN = re.compile(rf"{_WORD}(?:\|{_WORD})*(?: (?:\.\.\.? )?{_WORD}(?:\|{_WORD})*)*")
# Words, alternatives and gaps between them: surely well formed, and most phrases are of this kind.

ROLES = ("first", "second", "actor", "other")
"""Names that phrases can use in angle brackets besides word lists and actors."""


class FrameReader:
    """Reads frame files one after the other and remembers what may stand only once."""

    def __init__(self, lists: Collection[str], *, learned: bool = False) -> None:
        """`lists` are the names that phrases may use in angle brackets.

        A codebook that a classifier is `learned` for needs no cues.
        """
        self._lists = frozenset(lists)
        self._learned = learned
        self._ids: dict[str, Table] = {}

    def read(self, table: Table, stem: str) -> Frame:
        """Read the file of frame `stem`; its problems go where the table puts them."""
        table.only(FRAME_KEYS)
        name = table.text("name")
        if name and name != stem:
            message = f'"name" is {shown_value(name)} in the file of frame {shown_value(stem)}'
            table.wrong(message, "name", remedy="The name of a frame is that of its file.")
        about = table.choice("about", ABOUT, "pair")
        entries = table.tables("cues") if "cues" in table.data or not self._learned else []
        cues = [self._cue(cue, stem, about) for cue in entries]
        if not cues and not self._learned:
            remedy = "Add a [[cues]] table with phrases, or a training.jsonl to the codebook."
            table.wrong("the frame has no cues", remedy=remedy)
        _opposites(entries)
        return Frame(
            name=stem,
            label=table.text("label"),
            definition=table.text("definition"),
            affirm=table.text("affirm"),
            deny=table.text("deny"),
            about=about,
            cues=tuple(cues),
            examples=tuple(_example(example, stem) for example in table.tables("examples")),
        )

    def _cue(self, table: Table, frame: str, about: str) -> CueEntry:
        table.only(CUE_KEYS)
        cue_id = table.text("id")
        if cue_id in self._ids:
            first = self._ids[cue_id]
            place = first.file.where(*first.path, "id")
            message = f"the cue id {shown_value(cue_id)} stands already at {place}"
            table.wrong(message, "id", remedy="Give each cue an id of its own.")
        elif cue_id:
            self._ids[cue_id] = table
        if "note" in table.data:
            table.text("note")
        phrases = table.texts("phrases")
        check_phrases(table, "phrases", self._lists)
        return CueEntry(
            id=cue_id,
            frame=frame,
            polarity=Polarity(table.choice("polarity", Polarity, "affirm")),
            about=table.choice("about", ABOUT, about),
            weight=table.number("weight", 0.7, 0, 1),
            phrases=phrases,
            file=f"frames/{frame}.toml",
            line=table.line(),
        )


def check_phrases(table: Table, key: str, lists: Collection[str]) -> None:
    """Report the phrases under `key` that cannot be parsed or use a list that is not there.

    Entries that are no text or empty are left to `Table.texts`.
    """
    values = table.data.get(key)
    for number, phrase in enumerate(values if isinstance(values, list) else ()):
        if isinstance(phrase, str) and not _PLAIN.fullmatch(phrase) and phrase.strip():
            _check_phrase(table, key, number, phrase, lists)


def _check_phrase(table: Table, key: str, number: int, phrase: str, lists: Collection[str]) -> None:
    try:
        unknown = parse(phrase).references.difference(lists)
    except PhraseError as problem:
        remedy = "See the table of marks in docs/codebooks.md."
        table.wrong(f"bad phrase: {problem}", key, number, remedy=remedy)
        return
    for name in sorted(unknown):
        known = sorted(lists, key=lambda name: (name[:1].isupper(), name))  # actors last
        message = f"{shown_value(phrase)} uses <{name}>, which is no word list, actor or role"
        table.wrong(message, key, number, remedy=suggestion(name, known, "Known"))


def _opposites(cues: Sequence[Table]) -> None:
    """Report each phrase that both affirms and denies the frame: it would cancel itself."""
    by_polarity: dict[str, set[str]] = {"affirm": set(), "deny": set()}
    for cue in cues:
        polarity = cue.data.get("polarity", "affirm")
        if polarity in ("affirm", "deny"):
            by_polarity[polarity].update(map(_folded, _strings(cue)))
    both = by_polarity["affirm"] & by_polarity["deny"]
    seen: dict[str, tuple[str, Table, int]] = {}
    for cue in cues if both else ():
        polarity = cue.data.get("polarity", "affirm")
        for number, phrase in enumerate(_strings(cue)):
            if _folded(phrase) in both:
                first, other, place = seen.setdefault(_folded(phrase), (polarity, cue, number))
                if first != polarity:
                    there = other.file.where(*other.path, "phrases", place)
                    message = f"the phrase {shown_value(phrase)} is {first} already at {there}"
                    remedy = f"It cannot be {polarity} as well: remove one of the two."
                    cue.wrong(message, "phrases", number, remedy=remedy)


def _strings(cue: Table) -> list[str]:
    phrases = cue.data.get("phrases")
    return [p for p in phrases if isinstance(p, str)] if isinstance(phrases, list) else []


def _folded(phrase: str) -> str:
    return " ".join(phrase.casefold().split())


def _example(table: Table, frame: str) -> Example:
    table.only(EXAMPLE_KEYS)
    match = table.choice("match", ("affirm", "deny", "none"))
    voice = table.choice("voice", Voice, "") if "voice" in table.data else ""
    before = table.data.get("before", [])
    if isinstance(before, str):
        before = (table.text("before"),)
    else:
        before = table.texts("before", required=False, empty=True)
    return Example(
        text=table.text("text"),
        match=Polarity(match) if match in ("affirm", "deny") else None,
        voice=Voice(voice) if voice else None,
        before=before,
        file=f"frames/{frame}.toml",
        line=table.line(),
    )
