"""`compare`, `explain`, `frames` and `lexicon check`: what they name, and what they answer to a slip."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from azstance.render import schema_text

from .command import ALLIES, RIFT, ROOT, SEEDS, run

FAST = ("--resamples", "100")


def test_compare_two_articles() -> None:
    done = run("compare", "002", "003", "--format", "json", *FAST, cwd=ROOT)
    assert (done.status, done.errors) == (0, "")
    found = json.loads(done.text)
    jsonschema.validate(found, json.loads(schema_text("comparison")))
    assert [unit["id"] for unit in found["units"]] == ["002", "003"]


def test_compare_with_a_file_of_the_same_name_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "002.txt").write_text(RIFT)
    done = run("compare", "2", "002.txt", "--corpus", "c", cwd=tmp_path)
    assert (done.status, done.raw) == (2, b"")
    assert (
        "c: the corpus is not there. Name the folder of your articles with --corpus." in done.errors
    )
    done = run(
        "compare", "002", tmp_path / "002.txt", "--corpus", SEEDS, *FAST, "-f", "csv", cwd=tmp_path
    )
    assert (done.status, done.errors) == (0, "")
    assert done.text.splitlines()[1].startswith(f"002,{tmp_path}/002.txt,")


def test_compare_outlets() -> None:
    done = run("compare", "--by", "outlet", "axar", "commonspace.eu", *FAST, cwd=ROOT)
    assert (done.status, done.errors) == (0, "")
    assert done.text.startswith("Compared: Axar.Az, commonspace.eu\n")
    assert max(map(len, done.text.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("compare", "00", "002"), 'the id "00" fits 5 articles. Give one: 000 ('),
        (("compare", "nosuch", "002"), 'no article has the id "nosuch". There are: 000, 001, 002'),
        (("compare", "", "002"), 'no article has the id ""'),
        (("compare", "0002", "002"), "Did you mean 002"),
        (("explain", "nosuch"), 'no article has the id "nosuch". There are: 000'),
        (("explain", "nosuch:3"), 'no article has the id "nosuch". There are: 000'),
        (("explain", "00:3"), 'the id "00" fits 5 articles.'),
    ],
)
def test_an_id_that_is_none(arguments: tuple[str, ...], told: str) -> None:
    done = run(*arguments, cwd=ROOT)
    assert (done.status, done.raw) == (2, b"")
    assert told in done.errors
    assert len(done.errors.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("compare", "002", "002", *FAST), "compared with itself"),
        (
            ("compare", "--by", "outlet", "axar", "nosuch", *FAST),
            'outlet "nosuch" is unknown. There',
        ),
        (("explain", "002:999"), "002 has no sentence 999. Its sentences are 1 to "),
    ],
)
def test_a_name_that_only_scoring_can_refuse(arguments: tuple[str, ...], told: str) -> None:
    done = run(*arguments, cwd=ROOT)
    assert (done.status, done.raw) == (2, b"")
    assert told in done.errors


def test_explain() -> None:
    article, sentence = run("explain", "002", cwd=ROOT), run("explain", "002:16", cwd=ROOT)
    for done in (article, sentence):
        assert (done.status, done.errors) == (0, "")
    assert sentence.text.startswith("── 002:16  line 8 ")
    assert "alliance denied" in sentence.text
    assert sentence.text.strip() in article.text


@pytest.fixture
def records(tmp_path: Path) -> Path:
    rows = [{"body": ALLIES}, {"other": 1}, {"body": RIFT}]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path


def test_explain_a_record(records: Path) -> None:
    """The id of a record has a colon itself; a record beside it that is broken does not matter."""
    options = ("--corpus", ".", "--field", "text=body")
    done = run("explain", "rows:3:1", *options, cwd=records)
    assert (done.status, done.errors) == (0, "")
    assert done.text.startswith("── rows:3:1  line 3 ")
    assert "rift affirmed" in done.text


def test_frames() -> None:
    done = run("frames")
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


def test_lexicon_check() -> None:
    done = run("lexicon", "check")
    assert (done.status, done.errors) == (0, "")
    assert done.text.startswith("The codebook is in order; ")


def test_lexicon_check_of_a_broken_file(tmp_path: Path) -> None:
    _codebook(tmp_path, lambda text: text.replace('polarity = "deny"', 'polarity = "denny"', 1))
    done = run("lexicon", "check", "own", cwd=tmp_path)
    assert done.status == 2
    (line,) = done.text.splitlines()
    assert line.startswith("own/frames/rift.toml:")
    assert '"polarity" is "denny". Did you mean "deny"?' in line


def test_lexicon_check_of_an_example_that_fails(tmp_path: Path) -> None:
    _codebook(tmp_path, lambda text: text.replace('match = "affirm"', 'match = "deny"', 1))
    done = run("lexicon", "check", "own", cwd=tmp_path)
    assert done.status == 2
    (line,) = done.text.splitlines()
    assert line.startswith("own/frames/rift.toml:")
    assert "rift is affirm where the example says deny" in line


def test_a_broken_codebook_scores_nothing(tmp_path: Path) -> None:
    _codebook(tmp_path, lambda text: text.replace("[[cues]]", "[[cue]]", 1))
    (tmp_path / "a.txt").write_text(ALLIES)
    done = run("score", "a.txt", "--codebook", "own", cwd=tmp_path)
    assert (done.status, done.raw) == (2, b"")
    assert "own/frames/rift.toml:" in done.errors
    assert 'Did you mean "cues"?' in done.errors
