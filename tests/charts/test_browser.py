"""Every chart in a real browser, on a page as strict as that of the report: no eval, no network."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from browser.chromium import FLAGS, executable, watch
from playwright.sync_api import Browser, Page, sync_playwright

from azstance.render import charts

from .build import CHARTS, FRAMES, point, rows_of, spec_of

POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Charts</title>
<meta http-equiv="Content-Security-Policy" content="{policy}">
<script>{scripts}</script></head><body><div id="chart" style="width:640px"></div>
<script>
const given = {given};
window.ready = vegaEmbed("#chart", given.spec, {{
  ast: true, actions: false, renderer: "svg", config: given.theme
}}).then(result => {{ window.view = result.view; }});
async function replaced(rows) {{
  await view.data("rows", rows).resize().runAsync();
}}
</script></body></html>"""
WIDE = charts.Look(FRAMES, 0.9)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = executable()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    context = browser.new_context()

    def shown(spec: dict[str, Any], dark: bool = False) -> Page:
        given = json.dumps({"spec": spec, "theme": charts.theme(dark)}).replace("<", "\\u003c")
        text = PAGE.format(policy=POLICY, scripts=charts.scripts(), given=given)
        path = tmp_path / "page.html"
        path.write_text(text, encoding="utf-8")
        page = watch(context.new_page())
        page.goto(path.as_uri())
        page.evaluate("ready")
        return page

    yield shown
    context.close()


# Vega-Lite says so of every chart that is as wide as its place and as high as its rows need.
EXPECTED = 'warning: WARN Dropping "fit-y" because spec has discrete height.'


def complaints(page: Page) -> list[str]:
    return [problem for problem in page.console_problems if problem != EXPECTED]


def texts(page: Page) -> list[str]:
    return [text for text in page.locator("#chart svg text").all_text_contents() if text]


@pytest.mark.parametrize("chart", CHARTS)
def test_rows_are_replaced_without_eval_and_without_complaint(show, chart: str) -> None:
    page = show(spec_of(chart, ["Left Post", "Right Post", "Other"], WIDE))
    assert "Left Post" in " ".join(texts(page))
    page.evaluate("rows => replaced(rows)", rows_of(chart, ["Right Post", "Other"]))
    after = " ".join(texts(page))
    if chart != "contrasts":  # its title names the pairs
        assert "Left Post" not in after
    assert "Right Post" in after
    assert complaints(page) == []
    assert [url for url in page.requested if not url.startswith(("file:", "data:"))] == []


@pytest.mark.parametrize("chart", [c for c in CHARTS if c != "contrasts"])
def test_a_chart_that_begins_empty_is_filled_and_emptied_again(show, chart: str) -> None:
    page = show(spec_of(chart, [], WIDE))
    page.evaluate("rows => replaced(rows)", rows_of(chart, ["Left Post"]))
    assert "Left Post" in " ".join(texts(page))
    page.evaluate("rows => replaced(rows)", [])
    assert "Left Post" not in " ".join(texts(page))
    assert complaints(page) == []


def heights(page: Page, text: str) -> list[float]:
    """How far down every text that says just this stands."""
    found = page.locator("#chart svg text").get_by_text(text, exact=True).all()
    boxes = [each.bounding_box() for each in found]
    return sorted(box["y"] for box in boxes if box)


def test_pairs_and_frames_stand_above_what_they_are_of(show) -> None:
    page = show(spec_of("contrasts", ["A less B", "A less C"], WIDE))
    first, second = heights(page, "alliance")
    one, _, beside = heights(page, "A less B")
    other, _, _ = heights(page, "A less C")
    assert one < first < heights(page, "rift")[0] < other < second < beside
    page = show(spec_of("frames", ["Left Post"], WIDE))
    sources = heights(page, "Left Post")
    for frame, source in zip(FRAMES, sources, strict=True):
        assert heights(page, frame)[0] < source
    assert heights(page, "rift")[0] > sources[2]


@pytest.mark.parametrize("chart", CHARTS)
def test_no_text_is_cut_off(show, chart: str) -> None:
    names = ["Left Post", "Right Post", "A name that goes on for longer than most names do"]
    page = show(spec_of(chart, names, WIDE))
    whole = page.locator("#chart svg").bounding_box()
    for text in page.locator("#chart svg text").all():
        box = text.bounding_box()
        if box and box["width"]:
            assert box["x"] >= whole["x"] - 1, text.text_content()
            assert box["x"] + box["width"] <= whole["x"] + whole["width"] + 1, text.text_content()


@pytest.mark.parametrize(
    ("periods", "expected"),
    [(("2023-11", "2024-04"), "2024-01-15"), (("2023", "2025"), "2024-07-01")],
)
def test_an_event_of_a_year_alone_stands_at_january_among_months(
    show, periods: tuple[str, str], expected: str
) -> None:
    """The same place as in the table, and that of rows which came after the chart was made."""
    page = show(charts.alignment_chart([], [{"date": "2024", "name": "A year"}], WIDE))
    page.evaluate("rows => replaced(rows)", [point("A", period, 0.5) for period in periods])
    number = page.locator("#chart svg text").filter(has_text=re.compile("^1$"))
    across = float(number.get_attribute("transform").removeprefix("translate(").split(",")[0])
    begin, end, width = (
        page.evaluate("name => +view.signal(name)", name)
        for name in ("begin", "end", "child_width")
    )
    found = begin + (across - 3) / width * (end - begin)  # the number is 3 pixels beside its line
    day = 86_400_000
    assert abs(found - datetime.fromisoformat(f"{expected}T00:00Z").timestamp() * 1000) < day
