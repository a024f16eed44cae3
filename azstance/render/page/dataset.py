"""Tables of figures from which a page only chooses: their columns, rules and compact form.

A row is looked at under the reader's choice of outlet, year, frame, voice and polarity. A rule says
how a column answers to one of them: "narrow" keeps the rows with the chosen value (all, where
nothing is chosen), "pool" keeps the rows that were computed for the choice ("" stands for all
together), "either" is a narrow rule over several columns, "not" keeps nothing where its value is
chosen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from azstance.records import Estimate
from azstance.render import words as said
from azstance.render.clean import plain
from azstance.render.document import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ANY: Any = None
"""In a column of text: fits every choice."""

FILTERS = ("outlet", "year", "frame", "voice", "polarity")

Rule = tuple[str, str, tuple[str, ...]]
"""(filter, how, columns); of "not" the third are the values that leave nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `kind` is text, count, number, share, signed or quote; a hidden one only chooses.

    share and signed hold an `Estimate`; they and counts may hold nine instead, for every choice of
    voice and polarity, of which the first is that of all together.
    quote holds (article id, number of the sentence, its text).
    """

    name: str
    label: str
    kind: str = "text"
    hidden: bool = False


@dataclass(frozen=True)
class Dataset:
    """Rows with their columns, and the rules by which a choice picks among them."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]
    rows: Sequence[tuple[Any, ...]]
    limits: Mapping[str, int] = field(default_factory=dict)

    def place(self, name: str) -> int:
        """Where a column stands."""
        return [column.name for column in self.columns].index(name)

    def initial(self) -> list[tuple[Any, ...]]:
        """The rows that are shown where nothing is chosen."""
        pooled = [self.place(columns[0]) for _, how, columns in self.rules if how == "pool"]
        return [row for row in self.rows if all(row[place] == "" for place in pooled)]


class Figures:
    """Estimates that are held once; in rows stands their place."""

    def __init__(self) -> None:
        self._places: dict[tuple[Any, ...], int] = {}

    def __call__(self, value: Estimate | Sequence[Estimate]) -> Any:
        """The place of an estimate, or the places of several."""
        if not isinstance(value, Estimate):
            return [self(each) for each in value]
        key = (number(value.value), number(value.low), number(value.high), value.n)
        return self._places.setdefault(key, len(self._places))

    def list(self) -> list[list[Any]]:
        """All of them: value, low, high, n."""
        return [list(key) for key in self._places]


def packed(dataset: Dataset, figures: Figures) -> dict[str, Any]:
    """A dataset as data for the page: texts and figures are places in lists."""
    held: list[dict[str, int]] = [{} for _ in dataset.columns]

    def value(place: int, column: Column, given: Any) -> Any:
        if column.kind in ("share", "signed"):
            return figures(given)
        if column.kind != "text":
            return list(given) if column.kind == "quote" else _plain_number(given)
        return -1 if given is None else held[place].setdefault(plain(given), len(held[place]))

    rows = [
        [value(i, column, row[i]) for i, column in enumerate(dataset.columns)]
        for row in dataset.rows
    ]
    return {
        "columns": [
            {"name": c.name, "label": c.label, "kind": c.kind, "hidden": c.hidden, "texts": list(t)}
            for c, t in zip(dataset.columns, held, strict=True)
        ],
        "rules": [
            [name, how, list(columns) if how == "not" else [dataset.place(c) for c in columns]]
            for name, how, columns in dataset.rules
        ],
        "limits": dict(dataset.limits),
        "rows": rows,
    }


def _plain_number(value: Any) -> Any:
    return number(value) if isinstance(value, float) else value


def headings(dataset: Dataset) -> list[tuple[str, bool]]:
    """Headings of the table, and whether numbers stand below."""
    found: list[tuple[str, bool]] = []
    for column in dataset.columns:
        if column.hidden:
            continue
        found.append((column.label, column.kind not in ("text", "quote")))
        if column.kind in ("share", "signed"):
            found += [("interval", True), ("of", True)]
    return found


def table(dataset: Dataset, most: int) -> list[list[Any]]:
    """The first `most` rows of the table where nothing is chosen, as texts; a quote stays one."""
    shown = [(i, column) for i, column in enumerate(dataset.columns) if not column.hidden]
    return [
        [cell for i, column in shown for cell in _cells(column, row[i])]
        for row in dataset.initial()[:most]
    ]


def _cells(column: Column, value: Any) -> list[Any]:
    if column.kind in ("share", "signed"):
        figure = value if isinstance(value, Estimate) else value[0]
        if column.kind == "share":
            return [said.percent(figure.value), said.share_interval(figure), str(figure.n)]
        return [said.signed(figure.value), said.signed_interval(figure), str(figure.n)]
    if column.kind == "number":
        return [said.signed(value)]
    if column.kind == "count":
        return [str(value[0] if isinstance(value, list) else value)]
    return [value if column.kind == "quote" else str("" if value is None else value)]
