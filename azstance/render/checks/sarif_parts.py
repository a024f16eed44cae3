"""Messages and locations of SARIF: a file as a URI reference, and a line of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from azstance.render.checks.safe import clipped
from azstance.render.clean import path_text, plain

if TYPE_CHECKING:
    from azstance.render.document import Document

ROOT = "%SRCROOT%"
_OUTSIDE = re.compile(r"/|[A-Za-z]:(/|\\|$)|(.*/)?\.\.(/|$)")


def message(text: str) -> Document:
    """A message that is shown as it is: no placeholders, no links that article text has made.

    Section 3.11 of the specification: braces are doubled, and "[text](target)" would be a link.
    """
    doubled = plain(text).replace("{", "{{").replace("}", "}}")
    return {"text": doubled.replace("](", "] (")}


def location(path: str, line: int, text: str | None = None) -> Document:
    """A line of a file, with an excerpt of its text where there is one."""
    region: Document = {"startLine": max(1, line)}
    if text is not None:
        region["snippet"] = {"text": clipped(plain(text))}
    return {"physicalLocation": {"artifactLocation": artifact(path), "region": region}}


def artifact(path: str) -> Document:
    """A path as a URI reference, relative to the root of the repository unless it leads out of it.

    Several slashes at the start would make a host name of the first folder, so one is left.
    """
    text = re.sub(r"^(\./+)+(?=.)|^/+(?=/)", "", path_text(path))
    uri = {"uri": quote(text, safe="/")}
    return uri if _OUTSIDE.match(text) else {**uri, "uriBaseId": ROOT}
