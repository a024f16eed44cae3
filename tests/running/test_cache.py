"""The cache: several processes, a limit, and whatever can be wrong with a file."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from pathlib import Path

import pytest
from cli.command import Warm

from azstance.cache import NAME, Cache, default_folder

KEY = b"k" * 32


def test_an_entry_is_found_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 10**6)
    assert cache.get(KEY) is None
    cache.put("parsed", KEY, b"value")
    assert cache.get(KEY) == b"value"
    cache.close()
    assert Cache(tmp_path, 10**6).get(KEY) == b"value"
    assert [(x.name, x.entries, x.size) for x in Cache(tmp_path, 1).layers()] == [("parsed", 1, 5)]


def _fill(folder: Path, name: str) -> None:
    cache = Cache(folder, 10**9)
    for number in range(300):
        cache.put("parsed", f"{name}:{number}".encode(), name.encode() * 100)
        cache.put("coded", b"the same", b"whoever")
        assert cache.get(b"the same") == b"whoever"
    cache.close()
    assert not cache.problem


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    names = ("a", "b", "c")
    workers = [context.Process(target=_fill, args=(tmp_path, name)) for name in names]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    held = {layer.name: layer.entries for layer in Cache(tmp_path, 1).layers()}
    assert held == {"coded": 1, "parsed": 900}


def test_a_forked_process_has_its_own_connection(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 10**6)
    cache.put("parsed", KEY, b"mine")
    child = os.fork()
    if not child:
        empty = cache.get(KEY) is None  # what was not written yet is the parent's business
        cache.put("parsed", b"other", b"its")
        cache.close()
        os._exit(0 if empty else 1)
    assert os.waitpid(child, 0)[1] == 0
    cache.close()
    again = Cache(tmp_path, 10**6)
    assert (again.get(KEY), again.get(b"other")) == (b"mine", b"its")


def test_what_was_not_used_for_long_goes_first(tmp_path: Path) -> None:
    old, kept = b"old", b"kept"
    first = Cache(tmp_path, 10**6)
    first.put("parsed", old, bytes(4000))
    first.put("parsed", kept, bytes(4000))
    first.close()
    for _ in range(12):
        later = Cache(tmp_path, 10**6)
        assert later.get(kept)
        later.close()
    last = Cache(tmp_path, 9000)
    last.put("parsed", b"new", bytes(4000))
    last.close()
    after = Cache(tmp_path, 9000)
    assert [after.get(key) is not None for key in (old, kept, b"new")] == [False, True, True] or [
        after.get(key) is not None for key in (old, kept, b"new")
    ] == [False, False, True]
    assert sum(layer.size for layer in after.layers()) <= 9000


def test_a_limit_is_kept_by_the_file(tmp_path: Path) -> None:
    for run_number in range(4):
        cache = Cache(tmp_path, 100_000)
        for number in range(50):
            cache.put("parsed", f"{run_number}:{number}".encode(), os.urandom(4000))
        cache.close()
    assert (tmp_path / NAME).stat().st_size < 150_000


@pytest.mark.parametrize("content", [b"no database" * 1000, b"SQLite format 3\0" + bytes(5000)])
def test_a_damaged_file_is_told_and_replaced(content: bytes, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(content)
    cache = Cache(tmp_path, 10**6)
    cache.put("parsed", KEY, b"value")
    assert cache.get(KEY) is None
    cache.close()
    assert cache.problem
    again = Cache(tmp_path, 10**6)
    again.put("parsed", KEY, b"value")
    again.close()
    assert Cache(tmp_path, 10**6).get(KEY) == b"value"


def test_a_file_of_another_format_is_emptied(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 10**6)
    cache.put("parsed", KEY, b"value")
    cache.close()
    with sqlite3.connect(tmp_path / NAME) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert Cache(tmp_path, 10**6).get(KEY) is None


def test_a_place_that_cannot_be_written_to_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file/folder", 10**6)
    cache.put("parsed", KEY, b"value")
    assert cache.get(KEY) is None
    cache.close()
    assert cache.problem


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [({"XDG_CACHE_HOME": "/x"}, "/x/azstance"), ({}, str(Path.home() / ".cache/azstance"))],
)
def test_the_usual_folder(environment: dict[str, str], wanted: str) -> None:
    assert str(default_folder(environment)) == wanted


ARTICLE = "Azerbaijan and Russia are strategic allies, and their partnership grows every year.\n"


def test_the_command(warm: Warm, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    folder = tmp_path / "cache"
    place = {"AZSTANCE_CACHE": str(folder), "AZSTANCE_MODEL": "cues"}
    empty = warm.run("cache", "info", **place)
    assert (empty.status, empty.text.splitlines()[1]) == (
        0,
        "0.0 MB in entries, of at most 2,000.0 MB",
    )
    first = warm.run("score", tmp_path / "a.txt", **place)
    told = warm.run("cache", "info", **place)
    assert told.text.splitlines()[0] == str(folder / NAME)
    assert "parsed           1" in told.text
    assert all(len(line.split("MB", 1)[1].split()) > 2 for line in told.text.splitlines()[2:])
    cleared = warm.run("cache", "clear", **place)
    assert cleared.text.startswith(f"{folder / NAME}: removed, ")
    assert not (folder / NAME).exists()
    assert warm.run("cache", "clear", **place).text.endswith(": there was nothing to remove.\n")
    assert warm.run("score", tmp_path / "a.txt", "--no-cache", **place).raw == first.raw
    assert not (folder / NAME).exists()


def test_a_cache_that_cannot_be_used_is_told_once(warm: Warm, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    blocked = str(tmp_path / "a.txt" / "cache")
    done = warm.run("score", tmp_path / "a.txt", AZSTANCE_CACHE=blocked, AZSTANCE_MODEL="cues")
    assert done.status == 0
    assert done.errors.count("cannot be used") == 1
    assert done.errors.startswith(f"azstance: the cache {blocked}/{NAME} cannot be used (")


def test_info_of_no_cache(warm: Warm, tmp_path: Path) -> None:
    done = warm.run("cache", "info", cwd=tmp_path, AZSTANCE_CACHE="off")
    assert done.status == 2
    assert done.errors == (
        "azstance: error: AZSTANCE_CACHE: the cache is switched off. "
        "Name a folder, or leave the setting out for the usual one.\n"
    )
