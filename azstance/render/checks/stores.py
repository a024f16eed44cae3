"""What the commands around a check print: references, baselines, rules and settings as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from statistics import quantiles
from textwrap import fill
from typing import TYPE_CHECKING

from azstance.checking.measured import articles_needed
from azstance.render.clean import path_text, plain
from azstance.rulebook import Level, Rule, ruleset

if TYPE_CHECKING:
    from azstance.check_settings import Thresholds
    from azstance.checking.baseline import Entry
    from azstance.checking.reference import Known, Reference
    from azstance.config import Config

_WIDTH = 80


def reference_summary(reference: Reference, limits: Thresholds) -> Iterator[str]:
    """A line for each outlet: articles, period, alignment, and whether alarms are possible."""
    made = reference.made
    needed = articles_needed(limits.alpha)
    yield f"{len(reference.articles)} articles, {len(reference.by_outlet)} outlets\n"
    yield plain(f"codebook {made.codebook}, model {made.model}, rules {made.ruleset}") + "\n"
    for name in sorted(reference.by_outlet):
        own = reference.by_outlet[name]
        dates = sorted(known.published for known in own if known.published)
        period = f", {dates[0]} to {dates[-1]}" if dates else ""
        enough = len(own) > needed
        can = "alarms possible" if enough else f"no alarms below {needed} other articles"
        yield plain(f"  {own[0].outlet}: {len(own)} articles{period}; {_spread(own)}; {can}") + "\n"
    unknown = sum(not known.outlet for known in reference.articles)
    if unknown:
        yield f"  {unknown} without an outlet: known texts only\n"


def _spread(known: Sequence[Known]) -> str:
    values = [k.profile.alignment for k in known if k.profile.alignment is not None]
    if len(values) < 2:
        return "alignment unknown"
    low, middle, high = quantiles(values, n=4, method="inclusive")
    return f"alignment median {middle:+.2f}, middle half {low:+.2f} to {high:+.2f}"


def baseline_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """A line for each accepted finding, and one for its reason."""
    ordered = sorted(entries, key=lambda e: (e.path, e.rule, e.fingerprint))
    yield f"{len(ordered)} accepted {'finding' if len(ordered) == 1 else 'findings'}\n"
    for entry in ordered:
        yield plain(f"  {path_text(entry.path)}: {entry.rule} {entry.message}") + "\n"
        yield plain(f"    accepted: {entry.reason or 'no reason given'}") + "\n"


def rule_lines(rules: Sequence[tuple[Rule, Level]]) -> Iterator[str]:
    """All rules, a line each, with the levels that hold here."""
    yield f"Rules {ruleset()}. azstance rule ID says more.\n"
    for rule, level in rules:
        yield f"  {rule.id}  {level:<7}  {rule.name}: {rule.summary}\n"


def rule_text(rule: Rule, level: Level) -> str:
    """Everything that is to be said of a rule."""
    changed = "" if level is rule.level else f" (by default {rule.level})"
    kind = "a measurement" if rule.measured else "read off the file"
    parts = (
        f"{rule.id} {rule.name}: {level}{changed}, {kind}",
        fill(rule.summary, _WIDTH),
        fill(rule.why, _WIDTH),
        fill(f"What to do: {rule.remedy}", _WIDTH),
    )
    return "\n\n".join(parts) + "\n"


def setting_lines(config: Config) -> Iterator[str]:
    """Every setting, its value and where it was made."""
    for each in fields(config):
        if each.name in ("origins", "check"):
            continue
        origin = config.origins.get(each.name, "default")
        yield plain(f"{each.name} = {_value(getattr(config, each.name))}  ({origin})") + "\n"
    origin = config.origins.get("check", "default")
    check = config.check
    for each in fields(check):
        if each.name != "thresholds":
            shown = _value(getattr(check, each.name))
            yield plain(f"check.{each.name} = {shown}  ({origin})") + "\n"
    for each in fields(check.thresholds):
        shown = _value(getattr(check.thresholds, each.name))
        yield plain(f"check.thresholds.{each.name} = {shown}  ({origin})") + "\n"


def _value(value: object) -> str:
    if value is None or value == "":
        return "not set"
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "not set"
    if isinstance(value, dict):
        return ", ".join(f"{k}={v}" for k, v in sorted(value.items())) or "not set"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
