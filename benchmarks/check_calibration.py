"""How often the measured rules of azstance check give an alarm, by chance and for a planted shift.

Outlets are simulated from the invented training articles and, if given, a file of coded articles
with labels (as for azstance evaluate): an article of a simulated outlet is three invented ones of
one kind put together, about 24 sentences. A reference of N of them is drawn, then new articles
of the same outlet (alarms are false) and of an outlet whose line has moved (alarms are right).

    uv run python benchmarks/check_calibration.py [--dev GOLD.jsonl LABELS.jsonl] [--rounds 40]

The thresholds of ruleset 2026.1 were frozen on --half build; --half report shows the articles that
were not looked at then. The classifier was trained on these articles, so its codes of them are
better than of strangers' articles: the rates by chance do not depend on that, the power does.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from azstance.analyze import Inputs, analyze, scale, settings
from azstance.check_settings import Thresholds
from azstance.checking.drift import drift
from azstance.checking.measured import rank
from azstance.checking.subject import Profile, profile_of
from azstance.codebook import Codebook, load_codebook
from azstance.config import Config
from azstance.evaluating.gold import read_labels, read_rows
from azstance.evaluating.pairs import articles_of
from azstance.records import ArticleResult
from azstance.scoring.score import score_group

TOGETHER = 3


@dataclass(frozen=True)
class Outlets:
    """Makes articles of simulated outlets from results by leading frame."""

    kinds: dict[str, list[ArticleResult]]
    codebook: Codebook
    config: Config

    def together(self, kind: str, rng: np.random.Generator) -> Profile:
        """Several articles of a kind as one."""
        own = self.kinds[kind]
        parts = [own[int(i)] for i in rng.choice(len(own), TOGETHER, replace=False)]
        sentences = tuple(s for part in parts for s in part.sentences)
        first = parts[0]
        texts = [(first.article.id, sentences)]
        score = score_group(first.article.id, texts, scale(self.codebook), settings(self.config))
        return profile_of(ArticleResult(first.article, sentences, score))

    def articles(self, line: str, count: int, rng: np.random.Generator) -> Iterator[Profile]:
        """Articles of an outlet that mostly tells of the relationship by the frame `line`."""
        for _ in range(count):
            kind = str(rng.choice([line, "none", "balance"], p=[0.55, 0.35, 0.1]))
            yield self.together(kind, rng)


def results(
    paths: list[tuple[Path, Path]], codebook: Codebook, config: Config
) -> list[tuple[str, ArticleResult]]:
    """The labelled articles, analysed, each with the frame that leads it."""
    found = []
    for gold, labels in paths:
        rows = read_rows(str(gold), codebook.frame_names)
        labelled = read_labels(str(labels), codebook.frame_names)
        leading = {label.doc: label.dominant for label in labelled}
        done, _ = analyze(Inputs(articles_of(rows, str(gold))), codebook, config, lambda n: None)
        named = [(leading.get(r.article.id.split()[-1]), r) for r in done]
        found += [(kind, r) for kind, r in named if kind]
    return found


def alarms(reference: Sequence[Profile], new: Profile, limits: Thresholds) -> dict[str, list[bool]]:
    """Whether each test of AZ401 and AZ402 gives an alarm."""
    found: dict[str, list[bool]] = {"AZ401": [], "AZ402": []}
    known = [p.alignment for p in reference if p.alignment is not None]
    if new.alignment is not None:
        ranked = rank(new.alignment, known)
        far = abs(ranked.value - ranked.center) >= limits.alignment_effect
        found["AZ401"].append(bool(ranked.p <= limits.alpha and far))
    for frame, value in new.shares.items():
        ranked = rank(value, [p.shares[frame] for p in reference])
        far = abs(ranked.value - ranked.center) >= limits.share_effect
        found["AZ402"].append(bool(ranked.p <= limits.alpha and far))
    return found


def _named(profile: Profile) -> Any:
    """A profile as `drift` asks for it."""
    return SimpleNamespace(profile=profile, outlet="simulated")


def main() -> None:
    """Print the rates."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--dev", nargs=2, type=Path)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--half", choices=("build", "report"), default="report")
    parser.add_argument("--model", default=None)
    given = parser.parse_args()
    config = replace(Config(), resamples=100, model=given.model)
    codebook = load_codebook()
    folder = codebook.folder
    paths = [(folder / "training.jsonl", folder / "training_articles.jsonl")]
    if given.dev:
        paths.append((given.dev[0], given.dev[1]))
    everything = results(paths, codebook, config)
    half = [item for n, item in enumerate(everything) if n % 2 == (given.half == "report")]
    kinds: dict[str, list[ArticleResult]] = defaultdict(list)
    for kind, result in half:
        kinds[kind].append(result)
    outlets = Outlets(dict(kinds), codebook, config)
    print(json.dumps({kind: len(own) for kind, own in sorted(kinds.items())}))
    for effects in ((0.0, 0.0), (1.0, 0.2), (1.5, 0.3)):
        limits = replace(Thresholds(), alignment_effect=effects[0], share_effect=effects[1])
        print(f"effects {effects}, alpha {limits.alpha}, reference of 120")
        rates(outlets, limits, given.rounds)


def rates(outlets: Outlets, limits: Thresholds, rounds: int) -> None:
    """False alarms per test and per article, and the share of moved articles that are told."""
    told: dict[tuple[str, str], list[float]] = defaultdict(list)
    for number in range(rounds):
        rng = np.random.default_rng([20260101, number])
        usual, other = (("alliance", "rift"), ("rift", "alliance"))[number % 2]
        reference = list(outlets.articles(usual, 120, rng))
        for name, line in (("by chance", usual), ("moved", other)):
            for new in outlets.articles(line, 20, rng):
                for rule, tests in alarms(reference, new, limits).items():
                    if tests:
                        told[rule, f"{name}, per test"].append(float(np.mean(tests)))
                        told[rule, f"{name}, per article"].append(float(any(tests)))
            windows = limits.window * limits.windows
            own = [_named(profile) for profile in outlets.articles(line, windows, rng)]
            _, found = drift(own, [_named(p) for p in reference], number, limits)
            told["AZ501", f"{name}, {windows} articles"].append(float(any(found)))
    for (rule, name), values in sorted(told.items()):
        print(f"  {rule} {name:<24} {np.mean(values):.3f}  (n = {len(values)})")


if __name__ == "__main__":
    main()
