"""The phrases of the page's scripts stand in words.toml, and none there is idle."""

from __future__ import annotations

import re
from importlib.resources import files
from string import Formatter

from azstance.render.page.text import words

SCRIPTS = "".join(
    script.read_text(encoding="utf-8")
    for script in sorted(
        (files("azstance.render.page") / "scripts").iterdir(), key=lambda each: each.name
    )
)
SAID = words()["script"]


def test_what_is_said_is_there_and_all_of_it_is_said() -> None:
    phrases = {name for name, text in SAID.items() if isinstance(text, str)}
    asked = {name for call in re.findall(r"\bsay\(([^,)]+)", SCRIPTS) for name in names(call)}
    assert asked <= phrases
    plain = set(re.findall(r"data\.words\.(\w+)", SCRIPTS))
    assert asked | plain == set(SAID)


def names(call: str) -> list[str]:
    return re.findall(r'"(\w+)"', call)


def test_what_is_filled_in_is_given() -> None:
    given = set(re.findall(r"[{,]\s*(\w+)(?=[,:\s}])", SCRIPTS))
    for name, text in SAID.items():
        if isinstance(text, str):
            wanted = {field for _, field, _, _ in Formatter().parse(text) if field}
            assert wanted <= given, name


def test_no_phrase_stands_in_a_script() -> None:
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", SCRIPTS, flags=re.DOTALL)
    written = re.findall(r"\"[^\"\n]*\"|`[^`\n]*`", code)
    phrases = [text for text in written if re.search(r"[A-Za-z’]{3,} [a-z]{3,} [a-z]{2,}", text)]
    assert phrases == []
