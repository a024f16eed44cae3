"""`compare`, `explain`, `frames`, `lexicon check`: what they show, and answer to a slip."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from azstance.render import schema_text

from .command import ALLIES, RIFT, ROOT, SEEDS, Warm

FAST = ("--resamples", "100")


def test_compare_two_articles(warm: Warm) -> None:
    done = warm.run("compare", "002", "003", "--format", "json", *FAST, cwd=ROOT)
    assert (done.status, done.errors) == (0, "")
    found = json.loads(done.text)
    jsonschema.validate(found, json.loads(schema_text("comparison")))
    assert found["units"] == ["002", "003"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two short articles of two outlets."""
    path = tmp_path_factory.mktemp("corpus")
    for name, text in (("left", ALLIES), ("right", RIFT)):
        (path / f"{name}.txt").write_text(text)
    (path / "sources.toml").write_text('["left"]\noutlet = "Left"\n["right"]\noutlet = "Right"\n')
    return path


def test_compare_with_a_file_of_the_same_name_elsewhere(
    warm: Warm, corpus: Path, tmp_path: Path
) -> None:
    other = tmp_path / "left.txt"
    other.write_text(RIFT)
    done = warm.run("compare", "le", other, "--corpus", corpus, *FAST, "-f", "csv", cwd=tmp_path)
    assert (done.status, done.errors) == (0, "")
    assert done.text.splitlines()[1].startswith(f"left,{other},")


def test_compare_without_a_corpus(warm: Warm, tmp_path: Path) -> None:
    done = warm.run("compare", "002", "003", cwd=tmp_path)
    assert (done.status, done.raw) == (2, b"")
    assert done.errors == (
        "azstance: error: seeds: the corpus is not there. "
        "Name the folder of your articles with --corpus.\n"
    )


def test_compare_outlets(warm: Warm, corpus: Path) -> None:
    done = warm.run("compare", "--by", "outlet", "right", "le", *FAST, "--corpus", corpus)
    assert (done.status, done.errors) == (0, "")
    assert done.text.startswith("Compared: Right, Left\n")
    assert max(map(len, done.text.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("compare", "00", "002"), 'the id "00" fits 5 articles. Give one: 000 ('),
        (("compare", "nosuch", "002"), 'no article has the id "nosuch". There are: 000, 001, 002'),
        (("compare", "", "002"), 'no article has the id ""'),
        (("compare", "0002", "002"), "Did you mean 002"),
        (("compare", "002", "002"), "002 is named twice. Name another article."),
        (("compare", "002", f"{SEEDS}/002_a7c59664f76012a2.txt"), "002 is named twice."),
        (("explain", "nosuch"), 'no article has the id "nosuch". There are: 000'),
        (("explain", "nosuch:3"), 'no article has the id "nosuch". There are: 000'),
        (("explain", "00:3"), 'the id "00" fits 5 articles.'),
    ],
)
def test_an_id_that_is_none(warm: Warm, arguments: tuple[str, ...], told: str) -> None:
    done = warm.run(*arguments, cwd=ROOT)
    assert (done.status, done.raw) == (2, b"")
    assert told in done.errors
    assert len(done.errors.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("compare", "--by", "outlet", "left", "x", *FAST),
            '"x" is unknown. There are: Left; Right.',
        ),
        (("compare", "--by", "outlet", "left", "Left", *FAST), "compared with itself"),
        (("explain", "left:999"), "left has no sentence 999. Its sentences are 1 to 2."),
    ],
)
def test_a_name_that_only_scoring_can_refuse(
    warm: Warm, corpus: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = warm.run(*arguments, "--corpus", corpus)
    assert (done.status, done.raw) == (2, b"")
    assert told in done.errors


def test_explain(warm: Warm) -> None:
    done = warm.run("explain", "002:16", cwd=ROOT)
    assert (done.status, done.errors) == (0, "")
    assert done.text.startswith("── 002:16  line 8 ")
    assert "alliance denied" in done.text


def test_explain_an_article(warm: Warm, corpus: Path) -> None:
    done = warm.run("explain", "left", "--corpus", corpus)
    assert (done.status, done.errors) == (0, "")
    assert [line[:9] for line in done.text.splitlines() if "──" in line] == [
        "── left:1",
        "── left:2",
    ]


@pytest.fixture
def records(tmp_path: Path) -> Path:
    rows = [{"body": ALLIES}, {"other": 1}, {"body": RIFT}]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path


def test_explain_a_record(warm: Warm, records: Path) -> None:
    """The id of a record has a colon itself; a record beside it that is broken does not matter."""
    options = ("--corpus", ".", "--field", "text=body")
    done = warm.run("explain", "rows:3:1", *options, cwd=records)
    assert (done.status, done.errors) == (0, "")
    assert done.text.startswith("── rows:3:1  line 3 ")
    assert "rift affirmed" in done.text


def test_frames(warm: Warm) -> None:
    done = warm.run("frames")
    assert (done.status, done.errors) == (0, "")
    for frame in ("alliance", "balance", "influence", "rift"):
        assert f"── {frame} " in done.text


def _codebook(folder: Path, change: Callable[[str], str]) -> Path:
    """A copy of the packaged codebook with a changed file of one frame."""
    copy = folder / "own"
    shutil.copytree(ROOT / "lexicons" / "azerbaijan-russia", copy)
    file = copy / "frames" / "rift.toml"
    text = file.read_text(encoding="utf-8")
    assert change(text) != text
    file.write_text(change(text), encoding="utf-8")
    return copy


def test_lexicon_check(warm: Warm) -> None:
    done = warm.run("lexicon", "check")
    assert (done.status, done.errors) == (0, "")
    assert done.text.startswith("The codebook is in order; ")


def test_lexicon_check_of_a_broken_file(warm: Warm, tmp_path: Path) -> None:
    _codebook(tmp_path, lambda text: text.replace('polarity = "deny"', 'polarity = "denny"', 1))
    done = warm.run("lexicon", "check", "own", cwd=tmp_path)
    assert done.status == 2
    (line,) = done.text.splitlines()
    assert line.startswith("own/frames/rift.toml:")
    assert '"polarity" is "denny". Did you mean "deny"?' in line


def test_lexicon_check_of_an_example_that_fails(warm: Warm, tmp_path: Path) -> None:
    _codebook(tmp_path, lambda text: text.replace('match = "affirm"', 'match = "deny"', 1))
    done = warm.run("lexicon", "check", "own", cwd=tmp_path)
    assert done.status == 2
    (line,) = done.text.splitlines()
    assert line.startswith("own/frames/rift.toml:")
    assert "rift is affirm where the example says deny" in line


def test_a_broken_codebook_scores_nothing(warm: Warm, tmp_path: Path) -> None:
    _codebook(tmp_path, lambda text: text.replace("[[cues]]", "[[cue]]", 1))
    (tmp_path / "a.txt").write_text(ALLIES)
    done = warm.run("score", "a.txt", "--codebook", "own", cwd=tmp_path)
    assert (done.status, done.raw) == (2, b"")
    assert "own/frames/rift.toml:" in done.errors
    assert 'Did you mean "cues"?' in done.errors
