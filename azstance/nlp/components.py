"""The spaCy components of azstance, and the factories that make them.

Each component can be added to any English pipeline that tags, parses and lemmatizes::

    nlp.add_pipe("azstance_cues", config={"codebook": None})

`codebook` is the name or folder of a codebook, None for the one that ships. What they find is kept
in span groups, which survive `Doc.to_bytes` and several processes:

==================  ================================================================================
`azstance_actors`   mentions of actors; the label is the actor
`azstance_cues`     cues; the label is the frame, the id the cue's; after `azstance_scope` the
                    attribute "scope" holds one dict per cue: polarity, weight, counted, pair,
                    modality, effects
`azstance_voice`    stretches in somebody else's voice; the attribute "speakers" names who, per span
==================  ================================================================================

spaCy imports this module whenever it loads any pipeline, so it stays light: what the components
need is imported when one is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

    Component = Callable[[Doc], Doc]

_DEFAULT = {"codebook": None}


@Language.factory("azstance_actors", default_config=_DEFAULT, assigns=["doc.spans"])
def make_actors(nlp: Language, name: str, codebook: str | None) -> Component:
    """Component that links names to the actors of the codebook."""
    from azstance.nlp.actors import ActorLinker
    from azstance.nlp.shared import lexicon_for

    return ActorLinker(lexicon_for(nlp, codebook))


@Language.factory(
    "azstance_cues", default_config=_DEFAULT, requires=["token.lemma"], assigns=["doc.spans"]
)
def make_cues(nlp: Language, name: str, codebook: str | None) -> Component:
    """Component that finds the cues of the codebook, with inflection."""
    from azstance.nlp.cues import CueFinder
    from azstance.nlp.shared import lexicon_for

    return CueFinder(lexicon_for(nlp, codebook))


@Language.factory(
    "azstance_scope",
    default_config=_DEFAULT,
    requires=["token.lemma", "token.dep", "doc.sents"],
    assigns=["doc.spans"],
)
def make_scope(nlp: Language, name: str, codebook: str | None) -> Component:
    """Component that decides what each cue counts for: negation, irony, concession, actors."""
    from azstance.nlp.resolve import CueResolver
    from azstance.nlp.shared import lexicon_for

    return CueResolver(lexicon_for(nlp, codebook))


@Language.factory(
    "azstance_voice",
    default_config=_DEFAULT,
    requires=["token.lemma", "token.dep", "doc.sents"],
    assigns=["doc.spans"],
)
def make_voice(nlp: Language, name: str, codebook: str | None) -> Component:
    """Component that finds quotation and reported speech, with the speaker."""
    from azstance.nlp.shared import lexicon_for
    from azstance.nlp.voice import VoiceFinder

    return VoiceFinder(lexicon_for(nlp, codebook))
