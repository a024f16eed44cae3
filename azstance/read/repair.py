"""Repairs to a line of text: mojibake, entities, tags, controls. It stays the same line.

Nothing here touches correct text: each repair first looks for the marks of the damage it mends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# UTF-8 read as windows-1252 or -1251: a lead byte as a letter, then a continuation as a sign.
_TAIL = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(rf"[ÂÃÄÅÐÑâï][{_TAIL}]|[вРС][{_TAIL}ЂЃЉЊЌЋЏђѓљњќћџ]|[\x80-\x9f]")
_THAI = re.compile("โ€(.)")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,9}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_TAG = re.compile(
    r"<\s{0,3}/?\s{0,3}(?:p|br|div|span|strong|em|b|i|u|a|h[1-6]|ul|ol|li|blockquote|img|figure|figcaption|font"
    r"|section|article|iframe|table|tr|td|tbody|sup|sub|small)"
    r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s<>\"']+)){0,20}\s*/?\s*>",
    re.IGNORECASE,
)
_TERMINAL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_SPACE = "\t\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u2028\u2029\n"
_ODD_SPACE = re.compile(f"[{_SPACE}\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Cc, the bidirectional and invisible ones of Cf, lone surrogates, non-characters, tag characters.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\ufffe\uffff\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SUSPECT = re.compile(
    f"[{_SPACE}&<\xa0\x00-\x1f\x7f-\x9f\xad\u034f-\uffff\U0001d173-\U000e0fff]|[ÂÃÄÅÐÑâï]"
)
_QUIET = frozenset("‘’“”–—…")  # everyday signs: a line that holds no other rare ones needs no look


@dataclass(slots=True)
class Repairs:
    """Counts what was mended, for the notes of an article."""

    mojibake: list[int] = field(default_factory=list)
    entities: list[int] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)

    def notes(self) -> tuple[str, ...]:
        """One sentence for each kind of repair that was made."""
        named = (
            (self.mojibake, "wrongly decoded characters were repaired"),
            (self.entities, "HTML entities were decoded"),
            (self.tags, "HTML tags were removed from plain text"),
            (self.hidden, "control or invisible characters were removed"),
        )
        return tuple(f"{what} on {_lines(rows)}" for rows, what in named if rows)


def _lines(rows: list[int]) -> str:
    unique = sorted(set(rows))
    shown = ", ".join(str(n) for n in unique[:5])
    more = f" and {len(unique) - 5} more" if len(unique) > 5 else ""
    return f"line{'s' if len(unique) > 1 else ''} {shown}{more}"


def repair(text: str, number: int, done: Repairs) -> str:
    """A line as it was meant: one line in, one line out. `number` is its line, for `done`."""
    if not any(c not in _QUIET for c in _SUSPECT.findall(text)):
        return text
    text = _undo_mojibake(text, number, done)
    text = _decode_entities(text, number, done)
    if "<" in text and _TAG.search(text):
        text = _TAG.sub(" ", text).strip()
        done.tags.append(number)
    return visible(text, number, done)


def repair_encoding(text: str, number: int, done: Repairs) -> str:
    """The part of `repair` that is safe on markup: mojibake and hidden characters."""
    if not any(c not in _QUIET for c in _SUSPECT.findall(text)):
        return text
    return visible(_undo_mojibake(text, number, done), number, done)


def visible(text: str, number: int = 0, done: Repairs | None = None) -> str:
    """`text` in one line, without terminal sequences, control or invisible characters.

    Tabs and exotic blanks become a space. Eye and terminal then agree on the text.
    """
    seen = _HIDDEN.search(text) is not None
    if "\x1b" in text:
        text = _TERMINAL.sub("", text)
    text = _HIDDEN.sub("", _ODD_SPACE.sub(" ", text))
    if seen and done is not None:
        done.hidden.append(number)
    return text


def _undo_mojibake(text: str, number: int, done: Repairs) -> str:
    fixed = _THAI.sub(_thai, text) if "โ€" in text else text
    if _MOJIBAKE.search(fixed):
        from ftfy import fix_encoding

        fixed = fix_encoding(fixed).replace("\n", " ")
    if fixed != text:
        done.mojibake.append(number)
    return fixed


def _thai(found: re.Match[str]) -> str:
    """A sign of three UTF-8 bytes (E2 80 xx) that was read as windows-874."""
    for codec in ("cp1252", "cp874", "latin-1"):
        try:
            return (b"\xe2\x80" + found.group(1).encode(codec)).decode("utf-8")
        except UnicodeError:
            continue
    return found.group()


def _decode_entities(text: str, number: int, done: Repairs) -> str:
    if "&" not in text or not _ENTITY.search(text):
        return text
    from html import unescape

    fixed = text
    for _ in range(3):  # feeds escape what is escaped already: "&amp;nbsp;"
        fixed = _ENTITY.sub(lambda found: unescape(found.group()), fixed)
    if fixed != text:
        done.entities.append(number)
    return fixed
