"""A page to an article: cleaned, in blocks, with its source card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from azstance.read.clean import Cleaned, clean
from azstance.read.furniture import Furniture
from azstance.read.language import not_english
from azstance.read.page import UnreadableError
from azstance.read.text import limit_paras
from azstance.read.textfacts import host_of, text_facts
from azstance.records import Article, Block, Cut, Fact, SourceCard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from azstance.read.page import Page
    from azstance.read.settings import ReadSettings


Kept = Callable[[tuple[object, ...], Callable[[], Article]], Article]
"""Gives an article again that was made of the same values before, or has it made."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What is the same for all articles of a run."""

    settings: ReadSettings
    furniture: Furniture
    kept: Kept | None = None


def build_article(
    page: Page, setup: Setup, *, article_id: str, path: str, sidecar: Mapping[str, Fact]
) -> Article:
    """The article on a page. What `sidecar` (sources.toml) says counts before all else.

    Raises UnreadableError where nothing is left to score: only furniture, or not English.
    """
    if setup.kept is None:
        made = _article(page, setup, sidecar)
    else:
        of = (page, sorted(sidecar.items()), setup.settings)
        made = setup.kept(of, lambda: _article(page, setup, sidecar))
    return replace(made, id=article_id, path=path)


def _article(page: Page, setup: Setup, sidecar: Mapping[str, Fact]) -> Article:
    limit_paras(page.paras)
    title = sidecar.get("title") or page.facts.get("title")
    cleaned = Cleaned(page.paras, ())
    if setup.settings.clean:
        cleaned = clean(
            page.paras,
            setup.furniture,
            title=title.value if title else "",
            title_case=setup.settings.title_case_headings,
        )
    _check(page, cleaned)
    found, notes = text_facts(cleaned)
    if {"published"} & (sidecar.keys() | page.facts.keys()):
        notes = ()
    card = _card({**found, **page.facts, **sidecar})
    blocks = tuple(Block(p.text, p.lines, p.heading) for p in cleaned.paras)
    cut = sorted((*page.cut, *cleaned.cut), key=lambda item: item.line)
    return Article(
        "",
        "",
        card,
        blocks,
        tuple(cut),
        tuple(dict.fromkeys(page.notes + notes)),
        page.remarks,
    )


def _check(page: Page, cleaned: Cleaned) -> None:
    if not page.paras:
        raise UnreadableError("is empty.")
    texts = [para.text for para in cleaned.paras]
    if not any(c.isalpha() for text in texts for c in text):
        cut: tuple[Cut, ...] = cleaned.cut
        if cut:
            example = f"line {cut[0].line}: {cut[0].reason}"
            raise UnreadableError(
                "holds no text of an article: all its lines look like page furniture "
                f"({example}, for one).",
                line=cut[0].line,
                remedy="If that is wrong, turn cleaning off.",
            )
        raise UnreadableError("holds no words.")
    reason = not_english(texts)
    if reason:
        raise UnreadableError(
            f"does not look like English: {reason}.",
            remedy="The codebook codes English text only.",
            cause="language",
        )


def _card(facts: Mapping[str, Fact]) -> SourceCard:
    """The source card. Where only an address is known, its site is the outlet."""
    outlet = facts.get("outlet")
    url = facts.get("url")
    if outlet is None and url is not None and host_of(url.value):
        outlet = Fact(host_of(url.value), f"{url.origin} (address)")
    return SourceCard(
        outlet=outlet,
        author=facts.get("author"),
        published=facts.get("published"),
        genre=facts.get("genre"),
        title=facts.get("title"),
        url=url,
        language=facts.get("language"),
    )
