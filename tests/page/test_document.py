"""The page as a document: the same bytes every time, a size that is kept, text that stays text."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.analyze import score_paths
from azstance.render.page.articles import article_view
from azstance.render.page.dataset import table
from azstance.render.page.datasets import datasets
from azstance.render.page.text import css_string, digest, script_json

from .pages import CONFIG, OUTLETS, SEEDS, many, page_of, seeds, shown


class Reader(HTMLParser):
    """What a browser would see: texts by tag, scripts, attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.text: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self._script: dict[str, str | None] | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value) for name, value in attrs]
        self._script = dict(attrs) if tag == "script" else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = None

    def handle_data(self, data: str) -> None:
        if self._script is None:
            self.text.append(data)
        else:
            self.scripts.append((self._script, data))


def test_same_bytes_whatever_the_hash_seed_and_the_locale() -> None:
    program = (
        "import sys; sys.path.insert(0, 'tests'); from page.pages import page_of, seeds;"
        "import hashlib; print(hashlib.sha256(page_of(seeds()).encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "LC_ALL": "tr_TR.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True,
        check=True, cwd=SEEDS.parent,
    )  # fmt: skip
    here = hashlib.sha256(page_of(seeds()).encode()).hexdigest()
    assert done.stdout.strip() == here


def test_nothing_is_asked_for_from_elsewhere() -> None:
    read = Reader(page_of(seeds()))
    for tag, name, value in read.attributes:
        assert not name.startswith("on"), (tag, name)
        if name in ("src", "href", "action", "data", "poster", "srcset"):
            assert value is not None
            assert value.startswith(("#", "data:,")), (tag, name, value)


def test_policy_knows_exactly_our_scripts() -> None:
    page = page_of(seeds())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    scripts = [text for attributes, text in Reader(page).scripts if "type" not in attributes]
    assert len(scripts) == 2
    for script in scripts:
        assert digest(script) in policy[1].replace("&#39;", "'")
    assert "unsafe-eval" not in policy[1]
    assert "default-src &#39;none&#39;" in policy[1] or "default-src 'none'" in policy[1]


def test_every_sentence_stands_in_its_article_once() -> None:
    report = seeds()
    overview = shown(report)
    for member, result in zip(overview.members, report.articles, strict=True):
        view = article_view(result, member, report.codebook.frames, "full")
        pieces = [piece for paragraph in view.paragraphs for piece in paragraph.pieces]
        marked = [piece.number for piece in pieces if piece.number]
        assert marked == [s.number for s in result.sentences if s.codings]
        body = "".join("".join(block.text.split()) for block in result.article.blocks)
        assert "".join("".join(piece.text.split()) for piece in pieces) == body


def test_figures_are_those_of_the_scores() -> None:
    report = score_paths([SEEDS], replace(CONFIG, by="outlet"))
    wanted = {
        (score.id, frame.frame): (frame.affirm, frame.deny, frame.share, frame.stance)
        for score in report.groups
        for frame in score.frames
    }
    sets = {each.id: each for each in datasets(shown(seeds()))}
    scores = sets["scores"]
    found = {(row[0], row[2]): (row[3], row[4], row[7], row[8]) for row in scores.initial()}
    assert found == wanted
    shares = {}
    cells = sets["cells"]
    for row in cells.initial():
        shares[row[0], row[2]] = shares.get((row[0], row[2]), 0) + row[5]
    for score in report.groups:
        for frame in score.frames:
            assert shares[score.id, frame.frame] == frame.affirm + frame.deny + frame.attributed


def test_tables_say_what_score_says() -> None:
    sets = {each.id: each for each in datasets(shown(seeds()))}
    rows = {(row[0], row[1]): row for row in table(sets["scores"], 100)}
    assert rows["commonspace.eu", "alliance"][2:4] == ["4", "5"]
    assert rows["commonspace.eu", "alliance"][9] == "-0.11"


@pytest.mark.parametrize("largest", [2_000_000, 1_700_000, 1_450_000])
def test_size_is_kept_and_what_is_left_out_is_said(largest: int) -> None:
    report = many(120)
    page = page_of(report, largest)
    assert len(page.encode("utf-8")) <= largest
    full = page.count('<details class="article"') - page.count("Only its framed sentences are on")
    framed = page.count("Only its framed sentences are on")
    lines = page.count('<div class="article row"')
    assert f"{full} in full, {framed} by their framed sentences only, {lines} by a line" in (
        " ".join(page.split())
    )
    assert "azstance score PATH... -o OUT/" in page
    assert full < 120
    # In turn: no source has more of its articles shown than another, but for one.
    taken = Counter(
        int(place) % OUTLETS for place in re.findall(r'<details[^>]* id="a(\d+)"', page)
    )
    assert max(taken.values()) - min(taken[outlet] for outlet in range(OUTLETS)) <= 1


def test_all_in_full_says_nothing_of_it() -> None:
    assert 'id="left-out"' not in page_of(seeds())


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_json_in_a_script(text: str) -> None:
    shown = str(script_json({text: [text, 1.5, None]}))
    assert not set(shown) & set("<>&'\u2028\u2029")
    assert len(json.loads(shown)) == 1
    shown.encode("utf-8")


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_css_strings_hold_nothing_that_acts(text: str) -> None:
    assert re.fullmatch(r'"([a-zA-Z0-9]|\\[0-9a-f]+ )*"', css_string(text))
