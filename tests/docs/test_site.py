"""The documents build as a site without a warning, and the site asks nothing of other hosts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from .documents import ROOT

# What a page loads by itself. A link in the text (a href) is followed by a reader who clicks it.
_LOADS = (
    "//script/@src", "//link[@rel!='canonical']/@href", "//img/@src", "//iframe/@src",
    "//source/@src", "//video/@src", "//audio/@src", "//object/@data", "//embed/@src",
    "//@srcset", "//@poster",
)  # fmt: skip
_CSS = re.compile(r"""url\(\s*["']?((?:https?:)?//[^)"']+)|@import\s+["']((?:https?:)?//[^"']+)""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return folder


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_every_document_is_a_page(site: Path) -> None:
    for path in (ROOT / "docs").glob("*.md"):
        assert (site / f"{path.stem}.html").is_file(), path.name


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    seen = 0
    for path in pages(site):
        page = html.parse(path)
        for query in _LOADS:
            for address in page.xpath(query):
                seen += 1
                assert not re.match(r"(?:\w+:)?//", address), f"{path.name} loads {address}"
        for style in page.xpath("//style/text() | //@style"):
            assert not _CSS.search(style), f"{path.name}: {style[:200]}"
    assert seen > 100
    for path in site.rglob("*.css"):
        assert not _CSS.search(path.read_text(encoding="utf-8")), path.name


def test_links_within_the_site_resolve(site: Path) -> None:
    seen = 0
    for path in pages(site):
        if path.name == "404.html":  # its addresses are those of a server's root
            continue
        for link in html.parse(path).xpath("//main//a/@href"):
            if re.match(r"\w+:", link):
                continue
            seen += 1
            name, _, anchor = unquote(link).partition("#")
            target = (path.parent / name).resolve() if name else path
            assert target.is_file(), f"{path.name}: {link}"
            if anchor:
                ids = html.parse(target).xpath("//@id")
                assert anchor in ids, f"{path.name}: {link}"
    assert seen > 200


def test_what_lies_outside_of_docs_is_in_the_site(site: Path) -> None:
    """Links that a forge follows into the repository lead to copies, and their links on."""
    linked = html.parse(site / "index.html").xpath("//main//a/@href")
    assert "repository/CHANGELOG.html" in linked
    assert "repository/seeds/files.html" in linked
    copy = html.parse(site / "repository" / "index.html")
    assert "../limits.html" in copy.xpath("//main//a/@href")
    listed = (site / "repository" / "seeds" / "files.html").read_text(encoding="utf-8")
    assert "sources.toml" in listed
    workflow = site / "repository" / "action.yml"
    assert workflow.read_bytes() == (ROOT / "action.yml").read_bytes()
