"""events.toml: what it may hold, what is said of mistakes, and that it codes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from azstance.codebook import Codebook, check_codebook, load_codebook
from azstance.codebook.events import NAME, Event, events_of, is_date, read_events
from azstance.errors import CodebookError, ConfigError
from azstance.tables import Problems

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "lexicons" / "azerbaijan-russia"

GOOD = """
[[events]]
date = "2024-08"
name = "Second"
[[events]]
date = 2024-02-01
name = "First"
note = "A date of TOML."
source = "A newspaper"
"""


@pytest.mark.parametrize("text", ["2024", "2024-08", "2024-02-29", "0001-01-01"])
def test_dates(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize(
    "text", ["2023-02-29", "2024-13", "2024-8", "24", "2024-08-18T10:00", "", "0000", "2024-08-18 "]
)
def test_no_dates(text: str) -> None:
    assert not is_date(text)


def test_events_come_by_date(tmp_path: Path, codebook: Codebook) -> None:
    (tmp_path / "mine.toml").write_text(GOOD, encoding="utf-8")
    assert events_of(codebook, str(tmp_path / "mine.toml")) == (
        Event("2024-02-01", "First", "A date of TOML.", "A newspaper"),
        Event("2024-08", "Second"),
    )


def test_an_empty_file_has_no_events(tmp_path: Path, codebook: Codebook) -> None:
    (tmp_path / "none.toml").touch()
    assert events_of(codebook, str(tmp_path / "none.toml")) == ()


MISTAKES = [
    ('[[events]]\ndate = "2024-02-30"\nname = "a"\n', 2, '"date" is "2024-02-30"', "2024-08-18"),
    ('[[events]]\nname = "a"\n', 1, 'the key "date" is missing', 'date = "2024-08-18"'),
    ('[[events]]\ndate = "2024"\n', 1, 'the key "name" is missing', "Add it"),
    ('[[events]]\ndate = "2024"\nnmae = "a"\nname = "a"\n', 3, '"nmae"', 'Did you mean "name"?'),
    ('[[event]]\ndate = "2024"\nname = "a"\n', 1, 'unknown key "event"', '"events"?'),
    ('[events]\ndate = "2024"\n', 1, '"events" is a table', "[[events]]"),
    ('[[events]]\ndate = 2024\nname = "a"\n', 2, "is a whole number (2024)", "between quotation"),
    ('[[events]]\ndate = 2024-01-01T10:00:00\nname = "a"\n', 2, "is a date or time", "quotation"),
    ('[[events]]\ndate = "2024"\nname = ""\n', 3, '"name" is empty', "Write a text"),
    ('[[events]]\ndate = "2024"\nname = 3\n', 3, "is a whole number (3)", "between quotation"),
    ('[[events]]\ndate = "2024\nname = "a"\n', 2, "not valid TOML", "quotation mark"),
    (
        '[[events]]\ndate = "2024"\nname = "a"\n[[events]]\ndate = "2024"\nname = "a"\n',
        6,
        'the event "a" stands twice',
        "Remove one",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes(tmp_path: Path, codebook: Codebook, mistake: tuple[str, int, str, str]) -> None:
    text, line, problem, remedy = mistake
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        events_of(codebook, str(path))
    assert raised.value.where == f"{path.as_posix()}:{line}"
    assert problem in raised.value.problem
    assert remedy in (raised.value.remedy or "")


def test_a_file_that_is_not_there(tmp_path: Path, codebook: Codebook) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        events_of(codebook, str(tmp_path / "gone.toml"))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the packaged codebook, without what was learned."""
    shutil.copytree(SHIPPED, tmp_path / "own", ignore=shutil.ignore_patterns("models", "*.jsonl"))
    return tmp_path / "own"


def test_the_digest_is_that_of_a_codebook_without_events(own: Path) -> None:
    with_events = load_codebook(own).digest
    (own / NAME).unlink()
    assert load_codebook(own).digest == with_events
    assert events_of(load_codebook(own)) == ()


def test_a_codebook_is_checked_with_its_events(own: Path) -> None:
    assert check_codebook(own) == []
    text = (own / NAME).read_text(encoding="utf-8")
    (own / NAME).write_text(text.replace('date = "2022-02-22"', 'date = "2022-22-02"'), "utf-8")
    (problem,) = check_codebook(own)
    assert isinstance(problem, CodebookError)
    assert (problem.where or "").endswith("own/events.toml:12")
    with pytest.raises(CodebookError, match="2022-22-02"):
        events_of(load_codebook(own))  # the codebook itself is in order: it can code


def test_a_misspelt_file_is_noticed(own: Path) -> None:
    (own / NAME).rename(own / "event.toml")
    (problem,) = check_codebook(own)
    assert 'Did you mean "events.toml"?' in (problem.remedy or "")


def test_the_shipped_events() -> None:
    """Each has a note and says where its date is from; they are in the order of time."""
    problems = Problems(CodebookError, [])
    events = read_events(SHIPPED / NAME, problems)
    assert problems.found == []
    assert len(events) >= 8
    assert all(event.note and event.source and len(event.date) == 10 for event in events)
    text = (SHIPPED / NAME).read_text(encoding="utf-8")
    assert [text.index(event.date) for event in events] == sorted(
        text.index(event.date) for event in events
    )
