"""Tables and JSON against files that somebody has looked at (see tests/render/test_golden.py)."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from azstance.evaluating.agree import agree
from azstance.evaluating.records import Agreement, Evaluation
from azstance.render.console import plain_console
from azstance.render.evaluation_agreement import agreement_table
from azstance.render.evaluation_document import agreement_json, evaluation_json, prediction_lines
from azstance.render.evaluation_table import evaluation_table

from .build import FRAMES, make_evaluation, row
from .test_agree import FIRST, SAMPLING, SECOND

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = "\x1b[31mred\x1b[0m \u202eback [bold]x[/bold]\r\nnext\ud800" + " long" * 60


def make_agreement() -> Agreement:
    return agree(("a.jsonl", "b.jsonl"), (FIRST, SECOND), FRAMES, SAMPLING)


def with_coders() -> Evaluation:
    return replace(make_evaluation(), coders=make_agreement())


def check(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("AZSTANCE_GOLDEN") == "write":
        path.write_bytes(text.encode("utf-8"))
    assert text == path.read_bytes().decode("utf-8"), f"differs from {path}"


@pytest.mark.parametrize("width", [40, 80, 120])
def test_tables(width: int) -> None:
    console = plain_console(width)
    for name, chunks in (
        ("evaluation", evaluation_table(make_evaluation(), console)),
        ("coders", evaluation_table(with_coders(), console)),
        ("agreement", agreement_table(make_agreement(), console)),
    ):
        text = "".join(chunks)
        assert max(map(cell_len, text.splitlines())) <= width
        check(f"{name}.{width}.txt", text)


def test_json() -> None:
    for name, text in (
        ("evaluation", evaluation_json(make_evaluation())),
        ("coders", evaluation_json(with_coders())),
        ("agreement", agreement_json(make_agreement())),
    ):
        json.loads(text)
        check(f"{name}.json", text)


def flooded_evaluation() -> Evaluation:
    """An evaluation whose texts and ids are hostile."""
    found = make_evaluation()
    shown = tuple(
        replace(each, row=replace(each.row, text=HOSTILE, doc=HOSTILE))
        for each in found.invented.shown
    )
    run = replace(found.run, gold=HOSTILE)
    return replace(found, run=run, invented=replace(found.invented, shown=shown))


@pytest.mark.parametrize("width", [40, 80])
def test_text_does_nothing_to_a_terminal(width: int) -> None:
    hostile = (row(1, HOSTILE, 1, "rift+"), row(2, "z", 1))
    other = (row(1, HOSTILE, 1, "rift-"), row(2, "\x1b]0;x\x07", 1))
    sides = tuple(tuple(replace(each, text=HOSTILE) for each in side) for side in (hostile, other))
    agreement = agree((HOSTILE, "b.jsonl"), sides, FRAMES, SAMPLING)
    console = plain_console(width)
    texts = [
        "".join(evaluation_table(flooded_evaluation(), console)),
        "".join(agreement_table(agreement, console)),
        evaluation_json(flooded_evaluation()),
        agreement_json(agreement),
    ]
    for text in texts:
        assert not {"\x1b", "\r", "\u202e", "\x07", "\ud800"} & set(text)
        assert "[bold]x[/bold]" in " ".join(text.split()).replace("[bold]x[ /bold]", "")


def test_predictions_of_hostile_ids_are_json() -> None:
    found = make_evaluation().predictions[0]
    (line,) = prediction_lines([replace(found, row=replace(found.row, doc=HOSTILE))])
    assert line.count("\n") == 1
    assert json.loads(line.encode("utf-8", "replace"))
