"""A question reads the parts of its store and nothing else, writes nothing, and fails in words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from azstance.errors import ConfigError
from azstance.store.query import Store, find_store
from azstance.store.schema import MANIFEST

from .build import ARTICLES, refused, rows, sentence, write_store

WRITES = (
    "COPY articles TO '{file}'",
    "COPY (PIVOT articles ON outlet) TO '{file}'",
    "WITH a AS (COPY (SELECT 1) TO '{file}') SELECT * FROM a",
    "WITH a AS (COPY (SELECT 1) TO '{file}' (USE_TMP_FILE false)) SELECT * FROM a",
    "COPY (PIVOT articles ON outlet) TO '{file}' (USE_TMP_FILE false)",
    "WITH a AS MATERIALIZED (COPY (SELECT 1) TO '{file}') SELECT 1",
    "SELECT (WITH a AS (COPY (SELECT 1) TO '{file}') SELECT * FROM a)",
    "FROM query('WITH a AS (COPY (SELECT 1) TO ''{file}'') SELECT * FROM a')",
    "SELECT 1) ; COPY (SELECT 1) TO '{file}' ; SELECT (1",
    "SELECT 1; COPY (SELECT 1) TO '{file}'",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{file}'",
    "EXPORT DATABASE '{file}'",
    "ATTACH '{file}' AS x",
    "CREATE TABLE x AS FROM articles",
    "CREATE TABLE x AS PIVOT articles ON outlet",
    "INSERT INTO articles SELECT * FROM articles",
    "UPDATE articles SET outlet = 'x'",
    "DELETE FROM sentences",
    "DROP VIEW articles",
    "PRAGMA enable_profiling",
    "SET enable_external_access = true",
    "RESET lock_configuration",
    "INSTALL httpfs",
    "LOAD httpfs",
    "CALL pragma_version()",
    "PREPARE x AS SELECT 1",
    "BEGIN",
    "FROM enable_logging(storage = 'file', storage_path = '{file}')",
)


@pytest.mark.parametrize("sql", WRITES)
@pytest.mark.parametrize("target", ["new", "part"])
def test_nothing_is_written(sql: str, target: str, folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "out"
    shutil.copytree(folder, copy)
    part = copy / "articles" / "a.parquet"
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    file = part if target == "part" else tmp_path / "written"
    message = refused(find_store(str(copy)), sql.format(file=file))
    assert "Error:" not in message
    assert "\n" not in message
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert after == before


READS = (
    "SELECT * FROM read_csv('{file}')",
    "SELECT * FROM read_text('{file}')",
    "SELECT * FROM read_blob('{file}')",
    "SELECT * FROM '{file}'",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM read_parquet('{folder}/**/*.parquet')",
    "SELECT * FROM sniff_csv('{file}')",
    "SELECT * FROM 'https://example.org/x.parquet'",
    "SELECT * FROM read_json('s3://bucket/x.json')",
)


@pytest.mark.parametrize("sql", READS)
def test_nothing_else_is_read(sql: str, store: Store, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("word\nxyzzy\n", encoding="utf-8")
    message = refused(store, sql.format(file=secret, folder=tmp_path))
    assert "xyzzy" not in message
    assert "file" in message or "extension" in message


ERRORS = (
    ("SELECT nope FROM by_frame", 'no column "nope"', "azstance query OUT/"),
    ("SELECT s.nope FROM sentences s", 'no column "nope"', "azstance query OUT/"),
    ("SELECT artcle FROM sentences", 'no column "artcle"', 'Did you mean "article"?'),
    ("SELECT * FROM by_frames", 'no table "by_frames"', 'Did you mean "by_frame"?'),
    ("SELECT * FROM zzz", 'no table "zzz"', "articles, sentences, skipped, codings"),
    ("SELECT cuont(*) FROM articles", 'no function "cuont"', 'Did you mean "count"?'),
    ("SELEC 1", 'near "SELEC"', "SELECT * FROM by_frame"),
    ("SELECT sum(sentences)) FROM articles", 'near ")"', "SELECT * FROM by_frame"),
    ("SELECT 'x'::INTEGER", "could not convert", "::INTEGER"),
    ("SELECT error('boo')", "boo", ""),
    ("", "there is no SQL", "SELECT * FROM by_frame"),
    ("-- nothing", "there is no SQL", "SELECT * FROM by_frame"),
    ("SELECT 1; SELECT 2", "2 statements", "SELECT * FROM by_frame"),
    ("SELECT '\udcff'", "not UTF-8", "SELECT * FROM by_frame"),
    ("INSERT INTO articles VALUES (1)", "INSERT is not answered", "only read"),
    ("SELECT ?", "parameters", ""),
    ("SELECT outlet FROM articles GROUP BY month", "GROUP BY", "azstance query OUT/"),
)


@pytest.mark.parametrize(("sql", "problem", "remedy"), ERRORS)
def test_errors_say_what_is_wrong(sql: str, problem: str, remedy: str, store: Store) -> None:
    message = refused(store, sql)
    assert problem in message
    assert remedy in message
    assert "\n" not in message
    assert "Error:" not in message


def test_an_error_while_rows_are_read(tmp_path: Path) -> None:
    bad = [sentence("1", n, text="1" if n < 5000 else "word") for n in range(6000)]
    store = find_store(str(write_store(tmp_path, {"a": {"sentences": bad}})))
    assert 'not convert string "word"' in refused(
        store, "SELECT CAST(text AS INTEGER) FROM sentences"
    ).replace("'", '"')


@pytest.mark.parametrize("damage", ["text", "half", "other"])
@pytest.mark.parametrize("name", ["a", "b"])
def test_a_damaged_part_is_named(damage: str, name: str, folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "out"
    shutil.copytree(folder, copy)
    part = copy / "sentences" / f"{name}.parquet"
    if damage == "other":
        shutil.copy(copy / "articles" / "a.parquet", part)
    else:
        part.write_bytes(b"hello" if damage == "text" else part.read_bytes()[:-20])
    with pytest.raises(ConfigError) as caught:
        rows(find_store(str(copy)), "SELECT text FROM sentences")
    assert "sentences" in str(caught.value)
    assert caught.value.where and "sentences" in caught.value.where
    assert caught.value.remedy


MANIFESTS = (
    ('{"format": 2}', "format 2", "newer azstance"),
    ('{"format": 0}', "format 0", "again"),
    ('{"format": true}', "does not say", "again"),
    ('{"format": "1"}', "does not say", "again"),
    ("[1]", "does not say", "again"),
    ("{", "not valid JSON", "again"),
    ("[" * 100_000, "not valid JSON", "again"),
    ("\udcff", "not valid JSON", "again"),
)


@pytest.mark.parametrize(("text", "problem", "remedy"), MANIFESTS)
def test_a_manifest_of_another_kind(text: str, problem: str, remedy: str, tmp_path: Path) -> None:
    write_store(tmp_path, {"a": {"articles": ARTICLES}})
    (tmp_path / MANIFEST).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ConfigError) as caught:
        find_store(str(tmp_path))
    assert problem in str(caught.value)
    assert remedy in str(caught.value)
    assert MANIFEST in str(caught.value)


def test_what_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    for name, problem in (
        (str(tmp_path / "file"), "is a file"),
        (str(tmp_path / "empty"), f"there is no {MANIFEST}"),
        (str(tmp_path / "nowhere"), "there is no such folder"),
        ("s3://bucket/out/", "only a folder"),
    ):
        with pytest.raises(ConfigError, match=problem) as caught:
            find_store(name)
        assert caught.value.remedy


def test_nothing_is_left_behind(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows(store, "FROM by_frame")
    refused(store, "SELEC")
    assert list(tmp_path.iterdir()) == []
