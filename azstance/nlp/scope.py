"""What the words around a cue do to it: negation, failure, decline, irony, hedges, concessions.

The trigger words are those of scope.toml. As in NegEx and its successors (Chapman et al. 2001,
"A simple algorithm for identifying negated findings and diseases in discharge summaries"), a
trigger reaches forwards or backwards up to a terminator; here the parse has to agree as well, or
the two must stand close together, because the small pipelines misparse long sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from azstance.nlp import tree
from azstance.nlp.lexicon import Found
from azstance.records import Modality, Polarity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span, Token

_REACH = 14
_NEAR = 3
_OPENING = 4  # "not" of a question stands among its first words
_BEFORE = ("negation", "failure")
_MODIFIERS = frozenset(
    {"neg", "det", "advmod", "amod", "preconj", "cc", "nummod", "predet", "quantmod"}
)


@dataclass(frozen=True, slots=True)
class Scoped:
    """A cue's polarity and modality after its scope, with the effects as (kind, text, result)."""

    polarity: Polarity
    modality: Modality
    counted: bool
    effects: tuple[tuple[str, str, str], ...]


def apply_scope(cue: Span, polarity: Polarity, triggers: Sequence[Found]) -> Scoped:
    """Resolve the scope of one cue from the triggers of its sentence."""
    doc = cue.doc
    outside = [t for t in triggers if t.end <= cue.start or t.start >= cue.end]
    if _asks(cue.sent):
        rhetorical = _open_not(cue.sent, triggers)
        outside = [t for t in outside if t is not rhetorical]
    effects: list[tuple[str, str, str]] = []
    for kind, trigger in _flips(cue, polarity, outside):
        before, polarity = polarity, polarity.opposite
        effects.append((kind, _text(doc, trigger), f"turns {before} into {polarity}"))
    modality = _modality(doc, cue, outside, effects)
    concession = _concession(doc, cue, outside)
    if concession:
        effects.append(("concession", _text(doc, concession), "granted in passing, not counted"))
    asked = concession is None and _asks(cue.sent) and _open_not(cue.sent, triggers) is None
    if asked:
        effects.append(("question", cue.sent[-1].text, "asked and not claimed, not counted"))
    return Scoped(polarity, modality, not (concession or asked), tuple(effects))


def _asks(sentence: Span) -> bool:
    """Whether the sentence asks for yes or no, which claims neither: "Is this the end?"

    "Why did they quarrel?" takes for granted that they did.
    """
    last = next((t for t in reversed(sentence) if t.is_punct and not t.is_quote), None)
    if last is None or last.text != "?":
        return False
    words = [t for t in sentence if t.is_alpha]
    if not words or last.i < words[-1].i:
        return False
    subject = any(t.dep_ in ("nsubj", "nsubjpass", "expl", "attr") for t in words[1:])
    return words[0].pos_ == "AUX" and subject


def _open_not(sentence: Span, triggers: Sequence[Found]) -> Found | None:
    """The "not" of "is it not time?", which claims that it is: it negates nothing."""
    return next(
        (
            t
            for t in triggers
            if t.label == "negation"
            and t.start - sentence.start <= _OPENING
            and sentence.doc[t.start].dep_ == "neg"
        ),
        None,
    )


def _text(doc: Doc, trigger: Found) -> str:
    return doc[trigger.start : trigger.end].text


def _flips(cue: Span, polarity: Polarity, triggers: Sequence[Found]) -> list[tuple[str, Found]]:
    """Triggers that turn the polarity, at most one of a kind in one place.

    "Has not failed to" turns twice; "has hardly any" turns once, though two phrases match. Decline
    and irony only take away: they agree with a cue that denies, and do not turn it.
    """
    doc = cue.doc
    found: list[tuple[str, Found]] = []
    for trigger in triggers:
        if trigger.label in _BEFORE:
            turns = _reaches_forward(doc, trigger, cue, triggers)
        elif polarity is Polarity.DENY or len(found) % 2:
            turns = False
        elif trigger.label == "decline":
            turns = _reaches_back(doc, trigger, cue, triggers)
        else:
            turns = trigger.label == "irony" and 0 <= cue.start - trigger.end <= _NEAR
        if turns:
            same = any(
                k == trigger.label and (trigger.start - t.start <= 1 or _opens_pair(doc[t.start]))
                for k, t in found
            )
            if not same:
                found.append((trigger.label, trigger))
    return found


def _stopped(triggers: Sequence[Found], start: int, end: int) -> bool:
    return any(t.label in ("terminator", "contrast") and start <= t.start < end for t in triggers)


def _governor(negator: Span, triggers: Sequence[Found]) -> Token:
    """The word that a negator bears on: the verb of "not", the noun of "no".

    A subject that is nobody turns its verb where that one turns as well ("nobody denies"), and
    "neither A nor B" always does.
    """
    token, first = tree.root_of(negator), negator[0]
    bearer = token.head if token.dep_ in _MODIFIERS else token
    nobody = bearer.i != token.i or first.pos_ in ("PRON", "DET")
    if nobody and tree.is_subject(bearer):
        verb = bearer.head
        turned = any(t.label in _BEFORE and t.start <= verb.i < t.end for t in triggers)
        if turned or _opens_pair(first):
            return verb
    return bearer


def _opens_pair(token: Token) -> bool:
    """Whether `token` is the "neither" of "neither A nor B"."""
    return token.pos_ == "CCONJ" and token.dep_ != "cc"


def _reaches_forward(doc: Doc, trigger: Found, cue: Span, triggers: Sequence[Found]) -> bool:
    distance = cue.start - trigger.end
    if distance < 0 or distance > _REACH or _stopped(triggers, trigger.end, cue.start):
        return False
    governor = _governor(doc[trigger.start : trigger.end], triggers)
    if cue.start <= governor.i < cue.end:
        return True
    if tree.governs(governor, tree.root_of(cue)):
        return True
    return distance <= _NEAR and not any(t.is_punct for t in doc[trigger.end : cue.start])


def _reaches_back(doc: Doc, trigger: Found, cue: Span, triggers: Sequence[Found]) -> bool:
    distance = trigger.start - cue.end
    if distance < 0 or distance > _REACH or _stopped(triggers, cue.end, trigger.start):
        return False
    verb = tree.clause_root(tree.root_of(doc[trigger.start : trigger.end]))
    if _negated(doc, verb, trigger, triggers):
        return False
    subject = tree.subject_of(verb)
    if subject is not None and any(step.i == subject.i for step in tree.path_up(tree.root_of(cue))):
        return True
    return distance <= 1


def _negated(doc: Doc, verb: Token, trigger: Found, triggers: Sequence[Found]) -> bool:
    """Whether what should decline does not: "the alliance has not collapsed"."""
    return any(
        t.label == "negation"
        and t.end <= trigger.start
        and _governor(doc[t.start : t.end], triggers).i == verb.i
        for t in triggers
    )


def _modality(
    doc: Doc, cue: Span, triggers: Sequence[Found], effects: list[tuple[str, str, str]]
) -> Modality:
    modality = Modality.ASSERTED
    for trigger in triggers:
        if trigger.label not in ("hedge", "prediction") or trigger.end > cue.start:
            continue
        if not _reaches_forward(doc, trigger, cue, triggers):
            continue
        hedged = trigger.label == "hedge"
        modality = Modality.HEDGED if hedged or modality is Modality.HEDGED else Modality.PREDICTED
        result = "hedged, counts less" if hedged else "a prediction"
        effects.append((trigger.label, _text(doc, trigger), result))
    return modality


def _concession(doc: Doc, cue: Span, triggers: Sequence[Found]) -> Found | None:
    """The opener of a concession that `cue` stands in."""
    root = tree.root_of(cue)
    for trigger in triggers:
        if trigger.label != "concession" or trigger.start >= cue.start:
            continue
        opener = tree.root_of(doc[trigger.start : trigger.end])
        if opener.dep_ == "mark":
            clause = opener.head
            if clause.dep_ != "ROOT" and any(s.i == clause.i for s in tree.path_up(root)):
                return trigger
        elif any(s.i == opener.i for s in tree.path_up(root)):
            return trigger
        if not any(t.text in ",;:—" for t in doc[trigger.end : cue.start]):
            return trigger
    return None
