"""Encodings: what is decoded, as what, and what is refused with which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.read.decode import decode
from azstance.read.page import UnreadableError

ENGLISH = "Azerbaijan’s reply to Russia was “polite” — nothing more, and the café stayed open.\n"
RUSSIAN = "The paper «Правда» wrote it, and “Российская газета” agreed with every word of it.\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (ENGLISH.encode(), ENGLISH),
        (b"\xef\xbb\xbf" + ENGLISH.encode(), ENGLISH),
        (ENGLISH.encode("utf-16"), ENGLISH),
        (b"\xfe\xff" + ENGLISH.encode("utf-16-be"), ENGLISH),
        (ENGLISH.encode("utf-16-le"), ENGLISH),
        (ENGLISH.encode("utf-32"), ENGLISH),
        (ENGLISH.encode("cp1252"), ENGLISH),
        (RUSSIAN.encode("cp1251"), RUSSIAN),
        ("Türkiye’s naïve façade".encode("cp1252"), "Türkiye’s naïve façade"),
        ("Türkiye’s reply".encode()[:-5] + "é".encode()[:1], "Türkiye’s "),
        (b"plain ascii", "plain ascii"),
    ],
)
def test_decoded(data: bytes, text: str) -> None:
    assert decode(data)[0] == text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x7fELF\x00\x01\x02" * 9, "binary"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"PK\x03\x04\xff\xff", "zip archive"),
        (b"Good English text\nand then \xff\xfe \xc3\x28 rubbish", "cannot be decoded: byte 0xff"),
        (b"Half of it is \x81\x8d\x8f not text", "cannot be decoded"),
        (ENGLISH.encode() + b" \xff", "cannot be decoded"),
    ],
)
def test_refused(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        decode(data)


def test_refusal_names_the_line_and_a_remedy() -> None:
    with pytest.raises(UnreadableError) as caught:
        decode(b"one\ntwo\nthree \xc3\x28")
    assert caught.value.line == 3
    assert caught.value.remedy


def test_named_encoding() -> None:
    assert decode("ёлка".encode("koi8-r"), "koi8-r")[0] == "ёлка"
    with pytest.raises(UnreadableError, match="no encoding"):
        decode(b"x", "klingon-8")
    with pytest.raises(UnreadableError, match="not valid utf-8"):
        decode(b"a\n\xff", "utf-8")


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except UnreadableError as problem:
        assert str(problem)
    else:
        assert isinstance(text, str)


@given(st.text(max_size=200))
def test_utf8_is_never_changed(text: str) -> None:
    data = text.encode("utf-8", "replace")
    if b"\0" not in data and not data.startswith((b"\xef\xbb\xbf", b"{\\rtf", b"PK\x03\x04")):
        assert decode(data)[0].encode() == data
