"""`azstance train` and what it writes, run as a user runs them on a small codebook."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cli.command import ROOT, Done
from cli.small_codebook import small

from .build import Warm

SEED = next((ROOT / "seeds").glob("002_*"))
FILES = ("model.json", "weights.npz")


@pytest.fixture(scope="module")
def codebook_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small(tmp_path_factory.mktemp("train") / "book")


@pytest.fixture(scope="module")
def trained(warm: Warm, codebook_copy: Path) -> Done:
    return warm.run(
        "train", "--codebook", "book", "--model", "lexical", "--jobs", "1", cwd=codebook_copy.parent
    )


@pytest.fixture
def book(trained: Done, codebook_copy: Path, tmp_path: Path) -> Path:
    """A trained codebook to be damaged."""
    assert trained.status == 0
    return Path(shutil.copytree(codebook_copy, tmp_path / "book"))


def score(warm: Warm, book: Path, *more: str) -> Done:
    arguments = ["score", SEED, "--codebook", "book", "--format", "json", "--resamples", "100"]
    return warm.run(*arguments, *more, cwd=book.parent)


def refused(done: Done) -> str:
    """The only line of a command that does nothing."""
    assert (done.status, done.raw) == (2, b"")
    [line] = done.errors.splitlines()
    assert "Traceback" not in line
    return line


def test_writes_weights_and_prints_figures(trained: Done, codebook_copy: Path) -> None:
    assert trained.status == 0
    folder = codebook_copy / "models" / "lexical"
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    count = (codebook_copy / "training.jsonl").read_text("utf-8").count("\n")
    first, second, third, last = trained.text.splitlines()
    assert first == "lexical: written to book/models/lexical"
    assert second == f"  learned from {count} sentences of 10 articles"
    about = json.loads((folder / "model.json").read_bytes())["about"]
    figures = about["cross_validation"]
    assert f"F1 of presence {figures['mean_presence_f1']:.3f} (alliance " in third
    assert last == f"  F1 of frame and polarity {figures['micro_f1']:.3f}"
    assert (about["sentences"], about["articles"]) == (count, 10)


def test_nothing_of_this_machine_is_written(trained: Done, codebook_copy: Path) -> None:
    text = (codebook_copy / "models" / "lexical" / "model.json").read_text("utf-8")
    assert str(codebook_copy.parent) not in text


@pytest.mark.parametrize("more", [(), ("--model", "book/models/lexical")])
def test_score_uses_the_weights(more: tuple[str, ...], warm: Warm, book: Path) -> None:
    done = score(warm, book, *more)
    assert done.status == 0
    report = json.loads(done.text)
    digest = json.loads((book / "models" / "lexical" / "model.json").read_bytes())["weights_sha256"]
    assert report["pipeline"]["model"] == f"lexical {digest[:8]}"
    assert report["articles"][0]["frames"]["alliance"]["expected"]["value"] > 0


def test_cues_need_no_weights(warm: Warm, book: Path) -> None:
    shutil.rmtree(book / "models")
    report = json.loads(score(warm, book).text)
    assert report["pipeline"]["model"] == "cues"
    assert report["articles"][0]["frames"]["alliance"]["expected"] is None


@pytest.mark.parametrize("name", FILES)
def test_damaged_weights_are_named_with_the_remedy(name: str, warm: Warm, book: Path) -> None:
    path = book / "models" / "lexical" / name
    path.write_bytes(path.read_bytes()[:-200])
    line = refused(score(warm, book, "--model", "lexical"))
    assert f"book/models/lexical/{name}: is damaged" in line
    # The command trains the very codebook that was asked for, though a packaged one has its name.
    assert line.endswith("Build it anew: azstance train --codebook book --model lexical")


def test_the_remedy_makes_the_same_bytes_with_more_processes(
    warm: Warm, book: Path, codebook_copy: Path
) -> None:
    (book / "models" / "lexical" / "weights.npz").write_bytes(b"")
    line = refused(score(warm, book))
    command = line.split("azstance ")[-1].split()
    done = warm.run(*command, "--jobs", "2", "--quiet", cwd=book.parent)
    assert (done.status, done.errors) == (0, "")
    for name in FILES:
        first = (codebook_copy / "models" / "lexical" / name).read_bytes()
        assert (book / "models" / "lexical" / name).read_bytes() == first


def test_weights_of_other_frames(warm: Warm, book: Path) -> None:
    path = book / "models" / "lexical" / "model.json"
    document = json.loads(path.read_bytes())
    path.write_text(json.dumps({**document, "frames": ["war", "peace"]}))
    line = refused(score(warm, book))
    assert "was trained for the frames war, peace; the codebook azerbaijan-russia has" in line


@pytest.mark.parametrize("command", [("score", SEED), ("evaluate", "book/training.jsonl")])
def test_no_such_model(command: tuple[str | Path, ...], warm: Warm, book: Path) -> None:
    line = refused(warm.run(*command, "--codebook", "book", "--model", "nosuch", cwd=book.parent))
    assert '--model: "nosuch" is no model' in line
    assert "minilm, lexical, cues" in line


def test_no_such_model_to_train(warm: Warm, book: Path) -> None:
    line = refused(warm.run("train", "--codebook", "book", "--model", "nosuch", cwd=book.parent))
    assert '--model: there is no model "nosuch" to train' in line
    assert "lexical" in line


def unframed(text: str) -> str:
    rows = [{**json.loads(line), "frames": {}, "voice": None} for line in text.splitlines()]
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.mark.parametrize(
    ("change", "where", "problem"),
    [
        (lambda text: text.replace("{", "[", 1), ":1: ", "is not valid JSON"),
        (lambda text: text + "{\n", ":{after}: ", "is not valid JSON"),
        (lambda text: text + '{"text": "x", "frames": {"peace": "affirm"}}', ":{after}: ", "peace"),
        (lambda text: "", ": ", "holds no sentences"),
        (unframed, ": ", "holds 0 sentences with a frame"),
    ],
    ids=["first", "last", "frame", "empty", "unframed"],
)
def test_training_sentences_that_cannot_be_used(
    change: Callable[[str], str], where: str, problem: str, warm: Warm, book: Path
) -> None:
    path = book / "training.jsonl"
    text = path.read_text("utf-8")
    before = [(book / "models" / "lexical" / name).read_bytes() for name in FILES]
    path.write_text(change(text), "utf-8")
    line = refused(warm.run("train", "--codebook", "book", "--model", "lexical", cwd=book.parent))
    assert "training.jsonl" + where.format(after=text.count("\n") + 1) in line
    assert problem in line
    assert before == [(book / "models" / "lexical" / name).read_bytes() for name in FILES]


def test_no_training_sentences(warm: Warm, book: Path) -> None:
    (book / "training.jsonl").unlink()
    line = refused(warm.run("train", "--codebook", "book", cwd=book.parent))
    assert "book/training.jsonl: there are no sentences to learn from" in line
