"""Bytes to text: which encoding a file is in, decided in a fixed order.

1. A byte-order mark decides. 2. Valid UTF-8 is UTF-8. 3. NUL bytes in every other place are UTF-16
without a mark; any others are a binary file. 4. Only then windows-1251 and windows-1252 are
weighed (charset-normalizer), and the winner must read as words: a stray byte is not a letter.
"""

from __future__ import annotations

import codecs
import re
from itertools import pairwise

from azstance.read.page import UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"{\\rtf", "a rich-text document"),
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_HIGH = re.compile(r"[^\x00-\x7f]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_CYRILLIC_RUN = re.compile(r"[\u0400-\u04ff]+")
# Signs that stand alone in western typography; everything else that is not ASCII must be in a word.
_SIGNS = frozenset("‘’‚“”„‹›«»–—…•†‡‰€£¥¢§©®™°±·¶¼½¾¹²³ªº№¡¿×÷\xa0\xad")
# Letters of Russian, Ukrainian and Belarusian; the rest of windows-1251 hardly occurs in them.
_RUSSIAN = frozenset(map(chr, range(0x410, 0x450))) | frozenset("ЁёІіЇїЄєҐґЎў")
_SAVE = "Save it as UTF-8, or name its encoding."


def decode(
    data: bytes, encoding: str | None = None, *, only_utf8: bool = False
) -> tuple[str, tuple[str, ...]]:
    """Decode a file. Returns its text, without a byte-order mark, and notes for the user.

    `only_utf8` refuses what is not UTF-8 and does not say by a mark what it is, where otherwise its
    encoding is guessed.
    Raises UnreadableError where the bytes are not text, or not text in a known encoding.
    """
    if encoding:
        return _strict(data, encoding), ()
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            text = _strict(data, codec)
            return text, () if name == "UTF-8" else (f"read as {name}",)
    if b"\0" in data[:65536]:
        return _with_nuls(data)
    for magic, what in _BINARY:
        if data.startswith(magic):
            raise UnreadableError(
                f"is {what}, not text", remedy="Export it as plain text, HTML or Markdown."
            )
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as problem:
        if only_utf8:
            return _strict(data, "utf-8"), ()
        return _not_utf8(data, problem)


def lines_of(text: str) -> list[str]:
    """Split text into lines as an editor numbers them: at LF, CRLF, or CR in a file without LF.

    Form feeds, U+0085 and U+2028 do not end a line, unlike in `str.splitlines`.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\n" not in text:
            text = text.replace("\r", "\n")
    return text.split("\n")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except LookupError:
        raise UnreadableError(
            f'there is no encoding "{encoding}"',
            remedy="Name one such as utf-8, utf-16, windows-1251 or windows-1252.",
        ) from None
    except UnicodeError as problem:
        start = getattr(problem, "start", 0)
        raise UnreadableError(
            f"is not valid {encoding.removesuffix('-sig')}: byte 0x{data[start]:02x}",
            line=data.count(b"\n", 0, start) + 1,
            remedy=_SAVE,
        ) from None


def _with_nuls(data: bytes) -> tuple[str, tuple[str, ...]]:
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(len(sample) // 2, 1)
    for share, other, codec in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if share > 0.5 * half and other < 0.05 * half and len(data) % 2 == 0:
            return _strict(data, codec), ("read as UTF-16, which it does not declare",)
    raise UnreadableError(
        "is binary, not text (it holds NUL bytes)",
        line=data.count(b"\n", 0, data.index(b"\0")) + 1,
        remedy="Export it as plain text, HTML or Markdown.",
    )


def _not_utf8(data: bytes, problem: UnicodeDecodeError) -> tuple[str, tuple[str, ...]]:
    line = data.count(b"\n", 0, problem.start) + 1
    if problem.reason == "unexpected end of data" and problem.start > 0:
        head = data[: problem.start].decode("utf-8")
        return head, (f"line {line}: the last character is cut off and was left out",)
    codec = _declared(data) or _western(data)
    if codec:
        text = data.decode(codec)
        if _reads_as_words(text):
            return text, (f"read as {codec}",)
    raise UnreadableError(
        f"cannot be decoded: byte 0x{data[problem.start]:02x} is not valid UTF-8, and the text "
        "is not windows-1251 or windows-1252 either",
        line=line,
        remedy=_SAVE,
    )


def _declared(data: bytes) -> str | None:
    """The encoding that a web page declares for itself, if it holds."""
    found = _CHARSET.search(data[:2048])
    if not found:
        return None
    name = found.group(1).decode("ascii")
    try:
        data.decode(name)
    except (LookupError, UnicodeError):
        return None
    return name.lower()


def _western(data: bytes) -> str | None:
    """windows-1251 or windows-1252, whichever charset-normalizer finds the less messy."""
    from charset_normalizer import from_bytes

    best = from_bytes(
        data[:200_000], cp_isolation=["cp1252", "cp1251"], preemptive_behaviour=False
    ).best()
    order = ["cp1252", "cp1251"]
    if best is not None and best.encoding == "cp1251" and _CYRILLIC.search(str(best)):
        order.reverse()
    for codec in order:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if _reads_as_words(text):
            return codec.replace("cp", "windows-")
    return None


def _reads_as_words(text: str) -> bool:
    """Whether (nearly) every non-ASCII character is a typographic sign or sits in a word."""
    runs = list(_HIGH.finditer(text))
    cyrillic = _CYRILLIC_RUN.findall(text)
    if cyrillic and sum(map(len, cyrillic)) > 2 * sum(len(run) for run in cyrillic if len(run) > 2):
        return False  # Russian is not written in words of one or two letters
    bad = sum(not _plausible(text, run.start(), run.end()) for run in runs)
    return bad <= 0.02 * len(runs)


def _plausible(text: str, start: int, end: int) -> bool:
    run = text[start:end].strip("".join(_SIGNS))
    if not run:
        return True
    inside = [c for c in run if c not in _SIGNS]
    if not all(c.isalpha() for c in inside):
        return False
    left = text[start - 1 : start] if text[start] == run[0] else ""
    right = text[end : end + 1] if text[end - 1] == run[-1] else ""
    touches = (left.isascii() and left.isalpha()) or (right.isascii() and right.isalpha())
    if any("\u0400" <= c <= "\u04ff" for c in inside):
        return not touches and _RUSSIAN.issuperset(inside) and _case_fits(run)
    # A western word has its accented letters among plain ones: "café", "Türkiye", but not "ÿþ".
    return touches and len(inside) <= 2 and _case_fits(left + run + right)


def _case_fits(word: str) -> bool:
    letters = "".join(c for c in word if c.isalpha())
    return not any(a.islower() and b.isupper() for a, b in pairwise(letters))
