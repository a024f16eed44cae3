"""The pictures of the documents show what the commands make today, and load nothing."""

from __future__ import annotations

import re
import sys
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest
from lxml import etree

from .documents import ROOT, documents, refresher

PICTURES = ROOT / "docs" / "pictures"
REFRESH = "run: python tools/refresh_pictures.py"
LARGEST = 150_000
_IMAGE = re.compile(r"!\[([^\]\n]*)\]\(([^)\s]+)\)")


def maker() -> ModuleType:
    """tools/refresh_pictures.py as a module."""
    name = "refresh_pictures"
    if name not in sys.modules:
        refresher()  # which it imports by that name
        spec = util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


@pytest.mark.parametrize("shot", maker().SHOTS, ids=lambda shot: shot.name)
def test_tables_are_those_of_today(shot: object) -> None:
    drawn = maker().drawn(shot)
    kept = (PICTURES / shot.name).read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert kept == drawn, f"{shot} is stale; {REFRESH}"


def said(svg: str) -> list[str]:
    """Texts of a chart, and the figures that it names its marks by. Sizes depend on fonts."""
    tree = etree.fromstring(svg.encode("utf-8"))
    labels = [str(label) for label in tree.xpath("//@aria-label")]
    return labels + [text for each in tree.iter("{*}text") for text in each.itertext()]


def test_chart_is_that_of_today() -> None:
    kept = (PICTURES / "contrast.svg").read_text(encoding="utf-8")
    assert said(kept) == said(maker().chart()), f"contrast.svg is stale; {REFRESH}"
    assert len(said(kept)) > 20


def svgs() -> list[Path]:
    return sorted(PICTURES.glob("*.svg"))


def test_pictures_are_those_that_a_command_makes() -> None:
    made = {shot.name for shot in maker().SHOTS} | {"contrast.svg", "report.png"}
    assert {path.name for path in PICTURES.iterdir()} == made


@pytest.mark.parametrize("path", svgs(), ids=lambda path: path.name)
def test_pictures_load_and_run_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for address in re.findall(r"\w+://[^\s\"'<]+", text):
        assert address.startswith("http://www.w3.org/"), address
    assert "@font-face" not in text
    assert "@import" not in text
    tree = etree.fromstring(text.encode("utf-8"))
    assert not tree.xpath("//*[local-name()='script' or local-name()='foreignObject']")


def test_pictures_are_small() -> None:
    for path in PICTURES.iterdir():
        assert path.stat().st_size < LARGEST, path.name


def test_every_picture_is_shown_and_described() -> None:
    shown = set()
    for document in documents():
        for words, target in _IMAGE.findall(document.read_text(encoding="utf-8")):
            path = (document.parent / target).resolve()
            assert path.is_file(), f"{document.name}: {target}"
            assert len(words) > 30, f"{document.name}: {target} is not described"
            shown.add(path)
    assert shown >= {PICTURES.resolve() / path.name for path in PICTURES.iterdir()}


def test_stale_pictures_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = maker()
    monkeypatch.setattr(module, "PICTURES", tmp_path)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "made", lambda: {"score.svg": "new"})
    monkeypatch.setattr(sys, "argv", ["refresh_pictures.py", "--check"])
    assert module.main() == 1
    (tmp_path / "score.svg").write_text("new", encoding="utf-8")
    assert module.main() == 0
