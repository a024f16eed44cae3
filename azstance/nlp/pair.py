"""Which actors a cue is about, and whether these are the codebook's pair.

The nearest actors decide: those inside the cue's phrase, then those that depend on it ("relations
with Türkiye"), then those of its clause, then those of the sentence. Where the sentence names
none, or only one of the two, the sentences before complete it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from azstance.nlp import tree

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_HOLDERS = frozenset({"poss", "compound", "amod", "nsubj", "nmod"})


@dataclass(slots=True)
class Context:
    """What is known from outside a sentence."""

    pair: bool
    recent: frozenset[str] = frozenset()
    anaphor: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """Whether a cue is about whom it must be; `actors` are those it is bound to, `why` says how."""

    ok: bool
    actors: tuple[str, ...]
    why: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Near:
    """The actors around a cue, by how near they stand.

    `closed` is true where those that depend on it are all there are: "tensions between A and B".
    `subjects` are those that do what the clause says; `elsewhere` is true where the cue is between
    two that are no actors ("between the coach and the captain"); `partners` are those "with" whom.
    """

    attached: frozenset[str]
    holders: frozenset[str]
    clause: frozenset[str]
    sentence: frozenset[str]
    closed: bool = False
    subjects: frozenset[str] = frozenset()
    elsewhere: bool = False
    partners: frozenset[str] = frozenset()


@dataclass(slots=True)
class PairBinder:
    """Binds cues for one codebook: `first` and `second` are its pair, `region` what is around."""

    first: str
    second: str
    region: frozenset[str]
    places: frozenset[str] = frozenset()

    def bind(self, about: str, near: Near, context: Context) -> Bound:
        """Decide for a cue with the requirement `about`: pair, first, second, region or any."""
        if about in ("any", "before"):
            return Bound(True, tuple(sorted(near.attached)), "any actors")
        near = self._without_places(near)
        rules = {
            "pair": self._pair,
            "first": self._first,
            "second": self._second,
            "region": self._region,
        }
        return rules[about](near, context)

    def _without_places(self, near: Near) -> Near:
        return replace(
            near,
            attached=near.attached - self.places,
            holders=near.holders - self.places,
            clause=near.clause - self.places,
            sentence=near.sentence - self.places,
            subjects=near.subjects - self.places,
            partners=near.partners - self.places,
        )

    def _pair(self, near: Near, context: Context) -> Bound:
        both = {self.first, self.second}
        attached = near.attached
        if both <= attached:
            return self._yes(both, "both stand with it")
        third_party = len(near.subjects) > 1 and not both <= near.subjects
        third_party = third_party or bool(near.partners and not near.partners & both)
        if near.elsewhere or third_party:
            why = "about other actors" if third_party else "between others"
            return self._no(near.subjects | near.partners, why)
        return self._one_or_none(near, context, both)

    def _one_or_none(self, near: Near, context: Context, both: set[str]) -> Bound:
        """For a cue that only one of the pair stands with, or neither."""
        attached = near.attached
        others = attached - both
        joined = attached & both and both <= near.clause | attached and not near.closed
        if others and not joined:
            return self._no(attached | (near.clause & both), "about other actors")
        known = attached & both
        missing = both - known
        if known and missing <= near.sentence:
            return self._yes(both, "both stand in the sentence")
        if known and near.clause - both - known and not context.anaphor:
            return self._no(known | (near.clause - both), "about other actors")
        if both <= near.sentence:
            return self._yes(both, "both stand in the sentence")
        return self._pair_from_context(near, context)

    def _pair_from_context(self, near: Near, context: Context) -> Bound:
        both = {self.first, self.second}
        others = near.sentence - both
        named = near.sentence & both
        if others and not context.anaphor:
            return self._no(near.sentence, "about other actors")
        if named and (context.pair or both <= context.recent | named):
            return self._yes(both, "the other one from the text before", sure=not others)
        if context.anaphor and (context.pair or both <= context.recent):
            return self._yes(both, "'the two' of the text before")
        if both <= context.recent:
            return self._yes(both, "both from the sentence before", sure=False)
        return self._no(named, "the pair is not in sight")

    def _second(self, near: Near, context: Context) -> Bound:
        holders = near.holders
        if self.second in near.attached | holders:
            return self._over(near, "stands with it")
        if holders - {self.first} - self.region:
            return self._no(holders, "somebody else's")
        if self.second in near.sentence:
            return self._over(near, "stands in the sentence")
        if self.first in holders or near.sentence - {self.first} - self.region:
            return self._no(holders or near.sentence, "somebody else's")
        if self.second in context.recent:
            return self._yes({self.second}, "from the sentence before", sure=False)
        return self._no(near.sentence, f"{self.second} is not in sight")

    def _over(self, near: Near, why: str) -> Bound:
        """Power over the first actor or the region; over others elsewhere it is another story."""
        targets = near.sentence - {self.second}
        ours = {self.first} | self.region
        if near.attached - ours - {self.second} and not near.sentence & ours:
            return self._no(near.attached, "over somebody else")
        return self._yes({self.second} | (targets & ours), why)

    def _first(self, near: Near, context: Context) -> Bound:
        if self.first in near.sentence:
            return self._yes({self.first}, "stands in the sentence")
        if near.holders - {self.first}:
            return self._no(near.holders, "somebody else's")
        if self.first in context.recent or context.pair:
            return self._yes({self.first}, "from the text before", sure=False)
        return self._no(near.sentence, f"{self.first} is not in sight")

    def _region(self, near: Near, context: Context) -> Bound:
        ours = {self.first, self.second} | self.region
        if near.sentence & ours or (not near.sentence and context.recent & ours):
            return self._yes(near.sentence & ours, "the region")
        return self._no(near.sentence, "elsewhere")

    @staticmethod
    def _yes(actors: set[str] | frozenset[str], why: str, *, sure: bool = True) -> Bound:
        return Bound(True, tuple(sorted(actors)), why, sure)

    @staticmethod
    def _no(actors: set[str] | frozenset[str], why: str) -> Bound:
        return Bound(False, tuple(sorted(actors)), why)


def near_actors(
    cue: Span, mentions: Sequence[Span], pair: Sequence[str], *, located: bool = False
) -> Near:
    """Sort the mentions of a sentence by how near they stand to `cue`.

    A third actor that only says where something happens is none of them; where `located`, it is
    one if the cue itself has its place there ("influence in Syria").
    """
    own = {t.i for t in cue} if located else set()
    mentions = [
        m for m in mentions if m.label_ in pair or not _is_location(m) or m.root.head.head.i in own
    ]
    root = tree.root_of(cue)
    mentions = [m for m in mentions if m.label_ in pair or not _only_tells(m, root)]
    modified = [t.head for t in cue if t.dep_ in ("amod", "compound") and t.head.i != t.i]
    attached_tokens: set[int] = set()
    for part in (root, *cue, *modified):
        if part.i not in attached_tokens:  # else what depends on it is there as well
            attached_tokens |= {t.i for t in tree.near_subtree(part)}
    clause = tree.clause_root(root)
    clause_tokens = {t.i for t in tree.near_subtree(clause)}
    subject = tree.subject_of(clause)
    if subject is not None:
        clause_tokens |= {t.i for t in subject.subtree}
    holders = {
        m.label_
        for m in mentions
        if (m.root.dep_ in _HOLDERS and m.root.head.i in attached_tokens)
        or (subject is not None and m.root.i == subject.i)
    }
    betweens = _betweens(cue.sent)
    between = _between(cue, mentions, attached_tokens, betweens)
    joint = _joint_subject(clause, attached_tokens, cue)
    return Near(
        between or frozenset(m.label_ for m in mentions if m.root.i in attached_tokens),
        frozenset(holders),
        frozenset(m.label_ for m in mentions if m.root.i in clause_tokens | attached_tokens),
        frozenset(m.label_ for m in mentions),
        closed=bool(between),
        subjects=frozenset(m.label_ for m in mentions if m.root.i in joint),
        partners=_partners(cue, mentions),
        elsewhere=not between and _between_others(cue, mentions, attached_tokens, betweens),
    )


def _joint_subject(clause: Token, attached: set[int], cue: Span) -> set[int]:
    """The tokens that are subjects side by side ("Armenia and France") of the cue's clause.

    For a cue with "their" it is the subject of the clause before it, where its own has none.
    """
    theirs = any(cue.doc[i].tag_ == "PRP$" for i in attached)
    for step in tree.path_up(clause):
        subject = next((t for t in step.children if tree.is_subject(t)), None)
        if subject is not None:
            joint = {subject.i, *(t.i for t in subject.conjuncts)}
            if len(joint) > 1:
                return joint
        if not theirs:
            break
    return set()


def _partners(cue: Span, mentions: Sequence[Span]) -> frozenset[str]:
    """The actors of a "with A" that depends on the cue: "rapprochement with Washington"."""
    objects: set[int] = set()
    for word in cue:
        for step in (word, *word.children):
            if step.lower_ == "with" and step.head.i <= word.i and step.i >= cue.start:
                objects |= {t.i for child in step.children for t in child.subtree}
    return frozenset(m.label_ for m in mentions if m.root.i in objects)


def _betweens(sentence: Span) -> list[Token]:
    """The words "between" of a sentence; few have one, and few are gone through."""
    if "between" not in sentence.text.lower():
        return []
    return [token for token in sentence if token.lower_ == "between"]


def _between_others(
    cue: Span, mentions: Sequence[Span], attached: set[int], betweens: Sequence[Token]
) -> bool:
    """Whether the cue is "between X and Y", and neither can be one of the actors."""
    known = {m.root.i for m in mentions}
    for token in betweens:
        if token.i in attached or cue.start <= token.i < cue.end:
            first = next((t for t in token.children if t.dep_ == "pobj"), None)
            if first is None:
                continue
            sides = [first, *first.conjuncts]
            return len(sides) > 1 and all(_is_single_noun(t, known) for t in sides)
    return False


def _is_single_noun(token: Token, known: set[int]) -> bool:
    """Whether a noun in the singular stands for itself: not "our country", no actor in it."""
    if token.tag_ not in ("NN", "NNP"):
        return False
    return not any(t.i in known or t.tag_ == "PRP$" for t in token.subtree)


def _between(
    cue: Span, mentions: Sequence[Span], attached: set[int], betweens: Sequence[Token]
) -> frozenset[str]:
    """The actors of a "between A and B" that depends on the cue, up to the next comma or verb."""
    for token in betweens:
        if token.i in attached:
            rest = cue.doc[token.i + 1 : cue.sent.end]
            ends = (t.i for t in rest if t.text in ",;:" or t.pos_ in ("VERB", "AUX"))
            stop = next(ends, cue.sent.end)
            found = frozenset(m.label_ for m in mentions if token.i < m.start < stop)
            if len(found) > 1:
                return found
    return frozenset()


def _only_tells(mention: Span, root: Token) -> bool:
    """Whether a mention only says who speaks of the cue: "French analysts say that ..."."""
    for step in tree.path_up(root):
        if step.dep_ == "ccomp":
            subject = next((t for t in step.head.children if t.dep_ == "nsubj"), None)
            if subject is not None and subject.i in {t.i for t in tree.path_up(mention.root)}:
                return True
    return False


def _is_location(mention: Span) -> bool:
    """Whether a mention only says where something happens: "met in Dushanbe"."""
    return mention.root.dep_ == "pobj" and mention.root.head.lower_ in ("in", "at", "near")
