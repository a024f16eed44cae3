"""Reads a codebook folder, and tells all that is wrong with it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, cast

from azstance.codebook.events import NAME as EVENTS
from azstance.codebook.events import read_events
from azstance.codebook.frames import ROLES, FrameReader, check_phrases
from azstance.codebook.model import Codebook, Frame
from azstance.codebook.parts import (
    read_actors,
    read_alignment,
    read_members,
    read_naming,
    read_pair,
    read_words,
)
from azstance.errors import AzstanceError, CodebookError
from azstance.resources import codebook_folder, language_folder
from azstance.tables import Problems, Table
from azstance.tomlfile import TomlFile, read_toml, shown_path, shown_value, suggestion

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

FILES = ("codebook.toml", "actors.toml", "naming.toml", "words.toml", EVENTS)
KEYS = (
    "name",
    "version",
    "title",
    "language",
    "pair",
    "region",
    "frames",
    "attributed_weight",
    "minimum_sentences",
    "alignment",
)


def load_codebook(folder: str | Path | None = None) -> Codebook:
    """Read a codebook: a folder, or the name of a packaged one; None is the default.

    Raises CodebookError for the first problem, with file, line, value and remedy, and says how
    many more there are.
    """
    reader = _Reader(codebook_folder(None if folder is None else str(folder)))
    codebook = reader.read()
    problems = reader.sorted_problems()
    if not problems:
        return codebook
    first = problems[0]
    if len(problems) > 1:
        more = f"({len(problems) - 1} more: `azstance lexicon check` lists them.)"
        first.remedy = f"{first.remedy} {more}" if first.remedy else more
    raise first


def check_codebook(folder: str | Path | None = None) -> list[CodebookError]:
    """All that is wrong with a codebook, by file and line; an empty list where nothing is."""
    try:
        reader = _Reader(codebook_folder(None if folder is None else str(folder)))
        reader.read()
        reader.read_events()
    except CodebookError as problem:
        return [problem]
    return reader.sorted_problems()


class _Reader:
    """Reads one folder. Problems are collected, and reading goes on with what is left."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.found: list[AzstanceError] = []
        self.problems = Problems(CodebookError, self.found)
        self.files: dict[str, TomlFile] = {}
        # Where a classifier codes, cues and actors may be left out.
        self.learned = (folder / "training.jsonl").is_file() or (folder / "models").is_dir()

    def read(self) -> Codebook:
        """The codebook as far as it could be read."""
        main = self._table("codebook.toml")
        main.only(KEYS)
        language = main.text("language", "english")
        actors = read_actors(self._table("actors.toml", optional=self.learned))
        names = [actor.name for actor in actors]
        lists, tables = self._language(main, language)
        words = read_words(self._word_tables(tables), names)
        known = frozenset((*words, *names, *ROLES))
        _check_language(tables, known)
        frames = self._frames(main, known)
        naming, notes = read_naming(self._table("naming.toml", optional=True))
        listed = main.data.get("frames")
        self._strangers()
        return Codebook(
            name=main.text("name"),
            version=main.text("version", what='"1.0"'),
            title=main.text("title"),
            language=language,
            pair=read_pair(main, names, required=not self.learned),
            region=read_members(main, "region", names),
            frames=frames,
            actors=actors,
            naming=naming,
            words=words,
            alignment=read_alignment(
                main.table("alignment"), listed if isinstance(listed, list) else []
            ),
            attributed_weight=main.number("attributed_weight", 0.5, 0, 1),
            minimum_sentences=main.whole("minimum_sentences", 5, 1, 1_000_000),
            digest=self._digest(),
            folder=self.folder,
            language_lists=lists,
            naming_notes=notes,
        )

    def read_events(self) -> None:
        """Look at events.toml, where there is one: it codes nothing and is not in the digest."""
        path = self.folder / EVENTS
        if path.is_file():
            read_events(path, self.problems)

    def sorted_problems(self) -> list[CodebookError]:
        """The problems by file, in the order of reading, and by line."""
        files: dict[str, int] = {}

        def place(problem: AzstanceError) -> tuple[int, int]:
            where = problem.where or ""
            file, _, line = where.rpartition(":")
            if not line.isdecimal():
                file, line = where, "0"
            return files.setdefault(file, len(files)), int(line)

        return cast("list[CodebookError]", sorted(self.found, key=place))

    def _table(self, name: str, folder: Path | None = None, *, optional: bool = False) -> Table:
        """A file of the codebook, or of `folder`; an empty table where it cannot be read."""
        path = (folder or self.folder) / name
        # Said once is enough: a file that was not read is not blamed for each missing key.
        nothing = Table(TomlFile(path, "", {}), (), {}, Problems(CodebookError, []))
        if optional and not path.is_file():
            return nothing
        try:
            file = read_toml(path, CodebookError)
        except CodebookError as problem:
            self.found.append(problem)
            return nothing
        self.files[f"language/{name}" if folder else name] = file
        return Table.top(file, self.problems)

    def _language(
        self, main: Table, language: str
    ) -> tuple[dict[str, dict[str, Any]], dict[str, Table]]:
        """The lists of the language by stem of file name: as plain data, and as tables."""
        try:
            folder = language_folder(language, self.folder)
        except CodebookError as problem:
            main.wrong(problem.problem, "language", remedy=problem.remedy)
            return {}, {}
        tables = {p.stem: self._table(p.name, folder) for p in sorted(folder.glob("*.toml"))}
        return {stem: table.data for stem, table in tables.items()}, tables

    def _word_tables(self, language: dict[str, Table]) -> list[Table]:
        own = self._table("words.toml", optional=True)
        return [*([language["words"]] if "words" in language else []), own]

    def _frames(self, main: Table, known: Collection[str]) -> tuple[Frame, ...]:
        listed = main.texts("frames")
        there = sorted(path.stem for path in (self.folder / "frames").glob("*.toml"))
        reader = FrameReader(known, learned=self.learned)
        frames: dict[str, Frame] = {}
        for number, name in enumerate(listed):
            if name in frames:
                message = f"the frame {shown_value(name)} is listed twice"
                main.wrong(message, "frames", number, remedy="Remove one of the two.")
            elif name not in there:
                message = f"the frame {shown_value(name)} has no file frames/{name}.toml"
                remedy = suggestion(name, there, "Frame files that are there")
                main.wrong(message, "frames", number, remedy=remedy)
            else:
                frames[name] = reader.read(self._table(f"frames/{name}.toml"), name)
        if "frames" in main.data:
            for name in sorted(set(there).difference(listed)):
                place = shown_path(self.folder / "frames" / f"{name}.toml")
                remedy = f'Add "{name}" to frames in codebook.toml, or remove the file.'
                self.problems.add("the frame is not listed in codebook.toml", place, remedy)
        return tuple(frames.values())

    def _strangers(self) -> None:
        """Report files that look like parts of a codebook and are none: nobody would read them."""
        for path in sorted(self.folder.glob("*.toml")):
            if path.name not in FILES:
                remedy = suggestion(path.name, FILES, "Files of a codebook")
                self.problems.add("the file is no part of a codebook", shown_path(path), remedy)

    def _digest(self) -> str:
        """sha256 over names and contents: the same wherever the folder lies.

        Line ends and byte-order marks do not count, comments do.
        """
        total = hashlib.sha256()
        for name, file in sorted(self.files.items()):
            content = file.text.encode()
            total.update(f"{name}\n{len(content)}\n".encode())
            total.update(content)
        return total.hexdigest()


def _check_language(tables: dict[str, Table], known: Collection[str]) -> None:
    """Report bad phrases in the language's lists; what else they hold is known to their users."""
    for stem, table in tables.items():
        if stem == "words":
            continue
        for name, value in table.data.items():
            if isinstance(value, dict) and isinstance(value.get("phrases"), list):
                inner = table.table(name)
                inner.texts("phrases")
                check_phrases(inner, "phrases", known)
