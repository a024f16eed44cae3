"""Measure the report page: its size, the time to build it, and how fast it answers a choice.

    uv run python benchmarks/report_page.py [--short] [--model cues] [--counts 5 100 1000]

For each number of articles of benchmarks/corpus.py a page is built twice: scoring comes out of the
cache in the second run, so that its time is that of the page. The page is then opened in Chromium,
and each choice is made several times, with the charts in sight and with the articles in sight. An
answer is the time from the change until two frames have been drawn after it; the median of all
choices and the slowest of their medians are told.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from corpus import make
from playwright.sync_api import sync_playwright

COUNTS = (5, 100, 1000)
TIMES = 5
READY = "html[data-script]:not([data-busy])"
CHOOSE = """async ([name, value]) => {
  const element = document.querySelector(`#choice [name=${name}]`);
  const start = performance.now();
  element.value = value;
  element.dispatchEvent(new Event("change", { bubbles: true }));
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  await frame();
  await frame();
  return performance.now() - start;
}"""


def built(folder: Path, page: Path, model: str) -> float:
    """Seconds of the second of two runs of the command."""
    options = ("-q", "-o", str(page), "--model", model)
    command = [sys.executable, "-m", "azstance", "report", str(folder), *options]
    seconds = 0.0
    for _ in range(2):
        start = time.perf_counter()
        subprocess.run(command, check=True)
        seconds = time.perf_counter() - start
    return seconds


def answers(page: Any, section: str) -> list[float]:
    """The median of each choice, in milliseconds, with a section in sight."""
    page.evaluate("id => document.getElementById(id).scrollIntoView()", section)
    found = []
    for name in ("outlet", "year", "frame", "voice", "polarity"):
        options = "e => [...e.options].map(o => o.value)"
        value = page.locator(f"#choice [name={name}]").evaluate(options)[1]
        taken: dict[str, list[float]] = {value: [], "": []}
        for _ in range(TIMES):
            for chosen in (value, ""):
                page.wait_for_timeout(200)
                taken[chosen].append(page.evaluate(CHOOSE, [name, chosen]))
                page.wait_for_selector(READY, state="attached")
        found += [statistics.median(each) for each in taken.values()]
    return found


def looked_at(path: Path) -> dict[str, float]:
    """Seconds until the page stands with its charts, and milliseconds of its answers."""
    program = os.environ.get("AZSTANCE_CHROMIUM") or shutil.which("chromium")
    if not program:
        sys.exit("no Chromium: install it (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        start = time.perf_counter()
        page.goto(path.as_uri())
        page.wait_for_selector(READY, state="attached")
        opened = time.perf_counter() - start
        charts, articles = answers(page, "frames"), answers(page, "articles")
        browser.close()
    return {
        "opened_s": round(opened, 2),
        "charts_ms": round(statistics.median(charts)),
        "charts_slowest_ms": round(max(charts)),
        "articles_ms": round(statistics.median(articles)),
        "articles_slowest_ms": round(max(articles)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--counts", type=int, nargs="+", default=COUNTS)
    parser.add_argument("--model", default="minilm")
    parser.add_argument("--short", action="store_true", help="only 5 and 20 articles")
    given = parser.parse_args()
    for count in (5, 20) if given.short else given.counts:
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder) / "articles", count)
            page = Path(folder) / "report.html"
            seconds = built(Path(folder) / "articles", page, given.model)
            size = page.stat().st_size
            row = {"articles": count, "mb": round(size / 1e6, 2), "built_s": round(seconds, 1)}
            print(json.dumps({**row, **looked_at(page)}), flush=True)


if __name__ == "__main__":
    main()
