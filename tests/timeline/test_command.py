"""`azstance timeline` as a user runs it: a dated corpus written by hand, and the real articles."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from cli.command import ALLIES, RIFT, SEEDS, Warm, run

FAST = ("--model", "cues", "--jobs", "1", "--resamples", "100")
OTHER = "The weather in Baku was warm. Nobody had expected so many visitors."
# outlet, date, text: two outlets, two years, twelve articles, of which one has a year only and one
# has no date at all.
ROWS = (
    ("Left", "2023-01-09", ALLIES), ("Left", "2023-02-01", ALLIES), ("Left", "2023-02-20", OTHER),
    ("Left", "2023-11-30", RIFT), ("Left", "2024-01-05", RIFT), ("Left", "2024-08-19", RIFT),
    ("Right", "2023-03-03", RIFT), ("Right", "2023-03-04", OTHER), ("Right", "2024-08-02", ALLIES),
    ("Right", "2024-08", ALLIES), ("Right", "2024", ALLIES), ("Right", "", OTHER),
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("dated")
    rows = [
        {"id": f"a{number:02}", "text": text, "outlet": outlet, "date": date}
        for number, (outlet, date, text) in enumerate(ROWS)
    ]
    lines = [json.dumps({k: v for k, v in row.items() if v}) + "\n" for row in rows]
    (home / "dated.jsonl").write_text("".join(lines), encoding="utf-8")
    (home / "mine.toml").write_text(
        '[[events]]\ndate = 2023-02-10\nname = "[b]A visit[/b]"\nnote = "On a Friday."\n',
        encoding="utf-8",
    )
    (home / "wrong.toml").write_text(
        '[[events]]\ndate = "2023-02-30"\nname = "A visit"\nnot = "a"\n', encoding="utf-8"
    )
    return home


def test_the_table(warm: Warm, folder: Path) -> None:
    done = warm.run("timeline", "dated.jsonl", "--per", "month", *FAST, cwd=folder, COLUMNS="80")
    assert done.status == 0
    assert done.errors == (
        "azstance: 2 articles have no month and are not in the picture; "
        "of 1 the year is known (--per year shows it).\n"
    )
    assert b"\x1b" not in done.raw
    lines = done.text.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("12 articles scored, per month; codebook azerbaijan-russia")
    left = lines.index("Left  6 articles, 2023-01 to 2024-08")
    alliance = lines[left + 2]
    assert alliance.startswith("alliance   █▅········█·█······█  last 100%, from 50% to 100%")
    assert "── Right  4 articles, 2023-03 to 2024-08 " in done.text
    assert "  2023-03 to 2023-10  no article" in lines
    assert "e  2024-08-18" not in done.text  # of the events of the codebook three lie in this time
    assert "d  2024-08-18  State visit of the President of Russia to Baku" in done.text


def test_months_or_years_are_chosen_by_the_dates(warm: Warm, folder: Path) -> None:
    done = warm.run("timeline", "dated.jsonl", "-f", "json", *FAST, cwd=folder)
    found = json.loads(done.text)
    assert (found["per"], found["undated"], found["year_only"]) == ("month", 2, 1)
    done = warm.run("timeline", "dated.jsonl", "-f", "json", "--per", "year", *FAST, cwd=folder)
    found = json.loads(done.text)
    assert (found["per"], found["undated"], found["year_only"]) == ("year", 1, 0)
    assert [(s["source"], [p["articles"] for p in s["points"]]) for s in found["series"]] == [
        ("Left", [4, 2]),
        ("Right", [2, 3]),
    ]


def test_a_year_is_scored_as_by_score(warm: Warm, folder: Path) -> None:
    options = ("dated.jsonl", "-f", "csv", *FAST)
    scored = warm.run("score", *options, "--by", "year", cwd=folder)
    timed = warm.run("timeline", *options, "--by", "all", "--per", "year", cwd=folder)
    rows = {(r["id"], r["frame"]): r for r in csv.DictReader(io.StringIO(scored.text))}
    all_rows = list(csv.DictReader(io.StringIO(timed.text)))
    found = [row for row in all_rows if row["source"]]  # the others are of events alone
    assert len(found) == 8
    figures = [n for n in found[0] if n.startswith(("share", "stance", "alignment"))]
    for row in found:
        same = rows[row["period"], row["frame"]]
        for name in figures:
            assert name.endswith("_change") or row[name] == same[name]


def test_own_events(warm: Warm, folder: Path) -> None:
    options = ("--events", "mine.toml", "--frame", "rift", *FAST)
    done = warm.run("timeline", "dated.jsonl", *options, cwd=folder)
    assert done.status == 0
    assert "a  2023-02-10  [b]A visit[/b]: On a Friday." in done.text
    assert "  2023-02 a " in done.text
    assert "alliance" not in done.text


def test_a_file_is_written_whole(warm: Warm, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.md"
    done = warm.run("timeline", "dated.jsonl", "-f", "markdown", "-o", out, *FAST, cwd=folder)
    assert (done.status, done.raw) == (0, b"")
    assert out.read_text(encoding="utf-8").startswith("# Framing of Azerbaijan and Russia over")
    assert [path.name for path in tmp_path.iterdir()] == ["out.md"]


def test_what_is_missing_makes_the_status_2(warm: Warm, folder: Path) -> None:
    done = warm.run("timeline", "dated.jsonl", "gone.txt", "-f", "json", *FAST, cwd=folder)
    assert done.status == 2
    assert json.loads(done.text)["skipped"][0]["path"] == "gone.txt"
    assert "not scored: gone.txt is not there" in done.errors


def test_nothing_to_score_writes_nothing(warm: Warm, folder: Path) -> None:
    done = warm.run("timeline", "gone.txt", *FAST, cwd=folder)
    assert (done.status, done.raw) == (2, b"")
    assert "nothing was scored; standard output is left as it was" in done.errors


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--per", "mnth"), '--per: there is no "mnth". Did you mean "month"? Periods: month,'),
        (("--by", "author"), '--by: there is no "author". It takes: outlet, all.'),
        (("--measure", "stanse"), 'Did you mean "stance"?'),
        (("--format", "parquet"), 'a timeline is not written as Parquet'),
        (("--format", "xml"), "Formats: table, json, jsonl, csv, markdown.\n"),
        (("--frame", "rfit"), '--frame: there is no frame "rfit". Did you mean "rift"?'),
        (("--frame", "rift", "--measure", "alignment"), "the alignment is of all frames together"),
        (("--events", "gone.toml"), "gone.toml: the file cannot be read (no such file"),
        (("--events", "wrong.toml"), 'wrong.toml:2: "date" is "2023-02-30". Write a day, month'),
        (("--events", "mine.toml", "-o", "mine.toml"), "mine.toml: is one of the files to be read"),
        (("-o", "dated.jsonl"), "dated.jsonl: is one of the files to be read"),
        (("-o", "no/such.md"), "no/such.md: cannot be written"),
        (("--field", "text"), "--field: "),
    ],
)  # fmt: skip
def test_errors_are_one_line(warm: Warm, folder: Path, options: tuple[str, ...], told: str) -> None:
    done = warm.run("timeline", "dated.jsonl", *FAST, *options, cwd=folder)
    assert (done.status, done.raw) == (2, b"")
    assert told in done.errors
    assert done.errors.count("\n") == 1


def test_other_problems_of_the_events_are_counted(warm: Warm, folder: Path) -> None:
    done = warm.run("timeline", "dated.jsonl", *FAST, "--events", "wrong.toml", cwd=folder)
    assert "(1 more in this file.)" in done.errors


@pytest.mark.parametrize("measure", ["share", "stance", "alignment"])
def test_the_seeds(warm: Warm, measure: str) -> None:
    done = warm.run("timeline", SEEDS, "--per", "year", "--measure", measure, *FAST)
    assert done.status == 0
    assert "articles scored, per year" in done.text
    assert "Axar" in done.text
    undated = [line for line in done.errors.splitlines() if "not in the picture" in line]
    assert len(undated) == 1
    assert undated[0].removeprefix("azstance: ") in " ".join(done.text.split())


def test_the_same_bytes_in_other_surroundings(folder: Path) -> None:
    options = ("-f", "json", "--model", "cues", "--resamples", "100")
    first = run(
        "timeline", "dated.jsonl", *options, "--jobs", "1", cwd=folder,
        PYTHONHASHSEED="0", COLUMNS="40", TZ="UTC", LC_ALL="C",
    )  # fmt: skip
    second = run(
        "timeline", folder / "dated.jsonl", *options, "--jobs", "2", "--no-cache",
        PYTHONHASHSEED="1", COLUMNS="300", TZ="Asia/Baku", FORCE_COLOR="1",
    )  # fmt: skip
    assert first.status == second.status == 0
    assert first.raw == second.raw
