"""Chromium for the tests: where it is, how it is started, what a page that it shows is asked."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import ConsoleMessage, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
VARIABLE = "AZSTANCE_CHROMIUM"
FLAGS = (
    *("--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--host-resolver-rules=MAP * ~NOTFOUND",  # no name leads anywhere, whatever a page asks for
)
SERIOUS = ("serious", "critical")


def executable() -> str:
    """The browser's program. Fails the test that asks, and never skips it, where there is none."""
    found = [os.environ.get(VARIABLE), *map(shutil.which, NAMES)]
    for path in found:
        if path and Path(path).is_file():
            return path
    raise AssertionError(
        f"no Chromium to test pages with: install it (Debian: apt-get install chromium), "
        f"or name its program in the variable {VARIABLE}"
    )


def watch(page: Page) -> Page:
    """Have a page remember what the console said and every address that was asked for.

    `console_problems` are warnings and errors of the console, and errors that no script caught;
    `requested` are the addresses that went to the network or to files, in their order.
    """
    problems: list[str] = []
    requested: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert"):
            problems.append(f"{message.type}: {message.text}")

    page.on("console", said)
    page.on("pageerror", lambda error: problems.append(f"error: {error}"))
    page.on("request", lambda request: requested.append(request.url))
    page.console_problems = problems  # type: ignore[attr-defined]
    page.requested = requested  # type: ignore[attr-defined]
    return page


def asked_of_others(page: Any) -> list[str]:
    """What a page asked for besides itself and what it holds already."""
    own = page.url.partition("#")[0]
    held = ("data:", "blob:", "about:")
    return [
        url for url in page.requested if url.partition("#")[0] != own and not url.startswith(held)
    ]


def faults(page: Page) -> list[str]:
    """What axe-core finds in a page that is serious or critical: rule, reason, elements.

    The page must have been opened with `bypass_csp=True` where it forbids scripts.
    """
    folder = Path(axe_playwright_python.__file__).parent
    page.add_script_tag(content=(folder / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']} ({each['impact']}): {each['help']}: "
        + "; ".join(node["html"][:200] for node in each["nodes"][:5])
        for each in found["violations"]
        if each["impact"] in SERIOUS
    ]
