"""A run in units is the run: the same articles, ids, lines and notes, however it is cut."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from azstance.read import ReadSettings, read_paths
from azstance.read.naming import Claim, settle_ids, settled
from azstance.read.source import Found
from azstance.read.units import Plan, Unit, plan_units, read_unit, without_repeats
from azstance.records import Article, Skipped
from azstance.running.codec import from_json, to_json

from .archives import P1, P2, good


def in_units(plan: Plan, chosen: ReadSettings | None = None) -> Iterator[Article | Skipped]:
    """What the units of a plan give, put together, each unit sent as text before."""
    items = [x for u in plan.units for x in read_unit(from_json(Unit, to_json(u)), chosen)]
    ids = settle_ids(x.claim for x in items if isinstance(x, Found))
    kept = iter(list(without_repeats(x for x in items if isinstance(x, Skipped))))
    seen: set[Skipped] = set()
    for item in items:
        if isinstance(item, Found):
            yield replace(item.article, id=ids.get(item.claim.key, item.article.id))
        elif item not in seen or not item.path.endswith("sources.toml"):
            seen.add(item)
            yield next(kept)


def same(folder: Path, size: int | None, chosen: ReadSettings | None = None) -> Plan:
    """The plan, after making sure that its units give what one run gives."""
    plan = plan_units([folder], chosen, articles_per_unit=size)
    whole = list(read_paths([folder], chosen))
    assert list(in_units(plan, chosen)) == [x for x in whole if x not in plan.skipped]
    assert [u.name for u in plan.units] == sorted(u.name for u in plan.units)
    return plan


IDS = st.sampled_from(["", "a", "b", "a:2", "f0:1", "f1:2", "f0", "f1~2"])
TEXTS = st.sampled_from(
    [P1, P2, f"{P1}\n\n{P2}", f'He said: "{P1}"\n\nSo be it; nobody knows, or so they say.',
     "Café – “not” of the kind that one expects to see in the city.", "", " ", "Привет из Баку.",
     f"{P1}\r\n{P2}", "5\" and the rest, they said in the report of the year."]
)  # fmt: skip
ROWS = st.lists(st.tuples(IDS, TEXTS), max_size=7)
LINES = st.lists(
    st.one_of(
        st.tuples(IDS, TEXTS).map(lambda r: json.dumps({"id": r[0], "text": r[1]}).encode()),
        st.sampled_from([b"", b"  ", b"{broken", b"[1]", b"\xff\xfe", b'{"text": 5}', b"x" * 3000,
                         b"\xef\xbb\xbf", b'{"text": "caf\xe9 and the rest of it, he said."}']),
    ),
    max_size=8,
)  # fmt: skip


def write(folder: Path, name: str, rows: list[tuple[str, str]], end: bytes) -> None:
    """A CSV or Parquet file, or single texts."""
    path = folder / name
    if name.endswith(".csv"):
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerows([("id", "text"), *rows])
        path.write_bytes(b"\xef\xbb\xbf" + buffer.getvalue().encode() + end)
    elif name.endswith(".parquet"):
        table = pa.table({"id": [r[0] for r in rows], "text": [r[1] or None for r in rows]},
                         schema=pa.schema({"id": pa.string(), "text": pa.string()}))  # fmt: skip
        parquet.write_table(table, path, row_group_size=3)
    else:
        for number, (name_, text) in enumerate(rows):
            (folder / f"{number}{name_.replace(':', '_')}.txt").write_text(text, newline="")


FILES = st.lists(
    st.tuples(
        st.sampled_from(["f0.csv", "f1.csv", "f0.parquet", "f2.parquet", "txt"]),
        ROWS,
        st.sampled_from([b"", b"\n\n,\n", b'c,"open', b'x,"a"b\n' + P1.encode() + b",\n"]),
    ),
    max_size=3,
)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    files=FILES,
    lines=LINES,
    end=st.sampled_from([b"\n", b"\r\n"]),
    deep=st.booleans(),
    sidecar=st.booleans(),
    size=st.integers(1, 5),
)
@example(files=[], lines=[b"", b'{"text": "x"}', b""], end=b"\n", deep=True, sidecar=True, size=1)
def test_units_give_what_one_run_gives(  # noqa: PLR0917
    tmp_path_factory: pytest.TempPathFactory,
    files: list[tuple[str, list[tuple[str, str]], bytes]],
    lines: list[bytes],
    end: bytes,
    deep: bool,
    sidecar: bool,
    size: int,
) -> None:
    folder = tmp_path_factory.mktemp("u")
    below = folder / "deep" if deep else folder
    below.mkdir(exist_ok=True)
    for name, rows, tail in files:
        write(folder, name, rows, tail)
    (below / "f1.jsonl").write_bytes(end.join(lines))
    if sidecar:
        text = '["a*"]\noutlet = "O"\npublished = "03/04/2024"\n["f0:2"]\nouter = "P"\n'
        (folder / "sources.toml").write_text(text)
    same(folder, size, ReadSettings(max_bytes=2000))


def jsonl(count: int) -> str:
    return "".join(json.dumps({"id": "x", "text": f"{P1} ({n})"}) + "\n" for n in range(count))


def test_large_files_are_cut_and_small_ones_put_together(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(jsonl(25))
    rows = "".join(f'"{P1}\n{P2}",{n}\n' for n in range(25))
    (tmp_path / "b.csv").write_text("text,id\n" + rows)
    table = pa.table({"text": [f"{P1} {n}" for n in range(25)]})
    parquet.write_table(table, tmp_path / "c.parquet", row_group_size=4)
    for n in range(25):
        (tmp_path / f"t{n}.txt").write_text(P1)
    (tmp_path / "w.warc").write_bytes(b"".join(good(n) for n in range(25)))
    plan = same(tmp_path, 10)
    assert [from_json(Unit, to_json(u)) for u in plan.units] == list(plan.units)
    assert [len(u.parts) for u in plan.units] == [1] * 9 + [10, 10, 6]
    pieces = [p.piece for u in plan.units for p in u.parts if p.piece]
    assert [p.before for p in pieces] == [0, 10, 20, 0, 10, 20, 0, 8, 16]


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig", "cp1252"])
def test_other_encodings(tmp_path: Path, codec: str) -> None:
    rows = "".join(f'"Café – {P1}",{n}\n' for n in range(9))
    (tmp_path / "b.csv").write_bytes(("text,id\n" + rows).encode(codec))
    texts = [json.dumps({"text": f"Café – {P1}"}, ensure_ascii=False) for _ in range(9)]
    (tmp_path / "c.jsonl").write_bytes("\n".join(texts).encode(codec))
    plan = same(tmp_path, 2)
    assert len(plan.units) == (1 if codec == "utf-16" else 10)


def test_a_large_row_group_is_cut_a_few_times_only(tmp_path: Path) -> None:
    table = pa.table({"text": [P1] * 4000})
    parquet.write_table(table, tmp_path / "a.parquet")
    assert len(plan_units([tmp_path], articles_per_unit=10).units) <= 17


def test_the_plan_depends_on_the_input_alone(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(P1)
    (tmp_path / "c.jsonl").write_text(jsonl(5))
    one = plan_units([tmp_path], articles_per_unit=2)
    paths = [tmp_path / "c.jsonl", tmp_path / "b.txt", tmp_path / "a.txt", tmp_path]
    assert [u.name for u in plan_units(paths, articles_per_unit=2).units] == [
        u.name for u in one.units
    ]
    (tmp_path / "b.txt").write_text(P2)
    two = plan_units([tmp_path], articles_per_unit=2)
    changed = [x.name != y.name for x, y in zip(one.units, two.units, strict=True)]
    assert changed == [True, False, False, False]


def test_what_cannot_be_planned_is_told(tmp_path: Path) -> None:
    plan = plan_units([tmp_path / "no.txt", "-"])
    assert plan.units == ()
    assert [("not there" in s.reason, "cannot be cut" in s.reason) for s in plan.skipped] == [
        (False, True), (True, False),
    ]  # fmt: skip


def test_a_file_that_changed_after_the_plan_is_not_read_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(jsonl(5))
    plan = plan_units([path], articles_per_unit=2)
    path.write_text(jsonl(6))
    found = [item for unit in plan.units for item in read_unit(unit)]
    assert len(found) == 3
    assert all(isinstance(x, Skipped) and "was changed" in x.reason and x.failed for x in found)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"name": 1, "parts": [{}]}', '{"parts": 5}'])
def test_a_unit_that_is_none(text: str) -> None:
    with pytest.raises(ValueError):
        from_json(Unit, text)


def test_names_are_settled_as_a_run_does() -> None:
    claims = [
        Claim(0, 1, "f", "a", True), Claim(0, 2, "f", "a", True), Claim(0, 3, "f", "a", True),
        Claim(1, 1, "f:3"), Claim(2, 1, "g", "f:a", True), Claim(3, 1, "h"), Claim(4, 1, "h:1"),
        Claim(5, 1, "h"),
    ]  # fmt: skip
    taken: set[str] = set()
    names = [settled(claim, taken) for claim in claims]
    assert names == ["a", "f:a", "f:3", "f:3:1", "g:f:a", "h", "h:1", "h:1~2"]
    ids = settle_ids(reversed(claims))
    assert [ids.get(c.key, c.wanted) for c in claims] == names
    assert len(ids) == 5
