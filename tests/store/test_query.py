"""A store answers SQL with its own rows, and its views with the right figures."""

from __future__ import annotations

import json
import math
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from azstance.errors import ConfigError
from azstance.store import query, views
from azstance.store.query import BATCH, Store, ask, describe, find_store, write_parquet
from azstance.store.schema import COLUMNS, FORMAT, MANIFEST, TABLES

from .build import (
    ARTICLES,
    FRAMES,
    SENTENCES,
    SKIPPED,
    Row,
    article,
    coding,
    refused,
    rows,
    sentence,
    write_part,
    write_store,
)


def counted(sentences: list[Row], frame: str) -> Row:
    """What the sentences say of a frame, counted without SQL."""
    found = [
        (each["voice"] == "author", one["polarity"])
        for each in sentences
        for one in each["codings"]
        if one["frame"] == frame
    ]
    return {
        "sentences": len(sentences),
        "carrying": len(found),
        "affirm": found.count((True, "affirm")),
        "deny": found.count((True, "deny")),
        "attributed": sum(not author for author, _ in found),
        "share": len(found) / len(sentences) if sentences else None,
    }


def by_outlet_month(articles: list[Row], sentences: list[Row]) -> list[Row]:
    units = Counter((each["outlet"], each["month"]) for each in articles)
    known = sorted(units, key=lambda unit: [(part is None, part or "") for part in unit])
    return [
        {
            "outlet": outlet,
            "month": month,
            "frame": frame,
            "articles": units[outlet, month],
            **counted([s for s in sentences if (s["outlet"], s["month"]) == unit], frame),
        }
        for unit in known
        for outlet, month in [unit]
        for frame in FRAMES
    ]


def by_actor(sentences: list[Row]) -> list[Row]:
    actors = sorted({actor for each in sentences for actor in each["actors"]})
    return [
        {"actor": actor, "frame": frame}
        | counted([each for each in sentences if actor in each["actors"]], frame)
        for actor in actors
        for frame in FRAMES
    ]


def by_frame(articles: list[Row], sentences: list[Row]) -> list[Row]:
    found = []
    for frame in FRAMES:
        hits = [(s, c) for s in sentences for c in s["codings"] if c["frame"] == frame]
        found.append(
            {
                "frame": frame,
                "articles": len(articles),
                "carrying_articles": len({s["article"] for s, _ in hits}),
                **counted(sentences, frame),
                "probability": sum(c["probability"] for _, c in hits) / len(hits) if hits else None,
            }
        )
    return found


def assert_same(left: list[Row], right: list[Row]) -> None:
    assert len(left) == len(right)
    for one, other in zip(left, right, strict=True):
        assert one.keys() == other.keys()
        for name, value in one.items():
            if isinstance(value, float):
                assert math.isclose(value, other[name]), (name, one, other)
            else:
                assert value == other[name], (name, one, other)


def test_views_are_plain_counts(store: Store) -> None:
    assert_same(rows(store, "FROM by_outlet_month"), by_outlet_month(ARTICLES, SENTENCES))
    assert_same(rows(store, "FROM by_actor"), by_actor(SENTENCES))
    assert_same(rows(store, "FROM by_frame"), by_frame(ARTICLES, SENTENCES))


def test_figures_written_by_hand(store: Store) -> None:
    rift = rows(store, "FROM by_frame WHERE frame = 'rift'")[0]
    assert (rift["articles"], rift["carrying_articles"]) == (5, 3)
    assert (rift["affirm"], rift["deny"], rift["attributed"], rift["sentences"]) == (2, 1, 2, 9)
    assert rift["share"] == pytest.approx(5 / 9)
    assert rift["probability"] == pytest.approx(0.7)
    unit = "outlet = 'A Times' AND frame = 'rift'"
    found = rows(store, f"SELECT articles, sentences, share FROM by_outlet_month WHERE {unit}")
    assert found == [{"articles": 2, "sentences": 6, "share": 4 / 6}]
    russia = rows(store, "FROM by_actor WHERE actor = 'Russia' AND frame = 'rift'")[0]
    assert (russia["sentences"], russia["carrying"], russia["attributed"]) == (4, 4, 1)


def test_a_frame_that_nobody_carries_is_zero_and_no_gap(store: Store) -> None:
    found = rows(store, "SELECT carrying, share FROM by_outlet_month WHERE frame = 'balance'")
    assert [each["share"] for each in found] == [0.0, None, 0.0, 0.0]  # B Post, February: no text
    assert {each["carrying"] for each in found} == {0}


MANY = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "3"]),
        st.sampled_from(["author", "attributed"]),
        st.sets(st.sampled_from(["Azerbaijan", "Russia", "Türkiye"])),
        st.dictionaries(
            st.sampled_from(FRAMES),
            st.tuples(st.sampled_from(["affirm", "deny"]), st.floats(0, 1)),
        ),
    ),
    max_size=25,
)
CARDS = st.tuples(st.sampled_from(["A", "B", None]), st.sampled_from(["2023-12", "2024-01", None]))


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=MANY, cards=st.tuples(CARDS, CARDS, CARDS))
def test_views_are_plain_counts_of_anything(
    said: list[Any], cards: tuple[Any, ...], tmp_path: Path
) -> None:
    facts = {
        str(number): {"outlet": outlet, "month": month}
        for number, (outlet, month) in enumerate(cards, 1)
    }
    articles = [article(id, **card) for id, card in facts.items()]
    sentences = [
        sentence(
            id,
            number,
            *(coding(frame, polarity, p) for frame, (polarity, p) in codings.items()),
            actors=sorted(actors),
            voice=voice,
            **facts[id],
        )
        for number, (id, voice, actors, codings) in enumerate(said, 1)
    ]
    shutil.rmtree(tmp_path / "out", ignore_errors=True)
    units = {
        "a": {"articles": articles[:1]},
        "b": {"articles": articles[1:], "sentences": sentences},
    }
    store = find_store(str(write_store(tmp_path / "out", units)))
    assert_same(rows(store, "FROM by_outlet_month"), by_outlet_month(articles, sentences))
    assert_same(rows(store, "FROM by_actor"), by_actor(sentences))
    assert_same(rows(store, "FROM by_frame"), by_frame(articles, sentences))


def test_tables_are_the_rows_that_were_written(store: Store) -> None:
    assert rows(store, "FROM articles") == ARTICLES
    assert rows(store, "FROM sentences") == SENTENCES
    assert rows(store, "FROM skipped") == SKIPPED


def test_codings_are_sentences_by_frame(store: Store) -> None:
    found = rows(store, "FROM codings")
    expected = [(s["text"], c["frame"], c["polarity"]) for s in SENTENCES for c in s["codings"]]
    assert [(each["text"], each["frame"], each["polarity"]) for each in found] == expected
    assert found[3]["voice"] == "attributed"
    assert found[0]["actors"] == ["Azerbaijan", "Russia"]


def test_a_table_without_parts_is_empty_and_has_its_columns(tmp_path: Path) -> None:
    store = find_store(str(write_store(tmp_path / "out", {})))
    for table in TABLES:
        with ask(store, f"FROM {table}") as answer:
            assert answer.names == tuple(column.name for column in COLUMNS[table])
            assert list(answer.batches) == []
    assert rows(store, "SELECT unnest(codings).frame FROM sentences") == []
    for view in views.views():
        assert rows(store, f"FROM {view.name}") == []


def test_columns_have_the_same_types_with_and_without_parts(folder: Path, tmp_path: Path) -> None:
    full, empty = find_store(str(folder)), find_store(str(write_store(tmp_path / "out", {})))
    assert [each.columns for each in describe(full)] == [each.columns for each in describe(empty)]


def test_all_that_can_be_asked_is_described(store: Store) -> None:
    described = {each.name: each for each in describe(store)}
    assert tuple(described) == views.names()
    assert [described[table].rows for table in TABLES] == [5, 9, 1]
    for view in views.views():
        columns = [name for name, _, _ in described[view.name].columns]
        assert not set(view.meanings) - set(columns), view.name
        assert all(meaning for _, _, meaning in described[view.name].columns)
    kinds = {name: kind for name, kind, _ in described["sentences"].columns}
    assert kinds["number"] == "whole"
    assert kinds["heading"] == "yes or no"
    assert kinds["actors"] == "list of text"
    assert kinds["chances"] == "list of (frame, affirm, deny)"


ODD = ("plain", "with blank", "it's", "[1]", "a*b?", "month=2024-01", "ünï", '"q"')


@pytest.mark.parametrize("name", ODD)
def test_folders_of_any_name(name: str, tmp_path: Path) -> None:
    write_store(tmp_path / "1", {"part": {"articles": [article("other")]}})
    write_store(tmp_path / "axb1", {"part": {"articles": [article("other")]}})
    unit = {"u[0]*": {"articles": [article("x")]}, "u0": {"articles": [article("y")]}}
    store = find_store(str(write_store(tmp_path / name, unit)))
    assert rows(store, "SELECT article FROM articles") == [{"article": "y"}, {"article": "x"}]
    assert rows(store, "FROM articles")[0]["month"] is None  # what a folder is called is no fact


def test_rows_come_in_the_order_of_parts_and_batch_by_batch(tmp_path: Path) -> None:
    count = 2 * BATCH + 1
    for part in range(3):
        numbers = range(part * count, (part + 1) * count)
        write_part(tmp_path, "sentences", f"u{part}", [sentence("1", n) for n in numbers])
    write_store(tmp_path, {})
    with ask(find_store(str(tmp_path)), "SELECT number FROM sentences") as answer:
        sizes, found = [], []
        for batch in answer.batches:
            sizes.append(len(batch))
            found += [number for (number,) in batch]
    assert max(sizes) == BATCH
    assert found == list(range(3 * count))
    with ask(find_store(str(tmp_path)), "FROM sentences ORDER BY number DESC") as answer:
        found = [each[1] for batch in answer.batches for each in batch]
    assert found == list(reversed(range(3 * count)))


QUESTIONS = (
    "SELECT count(*) AS n FROM articles",
    "select count(*) as n from articles;",
    "SELECT count(*) AS n FROM articles -- a remark",
    "/* why */ WITH x AS (FROM articles) SELECT count(*) AS n FROM x ; \n",
    "(SELECT count(*) AS n FROM articles)",
    "VALUES (5)",
    "SELECT n FROM (PIVOT articles ON outlet USING count(*)), (SELECT 5 AS n) LIMIT 1",
)


@pytest.mark.parametrize("sql", QUESTIONS)
def test_questions(sql: str, store: Store) -> None:
    assert [list(each.values()) for each in rows(store, sql)] == [[5]]


def test_more_questions(store: Store) -> None:
    assert len(rows(store, "DESCRIBE articles")) == len(COLUMNS["articles"])
    assert len(rows(store, "PIVOT by_outlet_month ON frame USING sum(share) GROUP BY outlet")) == 3
    assert list(rows(store, "SELECT 1 AS a, 2 AS a")[0].values()) == [1, 2]


def test_a_run_that_has_only_begun_is_unfinished(tmp_path: Path) -> None:
    (tmp_path / "job.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ConfigError, match="not finished: it has 0 parts"):
        find_store(str(tmp_path))
    assert rows(find_store(str(tmp_path), unfinished=True), "FROM articles") == []


def test_an_answer_as_parquet(store: Store, tmp_path: Path) -> None:
    write_parquet(store, "SELECT *, article FROM sentences", tmp_path / "x.parquet")
    found = pq.read_table(tmp_path / "x.parquet")
    assert found.select(found.column_names[:-1]).to_pylist() == SENTENCES
    write_parquet(store, "FROM skipped WHERE false", tmp_path / "none.parquet")
    assert pq.read_table(tmp_path / "none.parquet").num_rows == 0


def test_an_unfinished_store_is_asked_only_where_that_is_wanted(tmp_path: Path) -> None:
    units: dict[str, dict[str, list[Row]]] = {
        "a": {"articles": ARTICLES[:2], "sentences": SENTENCES[:6], "skipped": SKIPPED},
        "b": {"articles": ARTICLES[2:]},  # killed before the sentences
    }
    write_store(tmp_path, units, finished=False)
    (tmp_path / "sentences" / ".b.parquet").write_bytes(b"half")
    with pytest.raises(ConfigError, match="not finished: it has 4 parts") as caught:
        find_store(str(tmp_path))
    assert "--resume" in str(caught.value)
    store = find_store(str(tmp_path), unfinished=True)
    assert not store.finished
    assert rows(store, "FROM articles") == ARTICLES[:2]
    assert_same(rows(store, "FROM by_frame"), by_frame(ARTICLES[:2], SENTENCES[:6]))
    (tmp_path / MANIFEST).write_text(json.dumps({"format": FORMAT}), encoding="utf-8")
    (tmp_path / "sentences" / ".b.parquet").unlink()
    write_part(tmp_path, "sentences", "b", SENTENCES[6:])
    assert rows(find_store(str(tmp_path), unfinished=True), "FROM articles") == ARTICLES


DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "query.md"


@pytest.mark.parametrize(
    "sql", re.findall(r"^```sql\n(.*?)^```$", DOCUMENT.read_text(encoding="utf-8"), re.M | re.S)
)
def test_examples_of_the_document_run(sql: str, store: Store) -> None:
    with ask(store, sql) as answer:
        assert answer.names
        assert all(len(row) == len(answer.names) for batch in answer.batches for row in batch)


def test_the_document_names_all_that_can_be_asked() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    ready = [view for view in views.views() if view.name.startswith("by_")]
    for name in (*views.names(), *(column for view in ready for column in view.meanings)):
        assert f"`{name}`" in text or name in ("outlet", "month", "frame", "actor"), name


def test_what_does_not_fit_into_memory_is_spilled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(query._SETTINGS, "memory_limit", "60MB")
    store = find_store(str(write_store(tmp_path, {})))
    sql = "SELECT range, repeat(md5(range::VARCHAR), 8) AS t FROM range(600000) ORDER BY t"
    with ask(store, sql) as answer:
        assert sum(len(batch) for batch in answer.batches) == 600000
    assert capfd.readouterr() == ("", "")  # no bar of progress among the rows
    monkeypatch.setitem(query._SETTINGS, "memory_limit", "1MB")
    assert "fewer" in refused(store, sql)
