"""The few styles of the text format, as the escape sequences that rich makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

STYLES = {
    "error": "bold red",
    "warning": "bold yellow",
    "note": "bold cyan",
    "strong": "bold",
}


def painter(colour: bool) -> Callable[[str, str], str]:
    """A function from a text and the name of a style to the styled text, or to the text as it is.

    The text is never searched for markup; it has to be free of control characters already.
    """
    if not colour:
        return lambda text, style: text
    from rich.color import ColorSystem
    from rich.style import Style

    def paint(text: str, style: str) -> str:
        return Style.parse(STYLES[style]).render(text, color_system=ColorSystem.STANDARD)

    return paint
