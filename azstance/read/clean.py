"""Cleaning: which paragraphs of a page are the article, and which are the page around it.

The evidence, in this order: what a paragraph says (the patterns of furniture.toml), whether it was
said before, and where it stands. The text of an article runs from its first paragraph of real
sentences to its last; around it only a headline, a standfirst and a cut-off last sentence belong
to it. Between them nearly everything does.

A heading In Title Case or in capitals is not scored but kept as the title of the source card: the
tagger takes every word of it for a name, and the coders of the pages left such lines out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from azstance.read.shape import (
    ends_question,
    ends_sentence,
    is_long_sentence,
    is_prose,
    is_title_case,
    key_of,
    sentences_of,
    words_of,
)
from azstance.records import Cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azstance.read.furniture import Furniture, Group
    from azstance.read.page import Para

_BULLET = re.compile(r"^\s*[-*•▪●–—>»]\s+")
_NAME = re.compile(r"^(?:[A-ZÀ-Ž][\w.'’-]+\s+){1,3}[A-ZÀ-Ž][\w'’-]+$")
# Verbs after a byline's name that tell of the person, not of the news.
_BIO = r"(?:is|was|has|works|writes|covers|reports|reported|teaches)\b"
# Words of a line before the text that make it a sentence of its own: posts do without full stops.
_POST = 12
_TITLE_CASE = "heading in title case: kept as a title, not scored"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The paragraphs of the article, what was cut, and the headline, if there is one."""

    paras: tuple[Para, ...]
    cut: tuple[Cut, ...]
    headline: Para | None = None


def clean(
    paras: Sequence[Para], furniture: Furniture, *, title: str = "", title_case: bool = False
) -> Cleaned:
    """Part the article from its page. Nothing is lost: every paragraph is in `paras` or in `cut`.

    `title` is the title that metadata gives, which tells the headline from other lines. With
    `title_case=True` headings in title case stay.
    """
    work = _Work(furniture, title, title_case)
    for para in paras:
        work.add(para)
    work.cut_patterns()
    work.cut_repeated()
    work.cut_requests()
    work.cut_edges()
    work.cut_between()
    return work.result()


@dataclass(slots=True)
class _Work:
    """The paragraphs of one page and, for each, why it is cut ("" if it stays)."""

    furniture: Furniture
    title: str
    title_case: bool
    paras: list[Para] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    stubs: list[Cut] = field(default_factory=list)
    headline: int | None = None
    known: set[str] | None = None

    def add(self, para: Para) -> None:
        """Take a paragraph in, without the agency stub or the link at its ends."""
        for start, end, reason in self.furniture.stubs(para.text):
            stub = para.part(start, end)
            rest = para.part(end, len(para.text)) if start == 0 else para.part(0, start)
            if rest.text and stub.text:
                self.stubs.append(Cut(stub.line, stub.text, reason))
                para = rest
                break
        self.paras.append(para)
        self.why.append("")

    def left(self) -> list[int]:
        """Numbers of the paragraphs that are still there."""
        return [n for n, reason in enumerate(self.why) if not reason]

    # -- what it says

    def cut_patterns(self) -> None:
        """Cut what the patterns know, and what a marker such as "See also" takes along."""
        core = self._core()
        if len(self.paras) == 1:
            return  # a single paragraph is the text, whatever it says
        for n, para in enumerate(self.paras):
            if self.why[n]:
                continue
            if not any(c.isalnum() for c in para.text):
                self.why[n] = "no words"
                continue
            edge = core is None or not core[0] < n < core[1]
            group = self.furniture.match(_BULLET.sub("", para.text), edge=edge)
            if group:
                self.why[n] = group.reason
                self._take_along(n, group)

    def _core(self) -> tuple[int, int] | None:
        """First and last paragraph of two real sentences or more, before anything is cut."""
        prose = [
            n for n, p in enumerate(self.paras) if is_prose(p.text) and len(words_of(p.text)) >= 20
        ]
        return (prose[0], prose[-1]) if prose else None

    def _take_along(self, n: int, group: Group) -> None:
        rest = range(n + 1, len(self.paras))
        if group.then == "next" and n + 1 < len(self.paras):
            self.why[n + 1] = group.reason
        elif group.then == "end" and self._prose_words(range(n)) > self._prose_words(rest):
            for k in rest:
                self.why[k] = group.reason
        elif group.then == "prose":
            for k in rest:
                if _is_text(self.paras[k]):
                    break
                self.why[k] = self.why[k] or group.reason

    def _prose_words(self, numbers: range) -> int:
        texts = (self.paras[k].text for k in numbers)
        return sum(len(words_of(text)) for text in texts if is_prose(text))

    # -- whether it was said before

    def cut_repeated(self) -> None:
        """Cut paragraphs that were there before, and sentences pulled out of a longer paragraph."""
        seen: set[str] = set()
        for n, para in enumerate(self.paras):
            key = key_of(para.text)
            if len(key.split()) < 4:
                continue
            if key in seen and not self.why[n]:
                self.why[n] = "repeated"
            seen.add(key)
        inside = {key_of(s) for n in self.left() for s in self._inner(self.paras[n].text)}
        for n in self.left():
            key = key_of(self.paras[n].text)
            if len(key.split()) >= 8 and key in inside and self._lower_case(n):
                self.why[n] = "repeated from the text"

    @staticmethod
    def _inner(text: str) -> list[str]:
        parts = sentences_of(text)
        return parts if len(parts) > 1 else []

    def _lower_case(self, n: int) -> bool:
        return n > 0 and is_prose(self.paras[n].text)

    # -- what it asks

    def cut_requests(self) -> None:
        """Cut short paragraphs that ask the reader for something."""
        for n in self.left():
            if self.furniture.asks_reader(self.paras[n].text):
                self.why[n] = self.furniture.score_reason

    # -- where it stands

    def cut_edges(self) -> None:
        """Cut what stands before the first and after the last sentence, save the headline."""
        left = self.left()
        prose = [n for n in left if is_prose(self.paras[n].text)]
        if not prose:
            return
        self._cut_bio(prose)
        last = max(n for n in prose if not self.why[n])
        self._cut_head([n for n in left if n < prose[0]])
        self._cut_tail([n for n in left if n > last and not self.why[n]], last)

    def _cut_head(self, head: list[int]) -> None:
        self.headline = self._find_headline(head)
        for n in head:
            text = self.paras[n].text
            after = self.headline is not None and n == self.headline + 1
            if n == self.headline:
                self.why[n] = self._heading_reason(n)
            elif is_title_case(text) or len(words_of(text)) < 4:
                self.why[n] = "label or menu before the text"
            elif not (after or is_long_sentence(text, _POST) or self._overlap(n) >= 0.4):
                self.why[n] = "line before the text that is not about it"

    def _find_headline(self, head: list[int]) -> int | None:
        """The line before the text with most words of it, or what metadata calls the title."""
        title = key_of(self.title)
        for n in head:
            if title and key_of(self.paras[n].text) == title:
                return n
        texts = ((n, self.paras[n].text) for n in head)
        fit = [n for n, t in texts if 3 <= len(words_of(t)) <= 30 and not _NAME.match(t)]
        return max(fit, key=self._headline_rank, default=None)

    def _headline_rank(self, n: int) -> tuple[bool, float, bool, int]:
        para = self.paras[n]
        return para.heading, self._overlap(n), not is_title_case(para.text), -n

    def _heading_reason(self, n: int) -> str:
        return _TITLE_CASE if is_title_case(self.paras[n].text) and not self.title_case else ""

    def _overlap(self, n: int) -> float:
        """Share of the longer words of a line that the sentences of the page use too."""
        words = {w.casefold()[:6] for w in words_of(self.paras[n].text) if len(w) > 3}
        if not words:
            return 0.0
        if self.known is None:
            body = (self.paras[k].text for k in self.left() if is_prose(self.paras[k].text))
            self.known = {w.casefold()[:6] for text in body for w in words_of(text)}
        return len(words & self.known) / len(words)

    def _cut_tail(self, tail: list[int], last: int) -> None:
        listed = self.paras[last].text.rstrip().endswith(":")
        for n in tail:
            text = self.paras[n].text
            if listed or (is_long_sentence(text) and not is_title_case(text)):
                continue
            self.why[n] = "label or link after the text"

    def _cut_bio(self, prose: list[int]) -> None:
        """Cut "NAME is a ..." at the end, where NAME is the byline of the page."""
        names = {p.text.strip() for p in self.paras if _NAME.match(p.text)}
        names |= {_name_in(p.text) for n, p in enumerate(self.paras) if self.why[n] == "byline"}
        for n in prose[1:][-3:]:
            text = self.paras[n].text
            starts = (rf"{re.escape(name)},? {_BIO}" for name in sorted(names) if name)
            if any(re.match(start, text) for start in starts):
                self.why[n] = "about the author"

    # -- between paragraphs of text

    def cut_between(self) -> None:
        """Cut lists of links and labels amid the text; a heading of the article stays."""
        left = self.left()
        lines = [n for n in left if n != self.headline and not ends_sentence(self.paras[n].text)]
        prose = [n for n in left if is_prose(self.paras[n].text)]
        for run in _runs(lines, left):
            inside = prose and prose[0] < run[0] and run[-1] < prose[-1]
            if not inside or self._opens_list(run[0]):
                continue
            for n in run:
                self.why[n] = self._between_reason(n, run)

    def _opens_list(self, n: int) -> bool:
        """Whether the paragraph before announces a list that belongs to the text."""
        before = next((k for k in range(n - 1, -1, -1) if not self.why[k]), None)
        return before is not None and self.paras[before].text.rstrip().endswith((":", ";", ","))

    def _between_reason(self, n: int, run: list[int]) -> str:
        text = self.paras[n].text
        if text.rstrip().endswith((":", ";", ",")):
            return ""
        if len(run) > 1 and all(_is_link_item(self.paras[k].text) for k in run):
            return "list of links"
        if self.paras[n].item or _BULLET.match(text):
            return ""
        if len(words_of(text)) <= 2 and not self.paras[n].heading:
            return "label"
        if len(run) > 2 and self._overlap(n) < 0.34:
            return "line amid the text that is not about it"
        return self._heading_reason(n)

    # -- what is left

    def result(self) -> Cleaned:
        """The article and what was cut, both in the order of the page."""
        kept: list[Para] = []
        cut = list(self.stubs)
        for n, (para, reason) in enumerate(zip(self.paras, self.why, strict=True)):
            if reason:
                cut.append(Cut(para.line, para.text, reason))
            else:
                kept.append(replace(para, heading=para.heading or self._is_heading(n)))
        headline = self.paras[self.headline] if self.headline is not None else None
        return Cleaned(tuple(kept), tuple(sorted(cut, key=lambda c: c.line)), headline)

    def _is_heading(self, n: int) -> bool:
        text = self.paras[n].text
        return n == self.headline or (
            not ends_sentence(text)
            and len(words_of(text)) <= 20
            and not text.rstrip().endswith((":", ";", ","))
            and not (self.paras[n].item or _BULLET.match(text))
        )


def _is_text(para: Para) -> bool:
    """Whether a paragraph after related headlines is the article again: real sentences."""
    text = para.text
    words = len(words_of(text))
    if not is_prose(text) or ends_question(text):
        return is_prose(text) and words >= 30
    return words >= 12 or len(sentences_of(text)) > 1


def _is_link_item(text: str) -> bool:
    plain = _BULLET.sub("", text)
    return plain != text and plain[:1].isupper() and 3 <= len(words_of(plain)) <= 16


def _name_in(byline: str) -> str:
    found = re.search(
        r"(?:[A-ZÀ-Ž][\w.'’-]*\s+){1,2}[A-ZÀ-Ž][\w'’-]+", re.sub(r"^[Bb][Yy]\s+", "", byline)
    )
    return found.group() if found else ""


def _runs(numbers: list[int], among: list[int]) -> list[list[int]]:
    """Groups of `numbers` that follow each other without a gap in `among`."""
    place = {n: k for k, n in enumerate(among)}
    runs: list[list[int]] = []
    for n in numbers:
        if runs and place[n] == place[runs[-1][-1]] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return runs
