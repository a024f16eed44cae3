"""The outputs of `azstance check`: one report, nine formats, the same bytes every time.

A format is a module of this package with a function `render` and a line in `FORMATS`. None of them
looks at the clock, the locale or the environment.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from azstance.errors import ConfigError
from azstance.render.options import DEFAULT_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.checking.records import CheckReport

__all__ = ["FORMATS", "CheckFormat", "check_format_named", "render_check"]


@dataclass(frozen=True, slots=True)
class CheckFormat:
    """A format: its module here, and whether it is laid out for a terminal or read as data."""

    name: str
    module: str
    drawn: bool = False

    def chunks(self, report: CheckReport, width: int, colour: bool) -> Iterator[str]:
        """The report as pieces of text. Width and colour are only for formats that are drawn."""
        module = import_module(f"{__name__}.{self.module}")
        found: Iterator[str] = (
            module.render(report, width=width, colour=colour)
            if self.drawn
            else module.render(report)
        )
        return found


FORMATS = {
    each.name: each
    for each in (
        CheckFormat("text", "text", drawn=True),
        CheckFormat("concise", "concise"),
        CheckFormat("json", "as_json"),
        CheckFormat("jsonl", "as_jsonl"),
        CheckFormat("github", "github"),
        CheckFormat("sarif", "sarif"),
        CheckFormat("junit", "junit"),
        CheckFormat("gitlab", "gitlab"),
        CheckFormat("markdown", "markdown"),
    )
}


def check_format_named(name: str) -> CheckFormat:
    """The format of that name. Raises ConfigError with the known names for any other."""
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise ConfigError(f'the format "{name}" is not known', remedy=f"Choose one of {known}.")
    return FORMATS[name]


def render_check(
    report: CheckReport, format: str, *, width: int = DEFAULT_WIDTH, colour: bool = False
) -> Iterator[str]:
    """`report` in pieces of text that end with a line break.

    Only "text" fits itself to `width` cells and may be in `colour`; without colour it holds no
    escape sequence. Raises ConfigError for an unknown format, at once and not when first read.
    """
    return check_format_named(format).chunks(report, width, colour)
