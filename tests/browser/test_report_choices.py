"""What is chosen on the report page changes its pictures, tables, articles and address."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from page.pages import seeds, shown, with_texts
from playwright.sync_api import Page, expect

from azstance.records import Fact
from azstance.render.page import page_text
from azstance.render.words import percent, signed
from browser.report import READY, choose, drawing, opened, rows


@pytest.mark.parametrize(
    ("choice", "table", "column"),
    [
        (("outlet", "commonspace.eu"), "cells", 0),
        (("frame", "influence"), "cells", 1),
        (("voice", "attributed"), "cells", 2),
        (("polarity", "deny"), "cells", 3),
        (("outlet", "Axar.Az"), "points", 0),
        (("frame", "rift"), "actors", 1),
    ],
)
def test_filters_choose_rows_and_pictures(report, choice, table, column) -> None:
    name, value = choice
    before, picture = rows(report, table), drawing(report, table)
    choose(report, name, value)
    after = rows(report, table)
    assert 0 < len(after) < len(before)
    assert {row[column] for row in after} == {value}
    assert [row for row in before if row[column] == value] == after
    assert drawing(report, table) != picture
    choose(report, name, "")
    assert rows(report, table) == before


def test_years_have_figures_of_their_own(report) -> None:
    before = rows(report, "scores")
    choose(report, "year", "2024")
    after = rows(report, "scores")
    assert {row[0] for row in after} == {"@vneshpol", "unknown outlet (004)"}
    assert all(row in before for row in after)  # each has articles of one year only
    assert report.locator(".article:visible").count() == 2
    assert "A map takes" in report.locator("#map .explained:visible").inner_text()
    assert report.locator("[data-chart=places] .plot").is_hidden()


def test_filters_choose_articles_and_marks(report) -> None:
    choose(report, "polarity", "deny")
    shown = report.locator(".article:visible .id").all_text_contents()
    assert "002" in shown
    assert "000" not in shown
    background = "e => getComputedStyle(e).backgroundImage"
    article = report.locator('.article:has(.id:text-is("002"))')
    assert "gradient" in article.locator(".m.d").first.evaluate(background)
    colour = "e => getComputedStyle(e).backgroundColor"
    assert article.locator(".m.a").first.evaluate(colour) == "rgba(0, 0, 0, 0)"
    denied = article.locator(".s:has(.m.d)").count()
    assert f"{denied} as chosen" in (article.locator(".hits").text_content() or "")
    assert report.locator("#status").inner_text().startswith(f"Shown: {len(shown)} article")


def test_alignment_is_the_authors(report) -> None:
    choose(report, "voice", "attributed")
    assert rows(report, "points") == []
    assert "Nothing was computed" in report.locator("[data-chart=points] .limit").inner_text()
    assert rows(report, "names") != []


def test_address_keeps_the_state(page, path) -> None:
    opened(page, path)
    choose(page, "outlet", "commonspace.eu")
    choose(page, "frame", "alliance")
    assert page.url.endswith("#outlet=commonspace.eu&frame=alliance")
    page.go_back()
    page.wait_for_selector(READY, state="attached")
    assert page.locator("[name=frame]").input_value() == ""
    assert {row[0] for row in rows(page, "cells")} == {"commonspace.eu"}
    page.go_forward()
    page.wait_for_selector(READY, state="attached")
    assert {row[1] for row in rows(page, "cells")} == {"alliance"}
    page.get_by_role("button", name="Show all").click()
    page.wait_for_selector(READY, state="attached")
    assert "#" not in page.url
    assert len(rows(page, "cells")) == 80


def test_address_opens_a_sentence(page, path) -> None:
    opened(page, path, "#frame=alliance&at=002:16")
    expect(page.locator("#panel-title")).to_have_text("002, sentence 16, line 8")
    assert page.locator("[name=frame]").input_value() == "alliance"


def test_unknown_words_in_the_address_do_nothing(page, path) -> None:
    opened(page, path, "#outlet=Nobody&frame=<b>&year=1&at=none:1&else=2")
    assert page.console_problems == []
    assert page.locator(".article:visible").count() == 5


def test_csv(report) -> None:
    choose(report, "outlet", "commonspace.eu")
    report.locator("[data-table=scores]").evaluate("e => { e.open = true }")
    with report.expect_download() as waiting:
        report.locator("[data-csv=scores]").click()
    text = Path(waiting.value.path()).read_bytes().decode("utf-8")
    found = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["frame"] for row in found] == ["alliance", "balance", "influence", "rift"]
    score = next(r.score for r in seeds().articles if r.article.id == "002").frames[0]
    assert int(found[0]["deny"]) == score.deny
    assert float(found[0]["stance"]) == pytest.approx(score.stance.value, abs=1e-6)
    assert found[3]["stance"] == ""
    assert {(row["source"], row["year"]) for row in found} == {("commonspace.eu", "all years")}
    assert waiting.value.suggested_filename == "azstance-scores-source-commonspace-eu.csv"


def test_csv_says_what_it_is_of(report) -> None:
    name, found = downloaded(report, "actors")
    assert name == "azstance-actors.csv"
    assert {(row["source"], row["year"]) for row in found} == {("all sources", "all years")}
    choose(report, "outlet", "unknown outlet (004)")
    choose(report, "year", "2024")
    choose(report, "voice", "author")
    name, found = downloaded(report, "actors")
    assert name == "azstance-actors-source-unknown-outlet-004-year-2024-voice-author.csv"
    assert {(row["source"], row["year"]) for row in found} == {("unknown outlet (004)", "2024")}
    name, _ = downloaded(report, "scores")  # which the voice does not change
    assert name == "azstance-scores-source-unknown-outlet-004-year-2024.csv"


def downloaded(page: Page, table: str) -> tuple[str, list[dict[str, str]]]:
    page.locator(f"[data-table={table}]").evaluate("e => { e.open = true }")
    with page.expect_download() as waiting:
        page.locator(f"[data-csv={table}]").click()
    text = Path(waiting.value.path()).read_bytes().decode("utf-8")
    return waiting.value.suggested_filename, list(csv.DictReader(io.StringIO(text, newline="")))


def test_names_that_differ_little_are_different_choices(page, tmp_path) -> None:
    names = ("Trend", "TREND", "Two  blanks")
    results = []
    for result, name in zip(seeds().articles, ("Trend", "TREND", "Two"), strict=False):
        card = replace(result.article.card, outlet=Fact(name, "made"))
        results.append(replace(result, article=replace(result.article, card=card)))
    overview = with_texts(shown(replace(seeds(), articles=tuple(results))), {"Two": "Two  blanks"})
    path = tmp_path / "report.html"
    path.write_text("".join(page_text(overview)), encoding="utf-8", newline="")
    opened(page, path)
    for name, result in zip(names, results, strict=True):
        choose(page, "outlet", name)
        for _ in range(2):  # as chosen, and as the address has it
            assert page.locator("[name=outlet]").input_value() == name
            assert page.locator(".article:visible .id").all_text_contents() == [result.article.id]
            rows(page, "scores")
            heads = page.locator("[data-table=scores] tbody th")
            expect(heads).to_have_text([re.compile(f"^{name}$")] * 4)
            assert {head.text_content() for head in heads.all()} == {name}
            page.reload()
            page.wait_for_selector(READY, state="attached")


def test_the_place_of_a_sentence_keeps_the_choice(page, path) -> None:
    opened(page, path)
    choose(page, "frame", "alliance")
    link = page.locator("[data-table=contradictions] td.quote a").first
    at = (link.text_content() or "").replace(":", "%3A")
    for _ in range(2):  # the same place a second time, after its panel was closed
        link.click()
        expect(page.locator("#panel")).to_be_visible()
        assert page.url.endswith(f"#frame=alliance&at={at}")
        assert page.locator("[name=frame]").input_value() == "alliance"
        page.keyboard.press("Escape")
        expect(page.locator("#panel")).to_be_hidden()
    link.click()
    expect(page.locator("#panel")).to_be_visible()
    for _ in range(3):
        if "at=" in page.url:
            page.go_back()
    assert page.url.endswith("#frame=alliance")
    expect(page.locator("#panel")).to_be_hidden()
    assert page.locator("[name=frame]").input_value() == "alliance"


SIGNED = (0.015, 0.075, 0.125, 0.375, -0.125, 0.625, 1.005, 2.675, -0.004, 0.285, 1.115, 10.875)
PERCENT = (0.005, 0.015, 0.125, 0.145, 0.285, 0.285714, 0.545, 0.575, 0.995)


def test_numbers_are_rounded_as_elsewhere(page) -> None:
    script = (files("azstance.render.page") / "scripts/table.js").read_text(encoding="utf-8")
    functions = script[: script.index("function interval")]
    page.goto("about:blank")
    found = page.evaluate(
        f"([all, shares]) => {{ {functions}; return [all.map(signed), shares.map(percent)] }}",
        [list(SIGNED), list(PERCENT)],
    )
    assert found == [[signed(each) for each in SIGNED], [percent(each) for each in PERCENT]]


UNMOVED = "The figures here are the same for every {}: what is chosen ({}) does not change them."


def test_a_table_says_which_choices_do_not_change_it(report) -> None:
    assert report.locator(".unmoved:visible").count() == 0
    choose(report, "outlet", "commonspace.eu")
    assert report.locator(".unmoved:visible").count() == 0
    choose(report, "voice", "attributed")
    choose(report, "polarity", "deny")
    both = UNMOVED.format("voice and claim", "voice attributed, claim deny")
    for table, wanted in {
        "sources": both,
        "scores": both,
        "periods": both,
        "contradictions": UNMOVED.format("claim", "claim deny"),
        "cells": "",
        "actors": "",
        "places": "",
    }.items():
        assert report.locator(f"[data-table={table}] .unmoved").text_content() == wanted, table
    choose(report, "voice", "author")
    limit = report.locator("[data-chart=points] .limit")
    assert limit.inner_text() == UNMOVED.format("claim", "claim deny")


def test_events_are_numbered_as_in_the_picture(report) -> None:
    listed = report.locator("ol.events li").all_text_contents()
    specs = json.loads(report.locator("#charts").text_content() or "")["specs"]["points"][""]
    numbered = sorted(specs["datasets"]["events"], key=lambda event: int(event["number"]))
    assert len(listed) == len(numbered) > 2
    for item, event in zip(listed, numbered, strict=True):
        assert item.startswith(f"{event['date']} {event['name']}")


def test_articles_of_no_known_outlet_are_no_outlets(report) -> None:
    unknown = sum(not result.article.card.outlet for result in seeds().articles)
    said_of = f"5 articles (of {5 - unknown} outlets, and {unknown} whose outlet is not known),"
    assert (report.locator(".lede").text_content() or "").startswith(said_of)
