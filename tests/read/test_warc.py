"""Web archives: what is an article, what it is called, and archives that are broken."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azstance.read import ReadSettings, read_paths
from azstance.records import Article, Skipped

from .archives import P1, P2, answer, good, page, record, zipped


def run(path: Path, data: bytes, **chosen: object) -> tuple[list[Article], list[Skipped]]:
    path.write_bytes(data)
    found = list(read_paths([path], ReadSettings(**chosen)))  # type: ignore[arg-type]
    return [a for a in found if isinstance(a, Article)], [
        s for s in found if isinstance(s, Skipped)
    ]


def chunked(body: bytes) -> bytes:
    return b"".join(
        b"%x\r\n%s\r\n" % (len(part), part)
        for part in (*(body[n : n + 90] for n in range(0, len(body), 90)), b"")
    )


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_pages_and_texts_are_read_and_the_rest_is_counted(tmp_path: Path, name: str) -> None:
    rows = [
        record("https://a.eu", b"software: x", "warcinfo", "application/warc-fields"),
        good(1),
        record("https://example.com/z", answer(chunked(gzip.compress(page("Z"))),
               "Content-Encoding: gzip", "Transfer-Encoding: chunked")),
        record("https://example.com/gone", answer(page(), status="404 Not Found")),
        record("https://example.com/p.png", answer(b"\x89PNG", media="image/png")),
        record("https://example.com/q", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "request"),
        record("https://example.com/t", f"{P1}\n\n{P2}".encode(), "conversion", "text/plain"),
        record("https://example.com/r.html", page("R"), "resource", "text/html"),
    ]  # fmt: skip
    articles, skipped = run(
        tmp_path / name, zipped(rows) if name.endswith("gz") else b"".join(rows)
    )
    assert [a.id for a in articles] == [
        "example.com/news/1", "example.com/z", "example.com/t", "example.com/r.html",
    ]  # fmt: skip
    assert all([b.text for b in a.blocks] == [P1, P2] for a in articles)
    assert articles[0].card.url is not None
    assert articles[0].card.url.value == "https://www.example.com/news/1/"
    assert articles[0].card.title is not None
    assert articles[0].card.title.value == "Plan 1"
    assert all(a.card.published is None for a in articles)  # not the day of the crawl
    assert [s.failed for s in skipped] == [False]
    for words in ("4 records", "1 request", "1 warcinfo", "of image/png", "HTTP status 404"):
        assert words in skipped[0].reason


def test_a_whole_archive_compressed_at_once(tmp_path: Path) -> None:
    data = gzip.compress(b"".join(good(n) for n in range(3)))
    articles, skipped = run(tmp_path / "a.warc.gz", data)
    assert (len(articles), skipped) == (3, [])


def test_ids_are_unique_and_short(tmp_path: Path) -> None:
    rows = [good(1), good(1), record("https://a.eu/" + "x" * 300, answer(page()))]
    articles, _ = run(tmp_path / "a.warc.gz", zipped(rows))
    assert [a.id for a in articles[:2]] == ["example.com/news/1", "a:example.com/news/1"]
    assert len(articles[2].id) == 100


def test_sources_toml_names_records_by_address(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text('["example.com/*"]\noutlet = "Example"\n')
    articles, skipped = run(tmp_path / "a.warc", good(1))
    assert articles[0].source == "Example"
    assert skipped == []


def test_the_declared_encoding_holds_if_it_can(tmp_path: Path) -> None:
    text = page().replace(b"Nobody", "Café-goers – nobody".encode("cp1252"))
    media = "text/html; charset="
    rows = [record("https://a.eu/1", answer(text, media=media + "windows-1252")),
            record("https://a.eu/2", answer(text, media=media + "utf-8"))]  # fmt: skip
    articles, _ = run(tmp_path / "a.warc", b"".join(rows))
    assert all("Café-goers – nobody" in a.blocks[1].text for a in articles)


BROKEN = [
    ("cut off", lambda z: z[:-200], 3, ".warc.gz"),
    ("damaged", lambda z: z[:700] + b"\xff" * 40 + z[740:], 3, ".warc.gz"),
    ("beginning", lambda z: b"\x1f\x8b\x08" + b"\xff" * 40 + z, 4, ".warc.gz"),
    ("cut off", lambda z: z[:-200], 3, ".warc"),
    ("length", lambda z: z.replace(b"Length: ", b"Length: 9", 1), 3, ".warc"),
    ("length", lambda z: z.replace(b"Length: ", b"Length: 9999999999999", 1), 3, ".warc"),
    ("length", lambda z: z.replace(b"Length: 3", b"Length: ", 1), 3, ".warc"),
    ("how long", lambda z: z.replace(b"Content-Length", b"Content-Width", 1), 3, ".warc"),
    ("how long", lambda z: z.replace(b"Length: ", b"Length: -", 1), 3, ".warc"),
    ("header", lambda z: z.replace(b"WARC-Type", b"WARC/1.0\r\nWARC-Type", 1), 4, ".warc"),
    ("beginning", lambda z: b"garbage\n" + z, 4, ".warc"),
]


@pytest.mark.parametrize(("words", "change", "left", "suffix"), BROKEN)
def test_a_broken_record_costs_no_other(
    tmp_path: Path, words: str, change: object, left: int, suffix: str
) -> None:
    rows = [good(n) for n in range(4)]
    data = zipped(rows) if suffix.endswith("gz") else b"".join(rows)
    articles, skipped = run(tmp_path / f"a{suffix}", change(data))  # type: ignore[operator]
    assert len(articles) == left
    assert len({a.id for a in articles}) == left
    assert any(words in s.reason for s in skipped) or "damaged" in skipped[0].reason
    assert len([s for s in skipped if s.failed]) == 1


@pytest.mark.parametrize("seed", range(40))
def test_wherever_a_compressed_archive_is_damaged(seed: int, tmp_path: Path) -> None:
    """A part that is damaged can look as if it went on into the next ones."""
    parts = [gzip.compress(good(10 * seed + n), mtime=0) for n in range(4)]
    start = len(parts[0]) + 20 + 7 * seed
    data = b"".join(parts)
    end = min(start + 30, len(parts[0]) + len(parts[1]))
    broken = data[:start] + b"\xff" * (end - start) + data[end:]
    articles, skipped = run(tmp_path / "a.warc.gz", broken)
    assert len(articles) >= 3
    assert [s.failed for s in skipped] == [True] * (4 - len(articles))


def test_the_size_limit_is_that_of_a_record(tmp_path: Path) -> None:
    large = record("https://a.eu/large", answer(page() + b" " * 5000))
    film = record("https://a.eu/film", answer(b"x" * 200_000, media="video/mp4"))
    bomb = record(
        "https://a.eu/bomb", answer(gzip.compress(b" " * 10**7), "Content-Encoding: gzip")
    )
    limit = 20_000
    articles, skipped = run(tmp_path / "a.warc", large * 5 + film + bomb + good(1), max_bytes=limit)
    assert len(articles) == 6
    told = [s.reason for s in skipped]
    assert "limit of 20,000 bytes" in told[0]
    assert "1 of video/mp4" in told[1]
    articles, skipped = run(tmp_path / "a.warc", large + good(1), max_bytes=4000)
    assert [a.id for a in articles] == ["example.com/news/1"]
    assert "limit of 4,000 bytes" in skipped[0].reason


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"<html>not an archive</html>", "not a web archive"),
        (gzip.compress(b"text", mtime=0), "not a web archive"),
        (record("https://a.eu/x", b"a: b", "metadata", "text/x"), "no web pages"),
    ],
)
def test_archives_without_articles(tmp_path: Path, data: bytes, words: str) -> None:
    articles, skipped = run(tmp_path / "a.warc", data)
    assert articles == []
    assert words in skipped[0].reason
    assert skipped[0].failed


ARCHIVE = b"".join(good(n) for n in range(3))
ZIPPED = zipped([good(n) for n in range(3)])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_raises_or_repeats(tmp_path_factory: pytest.TempPathFactory, data) -> None:  # type: ignore[no-untyped-def]
    whole = data.draw(st.sampled_from([ARCHIVE, ZIPPED]))
    at = data.draw(st.integers(0, len(whole) - 1))
    size = data.draw(st.integers(0, 300))
    new = data.draw(st.binary(max_size=60))
    path = tmp_path_factory.mktemp("w") / ("a.warc" if whole is ARCHIVE else "a.warc.gz")
    articles, skipped = run(path, whole[:at] + new + whole[at + size :])
    assert len(articles) <= 3
    assert articles or skipped


def test_without_warcio_the_remedy_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(good(1))
    code = (
        "import sys; sys.modules['warcio'] = None\nfrom azstance.read import read_paths\n"
        f"print(*read_paths([{str(tmp_path)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 'pip install "azstance[store]"' in done.stdout
