"""No entry of the cache outlives the code that made it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from azstance.codebook import load_codebook
from azstance.config import Config
from azstance.nlp.pipeline import DEFAULT
from azstance.read import read_paths
from azstance.records import Article
from azstance.running import keys
from azstance.running.keys import Keys

LAYERS = {"page", "parsed", "forms", "judged", "possible", "looked", "coded", "score"}
MADE_ANEW = {  # by package: the layers that an edit of any of its files makes anew
    "nlp": LAYERS - {"page"},
    "read": {"page"},
    "classify": {"judged", "coded", "score"},
    "codebook": {"possible", "looked", "coded", "score"},
    "phrases": {"possible", "looked", "coded", "score"},
    "scoring": {"score"},
}


@pytest.fixture
def article(tmp_path: Path) -> Article:
    path = tmp_path / "one.txt"
    path.write_text("Azerbaijan and Russia are allies. They have been for years, it is said.")
    [found] = read_paths([path])
    assert isinstance(found, Article)
    return found


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the program's source, which the digests are made from."""
    kept = shutil.ignore_patterns("__pycache__", "*.html", "*.js", "*.css")
    copy = shutil.copytree(keys._PACKAGE, tmp_path / "azstance", ignore=kept)
    monkeypatch.setattr(keys, "_PACKAGE", copy)
    yield copy
    keys.code_digest.cache_clear()


def made(article: Article) -> dict[str, bytes]:
    """The keys of an article by layer."""
    keys.code_digest.cache_clear()
    found = Keys(load_codebook(None), Config(model="lexical"), DEFAULT)
    text = found.text(article)
    coded = found.exact(article, text)
    return {
        "page": found.page((article.blocks,)),
        "parsed": text,
        "forms": found.forms(),
        "judged": found.judged(text),
        "possible": found.possible(text),
        "looked": found.looked(article, text),
        "coded": coded,
        "score": found.score(article, coded),
    }


@pytest.mark.parametrize("name", MADE_ANEW)
def test_an_edit_of_any_file_of_the_code_makes_its_layers_anew(
    name: str, package: Path, article: Article
) -> None:
    before = made(article)
    files = sorted((package / name).rglob("*.py"))
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        file.write_text(f"{text}\n# edited\n", encoding="utf-8")
        after = made(article)
        file.write_text(text, encoding="utf-8")
        assert {layer for layer in LAYERS if after[layer] != before[layer]} == MADE_ANEW[name], file


def test_code_that_makes_no_result_leaves_the_cache_alone(package: Path, article: Article) -> None:
    before = made(article)
    (package / "render" / "words.py").write_text("# edited\n", encoding="utf-8")
    assert made(article) == before


@pytest.mark.parametrize("library", keys._LIBRARIES)
def test_a_new_version_of_a_library_is_an_input(
    library: str, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = made(article)
    known = keys._version
    monkeypatch.setattr(keys, "_version", lambda n: "9.9" if n == library else known(n))
    after = made(article)
    assert all(after[layer] != before[layer] for layer in LAYERS - {"page"})


def test_an_edit_of_the_word_lists_of_reading_is_an_input(
    article: Article, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = made(article)
    names = [path.name for path in keys.data_files()]
    assert {"furniture.toml", "read_words.toml", "read_card.toml"} <= set(names)
    for number, name in enumerate(names):
        copies = [shutil.copy(path, tmp_path / path.name) for path in keys.data_files()]
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write("# edited\n")
        with monkeypatch.context() as patch:
            patch.setattr(keys, "data_files", lambda found=copies: found)
            after = made(article)
        assert {layer for layer in LAYERS if after[layer] != before[layer]} == {"page"}, number


def test_the_path_of_an_article_is_no_input(article: Article) -> None:
    assert made(replace(article, path="elsewhere.txt")) == made(article)
