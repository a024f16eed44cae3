"""How far shares are off, counted from codes and corrected, on articles coded by hand.

    python benchmarks/prevalence.py GOLD.jsonl [MODEL]

Mean absolute difference, in points, between the share of sentences that carry a frame by the gold
codes and by azstance: per article, and for all articles together.
"""

from __future__ import annotations

import sys

from azstance.nlp.pipeline import one_thread

one_thread()

from azstance.analyze import evaluate_codes  # noqa: E402
from azstance.config import Config  # noqa: E402
from azstance.evaluating.records import Request  # noqa: E402


def main() -> None:
    """Print the table."""
    model = sys.argv[2] if len(sys.argv) > 2 else None
    evaluation = evaluate_codes(Request(sys.argv[1], None, None, 0), Config(model=model))
    print(f"{'frame':12} {'per article':^22} {'all together':^22}")
    print(f"{'':12} {'counted':>10} {'corrected':>10}  {'counted':>10} {'corrected':>10}")
    for row in evaluation.shares:
        print(
            f"{row.frame:12} {100 * row.counted:10.1f} {100 * row.corrected:10.1f}  "
            f"{100 * row.counted_all:10.1f} {100 * row.corrected_all:10.1f}"
        )


if __name__ == "__main__":
    main()
