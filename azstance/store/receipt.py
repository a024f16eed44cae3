"""What a finished unit leaves behind: how much it wrote, and what has to be settled with others."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from azstance.read.naming import Claim
from azstance.records import PipelineInfo, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Receipt:
    """A finished unit. `ids` are those its articles got that do not have the one they wanted."""

    unit: str
    ids: dict[str, str]
    articles: int
    sentences: int
    claims: tuple[Claim, ...]
    skipped: tuple[Skipped, ...]
    pipeline: PipelineInfo | None

    @classmethod
    def from_json(cls, text: str | bytes) -> Receipt:
        """The receipt that a worker wrote. Raises ValueError where it is damaged."""
        try:
            data: dict[str, Any] = json.loads(text)
            return cls(
                unit=data["unit"],
                ids=data["ids"],
                articles=int(data["articles"]),
                sentences=int(data["sentences"]),
                claims=tuple(Claim(*claim) for claim in data["claims"]),
                skipped=tuple(Skipped(**row) for row in data["skipped"]),
                pipeline=PipelineInfo(*data["pipeline"]) if data["pipeline"] else None,
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"a receipt is damaged: {error}") from None


def other_ids(receipts: Iterable[Receipt]) -> dict[str, dict[str, str]]:
    """By unit, the ids of articles that cannot have the one they want."""
    from azstance.read.naming import settle_ids

    held = list(receipts)
    changed = settle_ids(claim for receipt in held for claim in receipt.claims)
    return {
        receipt.unit: {
            f"{claim.order}:{claim.number}": changed[claim.key]
            for claim in receipt.claims
            if claim.key in changed
        }
        for receipt in held
    }
