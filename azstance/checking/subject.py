"""An article as the rules see it: its result, its words, its profile and its keys."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from azstance.checking.shingles import shingles, word_digest, words_of
from azstance.read.ids import short_id
from azstance.records import ArticleResult, Voice

if TYPE_CHECKING:
    from azstance.checking.shingles import Shingles

__all__ = ["Profile", "Subject", "article_key", "fingerprint", "profile_of", "subjects_of"]

DECIMALS = 4
_TABLES = (".jsonl", ".csv")


@dataclass(frozen=True, slots=True)
class Profile:
    """What an article shows in its author's voice.

    `alignment` is the log-odds of closeness against distance, None where the author takes no
    side. `shares` has for each frame the share of the author's sentences that carry it, in sums of
    probabilities where a classifier codes. `sentences` counts all body sentences.
    """

    alignment: float | None
    shares: Mapping[str, float]
    sentences: int


@dataclass(frozen=True)
class Subject:
    """An article that is checked.

    `path` is its path from the root of the project. `place` is the same, or the one it had before
    it was renamed, with "#" and the name of its record where the file can hold several. `key` names
    it in fingerprints.
    """

    result: ArticleResult
    path: str
    place: str
    key: str

    @property
    def outlet(self) -> str:
        """Name of the outlet; "" where it is not known."""
        fact = self.result.article.card.outlet
        return " ".join(fact.value.split()) if fact else ""

    @property
    def first_line(self) -> int:
        """Line at which the body begins."""
        blocks = self.result.article.blocks
        return max(1, blocks[0].lines[0][1]) if blocks else 1

    @cached_property
    def profile(self) -> Profile:
        """What the article shows in its author's voice."""
        return profile_of(self.result)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the body in small letters, without headings unless there is nothing else.

        A copy often has another headline, or the same one in its fields and not in its text.
        """
        blocks = self.result.article.blocks
        texts = [block.text for block in blocks if not block.heading]
        return words_of(texts or [block.text for block in blocks])

    @cached_property
    def digest(self) -> str:
        """Digest of the words: the same for articles that have the same words in the same order."""
        return word_digest(self.words)

    @cached_property
    def shingles(self) -> Shingles:
        """Its five-word runs."""
        return shingles(self.words)


def subjects_of(
    results: Sequence[ArticleResult], root: Path, renamed: Mapping[str, str]
) -> list[Subject]:
    """Articles with their places under `root`; `renamed` maps new paths from there to old ones.

    The place of an article depends on its own file and on no other of the run.
    """
    per_file = Counter(result.article.path for result in results)
    seen: Counter[str] = Counter()
    found = []
    for result in results:
        given = result.article.path
        path = place_of(given, root)
        place = renamed.get(path, path)
        if per_file[given] > 1 or given.lower().endswith(_TABLES):
            place += f"#{_record_name(result.article.id, given)}"
        seen[place] += 1
        if seen[place] > 1:
            place += f"~{seen[place]}"
        found.append(Subject(result, path, place, article_key(result, place)))
    return found


def _record_name(id: str, path: str) -> str:
    """What a record is called in its file: its id without that of the file before it.

    The folders in an id depend on the other files of the run.
    """
    folders = Path(path).absolute().parent.parts
    tails = ("/".join(folders[at:]) + "/" for at in range(len(folders)))
    id = id.removeprefix(next((tail for tail in tails if id.startswith(tail)), ""))
    name = os.path.basename(path)  # noqa: PTH119
    for known in (name, Path(name).stem, short_id(name)):
        if id == known:  # the only one of its file
            return "1"
        if id.startswith(f"{known}:"):
            return id.removeprefix(f"{known}:")
    return id


def place_of(path: str, root: Path) -> str:
    """A path as the files of the project say it: from its root, with forward slashes.

    What lies outside of the root keeps the path that it was given.
    """
    if path == "-":
        return path
    try:
        inside = os.path.relpath(path, root)
    except ValueError:  # another drive, or a name that is no path
        return _slashes(path)
    return _slashes(path if inside.startswith("..") else inside)


def article_key(result: ArticleResult, place: str) -> str:
    """What an article goes by in the baseline, whatever its file is called.

    Its address; else outlet, date and title together; else its place.
    """
    card = result.article.card
    if card.url:
        return f"url:{card.url.value.strip()}"
    facts = (card.outlet, card.published, card.title)
    if all(facts):
        return "|".join(" ".join(fact.value.casefold().split()) for fact in facts if fact)
    return f"path:{place}"


def fingerprint(rule: str, key: str, evidence: str, number: int) -> str:
    """sha256 over rule, article, evidence with case and blanks evened out, and a running number.

    No line, score, message or version goes in: a finding keeps its fingerprint when lines are
    added above it or the classifier is trained anew.
    """
    even = " ".join(evidence.casefold().split())
    text = "\x1f".join((rule, key, even, str(number)))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def profile_of(result: ArticleResult) -> Profile:
    """The profile of a scored article."""
    own = [s for s in result.sentences if s.voice is Voice.AUTHOR]
    frames = [score.frame for score in result.score.frames]
    count = max(1, len(own))
    totals = dict.fromkeys(frames, 0.0)
    for sentence in own:
        if sentence.chances:
            for chance in sentence.chances:
                totals[chance.frame] += chance.affirm + chance.deny
        else:
            for frame in {coding.frame for coding in sentence.codings}:
                totals[frame] += 1
    value = result.score.alignment.value
    return Profile(
        alignment=None if value is None else round(value, DECIMALS),
        shares={frame: round(total / count, DECIMALS) for frame, total in totals.items()},
        sentences=result.score.sentences,
    )


def counted_sentences(result: ArticleResult, frames: Sequence[str]) -> list[tuple[int, str]]:
    """Line and text of the author's sentences that are coded with one of the frames."""
    return [
        (s.line, s.text)
        for s in result.sentences
        if s.voice is Voice.AUTHOR and any(c.frame in frames for c in s.codings)
    ]


def _slashes(path: str) -> str:
    return re.sub(r"[\\/]+", "/", path) if os.sep == "\\" else path
