"""The component that decides what each cue counts for: its scope, then the actors it is about."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import TYPE_CHECKING, Any

from azstance.nlp import pair, scope, tree
from azstance.nlp.actors import GROUP as ACTORS
from azstance.nlp.cues import GROUP as CUES
from azstance.nlp.places import by_sentence, sentence_starts

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from azstance.codebook import CueEntry
    from azstance.nlp.lexicon import Found, Lexicon

_Effect = tuple[str, str, str]
_MEMORY = 2
_UNSURE = 0.85
_SUBORDINATE = 0.85
_BEFORE_BUT = 0.6
_HEDGED = 0.9


class CueResolver:
    """Adds the attribute "scope" to the span group `azstance_cues`: one dict per cue, in its order.

    The weight of a cue is lowered where its actors come from the text before (by 15 %), where it
    stands in a subordinate clause (15 %: the main clause decides), where it is hedged (10 %), and
    where a "but" leads to a later cue of the same frame (40 %: what follows a "but" is the point).
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        codebook = lexicon.codebook
        self._entries = {cue.id: cue for frame in codebook.frames for cue in frame.cues}
        places = frozenset(actor.name for actor in codebook.actors if actor.kind == "place")
        self._binder = pair.PairBinder(*codebook.pair, frozenset(codebook.region), places)

    def __call__(self, doc: Doc) -> Doc:
        """Resolve every cue of `doc`."""
        cues = doc.spans.get(CUES)
        if not cues:
            return doc
        by_sentence: dict[int, list[Span]] = {}
        for cue in cues:
            by_sentence.setdefault(cue.sent.start, []).append(cue)
        contexts = self._contexts(doc, by_sentence)
        rows: list[dict[str, Any]] = []
        for start, together in by_sentence.items():
            triggers = self._lexicon.found("scope", together[0].sent)
            for cue in together:
                contrast = _contrast(cue, together, triggers)
                rows.append(self._resolve(cue, triggers, contrast, *contexts[start]))
        cues.attrs["scope"] = rows
        return doc

    def _resolve(
        self,
        cue: Span,
        triggers: list[Found],
        contrast: str,
        context: pair.Context,
        mentions: list[Span],
    ) -> dict[str, Any]:
        entry: CueEntry = self._entries[cue.id_]
        scoped = scope.apply_scope(cue, entry.polarity, triggers)
        pair_names = self._lexicon.codebook.pair
        near = pair.near_actors(cue, mentions, pair_names, located=entry.about == "second")
        bound = self._binder.bind(entry.about, near, context)
        effects = list(scoped.effects)
        factors = self._factors(cue, bound, scoped, contrast, effects)
        if not entry.weight:
            effects = [("guard", cue.text, "codes nothing: keeps shorter cues in it from counting")]
        return {
            "polarity": str(scoped.polarity),
            "modality": str(scoped.modality),
            "counted": bool(entry.weight) and bound.ok and scoped.counted,
            "weight": round(entry.weight * factors, 4),
            "pair": list(bound.actors),
            "effects": [list(effect) for effect in effects],
        }

    @staticmethod
    def _factors(
        cue: Span, bound: pair.Bound, scoped: scope.Scoped, contrast: str, effects: list[_Effect]
    ) -> float:
        """What lowers the weight of a cue, as one factor; the reasons are added to `effects`."""
        factor = 1.0
        actors = ", ".join(bound.actors)
        if not bound.ok:
            effects.append(("pair", actors or "nobody named", f"{bound.why}, not counted"))
        elif not bound.sure:
            factor *= _UNSURE
            effects.append(("pair", actors, f"{bound.why}, counts less"))
        if tree.depth(cue.root):
            factor *= _SUBORDINATE
            effects.append(("focus", cue.sent.root.text, "not in the main clause, counts less"))
        if scoped.modality == "hedged":
            factor *= _HEDGED
        if contrast:
            factor *= _BEFORE_BUT
            effects.append(("focus", contrast, "what follows is the point, counts less"))
        return factor

    def _contexts(
        self, doc: Doc, wanted: Container[int]
    ) -> Mapping[int, tuple[pair.Context, list[Span]]]:
        """What the text before says of the actors, and a sentence's own mentions.

        By the start of the sentence, for those `wanted`.
        """
        mentions = list(doc.spans.get(ACTORS, ()))
        first, second = self._lexicon.codebook.pair
        labels = [m.label_ for m in mentions]
        about_pair = labels.count(first) >= 2 and labels.count(second) >= 2
        contexts: dict[int, tuple[pair.Context, list[Span]]] = {}
        history: list[frozenset[str]] = []
        places = by_sentence(sentence_starts(doc), mentions, lambda mention: mention.start)
        for sentence in doc.sents:
            here = places.get(sentence.start, [])
            if sentence.start in wanted:
                recent = frozenset().union(*history[-_MEMORY:])
                anaphor = bool(self._lexicon.found("discourse", sentence))
                contexts[sentence.start] = (pair.Context(about_pair, recent, anaphor), here)
            if here:
                history.append(frozenset(m.label_ for m in here))
        return contexts


def _contrast(cue: Span, together: list[Span], triggers: list[Found]) -> str:
    """The "but" between `cue` and a later cue of its frame in the sentence, if there is one."""
    last = max(c.start for c in together if c.label_ == cue.label_)
    for trigger in triggers:
        if trigger.label == "contrast" and cue.end <= trigger.start < last:
            return str(cue.doc[trigger.start : trigger.end].text)
    return ""
