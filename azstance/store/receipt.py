"""What a unit is done with and what it leaves behind.

Both go to other processes and machines as `azstance.running.codec.to_json` writes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from azstance.read.naming import Claim, settle_ids
from azstance.read.units import Unit
from azstance.records import PipelineInfo, Skipped


@dataclass(frozen=True, slots=True)
class Task:
    """A unit to be done. `ids` are those of articles that do not get the one they want.

    They are by `Claim.key`.
    """

    unit: Unit
    ids: dict[str, str]


@dataclass(frozen=True, slots=True)
class Receipt:
    """A finished unit: how much it wrote, and what has to be settled with the others.

    `ids` are those of its task. `pipeline` is None where the unit has no article.
    """

    unit: str
    ids: dict[str, str]
    articles: int
    sentences: int
    claims: tuple[Claim, ...]
    skipped: tuple[Skipped, ...]
    pipeline: PipelineInfo | None


def other_ids(receipts: Iterable[Receipt]) -> dict[str, dict[str, str]]:
    """By unit, the ids of articles that cannot have the one they want."""
    held = list(receipts)
    changed = settle_ids(claim for receipt in held for claim in receipt.claims)
    return {
        receipt.unit: {
            claim.key: changed[claim.key] for claim in receipt.claims if claim.key in changed
        }
        for receipt in held
    }
