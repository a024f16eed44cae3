"""A parsed article survives being packed, with all that our components look at."""

from __future__ import annotations

import pytest
from short_texts import Reader
from spacy.language import Language

from azstance.nlp import parsed, pipeline
from azstance.read import read_paths
from azstance.records import Article
from azstance.resources import lexicons_folder

SEEDS = lexicons_folder().parent / "seeds"
ARTICLES = [item for item in read_paths([SEEDS]) if isinstance(item, Article)]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_what_is_found_is_the_same(article: Article, nlp: Language, reader: Reader) -> None:
    doc = pipeline.parse(nlp, article)
    again = parsed.unpack(nlp, parsed.pack(doc), article)
    assert parsed.vocabulary(again) == parsed.vocabulary(doc)
    assert pipeline.look_up(nlp, again, article) == pipeline.look_up(nlp, doc, article)
    assert len(article.blocks) > 1


def test_an_empty_text(nlp: Language, reader: Reader) -> None:
    article = reader.article("...")
    doc = pipeline.parse(nlp, article)
    again = parsed.unpack(nlp, parsed.pack(doc), article)
    assert pipeline.look_up(nlp, again, article) == pipeline.look_up(nlp, doc, article)
    assert all(word.islower() or not word.isalpha() for word, _ in parsed.vocabulary(doc))
