"""Markdown as wikis show it: read by two libraries, hostile text is text and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import markdown
import pytest
from lxml import html
from markdown_it import MarkdownIt

from azstance.render import render

from .hostile import flooded, flooded_report
from .sample import make_comparison, make_grouped_report, make_report

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script></title><img src=x onerror=alert(1)>",
    "[click](javascript:alert(1)) ![pixel](http://tracker.example/x.png)",
    "<a href='//example.org'>link</a> <http://example.org> https://example.org",
    "| new | row |\n|---|---|\n# heading\n- item\n> quote\n    code\n```\nfence\n```",
    "{{ 7 * 7 }} {% raw %} ${x} <%= x %> [^1] [ref]: http://example.org",
    "\u202eesrever\u202c \x1b[31mred &lt;script&gt; &#60;b&#62;",
    "**bold** __bold__ *em* `code` ~~gone~~ ==mark== <!-- hidden --> [x] :smile:",
)
# What the renderer itself writes. None of these does anything.
OWN = {
    *("html", "body", "div", "h1", "h2", "h3", "p", "ul", "li", "strong", "em"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
MAKERS: tuple[tuple[Callable[[], Any], Callable[[Any, str], Any]], ...] = (
    (make_report, flooded_report),
    (make_grouped_report, flooded_report),
    (make_comparison, flooded),
)


def commonmark(text: str) -> Any:
    """The page that a wiki makes of Markdown as GitHub and GitLab read it."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return html.document_fromstring(reader.render(text))


def older(text: str) -> Any:
    """The page that a wiki makes of Markdown as it was read before."""
    return html.document_fromstring(
        markdown.markdown(text, extensions=["tables", "fenced_code", "footnotes"])
    )


@pytest.mark.parametrize(("make", "flood"), MAKERS)
@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("shown", [commonmark, older])
def test_hostile_text_is_text(make: Any, flood: Any, payload: str, shown: Any) -> None:
    page = shown(render(flood(make(), payload), "markdown"))
    for element in page.iter():
        assert element.tag in OWN, html.tostring(element)
        assert set(element.attrib) <= {"style", "align"}, html.tostring(element)
        assert element.get("style", "").replace(" ", "") in (
            "",
            "text-align:right;",
            "text-align:right",
        )
    plain = page.text_content().replace("\u200b", "").replace("\\~", "~")  # which older ones show
    for word in payload.replace("\u202e", "").replace("\u202c", "").replace("\x1b", "").split():
        assert word in plain, word


@pytest.mark.parametrize(("make", "flood"), MAKERS)
@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("shown", [commonmark, older])
def test_it_has_the_headings_and_tables_of_harmless_text(
    make: Any, flood: Any, payload: str, shown: Any
) -> None:
    """Nothing that an article says adds a heading, a row or a column."""
    harmless, hostile = (
        shown(render(flood(make(), text), "markdown")) for text in ("harmless", payload)
    )
    for tag in ("h1", "h2", "h3", "table", "tr", "th", "td"):
        assert len(list(hostile.iter(tag))) == len(list(harmless.iter(tag))), tag


def test_a_report_is_a_page_with_its_tables() -> None:
    page = commonmark(render(make_report(), "markdown"))
    assert len(list(page.iter("table"))) == 4  # of all articles, and of each
    assert [each.text_content() for each in page.iter("h1")] == ["Framing of Azerbaijan and Russia"]
