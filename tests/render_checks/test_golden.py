"""Every format against a file that somebody has looked at.

To write the files anew after a wanted change:
`AZSTANCE_GOLDEN=write uv run pytest tests/render_checks`, then read the difference.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from azstance.checking.records import Outcome
from azstance.errors import ConfigError
from azstance.render.checks import FORMATS, render_check

from .sample import make_clean_report, make_report

GOLDEN = Path(__file__).parent / "golden"
REPORTS = {
    "full": make_report(),
    "clean": make_clean_report(),
    "empty": make_clean_report(0),
}


def check(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("AZSTANCE_GOLDEN") == "write":
        path.write_bytes(text.encode("utf-8"))
    assert text == path.read_bytes().decode("utf-8"), f"differs from {path}"


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("format", FORMATS)
def test_golden(name: str, format: str) -> None:
    check(f"{name}.{format}", "".join(render_check(REPORTS[name], format)))


@pytest.mark.parametrize("width", [40, 120])
def test_other_widths(width: int) -> None:
    check(f"full.{width}.text", "".join(render_check(REPORTS["full"], "text", width=width)))


def test_colour() -> None:
    check("full.colour.text", "".join(render_check(REPORTS["full"], "text", colour=True)))


@pytest.mark.parametrize("format", FORMATS)
def test_the_order_of_the_report_does_not_matter(format: str) -> None:
    """Only notes keep theirs: they are a text that is read from its beginning."""
    report = make_report()
    turned = replace(
        report, inputs=report.inputs[::-1], findings=report.findings[::-1], rules=report.rules[::-1]
    )
    assert list(render_check(turned, format)) == list(render_check(report, format))


@pytest.mark.parametrize("format", FORMATS)
def test_it_ends_with_a_line(format: str) -> None:
    for report in REPORTS.values():
        assert "".join(render_check(report, format)).endswith("\n")


def test_an_unknown_format_is_refused_at_once() -> None:
    with pytest.raises(ConfigError, match=r'"xml" is not known.*sarif'):
        render_check(make_report(), "xml")


def test_the_sample_has_everything() -> None:
    report = make_report()
    assert {each.outcome for each in report.inputs} == set(Outcome)
    assert report.status == 2
