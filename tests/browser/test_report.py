"""The report page in a real browser: it needs nothing else, filters choose, keys reach all."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from page.pages import hostile, page_of, seeds, shown, with_texts
from playwright.sync_api import Page, expect

from azstance.records import Fact
from azstance.render.clean import plain
from azstance.render.page import page_text
from azstance.render.words import percent, signed

READY = "html[data-script]:not([data-busy])"
SECTIONS = ("frames", "time", "map", "actors", "contradictions", "names", "articles", "about")


@pytest.fixture(scope="package")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(page_of(seeds()), encoding="utf-8", newline="")
    return path


def opened(page: Page, path: Path, fragment: str = "") -> Page:
    page.goto(path.as_uri() + fragment)
    page.wait_for_selector(READY, state="attached")
    return page


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"#choice [name={name}]").select_option(value)
    page.wait_for_selector(READY, state="attached")


def rows(page: Page, table: str) -> list[list[str]]:
    """The rows of a table, without its head."""
    cells = "r => [...r.cells].map(c => c.textContent)"
    script = f"e => [...e.querySelectorAll('tbody tr')].map({cells})"
    element = page.locator(f"[data-table={table}]")
    element.evaluate("e => { e.open = true; e.scrollIntoView() }")
    page.wait_for_timeout(150)
    found: list[list[str]] = element.evaluate(script)
    return found


def drawing(page: Page, chart: str) -> str:
    return page.locator(f"[data-chart={chart}] svg").inner_html()


def test_loads_without_a_word_and_without_a_request(page, beyond, path) -> None:
    opened(page, path)
    assert page.console_problems == []
    assert beyond(page) == []
    for chart in ("cells", "points", "places", "actors"):
        assert page.locator(f"[data-chart={chart}] svg").count() == 1
    for section in SECTIONS:
        assert page.locator(f"section#{section} h2").is_visible()


@pytest.mark.parametrize("width", [1280, 600])
def test_every_point_lies_on_its_picture(page, path, width) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    opened(page, path)
    for chart in ("cells", "points", "places", "actors"):
        page.locator(f"[data-chart={chart}]").scroll_into_view_if_needed()
        picture = page.locator(f"[data-chart={chart}] svg").bounding_box()
        marks = page.locator(f"[data-chart={chart}] .mark-symbol [role=graphics-symbol]").all()
        assert len(marks) > 3, chart
        for box in (mark.bounding_box() for mark in marks):
            assert picture["x"] <= box["x"] < picture["x"] + picture["width"], chart


@pytest.mark.parametrize("section", SECTIONS)
def test_the_contents_lead_to_the_sections(page, path, section) -> None:
    opened(page, path)
    page.locator(f"nav [data-go={section}]").click()
    page.wait_for_timeout(500)
    head = page.locator(f"section#{section} h2").bounding_box()
    assert 0 < head["y"] < 400


def test_an_address_leads_to_its_sentence_when_all_is_drawn(page, path) -> None:
    opened(page, path, "#at=002:16")
    page.wait_for_timeout(300)
    place = page.locator('.article:has(.id:text-is("002")) .s[data-s="16"]').bounding_box()
    assert 100 < place["y"] < 700


def test_reads_without_scripts(open_page, path) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(path.as_uri())
    text = page.locator("main").inner_text()
    assert "Baku has not taken any steps towards building an alliance" in text
    assert page.locator("#choice").is_hidden()
    assert page.locator("noscript .note").is_visible()


def test_002_is_shown_as_denying_the_alliance(page, path) -> None:
    opened(page, path)
    sentence = page.locator('.article:has(.id:text-is("002")) .s[data-s="16"]')
    assert sentence.locator(".m.f0.d.w").count() == 1
    sentence.click()
    panel = page.locator("#panel")
    expect(panel).to_contain_text("002, sentence 16, line 8")
    for said in ("alliance denied", "probability", "log odds", "the article’s own voice", "about"):
        expect(panel).to_contain_text(said)
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert page.evaluate("document.activeElement.dataset.s") == "16"


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
def test_filters_choose_rows_and_pictures(page, path, choice, table, column) -> None:
    name, value = choice
    opened(page, path)
    before, picture = rows(page, table), drawing(page, table)
    choose(page, name, value)
    after = rows(page, table)
    assert 0 < len(after) < len(before)
    assert {row[column] for row in after} == {value}
    assert [row for row in before if row[column] == value] == after
    assert drawing(page, table) != picture
    choose(page, name, "")
    assert rows(page, table) == before


def test_years_have_figures_of_their_own(page, path) -> None:
    opened(page, path)
    before = rows(page, "scores")
    choose(page, "year", "2024")
    after = rows(page, "scores")
    assert {row[0] for row in after} == {"@vneshpol", "unknown outlet (004)"}
    assert all(row in before for row in after)  # each has articles of one year only
    assert page.locator(".article:visible").count() == 2
    assert "A map takes" in page.locator("#map .explained:visible").inner_text()
    assert page.locator("[data-chart=places] .plot").is_hidden()


def test_filters_choose_articles_and_marks(page, path) -> None:
    opened(page, path)
    choose(page, "polarity", "deny")
    shown = page.locator(".article:visible .id").all_text_contents()
    assert "002" in shown
    assert "000" not in shown
    background = "e => getComputedStyle(e).backgroundImage"
    article = page.locator('.article:has(.id:text-is("002"))')
    assert "gradient" in article.locator(".m.d").first.evaluate(background)
    colour = "e => getComputedStyle(e).backgroundColor"
    assert article.locator(".m.a").first.evaluate(colour) == "rgba(0, 0, 0, 0)"
    denied = article.locator(".s:has(.m.d)").count()
    assert f"{denied} as chosen" in (article.locator(".hits").text_content() or "")
    assert page.locator("#status").inner_text().startswith(f"Shown: {len(shown)} article")


def test_alignment_is_the_authors(page, path) -> None:
    opened(page, path)
    choose(page, "voice", "attributed")
    assert rows(page, "points") == []
    assert "Nothing was computed" in page.locator("[data-chart=points] .limit").inner_text()
    assert rows(page, "names") != []


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


def test_csv(page, path) -> None:
    opened(page, path)
    choose(page, "outlet", "commonspace.eu")
    page.locator("[data-table=scores]").evaluate("e => { e.open = true }")
    with page.expect_download() as waiting:
        page.locator("[data-csv=scores]").click()
    text = Path(waiting.value.path()).read_bytes().decode("utf-8")
    found = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["frame"] for row in found] == ["alliance", "balance", "influence", "rift"]
    score = next(r.score for r in seeds().articles if r.article.id == "002").frames[0]
    assert int(found[0]["deny"]) == score.deny
    assert float(found[0]["stance"]) == pytest.approx(score.stance.value, abs=1e-6)
    assert found[3]["stance"] == ""
    assert {(row["source"], row["year"]) for row in found} == {("commonspace.eu", "all years")}
    assert waiting.value.suggested_filename == "azstance-scores-source-commonspace-eu.csv"


def test_csv_says_what_it_is_of(page, path) -> None:
    opened(page, path)
    name, found = downloaded(page, "actors")
    assert name == "azstance-actors.csv"
    assert {(row["source"], row["year"]) for row in found} == {("all sources", "all years")}
    choose(page, "outlet", "unknown outlet (004)")
    choose(page, "year", "2024")
    choose(page, "voice", "author")
    name, found = downloaded(page, "actors")
    assert name == "azstance-actors-source-unknown-outlet-004-year-2024-voice-author.csv"
    assert {(row["source"], row["year"]) for row in found} == {("unknown outlet (004)", "2024")}
    name, _ = downloaded(page, "scores")  # which the voice does not change
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


def test_a_table_says_which_choices_do_not_change_it(page, path) -> None:
    opened(page, path)
    assert page.locator(".unmoved:visible").count() == 0
    choose(page, "outlet", "commonspace.eu")
    assert page.locator(".unmoved:visible").count() == 0
    choose(page, "voice", "attributed")
    choose(page, "polarity", "deny")
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
        assert page.locator(f"[data-table={table}] .unmoved").text_content() == wanted, table
    choose(page, "voice", "author")
    limit = page.locator("[data-chart=points] .limit")
    assert limit.inner_text() == UNMOVED.format("claim", "claim deny")


def test_events_are_numbered_as_in_the_picture(page, path) -> None:
    opened(page, path)
    listed = page.locator("ol.events li").all_text_contents()
    specs = json.loads(page.locator("#charts").text_content() or "")["specs"]["points"][""]
    numbered = sorted(specs["datasets"]["events"], key=lambda event: int(event["number"]))
    assert len(listed) == len(numbered) > 2
    for item, event in zip(listed, numbered, strict=True):
        assert item.startswith(f"{event['date']} {event['name']}")


def test_articles_of_no_known_outlet_are_no_outlets(page, path) -> None:
    opened(page, path)
    unknown = sum(not result.article.card.outlet for result in seeds().articles)
    said_of = f"5 articles (of {5 - unknown} outlets, and {unknown} whose outlet is not known),"
    assert (page.locator(".lede").text_content() or "").startswith(said_of)


def test_keyboard_reaches_everything(page, path) -> None:
    opened(page, path)
    reached: list[str] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "() => { const e = document.activeElement; return e === document.body ? '' :"
            " e.name || e.dataset.csv || e.dataset.go || (e.dataset.s ? 's' : '') || e.localName }"
        )
        if not name:
            break
        reached.append(name)
    assert not name, "the page keeps the focus"
    for wanted in ("articles", "about", "outlet", "polarity", "theme", "scores", "summary", "s"):
        assert wanted in reached
    assert reached[0] == "articles"  # the skip link
    assert reached.count("s") == 5  # one stop an article; the arrows do the rest


def test_arrows_and_enter(page, path) -> None:
    opened(page, path)
    first = page.locator('.article:has(.id:text-is("002")) .s').first
    first.focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.s") == "3"
    page.keyboard.press("End")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.dataset.s") == "1"
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_have_text("002, sentence 1, line 1")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the button that closes
    assert page.locator("#panel").is_hidden()
    assert page.evaluate("document.activeElement.dataset.s") == "1"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_axe_finds_nothing_serious(open_page, axe, path, scheme, width) -> None:
    page = open_page(bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900})
    opened(page, path)
    for each in ("cells", "actors"):
        rows(page, each)
    page.locator(".s").first.click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_look_can_be_switched(page, path) -> None:
    opened(page, path)
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)
    choose(page, "theme", "dark")
    dark = page.evaluate(paper)
    assert dark != light
    page.emulate_media(color_scheme="dark")
    choose(page, "theme", "light")
    assert page.evaluate(paper) == light


def test_print_has_all_sections(page, path) -> None:
    opened(page, path)
    choose(page, "outlet", "commonspace.eu")
    page.emulate_media(media="print")
    page.wait_for_timeout(300)
    for section in SECTIONS:
        assert page.locator(f"section#{section} h2").is_visible()
    assert page.locator("#choice").is_hidden()
    assert "source commonspace.eu" in page.locator("#status").inner_text()
    text = page.locator("main").inner_text()
    assert "Baku has not taken any steps towards building an alliance" in text
    assert "social media handle or address" in text  # what was cut, with its reason
    assert page.locator("[data-table=cells] tbody tr").first.is_visible()
    assert page.locator("[data-chart=cells] svg").is_visible()
    page.emulate_media(media="screen")
    expect(page.locator("[data-table=cells] tbody tr").first).to_be_hidden()


PAYLOADS = (
    "<script>window.ran=1</script></script><img src=x onerror=window.ran=1>",
    "\"'><svg onload=window.ran=1></title></style><!-- articles --><!-- strings -->",
    "{{ 7*7 }} {% raw %} ${window.ran=1} `${window.ran=1}` \\u003cscript\\u003e",
    "javascript:window.ran=1 \u202egnirts\u2066 \u2028 \u2029 \x00\x1b[31m ]]> --> =1+1",
)


def squeezed(text: str) -> str:
    """Text without blanks, and without the marks of characters that must not be shown."""
    return "".join(text.replace("\N{REPLACEMENT CHARACTER}", "").split())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_every_field_is_text(page, beyond, tmp_path, payload) -> None:
    path = tmp_path / "report.html"
    text = "".join(page_text(hostile(payload)))
    path.write_text(text, encoding="utf-8", newline="")
    opened(page, path)
    for sentence in page.locator(".s").all()[:3]:
        sentence.click()
    for table in page.locator("details.table").all():
        table.evaluate("e => { e.open = true }")
    page.locator("#choice [name=outlet]").select_option(index=1)
    page.wait_for_selector(READY, state="attached")
    assert page.evaluate("window.ran") is None
    assert page.console_problems == []
    assert beyond(page) == []
    assert page.locator("body script:not([type])").count() == 2
    assert page.locator("img, iframe, object, embed, base, a[href^='javascript']").count() == 0
    wanted = squeezed(plain(payload))
    for place in ("h1", "title", "#about .skipped", "#about .cite", "#panel", ".article .cut"):
        seen = squeezed(page.locator(place).first.text_content() or "")
        assert wanted in seen, place


def test_data_is_as_it_was(page, path) -> None:
    opened(page, path)
    held = json.loads(page.locator("#data").text_content() or "")
    assert held["frames"] == list(seeds().codebook.frames)
    assert [article[1] for article in held["articles"]] == ["000", "001", "002", "003", "004"]
