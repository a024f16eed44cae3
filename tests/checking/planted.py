"""Folders of invented articles with faults planted in them, the same ones every time.

Articles are put together from sentences of the training file, each of which is used once, so that
no two are alike but those that are made so. The wording of the faults is in planted.toml.
"""

from __future__ import annotations

import csv
import json
import random
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from html import escape
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TRAINING = ROOT / "lexicons" / "azerbaijan-russia" / "training.jsonl"
WORDS: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("planted.toml").read_text(encoding="utf-8")
)
AS_OF = "2025-12-31"
KINDS = ("md", "txt", "json", "jsonl", "csv", "html")
EDITABLE = ("md", "txt")
_PER_FILE = 5


@dataclass(frozen=True)
class Piece:
    """An article: what is known of it, and its paragraphs as lists of sentences."""

    title: str
    outlet: str
    date: str
    paragraphs: tuple[tuple[str, ...], ...]

    @property
    def sentences(self) -> list[str]:
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]

    def with_line(self, at: int, *lines: str) -> Piece:
        """With lines as paragraphs of their own before paragraph `at`."""
        own = tuple((line,) for line in lines)
        return replace(self, paragraphs=(*self.paragraphs[:at], *own, *self.paragraphs[at:]))


@dataclass(frozen=True, order=True)
class Where:
    """An article on disk: its file from the folder, and the id of its record where it has one."""

    path: str
    id: str = ""


@dataclass(frozen=True, order=True)
class Fault:
    """A planted fault: the rule that has to fire, where, and what was planted."""

    rule: str
    where: Where
    what: str = ""


@dataclass
class Corpus:
    """A folder under construction."""

    folder: Path
    rng: random.Random = field(default_factory=lambda: random.Random(4))
    faults: list[Fault] = field(default_factory=list)
    articles: int = 0
    lines: dict[tuple[str, int], str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _sources: list[str] = field(default_factory=list)
    _records: dict[str, list[dict[str, str]]] = field(
        default_factory=lambda: {"jsonl": [], "csv": []}
    )

    def __post_init__(self) -> None:
        rows = [json.loads(line) for line in TRAINING.read_text(encoding="utf-8").splitlines()]
        texts = [
            row["text"]
            for row in rows
            if re.fullmatch(r"(?!Subscribe)[A-Z].{30,}\w\.", row["text"])
        ]
        self.rng.shuffle(texts)
        self._texts = iter(texts)
        self.folder.mkdir(parents=True, exist_ok=True)

    def piece(self, sentences: int = 11) -> Piece:
        """A new article of so many sentences, in paragraphs of two to four."""
        left = [next(self._texts) for _ in range(sentences)]
        paragraphs = []
        while left:
            size = min(len(left), self.rng.randint(2, 4))
            paragraphs.append(tuple(left[:size]))
            left = left[size:]
        number = next(self._numbers)
        nouns = self.rng.sample(("border", "grain", "transit", "summer", "archive", "harbour"), 2)
        day = f"20{self.rng.randint(15, 24)}-{self.rng.randint(1, 12):02}-{self.rng.randint(1, 28):02}"  # noqa: E501
        title = f"Report {number} on the {nouns[0]} and the {nouns[1]}"
        return Piece(title, self.rng.choice(WORDS["outlets"]), day, tuple(paragraphs))

    def put(self, piece: Piece, kind: str) -> Where:
        """Write an article in a format; fields that are "" are left out."""
        self.articles += 1
        known = {"title": piece.title, "outlet": piece.outlet, "date": piece.date}
        facts = {name: value for name, value in known.items() if value}
        text = "\n\n".join(" ".join(paragraph) for paragraph in piece.paragraphs)
        if kind in self._records:
            return self._record(kind, {**facts, "text": text})
        name = f"a{self.articles:04}"
        path = f"{kind}/{name}.{kind}"
        if kind == "txt":
            self._sources.append(_source(name, facts))
        self.raw(path, _WRITERS[kind](facts, text).encode())
        return Where(path)

    def raw(self, path: str, data: bytes) -> Where:
        """Write a file as it is."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        return Where(path)

    def _record(self, kind: str, record: dict[str, str]) -> Where:
        rows = self._records[kind]
        rows.append({"id": f"{kind}{len(rows):04}", **record})
        return Where(_record_path(kind, len(rows) - 1), rows[-1]["id"])

    def plant(self, rule: str, where: Where, what: str = "") -> None:
        self.faults.append(Fault(rule, where, what))

    def finish(self) -> None:
        """Write what is collected: files of records, and sources.toml."""
        for kind, rows in self._records.items():
            for at in range(0, len(rows), _PER_FILE):
                write = _jsonl if kind == "jsonl" else _csv
                part = rows[at : at + _PER_FILE]
                path = _record_path(kind, at)
                self.raw(path, write(part).encode())
                line = 1 if kind == "jsonl" else 2
                for row in part:
                    self.lines[path, line] = row["id"]
                    line += 1 if kind == "jsonl" else 1 + row["text"].count("\n")
        if self._sources:
            rows = "\n".join(self._sources).split("\n")
            name = ""
            for number, row in enumerate(rows, 1):
                name = row.strip('["]') if row.startswith("[") else name
                self.lines["txt/sources.toml", number] = name
            self.raw("txt/sources.toml", "\n".join(rows).encode())


def _record_path(kind: str, number: int) -> str:
    return f"records/{kind}{number // _PER_FILE:03}.{kind}"


def _source(name: str, facts: dict[str, str]) -> str:
    names = {"date": "published"}
    rows = [f"{names.get(k, k)} = {json.dumps(v, ensure_ascii=False)}" for k, v in facts.items()]
    return "\n".join([f'["{name}"]', *rows, ""])


def _md(facts: dict[str, str], text: str) -> str:
    """Half of the files say the title in the text, too, as pages do."""
    rows = "\n".join(f"{k}: {_yaml(k, v)}" for k, v in facts.items())
    head = f"# {facts['title']}\n\n" if "title" in facts and len(text) % 2 else ""
    return f"---\n{rows}\n---\n\n{head}{text}\n"


def _yaml(key: str, value: str) -> str:
    """Dates stand as everybody writes them, without quotation marks."""
    return value if key == "date" else json.dumps(value, ensure_ascii=False)


def _json(facts: dict[str, str], text: str) -> str:
    return json.dumps({**facts, "text": text}, ensure_ascii=False, indent=1)


def _txt(facts: dict[str, str], text: str) -> str:
    return text + "\n"


def _html(facts: dict[str, str], text: str) -> str:
    names = {"outlet": "og:site_name", "date": "article:published_time"}
    metas = [
        f'<meta property="{names[k]}" content="{escape(facts[k])}">' for k in names if k in facts
    ]
    title = escape(facts.get("title", ""))
    heading = f"<h1>{title}</h1>" if title else ""
    body = "\n".join(f"<p>{escape(each, quote=False)}</p>" for each in text.split("\n\n"))
    head = "\n".join([f"<title>{title}</title>" if title else "", *metas])
    return (
        f"<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>\n{head}\n</head><body>\n"
        f"<nav><a href='/'>Home</a> <a href='/world'>World</a></nav>\n"
        f"<article>{heading}\n{body}\n</article>\n<footer>Contact</footer></body></html>\n"
    )


def _jsonl(rows: list[dict[str, str]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _csv(rows: list[dict[str, str]]) -> str:
    names = ["id", "title", "outlet", "date", "text"]
    out = StringIO()
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


_WRITERS: dict[str, Callable[[dict[str, str], str], str]] = {
    "md": _md,
    "txt": _txt,
    "json": _json,
    "html": _html,
}


def shared(left: Piece, right: Piece) -> tuple[float, float]:
    """Jaccard similarity and containment of five-word runs, computed the plain way."""
    first, second = _runs(left), _runs(right)
    both = len(first & second)
    return both / len(first | second), both / min(len(first), len(second))


def _runs(piece: Piece) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(piece.sentences).lower())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}
