"""What a text says of itself: author, outlet, genre, address and date, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from azstance.errors import ConfigError
from azstance.read.dates import dates_in
from azstance.read.lists import data_file
from azstance.records import Fact
from azstance.tomlfile import read_toml

if TYPE_CHECKING:
    from azstance.read.clean import Cleaned
    from azstance.records import Cut

_FIRST = 4  # paragraphs in which an introduction names the author
_SEARCHED = 3000  # characters of a paragraph
_FIELDS = ("author", "outlet", "genre", "title", "url")
_HOST = re.compile(r"^https?://(?:www\.|m\.|en\.|eng\.)?([^/:?#\s]+)", re.IGNORECASE)
_LABELLED = re.compile(
    r"^\W*(?:published|posted|first published|publication date|date)\b", re.IGNORECASE
)
_UPDATED = re.compile(r"^\W*(?:last )?(?:updated|modified|edited)\b", re.IGNORECASE)
_DATE_REASONS = ("date, time or view count", "byline", "label of a date or of an author")


@dataclass(frozen=True)
class CardPattern:
    """One way in which a text names its author, outlet, genre, title or address.

    Only a text with one of `needs` is searched: most runs never compile the expression.
    """

    source: str
    where: str
    needs: tuple[str, ...] = ()
    genre: str = ""
    finds: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.source)

    def find(self, text: str) -> Mapping[str, str | None]:
        """What the pattern finds in a text, by field; nothing if it does not fit."""
        if self.needs and not any(word in text for word in self.needs):
            return {}
        found = self.regex.search(text)
        return found.groupdict() if found else {}


@dataclass(frozen=True, slots=True)
class CardLists:
    """The patterns and lists of read_card.toml."""

    patterns: tuple[CardPattern, ...]
    name: str
    not_names: frozenset[str]
    carriers: tuple[str, ...]


@cache
def card_lists() -> CardLists:
    """read_card.toml, compiled. Raises ConfigError with file and line where it is broken."""
    file = read_toml(data_file("read_card.toml"), ConfigError)
    data = file.data
    try:
        patterns = tuple(_pattern(row, data) for row in data["pattern"])
        return CardLists(
            patterns,
            str(data["name"]),
            frozenset(data["not_names"]),
            tuple(data["hosts"]["carriers"]),
        )
    except (KeyError, TypeError) as problem:
        raise ConfigError(f"not as it should be: {problem}", where=file.where("pattern")) from None


def _pattern(row: Mapping[str, Any], data: Mapping[str, Any]) -> CardPattern:
    return CardPattern(
        row["regex"].replace("{NAME}", data["name"]).replace("{OUTLET}", data["outlet"]),
        row["where"],
        tuple(row.get("needs", ())),
        row.get("genre", ""),
        tuple(row["finds"]),
        tuple(row["misses"]),
    )


def text_facts(cleaned: Cleaned) -> tuple[dict[str, Fact], tuple[str, ...]]:
    """Facts found in the text and in what was cut, and notes on dates left out."""
    lists = card_lists()
    facts: dict[str, Fact] = {}
    for pattern in lists.patterns:
        for line, text in _places(pattern.where, cleaned):
            found = pattern.find(text[:_SEARCHED])
            if found:
                _take(facts, found, line, pattern.genre)
                break
    _neighbour_of_date(facts, cleaned.cut, lists)
    if "outlet" not in facts and "url" in facts:
        host = host_of(facts["url"].value)
        if host and not host.endswith(lists.carriers):
            facts["outlet"] = Fact(host, f"{facts['url'].origin} (address)")
    if cleaned.headline is not None and "title" not in facts:
        facts["title"] = Fact(cleaned.headline.text, _origin(cleaned.headline.line))
    published, notes = _published(cleaned.cut)
    return facts | published, notes


def host_of(url: str) -> str:
    """The site of an address, without "www."; "" if it is no address."""
    found = _HOST.match(url)
    return found.group(1).lower() if found else ""


def _origin(line: int) -> str:
    return f"text, line {line}"


def _places(where: str, cleaned: Cleaned) -> Iterator[tuple[int, str]]:
    if where == "first":
        yield from ((para.line, para.text) for para in cleaned.paras[:_FIRST])
    elif where == "cut":
        yield from ((cut.line, cut.text) for cut in cleaned.cut)
    elif where == "last":
        last_kept = max((n for p in cleaned.paras for _, n in p.lines), default=0)
        if cleaned.cut and cleaned.cut[-1].line > last_kept:
            yield cleaned.cut[-1].line, cleaned.cut[-1].text


def _take(facts: dict[str, Fact], groups: Mapping[str, str | None], line: int, genre: str) -> None:
    for name in _FIELDS:
        value = groups.get(name) or (genre if name == "genre" else "")
        value = (value or "").strip()
        if name != "url":
            value = value.rstrip(".,;:")
        if value:
            facts.setdefault(name, Fact(value, _origin(line)))


def _neighbour_of_date(facts: dict[str, Fact], cut: Sequence[Cut], lists: CardLists) -> None:
    """A name on a line of its own right after or before the date line is the author's."""
    if "author" in facts:
        return
    for before, after in pairwise(cut):
        for date, name in ((before, after), (after, before)):
            words = {word.casefold() for word in name.text.split()}
            if (
                date.reason == _DATE_REASONS[0] != name.reason
                and after.line - before.line <= 2
                and name.text.count(" ") <= 2
                and not words & lists.not_names
                and re.fullmatch(lists.name, name.text)
            ):
                facts["author"] = Fact(name.text, _origin(name.line))
                return


def _published(cut: Sequence[Cut]) -> tuple[dict[str, Fact], tuple[str, ...]]:
    """The date of the article from the date lines of the page, if they agree on one.

    A line that says "Published" counts before others, and "Updated" counts only when nothing else
    is there. Several different dates belong to other articles, so none is taken.
    """
    dated: list[tuple[int, str, str]] = []
    unclear: list[str] = []
    for item in cut:
        if item.reason not in _DATE_REASONS:
            continue
        dates = dates_in(item.text)
        unclear += [
            f'line {item.line}: the date "{d}" can be read in two ways' for d in dates.ambiguous
        ]
        dated += [(item.line, iso, item.text) for iso in dates.found]
    labelled = [d for d in dated if _LABELLED.match(d[2])]
    fresh = [d for d in dated if not _UPDATED.match(d[2])]
    chosen = labelled or fresh or dated
    days = sorted({iso for _, iso, _ in chosen})
    if len(days) == 1 and not (unclear and not labelled):
        return {"published": Fact(days[0], _origin(chosen[0][0]))}, ()
    if len(days) > 1:
        unclear.append(
            f"the page carries {len(days)} different dates, so none is taken for the article's"
        )
    return {}, tuple(unclear)
