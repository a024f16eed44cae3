"""The table of sentences: the same in CSV and Parquet, and the same as the json report says."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyarrow import parquet as pq

from azstance.errors import ConfigError
from azstance.records import Chance, CodebookInfo, Coding, Polarity, Report, Sentence, Voice
from azstance.render import Options, as_csv, as_parquet, render, write_parquet
from azstance.render.sentence_rows import AFTER, BEFORE, OF_A_FRAME, columns, rows

from .hostile import flooded_report
from .sample import CODEBOOK, FRAMES, HOSTILE, make_grouped_report, make_report
from .test_golden import check

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
brief = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def sentences_csv(report: Report) -> str:
    return render(report, "csv", rows="sentences")


def from_csv(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sentences_csv(report), newline=""), strict=True))


def parquet_bytes(report: Report) -> bytes:
    file = io.BytesIO()
    write_parquet(report, file)
    return file.getvalue()


def from_parquet(report: Report) -> pa.Table:
    return pq.read_table(io.BytesIO(parquet_bytes(report)))


def with_chances(report: Report) -> Report:
    """The report as a classifier would have coded it: each sentence has chances and doubts."""
    chances = tuple(Chance(frame, 0.25, 0.0000004) for frame in FRAMES)
    articles = tuple(
        replace(
            each,
            sentences=tuple(replace(s, chances=chances, unsure=FRAMES[2:]) for s in each.sentences),
        )
        for each in report.articles
    )
    return replace(report, articles=articles)


@pytest.mark.parametrize("make", [make_report, make_grouped_report])
def test_golden(make: Callable[[], Report]) -> None:
    """How articles are grouped makes no difference to their sentences."""
    check("report.sentences.csv", sentences_csv(with_chances(make())))


def test_golden_of_parquet() -> None:
    """Bytes differ from one version of pyarrow to the next: the golden file has what they hold."""
    table = from_parquet(with_chances(make_report()))
    shown = {
        "columns": {field.name: str(field.type) for field in table.schema},
        "footer": json.loads(table.schema.metadata[b"azstance"]),
        "rows": table.to_pylist(),
    }
    check("report.parquet.json", json.dumps(shown, indent=1, ensure_ascii=False) + "\n")


def test_the_same_bytes_every_time() -> None:
    assert parquet_bytes(make_report()) == parquet_bytes(make_report())
    assert parquet_bytes(make_report()) == parquet_bytes(make_grouped_report())


def test_rows_agree_with_the_json_report() -> None:
    report = with_chances(make_report())
    articles = json.loads(render(report, "json"))["articles"]
    told = [(article, sentence) for article in articles for sentence in article["sentences"]]
    table = from_parquet(report).to_pylist()
    assert len(told) == len(table) == 14
    for (article, sentence), row in zip(told, table, strict=True):
        assert (row["article"], row["path"]) == (article["id"], article["path"])
        assert (row["source"], row["title"]) == (article["source"], article["title"])
        assert row["published"] == article["published"]
        for name in ("number", "line", "voice", "heading", "speaker"):
            assert row[name] == sentence[name], name
        codings = {coding["frame"]: coding for coding in sentence["codings"]}
        assert row["framed"] == bool(codings)
        for frame in FRAMES:
            coding = codings.get(frame, {})
            assert row[frame] == coding.get("polarity")
            assert row[f"{frame}_probability"] == coding.get("probability")
            assert row[f"{frame}_modality"] == coding.get("modality")
            assert (row[f"{frame}_affirm"], row[f"{frame}_deny"]) == (0.25, 0.0)
        assert row["unsure"] == "influence;rift"
        assert row["cues"] == (";".join(c["id"] for c in sentence["cues"] if c["counted"]) or None)


def test_csv_and_parquet_hold_the_same() -> None:
    report = with_chances(make_report())
    table = from_parquet(report)
    read = from_csv(report)
    assert list(read[0]) == table.column_names
    for text, typed in zip(read, table.to_pylist(), strict=True):
        for name, value in typed.items():
            shown = {True: "true", False: "false", None: ""}.get(value, str(value))
            if isinstance(value, str) and value.lstrip().startswith(("=", "+", "-", "@")):
                shown = f"'{value}"
            assert text[name] == (shown if value not in (0, 1) else str(value).lower()), name


def test_pandas_reads_both_alike(tmp_path: Path) -> None:
    first, *_ = make_report().articles
    report = replace(with_chances(make_report()), articles=(first,))  # nothing in it is hostile
    (tmp_path / "s.csv").write_bytes(sentences_csv(report).encode("utf-8"))
    (tmp_path / "s.parquet").write_bytes(parquet_bytes(report))
    text = {c.name: "str" for c in columns(FRAMES) if c.type == "text"}
    one = pd.read_csv(tmp_path / "s.csv", dtype=text)
    other = pd.read_parquet(tmp_path / "s.parquet")
    pd.testing.assert_frame_equal(one, other, check_dtype=False)
    assert other["heading"].dtype == bool
    counted = other[(other.voice == "author")].groupby("alliance").size()
    assert counted.to_dict() == {"deny": 2}


@brief
@given(ANYTHING)
@example(HOSTILE)
@example('"=1\r\n,x;y')
@example("\udcff")
def test_hostile_text_is_data(text: str) -> None:
    report = flooded_report(make_report(), text)
    read = from_csv(report)
    assert len(read) == from_parquet(report).num_rows == 14
    header = list(read[0])
    for row in read:
        assert list(row) == header
        for value in row.values():
            assert not value.lstrip().startswith(("=", "+", "-", "@"))


def one_sentence(frames: tuple[str, ...], *codings: Coding) -> Report:
    report = make_report()
    first = report.articles[0]
    sentence = Sentence(1, 1, "It is.", Voice.AUTHOR, codings=codings)
    codebook = CodebookInfo("own", "1", CODEBOOK.digest, frames, ("A", "B"))
    return replace(
        report, codebook=codebook, articles=(replace(first, sentences=(sentence,)),), groups=()
    )


@pytest.mark.parametrize(
    ("frames", "named"),
    [
        (("alliance",), ["alliance"]),
        (("text", "voice"), ["frame_text", "frame_voice"]),
        (("trade", "trade_deny"), ["trade", "frame_trade_deny"]),
        (("text", "frame_text"), ["frame_text", "frame_frame_text"]),
    ],
)
def test_a_frame_never_takes_the_name_of_another_column(
    frames: tuple[str, ...], named: list[str]
) -> None:
    names = [column.name for column in columns(frames)]
    assert len(names) == len(set(names))
    assert names == [
        *(column.name for column in BEFORE),
        *(f"{name}{each.name}" for name in named for each in OF_A_FRAME),
        *(column.name for column in AFTER),
    ]
    report = one_sentence(frames, Coding(frames[-1], Polarity.DENY, 0.5))
    (row,) = rows(report.articles[0], frames)
    assert row[named[-1]] == "deny"
    assert list(row) == names


def test_nothing_but_numbers_is_a_number() -> None:
    report = one_sentence(("alliance",), Coding("alliance", Polarity.AFFIRM, math.nan))
    (row,) = rows(report.articles[0], ("alliance",))
    assert row["alliance"] == "affirm"
    assert row["alliance_probability"] is None


def test_a_report_without_articles_has_a_header() -> None:
    report = replace(make_report(), articles=())
    assert sentences_csv(report).splitlines()[1:] == []
    table = from_parquet(report)
    assert (table.num_rows, table.column_names) == (0, [c.name for c in columns(FRAMES)])


class Seen:
    """Articles that are made when they are asked for; knows how many were asked for."""

    def __init__(self, report: Report, count: int) -> None:
        self.article, self.count, self.asked = report.articles[0], count, 0

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Any:
        for _ in range(self.count):
            self.asked += 1
            yield self.article


def test_articles_are_asked_for_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Seen(make_report(), 50)
    report = replace(make_report(), articles=seen)
    chunks = as_csv.report(report, Options(rows="sentences"))
    assert [next(chunks).count("\r\n") for _ in range(3)] == [1, 9, 9]
    assert seen.asked == 2
    monkeypatch.setattr(as_parquet, "ROW_GROUP", 100)  # of 450
    file = pq.ParquetFile(io.BytesIO(parquet_bytes(report)))
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [
        *([108] * 4), 18,
    ]  # fmt: skip


def test_parquet_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ConfigError, match=r'pip install "azstance\[store\]"'):
        write_parquet(make_report(), io.BytesIO())


def test_parquet_is_no_text() -> None:
    with pytest.raises(ConfigError, match="write_parquet"):
        render(make_report(), "parquet")
