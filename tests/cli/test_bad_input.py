"""Whatever is wrong with an input: a line names it, the rest is scored, and the status is 2."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from .command import ALLIES, Done, Warm

_LIMIT = 1_300_000


def _write(folder: Path) -> None:
    folder.mkdir()
    (folder / "good.txt").write_text(ALLIES)
    (folder / "oneword.txt").write_text("Baku")
    (folder / "quotes.txt").write_text(f'"{ALLIES} "It is so,” said Aliyev. ’Never" « he said.')
    (folder / "empty.txt").touch()
    (folder / "blank.txt").write_text(" \n\n\t\n")
    (folder / "binary.txt").write_bytes(b"\x7fELF\x02\x01\x00\x00" + bytes(range(256)) * 8)
    (folder / "undecodable.txt").write_bytes(
        b"Baku and Moscow are \xff\xfe\x81\x8d allies \x90\x9d."
    )
    (folder / "russian.txt").write_text("Баку и Москва являются союзниками. " * 5)
    (folder / "enormous.txt").write_text("Baku and Moscow met. " * (_LIMIT // 20))
    (folder / "long.txt").write_text("Azerbaijan and Russia signed an agreement. " * 24_000)
    (folder / "broken.json").write_text('{"text": "Baku and')
    (folder / "broken.csv").write_text("title,body\nA,Baku\n")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "circle.txt").symlink_to("circle.txt")
    (folder / "loop").symlink_to(".")
    os.mkfifo(folder / "pipe.txt")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "sources.toml").write_text('["good"]\noutlt = "Axar.az"\n["goood"]\ngenre = "news"\n')


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "bad"
    _write(path)
    return path.parent


@pytest.fixture(scope="module")
def bad(warm: Warm, folder: Path) -> Done:
    return warm.run(
        "score", "bad", "missing.txt", "--format", "json", "--resamples", "100", cwd=folder,
        AZSTANCE_MAX_BYTES=str(_LIMIT),
    )  # fmt: skip


@pytest.fixture(scope="module")
def skipped(bad: Done) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for skip in json.loads(bad.text)["skipped"]:
        assert skip["path"] not in found or skip["path"] == "bad/sources.toml"
        found.setdefault(skip["path"], skip)
    return found


def test_the_rest_is_scored(bad: Done) -> None:
    assert bad.status == 2
    articles = {article["id"]: article for article in json.loads(bad.text)["articles"]}
    assert set(articles) == {"good", "oneword", "quotes"}
    assert articles["good"]["frames"]["alliance"]["affirm"] == 2
    assert articles["oneword"]["dominant"] == "none"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing.txt", "is not there"),
        ("bad/empty.txt", "is empty"),
        ("bad/blank.txt", "is empty"),
        ("bad/binary.txt", "is binary, not text"),
        ("bad/undecodable.txt", "cannot be decoded: byte 0xff is not valid UTF-8"),
        ("bad/russian.txt", "does not look like English"),
        ("bad/enormous.txt", "is larger than the limit of 1,300,000 bytes"),
        ("bad/long.txt", "the pipeline takes 1000000 at a time"),
        ("bad/broken.json", "JSON"),
        ("bad/broken.csv", 'there is no column "text" for the text. Name it, as in --field text='),
        ("bad/gone.txt", "is a link to something that is not there"),
        ("bad/circle.txt", "is a link that leads back to itself"),
        ("bad/pipe.txt", "is not a regular file"),
        ("bad/sources.toml", 'there is no field "outlt". Did you mean "outlet"?'),
    ],
)
def test_what_could_not_be_scored(
    bad: Done, skipped: dict[str, dict[str, Any]], path: str, reason: str
) -> None:
    assert reason in skipped[path]["reason"]
    assert skipped[path]["failed"]
    lines = [line for line in bad.errors.splitlines() if f" {path}" in line]
    assert lines
    assert lines[0].startswith(f"azstance: not scored: {path}")
    assert reason in lines[0]


def test_a_directory_loop_is_told_and_is_no_failure(
    bad: Done, skipped: dict[str, dict[str, Any]], folder: Path
) -> None:
    assert skipped["bad/loop"]["failed"] is False
    assert "is a link back to bad, around it" in skipped["bad/loop"]["reason"]
    assert "azstance: note: bad/loop" in bad.errors
    assert str(folder) not in bad.text + bad.errors


def test_nothing_else_is_listed(skipped: dict[str, dict[str, Any]], folder: Path) -> None:
    scored = {"good.txt", "oneword.txt", "quotes.txt", "picture.png"}
    expected = {
        f"bad/{path.name}" for path in (folder / "bad").iterdir() if path.name not in scored
    }
    assert set(skipped) == expected | {"missing.txt"}


def test_one_good_and_one_missing(warm: Warm, folder: Path) -> None:
    done = warm.run("score", "bad/good.txt", "missing.txt", "-f", "json", cwd=folder)
    report = json.loads(done.text)
    assert done.status == 2
    assert [article["path"] for article in report["articles"]] == ["bad/good.txt"]
    # The sources.toml beside the good one is broken, and is told of as well.
    assert "missing.txt" in [skip["path"] for skip in report["skipped"] if skip["failed"]]


@pytest.mark.parametrize("format", ["json", "table"])
@pytest.mark.parametrize("arguments", [("missing.txt",), ("missing.txt", "-o", "out.txt"), ("",)])
def test_where_nothing_is_scored_there_is_no_result(
    warm: Warm, tmp_path: Path, format: str, arguments: tuple[str, ...]
) -> None:
    done = warm.run("score", *arguments, "--format", format, cwd=tmp_path)
    assert (done.status, done.raw) == (2, b"")
    first, second = done.errors.splitlines()
    assert first.startswith(f"azstance: not scored: {arguments[0] or '(empty name)'} ")
    assert "nothing was scored" in second
    assert not list(tmp_path.iterdir())


def test_what_is_named_is_read_before_it_counts_as_scored(warm: Warm, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = warm.run("score", "empty.txt", "--format", "json", cwd=tmp_path)
    assert (done.status, done.raw) == (2, b"")
    assert "not scored: empty.txt is empty." in done.errors


@pytest.mark.parametrize("names", [(), ("picture.png", "notes.doc")])
def test_a_folder_with_nothing_readable(warm: Warm, tmp_path: Path, names: tuple[str, ...]) -> None:
    (tmp_path / "folder").mkdir()
    for name in names:
        (tmp_path / "folder" / name).touch()
    done = warm.run("score", "folder", cwd=tmp_path)
    assert (done.status, done.raw) == (2, b"")
    assert "not scored: folder holds nothing that can be read. Articles end in" in done.errors


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(warm: Warm, tmp_path: Path) -> None:
    (tmp_path / "closed.txt").touch(mode=0)
    done = warm.run("score", "closed.txt", cwd=tmp_path)
    assert (done.status, done.raw) == (2, b"")
    assert "not scored: closed.txt may not be read (permission denied)" in done.errors


def test_a_broken_file_of_sources_does_not_stop_a_comparison(warm: Warm, tmp_path: Path) -> None:
    for name in ("002", "003"):
        (tmp_path / f"{name}.txt").write_text(ALLIES)
    (tmp_path / "sources.toml").write_text('["002"\noutlet = "x"\n')
    done = warm.run(
        "compare", "002", "003", "--corpus", ".", "-f", "json", "--resamples", "100", cwd=tmp_path
    )
    assert done.status == 2
    assert json.loads(done.text)["units"] == ["002", "003"]
    (line,) = done.errors.splitlines()
    assert "sources.toml:1 not valid TOML" in line


def test_an_article_that_is_too_long_to_compare(warm: Warm, folder: Path) -> None:
    done = warm.run("compare", "bad/good.txt", "bad/long.txt", "--corpus", "none", cwd=folder)
    assert (done.status, done.raw) == (2, b"")
    (line,) = (line for line in done.errors.splitlines() if "error" in line)
    assert "bad/long.txt: has 1031999 characters" in line
