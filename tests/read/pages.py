"""Pages with a mark a line, and F1 over their lines.

f furniture, b body, m mixed, h headline of the article, t headline in title case.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from azstance.read import ReadSettings, read_paths
from azstance.records import Article

TESTS = Path(__file__).parents[1]
FLOORS = tomllib.loads((TESTS / "floors.toml").read_text())["furniture"]


def article(path: Path, settings: ReadSettings | None = None) -> Article:
    (found,) = [a for a in read_paths([path], settings) if isinstance(a, Article)]
    return found


def one(tmp_path: Path, text: str | bytes, name: str = "a.txt", **settings: object) -> Article:
    """The article in a file with this text."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return article(path, ReadSettings(**settings))  # type: ignore[arg-type]


def body_lines(found: Article) -> set[int]:
    return {line for block in found.blocks for _, line in block.lines}


def f1_of_pages(folder: Path, settings: ReadSettings | None = None) -> tuple[float, float]:
    """F1 of the body class and of the furniture class over the non-blank lines of all pages."""
    counts = {(gold, got): 0 for gold in (True, False) for got in (True, False)}
    for row in (folder / "lines.jsonl").read_text().splitlines():
        page = json.loads(row)
        path = folder / f"{page['page']}.txt"
        kept = body_lines(article(path, settings))
        for number, (mark, text) in enumerate(
            zip(page["lines"], path.read_text().split("\n"), strict=False), 1
        ):
            if text.strip():
                counts[mark in "bmh", number in kept] += 1
    wrong = counts[True, False] + counts[False, True]
    both, none = counts[True, True], counts[False, False]
    return 2 * both / (2 * both + wrong), 2 * none / (2 * none + wrong)
