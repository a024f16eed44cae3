"""Files, folders and standard input: what is read, in which order, and what is said of the rest."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from azstance.read import ReadSettings, read_paths
from azstance.records import Article, Skipped

from .pages import TESTS

TEXT = "Azerbaijan and Russia have agreed on a plan for trade that both call important.\n"
SEEDS = TESTS.parent / "seeds"


def run(*paths: Path | str, **settings: object) -> tuple[list[Article], list[Skipped]]:
    found = list(read_paths(paths, ReadSettings(**settings)))  # type: ignore[arg-type]
    return [a for a in found if isinstance(a, Article)], [
        s for s in found if isinstance(s, Skipped)
    ]


def test_seeds_all_read_and_nothing_skipped() -> None:
    articles, skipped = run(SEEDS)
    assert [a.id for a in articles] == ["000", "001", "002", "003", "004"]
    assert skipped == []


def test_order_of_arguments_does_not_matter(tmp_path: Path) -> None:
    for folder in "ab":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "visit.txt").write_text(TEXT)
    a, b = tmp_path / "a", tmp_path / "b"
    assert list(read_paths([a, b])) == list(read_paths([b, a, b / "visit.txt"]))
    assert [x.id for x in run(b, a)[0]] == ["a/visit", "b/visit"]


def test_only_readable_kinds_are_looked_at_in_a_folder(tmp_path: Path) -> None:
    for name in ("a.txt", ".hidden.txt", "picture.png", "sources.toml", "notes.docx"):
        (tmp_path / name).write_text(TEXT if name.endswith("txt") else "")
    articles, skipped = run(tmp_path)
    assert [a.id for a in articles] == ["a"]
    assert skipped == []


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t\n", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.txt", b"\x00\x01\x02" * 30, "binary"),
        ("a.txt", b"ok \xff\xfe\xc3\x28", "decoded"),
        ("a.txt", b"... --- ...", "no words"),
        ("a.txt", b"x" * 2001, "limit of 2,000 bytes"),
        ("a.jsonl", b"", "empty"),
        ("a.json", b"[]", "holds no articles"),
        ("a.csv", b"text\n", "no articles"),
        ("a.html", b"<html><script>x</script></html>", "no visible text"),
        ("a.txt", "Президенты встретились в Баку, чтобы обсудить торговлю.".encode(), "English"),
        (
            "a.txt",
            "Der russische Präsident ist am Montag in Baku eingetroffen und hat dort mit seinem "
            "Amtskollegen über den Handel und die Lage in der Region gesprochen.".encode(),
            "English",
        ),
        ("a.txt", b"Share this:\n\nAdvertisement\n", "page furniture"),
        ("a.docx", b"PK", "is not read"),
        ("sources.toml", b"", "not one itself"),
    ],
)
def test_a_named_file_that_cannot_be_read_is_told(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (tmp_path / "good.txt").write_text(TEXT)
    articles, skipped = run(path, tmp_path / "good.txt", max_bytes=2000)
    assert [a.id for a in articles] == ["good"]
    (skip,) = skipped
    assert skip.path == str(path)
    assert skip.failed
    assert words in skip.reason
    assert "\n" not in skip.reason


def test_missing_path(tmp_path: Path) -> None:
    (skip,) = run(tmp_path / "no.txt")[1]
    assert skip.failed
    assert "not there" in skip.reason


def test_folder_with_nothing_to_read(tmp_path: Path) -> None:
    (skip,) = run(tmp_path)[1]
    assert skip.failed
    assert ".txt" in skip.reason


def test_links(tmp_path: Path) -> None:
    (tmp_path / "z.txt").write_text(TEXT)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "again.txt").symlink_to("z.txt")
    (tmp_path / "gone.txt").symlink_to("nowhere.txt")
    (tmp_path / "self.txt").symlink_to("self.txt")
    articles, skipped = run(tmp_path)
    assert [a.id for a in articles] == ["z"]
    told = {Path(s.path).name: (s.failed, s.reason) for s in skipped}
    assert told["loop"][0] is False
    assert "link back" in told["loop"][1]
    assert told["again.txt"][0] is False
    assert told["gone.txt"][0] is True
    assert told["self.txt"][0] is True


def test_a_pipe_in_a_folder_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text(TEXT)
    articles, skipped = run(tmp_path)
    assert len(articles) == 1
    assert "regular file" in skipped[0].reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_permission(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "shut").mkdir(mode=0)
    skipped = run(tmp_path)[1]
    assert len([s for s in skipped if "permission" in s.reason and s.failed]) == 2


def test_a_file_that_vanishes_during_the_run(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(TEXT)
    found = read_paths([tmp_path])
    first = next(found)
    (tmp_path / "b.txt").unlink()
    second, third = found
    assert isinstance(first, Article)
    assert isinstance(second, Skipped)
    assert "vanished" in second.reason
    assert second.failed
    assert isinstance(third, Article)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    (found,) = read_paths(["-"])
    assert isinstance(found, Article)
    assert (found.id, found.path) == ("stdin", "-")


def test_standard_input_takes_its_format_from_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(json.dumps({"id": n, "text": TEXT}) + "\n" for n in "ab")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(rows.encode())))
    found = list(read_paths(["-"], ReadSettings(stdin_filename="x.jsonl")))
    assert [a.id for a in found if isinstance(a, Article)] == ["a", "b"]


def test_a_terminal_on_standard_input_does_not_hang() -> None:
    import pty

    _, terminal = pty.openpty()
    code = "from azstance.read import read_paths; print(*read_paths(['-']))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        stdin=terminal,
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    assert "is a terminal" in done.stdout


def test_records_are_read_one_at_a_time(tmp_path: Path) -> None:
    class Endless(io.RawIOBase):
        """Rows without end: whoever wants them all never returns."""

        def __init__(self) -> None:
            self._rows = self._make()
            self._rest = b""

        def _make(self) -> Iterator[bytes]:
            while True:
                yield (json.dumps({"text": TEXT}) + "\n").encode()

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            view = memoryview(buffer)  # type: ignore[arg-type]
            data = (self._rest or next(self._rows))[: len(view)]
            view[: len(data)] = data
            return len(data)

    from azstance.read.json_lines import read

    pages = read(io.BufferedReader(Endless()), ReadSettings())
    assert [getattr(next(pages), "number", None) for _ in range(50)] == list(range(1, 51))


def test_importing_and_reading_the_seeds_loads_no_heavy_library() -> None:
    code = (
        "import sys\nfrom azstance.read import read_paths\n"
        f"n = len(list(read_paths([{str(SEEDS)!r}])))\n"
        "heavy = {'trafilatura', 'ftfy', 'charset_normalizer', 'frontmatter', 'numpy', 'spacy'}\n"
        "print(n, sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "5 []"


def test_speed_of_reading_the_seeds() -> None:
    from time import process_time

    def once() -> float:
        start = process_time()
        assert len(list(read_paths([SEEDS]))) == 5
        return process_time() - start

    assert min(once() for _ in range(5)) < 0.06
