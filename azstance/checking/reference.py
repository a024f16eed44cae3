"""The reference: what an outlet's articles showed so far, and the texts that are known.

One reviewed file: an article a line, sorted, so that a change of an article is a change of a line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from azstance.checking.shingles import packed, unpacked
from azstance.checking.subject import Profile
from azstance.errors import ConfigError

if TYPE_CHECKING:
    from azstance.checking.shingles import Shingles
    from azstance.checking.subject import Subject

FORMAT = "azstance-reference/1"


@dataclass(frozen=True)
class Known:
    """An article of the reference. `published` is ISO or ""; `runs` are packed shingles."""

    place: str
    outlet: str
    published: str
    digest: str
    profile: Profile
    runs: str

    @cached_property
    def shingles(self) -> Shingles:
        """Its five-word runs."""
        return unpacked(self.runs)


@dataclass(frozen=True)
class Made:
    """What a reference was made with: figures of another codebook or model are not comparable."""

    codebook: str
    model: str
    pipeline: str
    ruleset: str


@dataclass(frozen=True)
class Reference:
    """The articles of a reference and what made it."""

    made: Made
    articles: tuple[Known, ...]
    by_outlet: Mapping[str, tuple[Known, ...]] = field(default_factory=dict)


def reference_of(subjects: Iterable[Subject], made: Made) -> Reference:
    """The reference of scored articles. Texts too short to be measured are known all the same."""
    known = [
        Known(
            subject.place,
            subject.outlet,
            subject.result.article.card.published.value
            if subject.result.article.card.published
            else "",
            subject.digest,
            subject.profile,
            packed(subject.shingles),
        )
        for subject in subjects
    ]
    return _reference(made, known)


def _reference(made: Made, known: Sequence[Known]) -> Reference:
    ordered = tuple(sorted(known, key=lambda each: each.place))
    outlets: dict[str, list[Known]] = {}
    for each in ordered:
        if each.outlet:
            outlets.setdefault(each.outlet.casefold(), []).append(each)
    return Reference(made, ordered, {name: tuple(own) for name, own in outlets.items()})


def reference_text(reference: Reference) -> str:
    """The reference as a JSON file with a line for each article."""
    made = reference.made
    head = {
        "format": FORMAT,
        "ruleset": made.ruleset,
        "codebook": made.codebook,
        "model": made.model,
        "pipeline": made.pipeline,
    }
    lines = [f'  "{key}": {json.dumps(value, ensure_ascii=False)},' for key, value in head.items()]
    rows = ",\n".join(
        f"    {json.dumps(_row(known), ensure_ascii=False)}" for known in reference.articles
    )
    body = f"\n{rows}\n  " if rows else ""
    return "\n".join(["{", *lines, f'  "articles": [{body}]', "}"]) + "\n"


def _row(known: Known) -> dict[str, object]:
    return {
        "place": known.place,
        "outlet": known.outlet,
        "published": known.published,
        "sentences": known.profile.sentences,
        "alignment": known.profile.alignment,
        "shares": dict(known.profile.shares),
        "words": known.digest,
        "runs": known.runs,
    }


def load_reference(path: Path) -> Reference:
    """Read a reference. Raises ConfigError, with the command that makes one, where it cannot."""
    remedy = "Make it anew: azstance reference build FOLDER."
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise ConfigError(
            f"the reference cannot be read ({reason})", where=str(path), remedy=remedy
        ) from problem
    except (ValueError, RecursionError) as problem:
        where = f"{path}:{getattr(problem, 'lineno', 1)}"
        raise ConfigError("the reference is no JSON", where=where, remedy=remedy) from problem
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ConfigError(f"this is no reference ({FORMAT})", where=str(path), remedy=remedy)
    try:
        made = Made(*(str(data[key]) for key in ("codebook", "model", "pipeline", "ruleset")))
        return _reference(made, [_known(row) for row in data["articles"]])
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        raise ConfigError(
            f"the reference is damaged ({problem})", where=str(path), remedy=remedy
        ) from problem


def _known(row: Mapping[str, Any]) -> Known:
    alignment = row["alignment"]
    profile = Profile(
        None if alignment is None else float(alignment),
        {str(frame): float(share) for frame, share in row["shares"].items()},
        int(row["sentences"]),
    )
    texts = (row["place"], row["outlet"], row["published"], row["words"])
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("a text is none")
    known = Known(*texts, profile, str(row["runs"]))
    len(known.shingles)  # damaged runs are told here and not in the middle of a run
    return known
