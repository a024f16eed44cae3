"""What was worked out before is used again, and never where an input changed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from azstance.analyze import score_paths
from azstance.config import Config
from azstance.nlp import pipeline
from azstance.records import Report
from azstance.resources import lexicons_folder

TEXT = """\
Azerbaijan and Russia are strategic allies, and their partnership grows every year.

"Moscow does not trust Baku," the analyst Rashad Rasulov said. By Ilham Vali, Baku has never
let Russia decide its foreign policy. The two presidents met in Syria.

Relations between Baku and Moscow are close. Is Baku still an ally of Moscow? Perhaps it is.
Azerbaijan and Russia are not strategic allies.
"""
FRAMES = "azerbaijan-russia/frames"


@dataclass
class Bench:
    """A copy of the lexicons, some articles, and a cache."""

    folder: Path
    config: Config

    def score(self, *, cached: bool = True, **changes: object) -> Report:
        """The report of the articles as they are now."""
        cache = str(self.folder / "cache") if cached else "off"
        config = replace(self.config, cache=cache, **changes)  # type: ignore[arg-type]
        return score_paths([self.folder / "articles"], config)

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a file of the lexicons or of the articles."""
        path = self.folder / name
        before = path.read_text(encoding="utf-8")
        assert re.search(old, before, flags=re.MULTILINE), f"{name} has no {old}"
        path.write_text(re.sub(old, new, before, count=1, flags=re.MULTILINE), encoding="utf-8")


@dataclass(frozen=True)
class Scored:
    """A bench as it is once everything was scored, cache and all, and what came out."""

    kept: Path
    bench: Bench
    report: Report

    def anew(self) -> Bench:
        """The bench as it was then. In the same place: paths are a part of what is known."""
        shutil.rmtree(self.bench.folder, ignore_errors=True)
        shutil.copytree(self.kept, self.bench.folder)
        return self.bench


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Scored:
    """Made once: each score without a cache loads the pipeline."""
    place = tmp_path_factory.mktemp("incremental")
    bench = Bench(place / "bench", _config(place / "bench"))
    report = bench.score()
    shutil.copytree(bench.folder, place / "kept")
    return Scored(place / "kept", bench, replace(report, articles=tuple(report.articles)))


@pytest.fixture
def bench(scored: Scored) -> Bench:
    return scored.anew()


def _config(folder: Path) -> Config:
    """Write the lexicons and the article to a folder: the settings that use them."""
    book = folder / "azerbaijan-russia"
    shutil.copytree(lexicons_folder() / book.name, book)
    # A language of the user's own stands beside the codebook.
    shutil.copytree(lexicons_folder() / "english", book / "own")
    text = (book / "codebook.toml").read_text(encoding="utf-8")
    text = re.sub(r'language = "english"', 'language = "own"', text)
    (book / "codebook.toml").write_text(text, encoding="utf-8")
    (folder / "articles").mkdir()
    (folder / "articles/one.txt").write_text(TEXT, encoding="utf-8")
    return Config(codebook=str(book), model="lexical", jobs=1)


def same(one: Report, other: Report) -> bool:
    """Whether two reports say the same."""
    return replace(one, articles=tuple(one.articles)) == replace(
        other, articles=tuple(other.articles)
    )


EDITS: dict[str, Callable[[Bench], dict[str, object]]] = {}


def edit(name: str, *arguments: str) -> None:
    def change(bench: Bench) -> dict[str, object]:
        bench.edit(*arguments)
        return {}

    EDITS[name] = change


NEW_CUE = """[[cues]]
id = "al-met-in-syria"
polarity = "affirm"
about = "any"
weight = 0.9
phrases = ["president meet in"]

[[cues]]"""
edit("text", "articles/one.txt", "every year", "every month")
edit("line of a sentence", "articles/one.txt", "^Relations", "\n\n\nRelations")
edit("new cue", f"{FRAMES}/alliance.toml", r"^\[\[cues\]\]", NEW_CUE)
edit(
    "weight of a cue",
    f"{FRAMES}/alliance.toml",
    r"(?s)(strategic.*?weight = )[\d.]+",
    r"\g<1>0.123",
)
edit("names of an actor", "azerbaijan-russia/actors.toml", '"Baku", ?', "")
edit("list of the language", "azerbaijan-russia/own/scope.toml", r'^ *"not", ', "")
edit("verbs of speaking", "azerbaijan-russia/own/voice.toml", r'"say",? ?', "")
edit(
    "alignment",
    "azerbaijan-russia/codebook.toml",
    r"^alliance = {.*$",
    "alliance = { affirm = 0.25, deny = -0.5 }",
)
edit(
    "least sentences",
    "azerbaijan-russia/codebook.toml",
    r"^minimum_sentences = \d+",
    "minimum_sentences = 99",
)
EDITS |= {
    "seed": lambda bench: {"seed": 7},
    "resamples": lambda bench: {"resamples": 111},
    "level": lambda bench: {"level": 0.8},
    "evidence": lambda bench: {"evidence": 3},
    "model": lambda bench: {"model": "cues"},
}


def test_without_a_change_all_is_known(
    scored: Scored, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the bench of each test is the one that was scored, with a cache that is used."""
    assert same(scored.report, bench.score(cached=False))
    monkeypatch.setattr(pipeline, "load", _not_now)
    assert same(scored.report, bench.score())


@pytest.mark.parametrize("name", EDITS)
def test_every_change_of_an_input_shows(name: str, scored: Scored, bench: Bench) -> None:
    changes = EDITS[name](bench)
    after = bench.score(**changes)
    assert same(after, bench.score(cached=False, **changes))
    assert tuple(after.articles) != scored.report.articles


def test_the_name_of_an_author_is_an_input(bench: Bench) -> None:
    card = bench.folder / "articles/sources.toml"
    card.write_text('[one]\nauthor = "Somebody Else"\n', encoding="utf-8")
    before = bench.score()
    card.write_text('[one]\nauthor = "Rashad Rasulov"\n', encoding="utf-8")
    after = bench.score()
    assert same(after, bench.score(cached=False))
    assert [s.voice for s in before.articles[0].sentences] != [
        s.voice for s in after.articles[0].sentences
    ]


def test_what_the_page_says_of_itself_is_an_input(bench: Bench) -> None:
    """Two articles of the same words that differ in their card, their lines or their notes."""
    page = bench.folder / "articles/one.html"
    for title in ("One title", "Another title"):
        body = "".join(f"<p>{part}</p>" for part in TEXT.split("\n\n"))
        page.write_text(f"<html><head><title>{title}</title></head><body>{body}</body></html>")
        found = bench.score()
        assert same(found, bench.score(cached=False))
    assert {result.article.path for result in found.articles} == {
        str(bench.folder / "articles" / name) for name in ("one.txt", "one.html")
    }


def test_weights_are_an_input(scored: Scored, bench: Bench) -> None:
    folder = bench.folder / "azerbaijan-russia/models"
    text = (folder / "lexical/model.json").read_text(encoding="utf-8")
    document = json.loads(text)
    document["thresholds"] = dict.fromkeys(document["thresholds"], 0.99)
    (folder / "lexical/model.json").write_text(json.dumps(document), encoding="utf-8")
    after = bench.score()
    assert same(after, bench.score(cached=False))
    assert tuple(after.articles) != scored.report.articles


def test_the_pipeline_is_an_input(scored: Scored, bench: Bench, tmp_path: Path) -> None:
    import spacy

    other = spacy.load(pipeline.DEFAULT)
    other.meta["version"] = "9.9.9"
    other.to_disk(tmp_path / "other")
    after = bench.score(pipeline=str(tmp_path / "other"))
    assert (scored.report.pipeline.version, after.pipeline.version) == ("3.8.0", "9.9.9")
    # The same name and version, but "said" is no verb any more.
    other.get_pipe("attribute_ruler").add([[{"LOWER": "said"}]], {"POS": "NOUN"})  # type: ignore[attr-defined]
    shutil.rmtree(tmp_path / "other")
    other.to_disk(tmp_path / "other")
    assert tuple(bench.score(pipeline=str(tmp_path / "other")).articles) != tuple(after.articles)


def test_an_edit_elsewhere_in_the_lexicon_does_not_parse_or_load(
    scored: Scored, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.edit(f"{FRAMES}/rift.toml", r"^phrases = \[", 'phrases = ["blast furnace", ')
    monkeypatch.setattr(pipeline, "load", _not_now)
    after = bench.score()
    assert after.codebook.digest != scored.report.codebook.digest
    assert tuple(after.articles) == scored.report.articles


def test_an_edit_that_concerns_an_article_codes_it_anew_without_parsing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    EDITS["new cue"](bench)
    fresh = bench.score(cached=False)
    monkeypatch.setattr(pipeline, "parse", _not_now)
    assert same(bench.score(), fresh)


def test_settings_of_figures_do_not_load_the_pipeline(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = bench.score(cached=False, seed=3)
    monkeypatch.setattr(pipeline, "load", _not_now)
    assert same(bench.score(seed=3), fresh)


def _not_now(*arguments: object, **named: object) -> None:
    raise AssertionError("this should have been known")


CODE = """\
import sys
from azstance.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
loaded = {"spacy", "thinc", "sklearn", "onnx", "onnxruntime"} & set(sys.modules)
assert not loaded, loaded
"""


@pytest.mark.parametrize("jobs", ["0", "1", "2"])
def test_an_unchanged_folder_does_not_import_spacy(jobs: str, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"{TEXT}\n\nNumber {number}.", encoding="utf-8")
    found = [
        subprocess.run(
            [sys.executable, "-c", code, "score", tmp_path, "-f", "json", "--jobs", jobs, "-q",
             "--model", "lexical"],
            capture_output=True, check=False,
        )
        for code in (CODE.split("loaded", maxsplit=1)[0], CODE)
    ]  # fmt: skip
    assert [done.returncode for done in found] == [0, 0], found[1].stderr.decode()
    assert found[0].stdout == found[1].stdout
