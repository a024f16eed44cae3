"""The browser of these tests shows pages, and tells what is wrong with one."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from . import chromium

GOOD = """<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1>
<p id="said">before</p></main><script>document.getElementById("said").textContent = "after"</script>
</html>"""
CLOSED = """<!doctype html><html lang="en"><title>A page</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<main><h1>A page</h1><img src="data:,x"><button></button></main></html>"""


def address(html: str) -> str:
    return f"data:text/html;charset=utf-8,{quote(html)}"


def test_page_runs_its_script_and_is_quiet(page, beyond) -> None:
    page.goto(address(GOOD))
    assert page.locator("#said").inner_text() == "after"
    assert page.console_problems == []
    assert beyond(page) == []


def test_what_a_page_asks_for_is_seen(page, beyond, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text('<!doctype html><title>A</title><img src="http://images.example/x.png">')
    page.goto(f"{path.as_uri()}#here")
    assert beyond(page) == ["http://images.example/x.png"]
    assert len(page.console_problems) == 1  # and it led nowhere
    assert "ERR_NAME_NOT_RESOLVED" in page.console_problems[0]


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ("console.error('planted')", "error: planted"),
        ("console.warn('planted')", "warning: planted"),
        ("nothing.there", "error: nothing is not defined"),
        ("console.log('planted')", None),
    ],
)
def test_what_the_console_says_is_seen(page, script: str, problem: str | None) -> None:
    page.goto(address(f"<!doctype html><title>A</title><script>{script}</script>"))
    assert page.console_problems == ([problem] if problem else [])


def test_axe_finds_planted_faults_where_a_page_forbids_scripts(open_page, axe) -> None:
    page = open_page(bypass_csp=True)
    page.goto(address(CLOSED))
    found = {each.partition(" ")[0] for each in axe(page)}
    assert found == {"button-name", "image-alt"}


def test_axe_finds_nothing_in_a_good_page(page, axe) -> None:
    page.goto(address(GOOD))
    assert axe(page) == []


def test_settings_of_a_page(open_page) -> None:
    page = open_page(color_scheme="dark", viewport={"width": 500, "height": 400})
    page.goto(address(GOOD))
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert page.evaluate("innerWidth") == 500


def test_missing_browser_fails_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv(chromium.VARIABLE, "/not/there")
    with pytest.raises(AssertionError, match="apt-get install chromium"):
        chromium.executable()


def test_variable_names_the_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "browser"
    program.touch()
    monkeypatch.setenv(chromium.VARIABLE, str(program))
    assert chromium.executable() == str(program)
