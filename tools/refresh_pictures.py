"""Make the pictures of the documents from what the program prints and draws.

    python tools/refresh_pictures.py            write docs/pictures/
    python tools/refresh_pictures.py --check    only name what is stale; status 1 if anything is

The tables are what the terminal shows, in its colours, as SVG by rich; the template is our own,
since that of rich loads a font from another host. The chart is what `azstance compare --chart`
draws. The page is photographed by the browser that the tests use, and is not part of --check: no
two versions of a browser draw the same points.
"""

from __future__ import annotations

import html
import io
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright
from refresh_docs import ROOT, WIDTH, cut_to, run, workshop
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

PICTURES = ROOT / "docs" / "pictures"
TEMPLATE = Path(__file__).with_name("picture.svg.template")
YEARS = "azstance timeline seeds/ --per year --by all"
CHART = "azstance compare 002 003 --chart contrast.svg"
PAGE = "azstance report seeds/ -o report.html"
_COLOURS = re.compile("\x1b\\[[0-9;]*m")
# Sixteen colours on a dark ground, each with a contrast of 4.5 or more to it.
_THEME = TerminalTheme(
    (30, 33, 39),
    (220, 223, 228),
    [(130, 137, 151), (240, 128, 128), (152, 210, 121), (235, 203, 120),
     (110, 180, 240), (215, 150, 230), (96, 200, 210), (220, 223, 228)],
    [(150, 157, 171), (255, 150, 150), (172, 230, 141), (250, 220, 140),
     (140, 200, 255), (230, 170, 245), (120, 220, 230), (255, 255, 255)],
)  # fmt: skip


@dataclass(frozen=True)
class Shot:
    """A picture of a command's output: its file, and the sections that it shows."""

    name: str
    command: str
    sections: tuple[str, ...] = ()


SHOTS = (
    Shot("score.svg", "azstance score seeds/", ("002",)),
    Shot("compare.svg", "azstance compare 002 003", ("002 less 003", "Contradictions")),
    Shot("explain.svg", "azstance explain 002:16"),
    Shot(
        "timeline.svg", "azstance timeline seeds/ --per year --by all", ("Overview", "all sources")
    ),
)


def drawn(shot: Shot) -> str:
    """The output of a command as it looks in a terminal, in SVG."""
    output = run(shot.command, colour=True)
    shown = _cut(output, shot.sections).strip("\n")
    console = Console(record=True, width=int(WIDTH), file=io.StringIO(), legacy_windows=False)
    console.print(Text.assemble(("$ ", "bold"), shot.command))
    console.print(Text.from_ansi(shown))
    template = TEMPLATE.read_text(encoding="utf-8").replace("TITLE", html.escape(shot.command))
    name = shot.name.partition(".")[0]
    svg = console.export_svg(code_format=template, theme=_THEME, unique_id=name)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def _cut(output: str, sections: tuple[str, ...]) -> str:
    """Whole sections of an output in colour, by the titles that they have without."""
    if not sections:
        return output
    plain = _COLOURS.sub("", output)
    cut = cut_to(plain, list(sections))
    kept, lines = [], iter(zip(plain.splitlines(), output.splitlines(), strict=True))
    for wanted in cut.splitlines():
        if wanted == "[...]":
            kept.append(wanted)
            continue
        kept.append(next((full for bare, full in lines if bare.rstrip() == wanted.rstrip()), ""))
    return "\n".join(kept)


def chart() -> str:
    """The chart of the differences of two articles, in SVG."""
    run(CHART)
    return (workshop() / "contrast.svg").read_text(encoding="utf-8")


def made() -> dict[str, str]:
    """Every picture that is text, by the name of its file."""
    return {shot.name: drawn(shot) for shot in SHOTS} | {"contrast.svg": chart()}


def photograph(path: Path) -> None:
    """The report page of the seeds as the browser shows it."""
    run(PAGE)
    names = ("chromium", "chromium-browser", "google-chrome")
    browser = next(found for name in names if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = opened.new_page(viewport={"width": 1100, "height": 800}, color_scheme="light")
        page.goto((workshop() / "report.html").as_uri())
        page.wait_for_selector("#frames svg, #frames canvas")
        box = page.locator("#frames").bounding_box()
        assert box is not None
        clip = {"x": 0, "y": box["y"], "width": 1100, "height": min(box["height"], 900)}
        page.screenshot(path=str(path), scale="css", clip=clip, full_page=True)
        opened.close()


def main() -> int:
    """Write the pictures, or with --check name those that would change."""
    check = "--check" in sys.argv[1:]
    stale = 0
    PICTURES.mkdir(exist_ok=True)
    for name, new in made().items():
        path = PICTURES / name
        if path.exists() and path.read_text(encoding="utf-8") == new:
            continue
        stale += 1
        print(f"{'stale' if check else 'written'}: {path.relative_to(ROOT)}")
        if not check:
            path.write_text(new, encoding="utf-8", newline="\n")
    if not check:
        photograph(PICTURES / "report.png")
    return int(check and stale > 0)


if __name__ == "__main__":
    sys.exit(main())
