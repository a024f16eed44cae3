"""Text of strangers on a page: how it is cleaned, and how it is written into HTML, JSON and CSS."""

from __future__ import annotations

import json
import tomllib
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from azstance.render.clean import aligned, plain

if TYPE_CHECKING:
    from jinja2 import Environment

_PLACE = "azstance.render.page"
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&'\u2028\u2029"}


def shown(value: object) -> object:
    """What a template writes: text without control characters; it is escaped after this."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return plain(value)
    return value


def script_json(value: Any) -> Markup:
    """JSON for a <script> element: nothing in it can end the element or begin another."""
    text = json.dumps(cleaned(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(text.translate(_ESCAPES))


def cleaned(value: Any) -> Any:
    """`value` with every text in it free of control characters, and as long as before."""
    if isinstance(value, str):
        return aligned(value)
    if isinstance(value, dict):
        return {aligned(str(key)): cleaned(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(held) for held in value]
    return value


def css_string(text: str) -> str:
    """`text` as a string of CSS, in which nothing but letters and digits stands for itself."""
    inner = "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in plain(text))
    return f'"{inner}"'


def digest(script: str) -> str:
    """What a content security policy knows an inline script by."""
    return f"sha256-{b64encode(sha256(script.encode('utf-8')).digest()).decode('ascii')}"


def own(name: str) -> str:
    """A file of this package, with the same line ends everywhere."""
    text = (files(_PLACE) / name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


@cache
def words() -> dict[str, Any]:
    """The phrases of the page."""
    return tomllib.loads(own("words.toml"))


@cache
def environment() -> Environment:
    """Templates in which every value is cleaned and escaped, and a missing one is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(lambda name: own(f"templates/{name}")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
