"""The report page in a real browser: it needs nothing else, filters choose, keys reach all."""

from __future__ import annotations

import json

import pytest
from page.pages import hostile, seeds
from playwright.sync_api import expect

from azstance.render.clean import plain
from azstance.render.page import page_text
from browser.report import READY, SECTIONS, choose, opened, rows


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
def test_the_contents_lead_to_the_sections(report, section) -> None:
    report.locator(f"nav [data-go={section}]").click()
    report.wait_for_timeout(500)
    head = report.locator(f"section#{section} h2").bounding_box()
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


def test_002_is_shown_as_denying_the_alliance(report) -> None:
    sentence = report.locator('.article:has(.id:text-is("002")) .s[data-s="16"]')
    assert sentence.locator(".m.f0.d.w").count() == 1
    sentence.click()
    panel = report.locator("#panel")
    expect(panel).to_contain_text("002, sentence 16, line 8")
    for said in ("alliance denied", "probability", "log odds", "the article’s own voice", "about"):
        expect(panel).to_contain_text(said)
    report.keyboard.press("Escape")
    assert panel.is_hidden()
    assert report.evaluate("document.activeElement.dataset.s") == "16"


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


def test_arrows_and_enter(report) -> None:
    first = report.locator('.article:has(.id:text-is("002")) .s').first
    first.focus()
    for _ in range(2):
        report.keyboard.press("ArrowDown")
    assert report.evaluate("document.activeElement.dataset.s") == "3"
    report.keyboard.press("End")
    report.keyboard.press("ArrowUp")
    report.keyboard.press("Home")
    assert report.evaluate("document.activeElement.dataset.s") == "1"
    report.keyboard.press("Enter")
    expect(report.locator("#panel-title")).to_have_text("002, sentence 1, line 1")
    report.keyboard.press("Tab")
    report.keyboard.press("Enter")  # the button that closes
    assert report.locator("#panel").is_hidden()
    assert report.evaluate("document.activeElement.dataset.s") == "1"


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


def test_data_is_as_it_was(report) -> None:
    held = json.loads(report.locator("#data").text_content() or "")
    assert held["frames"] == list(seeds().codebook.frames)
    assert [article[1] for article in held["articles"]] == ["000", "001", "002", "003", "004"]
