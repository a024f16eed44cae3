"""The site of the documents, opened from its folder: quiet, and content with its own files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site; whether it builds without a warning is for tests/docs/test_site.py to say."""
    folder = tmp_path_factory.mktemp("site")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        check=True,
    )
    return folder


@pytest.mark.parametrize("name", ["index.html", "tutorial.html", "commands.html"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_ask_no_other_host(open_page, site: Path, name: str, scheme: str) -> None:
    page = open_page(color_scheme=scheme)
    page.goto((site / name).as_uri())
    page.locator("h1").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.console_problems == []
    assert len(page.requested) > 3
    folder = site.as_uri()
    assert [url for url in page.requested if not url.startswith((folder, "data:", "blob:"))] == []


def test_pictures_are_shown(page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.wait_for_load_state("load")
    widths = page.locator("main img").evaluate_all("all => all.map(one => one.naturalWidth)")
    assert len(widths) >= 2
    assert min(widths) > 300
