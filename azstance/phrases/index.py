"""Finding the phrases of a lexicon in a stream of words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, starmap

from azstance.phrases.syntax import Atom, Phrase, parse


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text as the matcher sees it; `stop` is true where a gap may not cross it."""

    lower: str
    lemma: str
    stop: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Phrase number `key` found at words `start` up to, and without, `end`."""

    key: int
    start: int
    end: int


_Row = tuple[tuple[frozenset[int], bool, int], ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """What can stand at a word: its atoms, and the phrases and entries that begin with them."""

    atoms: frozenset[int]
    phrases: frozenset[int]
    entries: frozenset[int]


_NOWHERE = _Place(frozenset(), frozenset(), frozenset())
_REMEMBERED = 30_000
"""Words of which an index remembers what they can stand for: most texts have fewer."""


@dataclass(frozen=True, slots=True)
class _Stream:
    """The words of a sentence with the atoms that stand at each of them, alone or as a span."""

    words: Sequence[Word]
    single: Sequence[_Place]
    multi: dict[int, list[tuple[int, int]]]

    def __len__(self) -> int:
        return len(self.words)

    def ends(self, atoms: frozenset[int], at: int) -> set[int]:
        """Ends of what `atoms` match at word `at`."""
        spans = self.multi.get(at)
        ends = {end for atom, end in spans if atom in atoms} if spans else set()
        if at < len(self.words) and not atoms.isdisjoint(self.single[at].atoms):
            ends.add(at + 1)
        return ends


def _needed(row: _Row) -> tuple[frozenset[int], ...]:
    """The places of a phrase that must be filled: it is not in a sentence that lacks one."""
    return tuple(atoms for atoms, optional, gap in row if atoms and not optional and not gap)


class PhraseIndex:
    """All phrases of a lexicon, ready to be found in one pass over a sentence.

    Every distinct (lower, lemma) pair is looked up once and remembered: which atoms it can stand
    for does not depend on its place. A phrase is then tried only where its first place fits.
    """

    def __init__(
        self,
        phrases: Sequence[Phrase],
        lists: Mapping[str, Sequence[str]] | None = None,
        forms: Callable[[str], Iterable[str]] = lambda word: (),
    ) -> None:
        """`lists` are the word lists; `forms` gives more lemmas that a written word stands for."""
        self._forms = forms
        self._ids: dict[Atom, int] = {}
        self._lists: dict[str, int] = {}
        self._by_key: dict[str, set[int]] = defaultdict(set)
        self._by_lower: dict[str, set[int]] = defaultdict(set)
        self._globs: list[tuple[re.Pattern[str], int]] = []
        self._prefixes: dict[str, set[int]] = defaultdict(set)
        self._longest_prefix = 0  # a "word" can be a million letters long
        self._cache: dict[tuple[str, str], _Place] = {}
        self._list_rows: list[tuple[int, _Row]] = []
        self._list_first: dict[int, list[int]] = defaultdict(list)
        for name, entries in (lists or {}).items():
            self._add_list(name, entries)
        self._rows = [self._compile(phrase) for phrase in phrases]
        self._first = self._index([row[0][0] for row in self._rows])
        self._needed = [_needed(row) for row in self._rows]
        self._entries_needed = [_needed(row) for _, row in self._list_rows]

    def find(
        self, words: Sequence[Word], spans: Iterable[tuple[int, int, str]] = ()
    ) -> list[Match]:
        """Find all phrases in `words`: for each phrase and start, the longest match.

        `spans` are (start, end, list name) of places that stand for a list as a whole, such as
        mentions of actors.
        """
        single = [self._look_up(word.lower, word.lemma) for word in words]
        stream = _Stream(words, single, defaultdict(list))
        for start, end, name in spans:
            atom = self._lists.get(name)
            if atom is not None:
                stream.multi[start].append((atom, end))
        self._match_lists(stream)
        present = {atom for place in single for atom in place.atoms}
        present |= {atom for spans_there in stream.multi.values() for atom, _ in spans_there}
        begun = {key for atom in present for key in self._first.get(atom, ())}
        complete = {key for key in begun if self._can_be(self._needed[key], present)}
        found: list[Match] = []
        for start in range(len(words)):
            keys = single[start].phrases & complete
            for atom, _ in stream.multi.get(start, ()):
                keys |= complete.intersection(self._first.get(atom, ()))
            for key in keys:
                end = self._longest(self._rows[key], 0, start, stream)
                if end > start:
                    found.append(Match(key, start, end))
        return sorted(found, key=lambda m: (m.start, m.end, m.key))

    def possible(
        self, words: Iterable[tuple[str, str]], lists: Set[str] = frozenset()
    ) -> list[int]:
        """The phrases that a text of these words could hold in some order: no other can be found.

        Words are pairs of form and lemma. `lists` are names of lists that may stand anywhere in
        it, such as those of actors.
        """
        places = starmap(self._look_up, words)
        present = set(chain.from_iterable(place.atoms for place in places if place.atoms))
        present |= {self._lists[name] for name in self._lists.keys() & lists}
        rows = self._begun(present)
        more = True
        while more:  # an entry of a list can refer to a list
            fits = {n for n in rows if self._can_be(self._entries_needed[n], present)}
            added = {self._list_rows[n][0] for n in fits} - present
            present |= added
            rows = (rows - fits) | self._begun(added)
            more = bool(added)
        keys = {key for atom in present for key in self._first.get(atom, ())}
        found = (key for key in keys if self._can_be(self._needed[key], present))
        return sorted(found)

    def knows(self, lower: str, lemma: str) -> bool:
        """Whether some phrase or list has a place for a word."""
        return self._look_up(lower, lemma) is not _NOWHERE

    @staticmethod
    def _can_be(needed: Iterable[frozenset[int]], present: set[int]) -> bool:
        """Whether there is something for each place of a phrase."""
        return not any(map(present.isdisjoint, needed))

    def _begun(self, atoms: Iterable[int]) -> set[int]:
        """The entries of lists that could begin with one of `atoms`."""
        return {n for atom in atoms for n in self._list_first.get(atom, ())}

    def _atom_id(self, atom: Atom) -> int:
        if atom not in self._ids:
            number = self._ids[atom] = len(self._ids)
            if atom.kind == "list":
                self._lists[atom.value] = number
            if atom.kind == "group":
                self._add_entries(number, [part.strip() for part in atom.value[1:-1].split("|")])
            if atom.kind == "lemma":
                for form in {atom.value, *self._forms(atom.value)}:
                    self._by_key[form].add(number)
            elif atom.kind == "exact":
                self._by_lower[atom.value].add(number)
            elif atom.kind == "glob":
                self._add_glob(atom.value, number)
        return self._ids[atom]

    def _add_glob(self, glob: str, number: int) -> None:
        """Most globs are beginnings of words, which need no regular expression."""
        if glob.index("*") == len(glob) - 1:
            self._prefixes[glob[:-1]].add(number)
            self._longest_prefix = max(self._longest_prefix, len(glob) - 1)
        else:
            body = ".*".join(re.escape(part) for part in glob.split("*"))
            self._globs.append((re.compile(body), number))

    def _compile(self, phrase: Phrase) -> _Row:
        return tuple(
            (frozenset(self._atom_id(atom) for atom in e.atoms), e.optional, e.gap)
            for e in phrase.elements
        )

    def _add_list(self, name: str, entries: Sequence[str]) -> None:
        self._add_entries(self._atom_id(Atom("list", name)), entries)

    def _add_entries(self, target: int, entries: Sequence[str]) -> None:
        for entry in entries:
            row = self._compile(parse(entry))
            number = len(self._list_rows)
            self._list_rows.append((target, row))
            for atom in row[0][0]:
                self._list_first[atom].append(number)

    @staticmethod
    def _index(firsts: Sequence[frozenset[int]]) -> dict[int, list[int]]:
        index: dict[int, list[int]] = defaultdict(list)
        for key, atoms in enumerate(firsts):
            for atom in atoms:
                index[atom].append(key)
        return index

    def _look_up(self, lower: str, lemma: str) -> _Place:
        """What a word can stand for, whatever its place; remembered per form and lemma."""
        key = (lower, lemma)
        place = self._cache.get(key)
        if place is None:
            if len(self._cache) >= _REMEMBERED:  # new words never end
                self._cache.clear()
            atoms = set(self._by_key.get(lower, ())) | self._by_key.get(lemma, set())
            atoms |= self._by_lower.get(lower, set())
            atoms |= {number for glob, number in self._globs if glob.fullmatch(lower)}
            for end in range(1, min(len(lower), self._longest_prefix) + 1):
                atoms |= self._prefixes.get(lower[:end], set())
            place = self._cache[key] = self._place(atoms) if atoms else _NOWHERE
        return place

    def _place(self, atoms: set[int]) -> _Place:
        phrases = frozenset(k for atom in atoms for k in self._first.get(atom, ()))
        entries = frozenset(n for atom in atoms for n in self._list_first.get(atom, ()))
        return _Place(frozenset(atoms), phrases, entries)

    def _match_lists(self, stream: _Stream) -> None:
        """Add to the stream every place where an entry of a word list or a group stands.

        From the last word to the first, because an entry can itself refer to a list.
        """
        begun = {start for start, place in enumerate(stream.single) if place.entries}
        for start in sorted(begun.union(stream.multi), reverse=True):
            spans = stream.multi.get(start, ())
            waiting = [n for atom, _ in spans for n in self._list_first.get(atom, ())]
            waiting += stream.single[start].entries
            while waiting:
                target, row = self._list_rows[waiting.pop()]
                end = self._longest(row, 0, start, stream)
                if end > start and (target, end) not in stream.multi.get(start, ()):
                    stream.multi[start].append((target, end))
                    waiting += self._list_first.get(target, ())

    def _longest(self, row: _Row, place: int, at: int, stream: _Stream) -> int:
        """End of the longest match of `row` from `place` on at word `at`, or -1."""
        if place == len(row):
            return at
        atoms, optional, gap = row[place]
        if gap:
            return self._over_gap(row, place, at, stream)
        ends = stream.ends(atoms, at)
        if optional:
            ends.add(at)
        best = -1
        for end in ends:
            best = max(best, self._longest(row, place + 1, end, stream))
        return best

    def _over_gap(self, row: _Row, place: int, at: int, stream: _Stream) -> int:
        """Try the rest of the phrase after 0, 1, 2 ... words; the nearest continuation wins."""
        for skipped in range(row[place][2] + 1):
            end = self._longest(row, place + 1, at + skipped, stream)
            if end >= 0:
                return end
            if at + skipped >= len(stream) or stream.words[at + skipped].stop:
                break
        return -1
