"""Hostile files, the same ones every time: what comes in by mail, by scraper, or on purpose.

Each is a name and its bytes, or a function that makes what is no plain file. `random_files` adds
as many more as are wanted: cut, doubled, mixed and scrambled pieces of all of them.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

TEXT = (
    "Azerbaijan and Russia are strategic allies, and their partnership grows every year. "
    "Moscow accuses nobody. Relations between Baku and Moscow are in a deep crisis. "
    "The train to Astara was late again. Farmers wait for rain. Trade grew by a third.\n"
)
Maker = Callable[[Path], None]
_HEAD = "---\ntitle: {title}\noutlet: Baku Dispatch\ndate: 2024-03-31\n---\n"
_LAUGHS = "\n".join(
    ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
)
_ESCAPES = (
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]8;;http://x.example\x1b\\link\x1b]8;;\x1b\\ \x9b2J"
)
_COMMANDS = (
    "::error file=a.py,line=1::owned\n  ::set-output name=x::y\n##[group]owned\n##[error]x\n"
)
_BIDI = (
    "\u202eevil\u202c \u2066iso\u2069 zero\u200bwidth\u200d\ufeff \u00ad \U000e0041 \u2028 \u0085 "
)


def _zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"\0" * 5_000_000)
    return out.getvalue()


def _texts() -> dict[str, str]:
    """Plain text and Markdown."""
    comment = "<!-- azstance: ignore[AZ301] {} -->\n\n"
    return {
        "escapes.txt": _ESCAPES + TEXT + _ESCAPES,
        "commands.txt": _COMMANDS + TEXT + _COMMANDS,
        "commands.md": _HEAD.format(title="'::error::owned %0A ##[group]'") + _COMMANDS + TEXT,
        "bidi.txt": _BIDI.join(TEXT.split(" ")),
        "bidi.md": _HEAD.format(title=json.dumps("\u202eeltit\u200b\x1b[2J")) + TEXT,
        "markup.txt": f"[sic] [/sic] [bold] [/b] :smile: [link=x]y {TEXT}",
        "emoji.txt": "\U0001f600\U0001f1e6\U0001f1ff" * 500,
        "blanks.txt": " \t\n\u00a0\u2003" * 500,
        "empty.md": "",
        "word.txt": "a" * 100_000,
        "blob.txt": "QUJDRA==" * 110_000,
        "words.md": f"{'Baku' * 25_000} {TEXT}",
        "combining.txt": TEXT + "e" + "\u0301" * 50_000,
        "laughs.md": f"---\n{_LAUGHS}\n---\n{TEXT}",
        "tags.md": f"---\ntitle: !!python/object/apply:os.system ['touch owned']\n---\n{TEXT}",
        "deep.md": f"---\ntitle: {'[' * 20_000}\n---\n{TEXT}",
        "deepmap.md": f"---\n{'{a: ' * 5_000}\n---\n{TEXT}",
        "anchors.md": f"---\ntitle: &t [*t]\nself: &s\n  s: *s\n---\n{TEXT}",
        "unclosed.md": f"---\ntitle: x\n{TEXT}",
        "baddate.md": f"---\ntitle: x\ndate: 2024-02-30\noutlet: y\n---\n{TEXT}",
        "bigyear.md": f"---\ntitle: x\ndate: 99999-01-01\noutlet: {'9' * 5000}\n---\n{TEXT}",
        "keys.md": f"---\n? [a, b]\n: c\n1: 2\nnull: 3\ntrue: x\ntitle: 1\ntitle: 2\n---\n{TEXT}",
        "quotes.md": ">" * 50_000 + " " + TEXT,
        "stars.md": "*" * 50_000 + TEXT + "_" * 50_000,
        "links.md": "[" * 20_000 + TEXT + "](" * 20_000,
        "ticks.md": "`" * 20_001 + TEXT,
        "comments.md": comment.format("") + comment.format("x" * 1_000_000) + TEXT,
        "comments.txt": "<!-- azstance:" * 20_000 + "ignore[" * 10_000 + TEXT,
        "remark.txt": f"<!-- azstance: ignore[{'AZ301,' * 100}] -->\n<!-- azstance: \x1b[2J ::error:: -->\n{TEXT}",  # noqa: E501
        "fences.md": "```\n~~~\n" * 5_000 + TEXT,
        "dates.txt": "31.02.2024 03/04/2024 99/99/9999 " * 3_000 + TEXT,
        "cr.txt": TEXT.replace(" ", "\r"),
        "mixed.txt": TEXT.replace(". ", ".\r\n\x0b\x0c\x1c\u2029\r"),
        "mojibake.txt": "Ã¢â‚¬â„¢ Ð‘Ð°ÐºÑƒ â€œ " * 2_000 + TEXT,
        "entities.txt": "&amp;#x1b;[2J &#0; &#xD800; &#9999999; &bogus; &lt;script&gt; " * 500
        + TEXT,
    }


def _bytes() -> dict[str, bytes]:
    """What is not what its name says, and what is in other encodings."""
    raw = TEXT.encode()
    return {
        "nuls.txt": b"\0".join([raw[:40], raw]),
        "onlynuls.txt": b"\0" * 10_000,
        "invalid.txt": raw + b"\xff\xfe\x80\x81\xc0\xaf" + raw,
        "overlong.txt": b"\xc0\x80\xe0\x80\xaf\xf8\x88\x80\x80\x80" + raw,
        "surrogate.txt": raw + b"\xed\xa0\x80\xed\xb0\x80",
        "utf16.txt": TEXT.encode("utf-16"),
        "utf16le.txt": TEXT.encode("utf-16-le"),
        "utf16be.md": TEXT.encode("utf-16-be"),
        "utf16odd.txt": b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1],
        "utf16lone.txt": b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\x00\xd8\x00\xd8",
        "utf32.txt": TEXT.encode("utf-32"),
        "utf32none.txt": TEXT.encode("utf-32-le"),
        "utf32bad.txt": b"\xff\xfe\x00\x00" + b"\xff\xff\xff\xff" * 50,
        "utf7.txt": b"+ADw-script+AD4- " + raw,
        "russian.txt": ("Баку и Москва встретились. " * 50).encode(),
        "cyrillic.txt": ("Баку и Москва встретились. " * 50).encode("cp1251"),
        "bom.txt": b"\xef\xbb\xbf" * 3 + raw,
        "zip.txt": _zipped(),
        "gzip.txt": gzip.compress(b"a" * 5_000_000, mtime=0),
        "gzip.json": gzip.compress(b"{}", mtime=0),
        "pdf.txt": b"%PDF-1.7\n" + raw,
        "png.txt": b"\x89PNG\r\n\x1a\n" + bytes(300),
        "elf.txt": b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20,
        "long.txt": raw.replace(b"\n", b" ") * (10_000_000 // len(raw) - 1),
        "toolong.txt": raw * (10_000_000 // len(raw) + 2),
        "short.txt": b"Baku met. " * 100_000,
        "manylines.txt": b"a\n" * 400_000,
        "manyparas.md": b"Baku and Moscow met.\n\n" * 6_000,
    }


def _html() -> dict[str, str]:
    return {
        "deep.html": "<div>" * 20_000 + TEXT + "</div>" * 20_000,
        "deepspan.html": "<b><i>" * 10_000 + TEXT,
        "deeptable.html": "<table><tr><td>" * 3_000 + TEXT,
        "open.html": "<" * 50_000 + TEXT,
        "comment.html": "<!--" * 20_000 + TEXT,
        "doctype.html": "<!DOCTYPE [" + "<!ENTITY a 'x'>" * 5_000 + "]>" + TEXT,
        "cdata.html": "<![CDATA[" * 5_000 + TEXT,
        "entity.html": "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><p>&e;" + TEXT,
        "script.html": "<script>" + "x" * 100_000 + "<p>" + TEXT,
        "attributes.html": f"<p {'a=b ' * 50_000}>{TEXT}</p>",
        "charset.html": f"<meta charset='bogus'><p>{TEXT}</p>",
        "charset2.html": f"<meta charset='utf-7'><p>{TEXT}é</p>",
        "charrefs.html": "<p>" + "&#x1b;[2J&#0;&#xD800;&#x110000;&#155;" * 300 + TEXT,
        "title.html": f"<title>{'x' * 200_000}</title><p>{TEXT}",
        "meta.html": f"<meta property='article:published_time' content='{'9' * 9000}'><p>{TEXT}",
        "json-ld.html": f'<script type="application/ld+json">{"[" * 9000}</script><p>{TEXT}',
        "nothing.html": "<html></html>",
        "text.htm": TEXT,
    }


def _records() -> dict[str, str]:
    good = {"title": "x", "outlet": "y", "date": "2024-03-31", "text": TEXT}
    row = json.dumps(good)
    strange = {**good, "title": {"a": [1]}, "outlet": ["x"] * 10_000, "id": "../../etc/passwd"}
    columns = ",".join(f"c{n}" for n in range(100_000))
    return {
        "surrogates.json": '{"text": "\\ud800 '
        + TEXT.strip()
        + ' \\udfff", "title": "\\udc00\\ud83d"}',
        "control.json": json.dumps({**good, "title": "\x1b[2J\u202e::error::x", "id": "\x07\x00"}),
        "deep.json": "[" * 100_000,
        "deepobject.json": '{"a":' * 100_000,
        "deeptext.jsonl": row + "\n" + '{"text": ' + "[" * 50_000 + "\n" + row,
        "nan.json": '{"text": NaN, "title": Infinity, "date": -Infinity}',
        "nan.jsonl": '{"text": "x", "date": NaN}\n{"text": "'
        + TEXT.strip()
        + '", "date": Infinity}',
        "integer.json": '{"date": ' + "9" * 100_000 + ', "text": "x"}',
        "integer.jsonl": '{"date": ' + "9" * 4_000 + ', "text": "x"}\n{"date": 1e999, "text": "y"}',
        "duplicate.json": '{"text": "a", "text": "b", "text": ' + json.dumps(TEXT) + "}",
        "strange.json": json.dumps(strange),
        "ids.jsonl": "".join(
            json.dumps({**good, "id": i}) + "\n" for i in ("a", "a", "\x1b", "", None)
        ),
        "scalars.json": '[1, null, true, "x", [], {}]',
        "scalar.json": "1",
        "trailing.json": row + row,
        "comma.json": f"[{row},]",
        "manyrecords.jsonl": '{"text": "Baku."}\n' * 300,
        "manybad.jsonl": "{\n" * 3_000,
        "blank.jsonl": "\n\n \n",
        "crlf.jsonl": f"{row}\r\n{row}\r\n",
        "formula.csv": f'title,text,outlet\n"=cmd|\' /C calc\'!A1","@SUM(1) {TEXT.strip()}",+1\n',
        "ragged.csv": "title,text\n" + "".join("x," * n + "\n" for n in range(300)),
        "quote.csv": f'title,text\n"x,{TEXT}',
        "quotes.csv": 'title,text\n"a"b"c,"d\n' * 50,
        "columns.csv": f"text,{columns}\n{','.join(['x'] * 100_000)}\n",
        "headers.csv": "text,text,TEXT\na,b,c\n",
        "nulcell.csv": f"title,text\nx,{TEXT.strip()}\0\ny,z\n",
        "semicolons.csv": f"title;text\nx;{TEXT}",
        "nothing.csv": "title,text\n",
        "field.csv": f'title,text\nx,"{TEXT * 3000}"\n',
    }


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")


def _loops(folder: Path) -> None:
    (folder / "loop").symlink_to(".")
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "one.txt").symlink_to("two.txt")
    (folder / "two.txt").symlink_to("one.txt")
    (folder / "gone.md").symlink_to("nowhere.md")
    (folder / "device.txt").symlink_to("/dev/zero")


def _directory(folder: Path) -> None:
    (folder / "folder.txt").mkdir()
    (folder / "folder.txt" / "in.txt").write_text(TEXT, encoding="utf-8")
    (folder / "empty.json").mkdir()


def _names(folder: Path) -> None:
    names = (
        b"line\nbreak.txt", b"esc\x1b[2J\x07.txt", b"-leading.txt", b"--format.txt", b"\xff\xfe.txt",  # noqa: E501
        b"::error::x.txt", b"##[group]x.md", b"[sic] [b].txt", b"100%0A.txt", b"a b\tc.txt",
        "\u202efdp.txt".encode(), b"$(touch owned).txt", b"quote'\".txt", b"x.TXT", b"<!--.md",
        b"]]>&amp;.txt", b"a" * 200 + b".txt", b"=1+1.csv",
    )  # fmt: skip
    for name in names:
        (folder / os.fsdecode(name)).write_text(TEXT, encoding="utf-8")


def _sidecar(text: bytes) -> Maker:
    def make(folder: Path) -> None:
        (folder / "a.txt").write_text(TEXT, encoding="utf-8")
        (folder / "sources.toml").write_bytes(text)

    return make


FOLDERS: dict[str, Maker] = {
    "pipe": _pipe,
    "loops": _loops,
    "directory": _directory,
    "names": _names,
    "toml-broken": _sidecar(b'["a"\noutlet = "x"\n'),
    "toml-double": _sidecar(b'["a"]\noutlet = "x"\noutlet = "y"\n["a"]\n'),
    "toml-bytes": _sidecar(b"\xff\xfe\0\0[a]"),
    "toml-deep": _sidecar(b"a = " + b"[" * 20_000),
    "toml-escape": _sidecar(b'["a"]\noutlet = "\\u001b[2J\\u202e::error::"\n"\\u001b" = 1\n'),
    "toml-date": _sidecar(b'["*"]\npublished = 0001-01-01\n["a"]\npublished = "\\u001b"\n'),
    "toml-stars": _sidecar(b'["' + b"*a" * 60 + b'b"]\noutlet = "x"\n'),
    "toml-folder": lambda folder: (folder / "sources.toml").mkdir(),
}


def special_files() -> dict[str, bytes]:
    """Every special file by its name."""
    texts = {**_texts(), **_html(), **_records()}
    return {name: text.encode() for name, text in texts.items()} | _bytes()


def big_files() -> Iterator[tuple[str, bytes]]:
    """Files as large as may be, each of one piece, that keep a careless pattern busy for hours."""
    pieces = {
        "md": ("<!--", "<!-- azstance:", "![", "[a](", "`a", "*a ", "- a\n", "# a\n", "a\n\n"),
        "txt": ("<p a=b ", "31.02.2024 ", "A. ", "Baku met.\n", "Read more: ", "a-\n"),
        "html": ("<p", "<p>a", "<li>a", "&", "&#1", "<!--", "<meta ", "a "),
        "json": ("[", '{"text":', '"\\ud800', "1"),
        "csv": ("text\n", '"', ",", "a\r"),
        "jsonl": ("{", "\n"),
    }
    for kind, each in pieces.items():
        for number, piece in enumerate(each):
            yield f"big{number}.{kind}", (piece * (9_990_000 // len(piece))).encode()


def random_files(count: int, seed: int = 4) -> Iterator[tuple[str, bytes]]:
    """Files made of pieces of the special ones, cut, doubled, flipped and joined."""
    rng = random.Random(seed)
    pool = [data[:20_000] for data in special_files().values()] + [TEXT.encode()] * 20
    kinds = ("txt", "md", "json", "jsonl", "csv", "html")
    for number in range(count):
        data = b"".join(_mangled(rng, rng.choice(pool)) for _ in range(rng.randint(1, 4)))
        yield f"r{number:04}.{rng.choice(kinds)}", data


def _mangled(rng: random.Random, data: bytes) -> bytes:
    how = rng.randrange(5)
    if how == 0:
        return rng.randbytes(rng.randint(0, 2000))
    if how == 1:
        return data[: rng.randint(0, len(data))]
    if how == 2:
        at = rng.randint(0, len(data))
        return data[at:] + data[:at]
    if how == 3:
        raw = bytearray(data)
        for _ in range(min(len(raw), 20)):
            raw[rng.randrange(len(raw))] = rng.randrange(256)
        return bytes(raw)
    return data
