"""The formats: text, lines, metadata, and records that are broken."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from azstance.read import ReadSettings, read_paths
from azstance.read.formats import SUFFIXES, reader_for
from azstance.records import Article, Skipped

from .pages import one

P1 = "Azerbaijan and Russia have agreed on a plan for trade that both call important."
P2 = "Nobody in Baku expects it to be carried out before the autumn, a diplomat said."


def run(path: Path, **settings: object) -> tuple[list[Article], list[Skipped]]:
    found = list(read_paths([path], ReadSettings(**settings)))  # type: ignore[arg-type]
    return [a for a in found if isinstance(a, Article)], [
        s for s in found if isinstance(s, Skipped)
    ]


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_every_suffix_has_a_reader(suffix: str) -> None:
    assert callable(reader_for(suffix))


def test_json_list(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    rows = [
        {"id": "x1", "title": "T", "text": f"{P1}\n\n{P2}", "outlet": "O", "date": "3 May 2021"},
        {"text": P2, "author": ["A B", "C D"], "link": "https://www.example.eu/x"},
        {"text": 5},
        {"body": P1},
        "text",
    ]
    path.write_text(json.dumps(rows, indent=2))
    articles, skipped = run(path)
    lines = path.read_text().split("\n")
    assert [a.id for a in articles] == ["x1", "a:2"]
    for found in articles:
        for block in found.blocks:
            assert block.text[:20] in lines[block.lines[0][1] - 1]
    card = articles[0].card
    assert card.published is not None
    assert (card.published.value, card.published.origin) == ("2021-05-03", "record, date")
    assert articles[1].card.author is not None
    assert articles[1].card.author.value == "A B, C D"
    assert articles[1].card.outlet is not None
    assert articles[1].card.outlet.value == "example.eu"
    assert [s.line for s in skipped] == [18, 20, 23]
    assert all(s.failed for s in skipped)


def test_json_lines_and_field_names(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [json.dumps({"nr": 7, "body": P1}), "", "{broken", json.dumps({"body": P2}), "[1]"]
    path.write_text("\n".join(rows))
    articles, skipped = run(path, text_field="body", id_field="nr")
    assert [(a.id, a.blocks[0].lines) for a in articles] == [("7", ((0, 1),)), ("a:3", ((0, 4),))]
    assert [s.line for s in skipped] == [3, 5]


def test_a_wrong_field_name_is_answered_with_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"texts": P1}))
    assert 'Did you mean "texts"' in run(path)[1][0].reason


def test_a_single_record_goes_by_the_name_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "visit.json"
    path.write_text(json.dumps({"text": P1}))
    assert run(path)[0][0].id == "visit"


@pytest.mark.parametrize(
    "text",
    ['{"text": "a",}', "[1, 2", '[{"text": "a"} {"text": "b"}]', '{"a": 1} {"b": 2}', "[" * 99999],
)
def test_broken_json(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    skipped = run(path)[1]
    assert any("not valid JSON" in s.reason and s.line == 1 for s in skipped)


def test_one_record_too_large_does_not_end_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [json.dumps({"text": P1}), json.dumps({"text": "x" * 5000}), json.dumps({"text": P2})]
    path.write_text("\n".join(rows))
    articles, skipped = run(path, max_bytes=1000)
    assert len(articles) == 2
    assert skipped[0].line == 2
    assert "1,000 bytes" in skipped[0].reason


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv(tmp_path: Path, delimiter: str, encoding: str) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerow(["id", "title", "Text", "date"])
    writer.writerow(
        ["c1", "two\nlines", f"{P1}\nRussia’s reply to it came “at once”, he said.", "2024-05-06"]
    )
    writer.writerow(["c2", "t", P2, ""])
    path = tmp_path / "a.csv"
    path.write_bytes(buffer.getvalue().encode(encoding))
    articles, skipped = run(path)
    assert skipped == []
    assert [a.id for a in articles] == ["c1", "c2"]
    assert [b.lines for b in articles[0].blocks] == [((0, 3),), ((0, 4),)]
    assert "“at once”" in articles[0].blocks[1].text
    assert articles[1].blocks[0].lines == ((0, 5),)


def test_csv_that_does_not_close_a_quotation_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'text\n{P1}\n"{P2}\n')
    articles, skipped = run(path)
    assert len(articles) == 1
    assert "quotation mark" in skipped[0].reason
    assert skipped[0].line == 3


def test_csv_without_its_column(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,body\n1,x\n")
    assert "Columns: id, body" in run(path)[1][0].reason


MARKDOWN = """---
title: The visit
author: [A. Example, B. Sample]
date: 2024-05-06
source: Example News
tags: {a: [b]}
---
# What the visit was for

Azerbaijan and **Russia** have agreed on a [plan](https://example.eu/a_b) for
trade that _both_ call `important`. <!-- draft -->

Setext heading of the page
--------------------------

> Nobody in Baku expects it to be carried out before the autumn.

- a list item with ~~some~~ words
1. another item

![The two presidents](pic.png)

```
code is no text
```

| a | b |
|---|---|

The end of the story came in the spring[^1] of 2\\. that year.
"""


def test_markdown(tmp_path: Path) -> None:
    found = one(tmp_path, MARKDOWN, "visit.md")
    assert [(b.text, b.lines, b.heading) for b in found.blocks] == [
        ("What the visit was for", ((0, 8),), True),
        (
            "Azerbaijan and Russia have agreed on a plan for trade that both call important.",
            ((0, 10), (48, 11)),
            False,
        ),
        ("Setext heading of the page", ((0, 13),), True),
        ("Nobody in Baku expects it to be carried out before the autumn.", ((0, 16),), False),
        ("- a list item with some words", ((0, 18),), False),
        ("- another item", ((0, 19),), False),
        ("The end of the story came in the spring of 2. that year.", ((0, 30),), False),
    ]
    card = found.card
    assert card.title is not None
    assert card.title.value == "The visit"
    assert card.author is not None
    assert card.author.value == "A. Example, B. Sample"
    assert card.published is not None
    assert (card.published.value, card.published.origin) == ("2024-05-06", "front matter, date")
    assert {cut.line for cut in found.cut} >= {21, 23, 24, 25}


@pytest.mark.parametrize(
    "yaml",
    ["title: [", "a: 'x", "date: 2024-13-45", "a: !!python/object:os.system x", "a: &a [*a]"],
)
def test_front_matter_of_strangers(tmp_path: Path, yaml: str) -> None:
    found = one(tmp_path, f"---\n{yaml}\n---\n\n{P1}\n\n{P2}\n", "a.md")
    assert [b.text for b in found.blocks] == [P1, P2]
    assert found.blocks[0].lines == ((0, 5),)


def test_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    found = one(tmp_path, f"---\n\n{P1}\n\n---\n\n{P2}\n", "a.md")
    assert [b.text for b in found.blocks] == [P1, P2]


HTML = """<!DOCTYPE html>
<html lang="en"><head><title>A &amp; B | Site</title>
<meta property="og:site_name" content="Example News">
<meta name="author" content="Leyla Example">
<meta property="article:published_time" content="2024-08-19T10:00:00Z">
<script>var hidden = "Do not read me.";</script></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav>
<article><h1>What the visit to
Baku was for</h1>
<p>President Putin&#8217;s arrival in Baku on August 18 for a state visit marks a further
step in a <b>steadily</b> deepening relationship, and nobody was
surprised by it.</p>
<h2>Economy first</h2>
<p>Georgia has no embassy in Moscow, and Armenia belongs to Russian-led blocs yet drifts
towards the European Union &amp; the United States.</p>
<p>Because Baku and Moscow have no serious quarrel, he went on, the presidents do not have
to put out fires and can simply add to what works.</p>
</article>
<div class="comments"><p>I like it a lot, great post</p></div>
<footer>Copyright 2024 Example</footer></body></html>
"""


def test_html(tmp_path: Path) -> None:
    found = one(tmp_path, HTML, "a.html")
    assert [(b.text[:30], [n for _, n in b.lines], b.heading) for b in found.blocks] == [
        ("What the visit to Baku was for", [8, 9], True),
        ("President Putin’s arrival in B", [10, 11, 12], False),
        ("Economy first", [13], True),
        ("Georgia has no embassy in Mosc", [14, 15], False),
        ("Because Baku and Moscow have n", [16, 17], False),
    ]
    rows = HTML.split("\n")
    for block in found.blocks:
        for at, line in block.lines:
            word = block.text[at:].split()[0]
            assert word.replace("’", "&#8217;") in rows[line - 1]
    card = found.card
    assert card.outlet is not None
    assert (card.outlet.value, card.outlet.origin) == ("Example News", "page metadata")
    assert card.author is not None
    assert card.author.value == "Leyla Example"
    assert card.published is not None
    assert card.published.value == "2024-08-19"
    assert any("great post" in cut.text for cut in found.cut)
    assert not any("Do not read" in cut.text for cut in found.cut)


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{P1}<p>{P2}",
        f"<div>{P1}</div><![foo<div>{P2}</div>",
        f"{P1}\n<br>\n{P2}",
        "<div>" * 3000 + P1 + "</div>" * 3000,
        f"<p>{P1}</p><p>&#27;[31m{P2}&#8238;</p>",
    ],
)
def test_odd_html_is_read_or_told(
    tmp_path: Path, html: str, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.html"
    path.write_text(html)
    articles, skipped = run(path)
    assert len(articles) + len(skipped) == 1
    for found in articles:
        text = " ".join(block.text for block in found.blocks)
        assert P1 in text or P2 in text
        assert not set("\x1b\u202e") & set(text)
    assert capfd.readouterr().err == ""
