"""What is planted: a function for each rule, from the number of the fault to the fault on disk."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from .planted import EDITABLE, KINDS, WORDS, Corpus, Piece, Where, shared

_NOT_WEB = tuple(kind for kind in KINDS if kind != "html")


def build(folder: Path, articles: int, each: int) -> Corpus:
    """A folder of about so many articles with `each` faults of every kind, the rest without."""
    corpus = Corpus(folder)
    for number in range(each):
        for plant in PLANTERS:
            plant(corpus, number)
    clean = 0
    while corpus.articles < articles:
        corpus.put(corpus.piece(corpus.rng.randint(8, 16)), KINDS[clean % len(KINDS)])
        clean += 1
    corpus.finish()
    return corpus


def _kind(number: int, kinds: tuple[str, ...] = KINDS) -> str:
    return kinds[number % len(kinds)]


def _of(name: str, number: int) -> str:
    rows = WORDS[name]
    return str(rows[number % len(rows)])


def unreadable(corpus: Corpus, number: int) -> None:
    """AZ001: bytes that are no article of their kind."""
    name, data = _BROKEN[number % len(_BROKEN)]
    path = f"broken/b{number:02}{name}"
    corpus.articles += 1
    if callable(data):
        data(corpus.raw(path, b"x"), corpus.folder)
        corpus.plant("AZ001", Where(path), name)
    else:
        corpus.plant("AZ001", corpus.raw(path, data), repr(data[:20]))


def _dangling(where: Where, folder: Path) -> None:
    (folder / where.path).unlink()
    (folder / where.path).symlink_to("nowhere.txt")


def _pipe(where: Where, folder: Path) -> None:
    (folder / where.path).unlink()
    os.mkfifo(folder / where.path)


_TEXT = b"Azerbaijan and Russia signed an agreement on transit in Baku. " * 8
_BROKEN: tuple[tuple[str, bytes | Callable[[Where, Path], None]], ...] = (
    (".txt", b"PK\x03\x04\x14\x00\x08\x00" + bytes(range(256)) * 4),
    (".txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + _TEXT),
    (".json", b'{"title": "Transit", "text": "Azerbaijan and Rus'),
    (".txt", b"\xff\xfe\x81\x8d Baku and Moscow \x90\x9d met \x81\x8f again."),
    (".csv", b"title,body\nTransit,Azerbaijan and Russia signed an agreement.\n"),
    (".txt", b""),
    (".jsonl", b'{"title": "Transit", "body": "Azerbaijan and Russia signed."}\n'),
    (".md", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200)),
    (".txt", b" \n\t\n \r\n"),
    (".csv", b'title,text\nTransit,"Azerbaijan and Russia signed an agreement.\n'),
    (".html", b"<!doctype html><html><head><title>Transit</title></head><body></body></html>"),
    (".txt", _dangling),
    (".json", b'["Azerbaijan and Russia signed an agreement."]'),
    (".txt", _TEXT[:200] + b"\0" + _TEXT),
    (".txt", _pipe),
    (".md", b"---\ntitle: Transit\noutlet: Baku Dispatch\ndate: 2024-03-31\n---\n"),
    (".txt", "\U0001f1e6\U0001f1ff \U0001f91d \U0001f1f7\U0001f1fa 2024 !!!\n".encode()),
    (".jsonl", b"{'title': 'Transit', 'text': 'single quotation marks'}\n"),
    (".txt", b"\xff\xfe" + "Azerbaijan and Russia".encode("utf-16-le")[:-1]),
    (".txt", b"\x1f\x8b\x08\x00" + bytes(range(1, 255)) * 4),
)


def too_short(corpus: Corpus, number: int) -> None:
    """AZ002: one to three sentences."""
    corpus.plant("AZ002", corpus.put(corpus.piece(1 + number % 3), _kind(number)))


def foreign(corpus: Corpus, number: int) -> None:
    """AZ003: another language."""
    text = _of("foreign", number)
    piece = replace(corpus.piece(1), paragraphs=((text,),))
    corpus.plant("AZ003", corpus.put(piece, _kind(number)), text[:20])


def without_field(corpus: Corpus, number: int) -> None:
    """AZ010: no outlet, no title or no date."""
    field = ("outlet", "title", "date")[number % 3]
    piece = replace(corpus.piece(), **{field: ""})
    corpus.plant("AZ010", corpus.put(piece, _kind(number // 3)), field)


def bad_date(corpus: Corpus, number: int) -> None:
    """AZ011: no date, two dates, or one to come. In sources.toml it is that file's fault."""
    date = _of("dates", number)
    kind = _kind(number)
    where = corpus.put(replace(corpus.piece(), date=date), kind)
    if kind == "txt" and not re.match(r"20\d\d-\d\d(-\d\d)?$", date):
        where = Where("txt/sources.toml", Path(where.path).stem)
    corpus.plant("AZ011", where, f"{kind} {date}")


def furniture(corpus: Corpus, number: int) -> None:
    """AZ101: lines of a page before, between and after the paragraphs."""
    lines = _of("furniture", number).split("\n\n")
    piece = corpus.piece()
    at = (0, 1, len(piece.paragraphs))[number % 3]
    where = corpus.put(piece.with_line(at, *lines), _kind(number, _NOT_WEB))
    corpus.plant("AZ101", where, lines[0])


def truncated(corpus: Corpus, number: int) -> None:
    """AZ103: three in four end in a notice, the others in the middle of a sentence."""
    piece = corpus.piece(6)
    if number % 4 == 3:
        last = next(s for _ in range(99) if len((s := corpus.piece(1).sentences[0]).split()) > 12)
        end = _of("breaks", number // 4).format(words=" ".join(last.split()[:10]).strip(",;:"))
        piece = replace(piece, paragraphs=(*piece.paragraphs, (end,)))
    else:
        end = _of("stubs", number - number // 4)
        piece = piece.with_line(len(piece.paragraphs), end)
    corpus.plant("AZ103", corpus.put(piece, _kind(number)), end)


def _twin(corpus: Corpus, rule: str, first: Piece, second: Piece, number: int) -> None:
    """Two articles; the one that comes later is told."""
    known = corpus.piece(1)
    second = replace(second, title=known.title, outlet=known.outlet, date=known.date)
    kinds = (_kind(number), _kind(number + 1 + number // len(KINDS)))
    places = [corpus.put(each, kind) for each, kind in zip((first, second), kinds, strict=True)]
    corpus.plant(rule, max(places), f"{kinds[0]} {kinds[1]}")


def copied(corpus: Corpus, number: int) -> None:
    """AZ201: the same words, in other paragraphs and often another format."""
    piece = corpus.piece()
    again = replace(piece, paragraphs=(tuple(piece.sentences),)) if number % 2 else piece
    _twin(corpus, "AZ201", piece, again, number)


def edited(corpus: Corpus, number: int) -> None:
    """AZ202: a sentence replaced, left out or added, or words changed here and there."""
    piece = corpus.piece(20)
    rows = list(piece.sentences)
    if number % 4 == 0:
        rows[7] = corpus.piece(1).sentences[0]
    elif number % 4 == 1:
        del rows[11]
    elif number % 4 == 2:
        rows.insert(3, corpus.piece(1).sentences[0])
    else:
        rows[2], rows[14] = f"Meanwhile {rows[2]}", rows[14].replace(" the ", " that ", 1)
    twin = replace(piece, paragraphs=tuple(tuple(rows[n : n + 4]) for n in range(0, len(rows), 4)))
    jaccard, _ = shared(piece, twin)
    assert 0.8 <= jaccard < 1, jaccard
    _twin(corpus, "AZ202", piece, twin, number)


def contained(corpus: Corpus, number: int) -> None:
    """AZ203: the first or the last part of a longer article."""
    piece = corpus.piece(18)
    size = 7 + number % 5
    rows = piece.sentences[:size] if number % 2 else piece.sentences[-size:]
    part = replace(piece, paragraphs=tuple(tuple(rows[n : n + 3]) for n in range(0, size, 3)))
    jaccard, contained = shared(piece, part)
    assert jaccard < 0.8 < contained
    pair = (piece, part) if number % 3 else (part, piece)
    _twin(corpus, "AZ203", *pair, number)


def accusing(corpus: Corpus, number: int) -> None:
    """AZ301: an accusation that nobody is said to make."""
    text = _of("accusations", number)
    lines = (text,) if number % 2 else (f"{_of('neutral', number // 2)} {text}",)
    piece = corpus.piece().with_line(0, *lines)
    corpus.plant("AZ301", corpus.put(piece, _kind(number)), text)


def one_voice(corpus: Corpus, number: int) -> None:
    """AZ302: eight sentences of one speaker, and no other."""
    name = _of("speakers", number)
    rows = []
    for at, claim in enumerate(WORDS["claims"]):
        form = _of("said", number + at)
        rows.append(form.format(name=name, words=claim, Words=claim[0].upper() + claim[1:]))
        rows[-1] = rows[-1].replace(name, name.split()[-1]) if at else rows[-1]
    piece = corpus.piece(1)
    paragraphs = tuple(tuple(rows[n : n + 2]) for n in range(0, len(rows), 2))
    where = corpus.put(replace(piece, paragraphs=paragraphs), _kind(number))
    corpus.plant("AZ302", where, name)


def _comment(rule: str, name: str) -> Callable[[Corpus, int], None]:
    """A comment of the list `name`, before, between or after the paragraphs, or in one."""

    def plant(corpus: Corpus, number: int) -> None:
        text = _of(name, number)
        piece = corpus.piece()
        if number % 4 == 3:
            first = (f"{piece.paragraphs[0][0]} {text}", *piece.paragraphs[0][1:])
            piece = replace(piece, paragraphs=(first, *piece.paragraphs[1:]))
        else:
            piece = piece.with_line((0, 1, len(piece.paragraphs))[number % 4], text)
        corpus.plant(rule, corpus.put(piece, _kind(number, EDITABLE)), text)

    return plant


PLANTERS: tuple[Callable[[Corpus, int], None], ...] = (
    unreadable,
    too_short,
    foreign,
    without_field,
    bad_date,
    furniture,
    truncated,
    copied,
    edited,
    contained,
    accusing,
    one_voice,
    _comment("AZ901", "unused"),
    _comment("AZ902", "unknown"),
    _comment("AZ904", "reasonless"),
)
