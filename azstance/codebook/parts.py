"""Reads the smaller parts of a codebook: actors, the naming ledger, word lists, alignment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.codebook.frames import ROLES, check_phrases
from azstance.codebook.model import Actor
from azstance.tomlfile import shown_value, suggestion

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from azstance.tables import Table

ACTOR_KEYS = ("names", "kind", "not", "note")
NAMING_KEYS = ("concept", "variants", "note")

Naming = dict[str, tuple[str, ...]]


def read_actors(table: Table) -> tuple[Actor, ...]:
    """The actors of actors.toml, in its order; a name may belong to one actor only."""
    table.only(("actors",))
    entries = table.table("actors").subtables()
    actors = []
    owners: dict[str, str] = {}
    for name, entry in entries:
        entry.only(ACTOR_KEYS)
        names = entry.texts("names")
        excluded = entry.texts("not", required=False, empty=True)
        actors.append(Actor(name, entry.text("kind", "state"), names, excluded))
        for alias in names:
            problem = _bad_name(alias)
            owner = owners.setdefault(alias.casefold(), name)
            if owner != name:
                message = f"{shown_value(alias)} is a name of {owner} already"
                problem = (message, "Keep it with one of the two.")
            if problem:
                entry.wrong(
                    problem[0], "names", entry.data["names"].index(alias), remedy=problem[1]
                )
    for (name, entry), actor in zip(entries, actors, strict=True):
        _check_excluded(name, entry, actor, owners)
    return tuple(actors)


def _bad_name(alias: str) -> tuple[str, str] | None:
    """What is wrong with a name, and what to do: `*` stands for the ending of a single word."""
    shown = shown_value(alias)
    if not alias.strip("* "):
        return f"the name {shown} would fit every word", "Write some letters with the *."
    if "*" in alias[:-1]:
        return f"the name {shown} has a * inside", "It stands at the end of a word."
    if "*" in alias and len(alias.split()) > 1:
        return f"the name {shown} has a * and several words", "Write each form as its own name."
    return None


def _check_excluded(name: str, entry: Table, actor: Actor, owners: dict[str, str]) -> None:
    for phrase in actor.excluded:
        owner = owners.get(phrase.casefold())
        if owner is not None:
            message = f'{shown_value(phrase)} is a name of {owner} and under "not" of {name}'
            remedy = "Remove it here: of overlapping names the longest counts."
            entry.wrong(message, "not", entry.data["not"].index(phrase), remedy=remedy)


def read_naming(table: Table) -> tuple[Naming, dict[str, str]]:
    """The ledger of naming.toml: variants by concept, and notes by concept."""
    table.only(("names",))
    naming: Naming = {}
    notes: dict[str, str] = {}
    seen: dict[str, str] = {}
    for entry in table.tables("names"):
        entry.only(NAMING_KEYS)
        concept = entry.text("concept")
        variants = entry.texts("variants")
        if concept in naming:
            message = f"the concept {shown_value(concept)} stands twice"
            entry.wrong(message, "concept", remedy="Put all its variants in one table.")
        for variant in variants:
            owner = seen.setdefault(variant, concept)
            if owner != concept:
                message = f"{shown_value(variant)} is a variant of {shown_value(owner)} already"
                place = entry.data["variants"].index(variant)
                entry.wrong(message, "variants", place, remedy="Keep it with one of the two.")
        naming[concept] = variants
        if "note" in entry.data:
            notes[concept] = entry.text("note")
    return naming, notes


def read_words(tables: Sequence[Table], actors: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The word lists of several words.toml; of two lists with one name the later one counts."""
    inner = []
    for table in tables:
        table.only(("words",))
        inner.append(table.table("words"))
    words = {name: table.texts(name) for table in inner for name in table.data}
    known = frozenset((*words, *actors, *ROLES))
    for table in inner:
        for name in table.data:
            if name in actors or name in ROLES:
                message = f"the word list {shown_value(name)} has the name of an actor or a role"
                table.wrong(message, name, remedy="Give it another name.")
            check_phrases(table, name, known)
    return words


def read_pair(main: Table, actors: Collection[str], *, required: bool) -> tuple[str, str]:
    """The two actors whose relationship is coded; two empty names where none is required."""
    pair = read_members(main, "pair", actors, required=required or "pair" in main.data)
    written = main.data.get("pair")
    if isinstance(written, list) and (len(written) != 2 or written[0] == written[1]):
        message = f'"pair" is {shown_value(written)}'
        main.wrong(message, "pair", remedy="It names two different actors.")
    first, second, *_ = (*pair, "", "")
    return first, second


def read_members(
    main: Table, key: str, actors: Collection[str], *, required: bool = False
) -> tuple[str, ...]:
    """A list of actors, each of which must have an entry in actors.toml."""
    values = main.texts(key, required=required, empty=not required)
    for value in values:
        if actors and value not in actors:
            message = f'{shown_value(value)} in "{key}" has no entry in actors.toml'
            remedy = suggestion(value, actors, "Actors")
            main.wrong(message, key, main.data[key].index(value), remedy=remedy)
    return values


def read_alignment(table: Table, frames: Collection[str]) -> dict[str, tuple[float, float]]:
    """Weights of (affirmed, denied) sentences by frame, each from -2 to 2."""
    weights = {}
    for frame, entry in table.subtables():
        if frame not in frames:
            message = f"alignment for the unknown frame {shown_value(frame)}"
            table.wrong(message, frame, remedy=suggestion(frame, frames, "Frames"))
        entry.only(("affirm", "deny"))
        weights[frame] = (entry.number("affirm", 0, -2, 2), entry.number("deny", 0, -2, 2))
    return weights
