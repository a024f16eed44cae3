"""The rules of the page's style that depend on the codebook: colour and label of each frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.render.charts import palette
from azstance.render.page.text import css_string

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azstance.render.charts import Colours

_LIGHT, _DARK = ":root", ':root[data-theme="dark"]'


def frame_rules(frames: Sequence[str]) -> str:
    """Colours of paper, ink and frames, light and dark, and the labels behind marked sentences."""
    found = palette()
    dark = _colours(found.dark, len(frames))
    rules = [
        f"{_LIGHT}{{color-scheme:light;{_colours(found.light, len(frames))}}}",
        f"@media screen and (prefers-color-scheme:dark)"
        f'{{:root:not([data-theme="light"]){{color-scheme:dark;{dark}}}}}',
        f"@media screen{{{_DARK}{{color-scheme:dark;{dark}}}}}",
    ]
    for place, frame in enumerate(frames):
        rules.append(f".f{place}{{--c:var(--f{place})}}")
        for polarity, sign in (("a", "+"), ("d", "\N{MINUS SIGN}")):
            label = css_string(f"\N{NO-BREAK SPACE}{frame} {sign}")
            rules.append(f".m.f{place}.{polarity}::after{{content:{label}}}")
    return "\n".join(rules)


def _colours(colours: Colours, frames: int) -> str:
    named = f"--paper:{colours.paper};--ink:{colours.ink};--quiet:{colours.quiet};"
    named += f"--grid:{colours.grid};"
    return named + "".join(f"--f{place}:{colours.frame(place)};" for place in range(frames))
