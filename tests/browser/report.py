"""The report page of the seeds, and what is done with it in a browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

READY = "html[data-script]:not([data-busy])"
SECTIONS = ("frames", "time", "map", "actors", "contradictions", "names", "articles", "about")


def opened(page: Page, path: Path, fragment: str = "") -> Page:
    page.goto(path.as_uri() + fragment)
    page.wait_for_selector(READY, state="attached")
    return page


def anew(page: Page) -> Page:
    """The same page with nothing chosen, opened or remembered, for the next test."""
    page.keyboard.press("Escape")
    page.evaluate(
        """() => {
            document.activeElement.blur()
            document.querySelectorAll("details.table[open]").forEach((e) => { e.open = false })
            window.location.hash = ""
            window.scrollTo(0, 0)
        }"""
    )
    page.wait_for_selector(READY, state="attached")
    assert page.locator("#status").inner_text().startswith("Shown: 5 articles")
    page.console_problems.clear()  # type: ignore[attr-defined]
    page.requested.clear()  # type: ignore[attr-defined]
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
    before: list[list[str]] = []
    while True:  # a table is filled when it comes into sight, and not at once
        page.wait_for_timeout(150)
        found: list[list[str]] = element.evaluate(script)
        if found == before:
            return found
        before = found


def drawing(page: Page, chart: str) -> str:
    return page.locator(f"[data-chart={chart}] svg").inner_html()
