"""Which articles are on the page, and how much of each: the most that fits into its room.

All in full, if they fit. Otherwise every article gets a line, then its framed sentences, then its
whole text, each in one order until the room is used up: the first article of every source, the
second of every source and so on, so that no source is left out for its name.
"""

from __future__ import annotations

import weakref
from collections import Counter
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING

from azstance.render.page.articles import FRAMED, FULL, ROW, article_view
from azstance.render.page.panels import Strings, panels
from azstance.render.page.text import environment, script_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from azstance.overview_records import Member, Overview

_IN_MEMORY = 32 * 2**20
_LINES = 0.5  # of the room, at most, for lines about articles


class Fitted:
    """Articles as HTML, in a temporary file, and the level at which each is shown.

    `levels` has the articles that are shown, by place in the report. `strings` are the texts that
    their data refers to, `string_bytes` is how much room these take.
    """

    def __init__(self, overview: Overview, few: int) -> None:
        self.strings = Strings()
        self.string_bytes = 0
        self.levels: dict[int, str] = {}
        self._overview = overview
        self._open = len(overview.members) <= few
        self._frames = tuple(frame.name for frame in overview.frames)
        self._template = environment().get_template("article.html.j2")
        self._file: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        weakref.finalize(self, self._file.close)
        self._held: dict[tuple[int, str], tuple[int, int]] = {}
        self._end = 0

    def size(self, member: Member, level: str) -> int:
        """Bytes of an article at a level, without what it adds to the strings."""
        key = (member.place, level)
        if key not in self._held:
            html = self._render(member, level)
            self._file.seek(self._end)
            self._file.write(html)
            self._held[key] = (self._end, len(html))
            self._end += len(html)
        return self._held[key][1]

    def counts(self) -> dict[str, int]:
        """How many articles are shown at each level; those of which nothing is under "none"."""
        found = Counter(self.levels.values())
        left = len(self._overview.members) - len(self.levels)
        return {**{level: found[level] for level in (FULL, FRAMED, ROW)}, "none": left}

    def pieces(self) -> Iterator[str]:
        """The articles in the report's order."""
        for place, level in sorted(self.levels.items()):
            start, length = self._held[place, level]
            self._file.seek(start)
            yield self._file.read(length).decode("utf-8")

    def _render(self, member: Member, level: str) -> bytes:
        result = self._overview.report.articles[member.place]
        view = article_view(result, member, self._frames, level)
        known = len(self.strings.places)
        data = "" if level == ROW else script_json(panels(result, self._frames, self.strings))
        new = script_json(self.strings.list()[known:]) if level != ROW else ""
        self.string_bytes += len(new.encode("utf-8"))
        return self._template.render(article=view, data=data, open=self._open).encode("utf-8")


def fit(overview: Overview, room: int, few: int) -> Fitted:
    """Choose what of the articles is shown in `room` bytes. Up to `few` articles are open."""
    fitted = Fitted(overview, few)
    ranked = tuple(_in_turn(overview.members))
    used = 0
    for member in ranked:
        used += fitted.size(member, FULL)
        if used + fitted.string_bytes > room:
            break
    else:
        fitted.levels = {member.place: FULL for member in ranked}
        return fitted
    used = _raise(fitted, ranked, ROW, 0, int(room * _LINES))
    used = _raise(fitted, ranked, FRAMED, used, room)
    _raise(fitted, ranked, FULL, used, room)
    return fitted


def _raise(fitted: Fitted, ranked: Iterable[Member], level: str, used: int, room: int) -> int:
    """Show articles at `level` instead of the one before until the room is used up."""
    for member in ranked:
        before = fitted.levels.get(member.place)
        if level != ROW and before is None:
            break
        cost = fitted.size(member, level) - (fitted.size(member, before) if before else 0)
        if used + cost + fitted.string_bytes > room:
            break
        fitted.levels[member.place] = level
        used += cost
    return used


def _in_turn(members: Iterable[Member]) -> Iterator[Member]:
    """The first article of every source, the second of every source, and so on."""
    seen: Counter[str] = Counter()
    turns = []
    for member in members:
        turns.append((seen[member.source], member.source, member.place, member))
        seen[member.source] += 1
    yield from (turn[-1] for turn in sorted(turns, key=lambda turn: turn[:3]))
