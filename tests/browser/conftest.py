"""A real browser for the tests: Chromium without a window, each page with a profile of its own.

def test_it(page):                      # a playwright Page; page.console_problems, .requested
def test_dark(open_page):               # open_page(color_scheme="dark", bypass_csp=True)
def test_it_is_usable(open_page, axe):  # axe(page): faults that are serious or critical
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from .chromium import FLAGS, asked_of_others, executable, faults, watch
from .report import anew, opened


# Playwright keeps an event loop running in its thread for as long as it is open. It is closed when
# the tests of this folder are through, so that other tests of the same process may have their own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = executable()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open an empty page. Takes the settings of a context, such as color_scheme or viewport."""
    contexts: list[BrowserContext] = []

    def opened(**settings: Any) -> Page:
        contexts.append(browser.new_context(**settings))
        return watch(contexts[-1].new_page())

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    return faults


@pytest.fixture
def beyond() -> Callable[[Page], list[str]]:
    """What a page asked for besides itself: for a page that is whole, nothing."""
    return asked_of_others


@pytest.fixture(scope="package")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report page of the seeds."""
    from page.pages import page_of, seeds

    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(page_of(seeds()), encoding="utf-8", newline="")
    return path


@pytest.fixture(scope="package")
def loaded(browser: Browser, path: Path) -> Iterator[Page]:
    context = browser.new_context()
    yield opened(watch(context.new_page()), path)
    context.close()


@pytest.fixture
def report(loaded: Page) -> Page:
    """The report page of the seeds, all shown, as it is after loading; tests take turns with it."""
    return anew(loaded)
