"""HTML: trafilatura tells article and metadata, the source itself gives text and lines."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from azstance.read.dates import published_date
from azstance.read.decode import lines_of
from azstance.read.html_text import locate, visible_paras
from azstance.read.metadata import plain_value
from azstance.read.page import Page, Para, UnreadableError
from azstance.read.repair import Repairs, repair, repair_encoding
from azstance.read.text import limit_paras, read_text
from azstance.records import Cut, Fact

if TYPE_CHECKING:
    from azstance.read.settings import ReadSettings

_ORIGIN = "page metadata"
_OUTSIDE = "outside the article on the web page"
# What trafilatura calls the fields of the source card, the better source first.
_FIELDS = {
    "title": ("title",),
    "author": ("author",),
    "outlet": ("sitename", "hostname"),
    "published": ("date",),
    "url": ("url",),
    "language": ("language",),
}
# The latest date accepted must not depend on the day of the run, or results would.
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}
_MANY = 3000
_MOST_MARKS = 300_000
_META = re.compile(r"<meta\b[^<>]{0,1000}>", re.IGNORECASE)
_CONTENT = re.compile(r"\bcontent\s*=\s*([\"'])(.*?)\1", re.IGNORECASE)
_DATE_NAMES = re.compile(
    r"\b(?:property|name|itemprop)\s*=\s*[\"']?"
    r"(?:article:published_time|datePublished|pubdate|publish[-_]date|date)[\"'\s>]",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,2000})</title", re.IGNORECASE)


def read(file: BinaryIO, settings: ReadSettings) -> Iterator[Page]:
    """The one article of a web page."""
    text, notes = read_text(file, settings)
    repairs = Repairs()
    rows = enumerate(lines_of(text), 1)
    source = "\n".join(repair_encoding(row, number, repairs) for number, row in rows)
    if source.count("<") + source.count("&") > _MOST_MARKS:
        raise UnreadableError(
            f"has more than {_MOST_MARKS:,} tags and entities, too many for a page with an article",
            remedy="Save the article as plain text.",
        )
    try:
        paras = visible_paras(source)
    except (AssertionError, ValueError):  # html.parser gives up on some broken declarations
        raise UnreadableError(
            "is not HTML that can be parsed", remedy="Save the article as plain text."
        ) from None
    if not paras or _only_title(source, paras):
        raise UnreadableError("holds no visible text.")
    limit_paras(paras)
    document = _extracted(source, fast=len(paras) > _MANY)
    keep, missing = _chosen(paras, document)
    body = [_by_line(para, repairs) for n, para in enumerate(paras) if n in keep]
    cut = [Cut(p.line, p.text, _OUTSIDE) for n, p in enumerate(paras) if n not in keep]
    facts, more = _facts(document, source)
    if missing:
        more += (f"{missing} extracted paragraphs were not found in the source and left out",)
    yield Page(tuple(body), facts, tuple(cut), notes + repairs.notes() + more)


def _extracted(source: str, *, fast: bool = False) -> Any:
    """What trafilatura makes of the page: a document with `body` and metadata, or None.

    `fast` leaves out its second opinion (justext), whose time grows with the square of the
    paragraphs.
    """
    import trafilatura

    with _quiet():
        try:
            return trafilatura.bare_extraction(
                source,
                with_metadata=True,
                include_comments=False,
                date_extraction_params=_DATES,
                fast=fast,
            )
        except (
            ValueError,
            TypeError,
            AttributeError,
            RecursionError,
        ):  # it has bugs; we have a way without it
            return None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library from writing to stderr by way of the root logger."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _chosen(paras: list[Para], document: Any) -> tuple[set[int], int]:
    """Numbers of the paragraphs of the source that were extracted, and how many could not be found.

    Where nothing was extracted all paragraphs stay, and cleaning has to judge alone.
    """
    body = getattr(document, "body", None)
    texts = _units(body) if body is not None else []
    keep: set[int] = set()
    missing = 0
    at = 0
    for text in texts:
        found = locate(paras, text, at) or locate(paras, text, 0)
        if found is None:
            missing += 1
            continue
        keep.update(range(found[0], found[1] + 1))
        at = found[0] if found[0] == found[1] else found[1]
    return (keep or set(range(len(paras)))), missing


def _units(element: Any) -> list[str]:
    """Texts of the smallest blocks of the extracted tree."""
    blocks = ("p", "head", "item", "quote", "cell", "row", "list", "table", "code", "div", "ab")
    inner = [child for child in element if child.tag in blocks]
    if not inner:
        return ["".join(element.itertext())]
    texts = [element.text or ""]
    for child in element:
        texts += _units(child) if child.tag in blocks else ["".join(child.itertext())]
        texts.append(child.tail or "")
    return [text for text in texts if text.strip()]


def _by_line(para: Para, repairs: Repairs) -> Para:
    return by_line(para, lambda text, number: repair(text, number, repairs))


def by_line(para: Para, change: Callable[[str, int], str]) -> Para:
    """The paragraph with `change` made to the part of each source line; lines stay true."""
    ends = [at for at, _ in para.lines[1:]] + [len(para.text)]
    text = ""
    lines: list[tuple[int, int]] = []
    for (start, number), end in zip(para.lines, ends, strict=True):
        part = para.text[start:end]
        changed = " ".join(change(part, number).split())
        if not changed:
            continue
        lines.append((len(text), number))
        text += changed + (" " if part[-1:].isspace() else "")
    return replace(para, text=text.rstrip(), lines=tuple(lines) or ((0, para.line),))


def _facts(document: Any, source: str) -> tuple[dict[str, Fact], tuple[str, ...]]:
    facts: dict[str, Fact] = {}
    notes = _unread_date(source)
    for name, keys in _FIELDS.items():
        value = next((v for key in keys if (v := plain_value(getattr(document, key, None)))), "")
        if name == "published" and notes:
            continue
        if name == "published" and value:
            iso, wrong = published_date(value)
            value, notes = iso or "", (f"{_ORIGIN}: {wrong}",) if wrong else ()
        if value:
            facts[name] = Fact(value, _ORIGIN)
    return facts, notes


def _unread_date(source: str) -> tuple[str, ...]:
    """A note where the page declares a date that cannot be read, so that no other is guessed."""
    for tag in _META.findall(source):
        content = _CONTENT.search(tag)
        if content and _DATE_NAMES.search(tag):
            wrong = published_date(content[2])[1] if content[2].strip() else ""
            return (f"{_ORIGIN}: {wrong}",) if wrong else ()
    return ()


def _only_title(source: str, paras: list[Para]) -> bool:
    """Whether a page shows its title in the bar of the browser and nothing else."""
    title = _TITLE.search(source)
    return title is not None and len(paras) == 1 and paras[0].text == " ".join(title[1].split())
