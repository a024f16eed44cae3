"""The faster attribute ruler does what spaCy's own does."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from azstance.nlp.attributes import Attributes, faster

TEXTS = (
    "Baku and Moscow haven't been getting along, but that's nothing new; the ties are fine.",
    "What is it that Russia, which hadn't said so, would've wanted?  \n\n It'll see.",
    "In order to win, they are going to have to be better than ever - so as not to lose.",
    "Who's there? Nobody. \"I'd not have thought it,\" she said, 'whether or not it was true'.",
    "3,000 vehicles per day (from 2024-26) @ $4 billion; e.g. 50 % more: #Baku http://a.example/x",
    "   \n",
)


def same(one: Doc, other: Doc) -> bool:
    return [values(token) for token in one] == [values(token) for token in other]


def values(token: Any) -> tuple[object, ...]:
    return token.tag_, token.pos_, str(token.morph), token.dep_, token.lemma_, token.norm_


def before_the_ruler(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    for name in ("tok2vec", "tagger", "parser"):
        doc = nlp.get_pipe(name)(doc)
    return doc


@pytest.mark.parametrize("text", TEXTS)
def test_of_the_pipeline_that_is_used(text: str, nlp: Language) -> None:
    quick = faster(nlp, "attribute_ruler")
    assert isinstance(quick, Attributes)
    for _ in range(2):  # learning, and remembering
        doc = before_the_ruler(nlp, text)
        copy = doc.copy()
        assert same(quick(doc), nlp.get_pipe("attribute_ruler")(copy))


def ruler(*patterns: tuple[list[list[dict[str, Any]]], dict[str, Any], int]) -> Language:
    nlp = spacy.blank("en")
    added = nlp.add_pipe("attribute_ruler")
    assert isinstance(added, AttributeRuler)
    for rules, attributes, index in patterns:
        added.add(rules, attributes, index)
    return nlp


A, B, ANY = [{"LOWER": "a"}], [{"LOWER": "b"}], [{"LOWER": {"IN": ["a", "c"]}}]


@pytest.mark.parametrize(
    "patterns",
    [
        # The later rule counts, whichever is the longer.
        [([A], {"POS": "X"}, 0), ([A + B], {"POS": "NOUN"}, 0)],
        [([A + B], {"POS": "NOUN"}, 0), ([A], {"POS": "X"}, 0)],
        [([A + B], {"LEMMA": "z", "MORPH": "Number=Sing"}, -1)],
        [([ANY, B], {"TAG": "NN", "POS": "NOUN"}, 0)],
        [([[{"IS_SPACE": True}]], {"POS": "SPACE"}, 0), ([[{"TAG": ""}]], {"MORPH": "Foo=Bar"}, 0)],
        [([A], {"POS": "X"}, 0), ([A], {"MORPH": "Case=Nom"}, 0)],
        [([[{"LOWER": {"REGEX": "[ac]"}}]], {"POS": "X"}, 0), ([B], {"POS": "NOUN"}, 0)],
    ],
)
def test_of_rules_by_hand(patterns: Any) -> None:
    nlp = ruler(*patterns)
    quick = faster(nlp, "attribute_ruler")
    assert isinstance(quick, Attributes)
    for text in ("a b a  c B A b", "b b a", "\n a", "c"):
        doc = nlp.make_doc(text)
        copy = doc.copy()
        assert same(quick(doc), nlp.get_pipe("attribute_ruler")(copy))


@pytest.mark.parametrize(
    "rule",
    [{"ORTH": "A"}, {"LOWER": {"NOT_IN": ["a"]}}, {"LOWER": "a", "OP": "?"}, {"LENGTH": {">": 2}}],
)
def test_a_rule_that_looks_at_something_else_is_left_to_spacy(rule: dict[str, Any]) -> None:
    nlp = ruler(([[rule]], {"POS": "X"}, 0))
    assert faster(nlp, "attribute_ruler") is nlp.get_pipe("attribute_ruler")


def test_other_components_and_an_empty_ruler_are_left_alone(nlp: Language) -> None:
    assert faster(nlp, "lemmatizer") is nlp.get_pipe("lemmatizer")
    empty = ruler()
    assert faster(empty, "attribute_ruler") is empty.get_pipe("attribute_ruler")
