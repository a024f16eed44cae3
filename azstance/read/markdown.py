"""Markdown with optional front matter: plain text with its lines, and metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from azstance.read.metadata import facts_of
from azstance.read.page import Line, Page
from azstance.read.remarks import remarks_in
from azstance.read.repair import Repairs, repair
from azstance.read.text import article_lines, read_text
from azstance.read.wrap import paragraphs
from azstance.records import Cut, Fact

if TYPE_CHECKING:
    from azstance.read.settings import ReadSettings

_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{2,})\s*$")
_RULE = re.compile(r"^ {0,3}([-*_])(?:\s*\1){2,}\s*$")
_QUOTE = re.compile(r"^(?: {0,3}>\s?)+")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(?=\S)")
_TABLE = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*$")
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,500})\]\([^()\n]{0,2000}\)")
_LINK = re.compile(
    r"\[([^\[\]\n]{1,500})\]"
    r"(?:\([^()\n]{0,2000}(?:\([^()\n]{0,500}\))?[^()\n]{0,500}\)|\[[^\[\]\n]{0,200}\])"
)
_AUTO = re.compile(r"<(https?://[^<>\s]{1,2000})>")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\n]{1,50}\]:?")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:\s+\S+")
_COMMENT = re.compile(r"<!--(?:(?!<!--).){0,2000}?-->")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(`{1,3})([^`]{1,500})\1")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=\S)([^*\n]{1,500}?)(?<=\S)\*(?![\w*])|(?<!\w)_(?=\S)([^_\n]{1,500}?)(?<=\S)_(?!\w)"
)
_STRIKE = re.compile(r"~~(.{1,500}?)~~")


def read(file: BinaryIO, settings: ReadSettings) -> Iterator[Page]:
    """The one article of a Markdown file."""
    text, notes = read_text(file, settings)
    rows = article_lines(text)
    facts, body, more = _front_matter(rows, settings)
    repairs = Repairs()
    lines, cut = _plain(rows, body, repairs)
    notes += more + repairs.notes()
    yield Page(tuple(paragraphs(lines)), facts, tuple(cut), notes, remarks=remarks_in(rows))


def _front_matter(
    rows: list[str], settings: ReadSettings
) -> tuple[Mapping[str, Fact], int, tuple[str, ...]]:
    """Facts of the front matter, the index of the first row after it, and notes."""
    if rows[0].strip() != "---":
        return {}, 0, ()
    end = next((n for n, row in enumerate(rows[1:], 1) if row.strip() in ("---", "...")), 0)
    # A rule at the top of a page is not front matter: that has a "key: value" line.
    if not end or not any(re.match(r"[\w-]+\s*:", row) for row in rows[1:end]):
        return {}, 0, ()
    try:
        record = _parsed("\n".join(rows[1:end]))
    except Exception as problem:  # YAML of strangers fails in many ways, and none may end the run
        line = getattr(getattr(problem, "problem_mark", None), "line", None)
        where = f"line {line + 2}: " if line is not None else ""
        return {}, end + 1, (f"{where}the front matter is not valid YAML and was left out",)
    facts, notes = facts_of(record, settings, "front matter")
    return facts, end + 1, notes


def _parsed(yaml: str) -> dict[str, Any]:
    import frontmatter

    return dict(frontmatter.loads(f"---\n{yaml}\n---\n").metadata)


def _plain(rows: list[str], body: int, repairs: Repairs) -> tuple[list[Line], list[Cut]]:
    """Lines of plain text for the rows from `body` on; what is code or a picture is cut."""
    lines: list[Line] = []
    cut: list[Cut] = []
    fence = ""
    for number, row in enumerate(rows[body:], body + 1):
        opened = _FENCE.match(row)
        if opened or fence:
            if row.strip():
                cut.append(Cut(number, repair(row, number, repairs).strip(), "code block"))
            if opened:
                fence = "" if fence == opened.group(1) else fence or opened.group(1)
            lines.append(Line(number, ""))
            continue
        if _underlines(row, lines):
            above = lines.pop()
            lines += [Line(above.number, above.text, heading=True), Line(number, "")]
            continue
        lines.append(_line(row, number, repairs, cut))
    return lines, cut


def _underlines(row: str, lines: list[Line]) -> bool:
    """Whether the row makes a heading of the line above it."""
    return bool(
        lines and lines[-1].text.strip() and _UNDERLINE.match(row) and len(lines[-1].text) < 200
    )


def _line(row: str, number: int, repairs: Repairs, cut: list[Cut]) -> Line:
    if _RULE.match(row) or _DEFINITION.match(row) or _TABLE.match(row):
        return Line(number, "")
    heading = _HEADING.match(row)
    text = _COMMENT.sub(" ", heading.group(1) if heading else row)
    images = [image for image in _IMAGE.findall(text) if image.strip()]
    cut.extend(Cut(number, repair(image, number, repairs), "picture") for image in images)
    text = repair(_inline(_IMAGE.sub("", text)), number, repairs)
    return Line(number, text.strip(), heading=heading is not None)


def _inline(text: str) -> str:
    """A line without the marks of Markdown. List items keep a "- ", so that they stay apart."""
    text = _QUOTE.sub("", text)
    if item := _ITEM.match(text):
        text = "- " + text[item.end() :]
    text = _AUTO.sub(r"\1", _LINK.sub(r"\1", _FOOTNOTE.sub("", text)))
    text = _CODE.sub(r"\2", text)
    for _ in range(2):  # bold inside italic, and the other way round
        text = _STRONG.sub(r"\2", text)
        text = _EMPHASIS.sub(lambda m: m.group(1) or m.group(2), text)
    return _ESCAPE.sub(r"\1", _STRIKE.sub(r"\1", text)).strip("|")
