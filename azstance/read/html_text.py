"""The visible text of an HTML source with the line of every character."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from azstance.read.page import Para

# fmt: off
_BLOCKS = frozenset((
    "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "ul", "ol",
    "li", "dl", "dt", "dd", "table", "tr", "td", "th", "thead", "tbody", "h1", "h2", "h3", "h4",
    "h5", "h6", "blockquote", "figure", "figcaption", "pre", "form", "fieldset", "hr", "br",
    "title", "body", "html", "head", "option", "button", "label", "summary", "details",
))
# fmt: on
_HIDDEN = frozenset(("script", "style", "template", "noscript", "svg", "textarea"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(slots=True)
class Piece:
    """The text between two block tags: its characters, the line of each, and the tag around it."""

    tag: str
    chars: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def para(self) -> Para:
        """The piece as a paragraph with its blanks collapsed."""
        text: list[str] = []
        marks: list[tuple[int, int]] = []
        blank = False
        for char, line in zip(self.chars, self.lines, strict=True):
            if char.isspace():
                blank = bool(text)
                continue
            if blank:
                text.append(" ")
                blank = False
            if not marks or marks[-1][1] != line:
                marks.append((len(text), line))
            text.append(char)
        return Para(
            "".join(text),
            tuple(marks) or ((0, 1),),
            heading=self.tag in _HEADINGS,
            item=self.tag == "li",
        )


class _Collector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[Piece] = []
        self._hidden: list[str] = []
        self._piece = Piece("")
        self._title = False

    def finish(self) -> list[Piece]:
        self.close()
        self._cut("")
        return self.pieces

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden.append(tag)
        elif tag in _BLOCKS:
            self._cut(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            if tag in self._hidden:
                del self._hidden[self._hidden.index(tag) :]
        elif tag in _BLOCKS:
            self._cut("")

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        first = self.getpos()[0]
        for line, part in enumerate(data.split("\n"), first):
            if line > first:
                self._add("\n", line - 1)
            self._piece.chars += part
            self._piece.lines += [line] * len(part)

    def handle_entityref(self, name: str) -> None:
        self._entity(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._entity(f"&#{name};")

    def _entity(self, written: str) -> None:
        from html import unescape

        for char in unescape(written):
            self._add(char, self.getpos()[0])

    def _add(self, char: str, line: int) -> None:
        if not self._hidden:
            self._piece.chars.append(char)
            self._piece.lines.append(line)

    def _cut(self, tag: str) -> None:
        if any(not char.isspace() for char in self._piece.chars):
            self.pieces.append(self._piece)
        self._piece = Piece(tag)


def visible_paras(source: str) -> list[Para]:
    """The visible text, a paragraph for each stretch between block tags, with true lines."""
    collector = _Collector()
    collector.feed(_without_open_ends(source))
    paras = (piece.para() for piece in collector.finish())
    return [para for para in paras if para.text]


def _without_open_ends(source: str) -> str:
    """The source without comments and declarations that never end.

    html.parser looks for the end of each to the end of the file, again and again.
    """
    for opener, closer in (("<!--", "-->"), ("<![", "]"), ("<!", ">"), ("<?", ">"), ("<", ">")):
        end = source.rfind(closer) + 1
        source = source[:end] + source[end:].replace(opener, " " * len(opener))
    return source


def locate(paras: list[Para], wanted: str, start: int) -> tuple[int, int] | None:
    """First and last of the paragraphs from `start` on that hold `wanted`, or None."""
    key = squeezed(wanted)
    if not key:
        return None
    for first in range(start, len(paras)):
        here = squeezed(paras[first].text)
        if key in here:
            return first, first
        if not (here and key.startswith(here)):
            continue
        last, joined = first, here
        while len(joined) < len(key) and last + 1 < len(paras):
            last += 1
            joined += squeezed(paras[last].text)
        if joined.startswith(key):
            return first, last
    return None


def squeezed(text: str) -> str:
    """The letters and digits of a text: the same however tags and blanks are handled."""
    return "".join(re.findall(r"\w+", text.casefold()))
