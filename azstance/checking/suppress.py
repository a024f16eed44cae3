"""Comments in an article that suppress findings: `<!-- azstance: ignore[AZ301] reason -->`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from azstance.checking.draft import Draft
from azstance.rulebook import all_rules, unknown_rule

if TYPE_CHECKING:
    from azstance.checking.subject import Subject
    from azstance.records import Remark

_FORM = re.compile(r"ignore\s*(?:\[([^\]]*)\])?\s*(.*)", re.DOTALL)


@dataclass(frozen=True)
class Suppression:
    """A comment that has effect: its line, the rule, and why."""

    line: int
    rule: str
    reason: str


def suppressions(remarks: Sequence[Remark]) -> tuple[list[Suppression], list[Draft]]:
    """The suppressions that have effect, and findings on those that have none."""
    names = {rule.name: rule.id for rule in all_rules().values()}
    good: list[Suppression] = []
    bad: list[Draft] = []
    for remark in remarks:
        found = _FORM.fullmatch(remark.text)
        if found is None:
            message = 'This comment is not understood: it does not begin with "ignore".'
            bad.append(Draft("AZ904", remark.line, message, remark.text))
            continue
        ids = [name.strip() for name in (found[1] or "").split(",") if name.strip()]
        reason = " ".join(found[2].split()).lstrip("-–—: ")
        if not ids or not reason:
            missing = "no rule" if not ids else "no reason"
            message = f"The comment gives {missing} and has no effect."
            bad.append(Draft("AZ904", remark.line, message, remark.text))
            continue
        for given in ids:
            id = names.get(given.lower(), given.upper())
            if id in all_rules():
                good.append(Suppression(remark.line, id, reason))
            else:
                problem = unknown_rule(given, "")
                message = f"{problem.problem[:1].upper()}{problem.problem[1:]}. {problem.remedy}"
                bad.append(Draft("AZ902", remark.line, message, given))
    return good, bad


def suppressed_by(
    draft: Draft, lines: Sequence[int], comments: Sequence[Suppression]
) -> Suppression | None:
    """The comment that suppresses a finding.

    On an article as a whole it may stand anywhere; on a line it stands on that line, or on a line
    of its own before it with no text between. `lines` are the lines of the body, in order.
    """
    whole = all_rules()[draft.rule].whole
    for comment in comments:
        if comment.rule != draft.rule:
            continue
        between = any(comment.line <= line < draft.line for line in lines)
        if whole or (comment.line <= draft.line and not between):
            return comment
    return None


def unused(
    comments: Sequence[Suppression], used: Sequence[Suppression], ran: frozenset[str]
) -> Iterator[Draft]:
    """AZ901 for comments that suppressed nothing, of rules that were run."""
    for comment in comments:
        if comment not in used and comment.rule in ran:
            message = f"The comment suppresses {comment.rule}, which found nothing here."
            yield Draft("AZ901", comment.line, message, f"{comment.rule} {comment.reason}")


def body_lines(subject: Subject) -> list[int]:
    """The lines of the file that the body stands on."""
    return sorted({n for block in subject.result.article.blocks for _, n in block.lines})
