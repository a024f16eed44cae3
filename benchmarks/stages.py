"""Where the time of an article goes, stage by stage, in one process without a cache.

    uv run python benchmarks/stages.py [ROUNDS] [MODEL]

Milliseconds per article over the seeds, the best of ROUNDS (default 5) for each stage, and what
spaCy alone takes with the same pipeline, one article at a time. MODEL is minilm unless given.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from azstance.nlp import pipeline

pipeline.one_thread()

import spacy  # noqa: E402

from azstance.classify.choose import make_coder  # noqa: E402
from azstance.classify.rows import rows_of  # noqa: E402
from azstance.codebook import load_codebook  # noqa: E402
from azstance.coding import code_article  # noqa: E402
from azstance.config import Config  # noqa: E402
from azstance.nlp.extract import sentences  # noqa: E402
from azstance.nlp.shared import parts_of, prepare_all  # noqa: E402
from azstance.read import read_paths  # noqa: E402
from azstance.records import Article  # noqa: E402
from azstance.running.settings import scale, settings  # noqa: E402
from azstance.scoring.score import score_article  # noqa: E402

T = TypeVar("T")
SEEDS = Path(__file__).resolve().parent.parent / "seeds"


class Clock:
    """The seconds of each stage, in the order in which they come up."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)

    def __call__(self, stage: str, work: Callable[[], T]) -> T:
        start = time.perf_counter()
        made = work()
        self.spent[stage] += time.perf_counter() - start
        return made


def one_round(articles: list[Article]) -> dict[str, float]:
    """Seconds by stage for all articles."""
    clock = Clock()
    for article in articles:
        doc = clock("tokens", lambda a=article: pipeline.prepare(NLP, a))
        for name, part in zip(OWN, parts_of(NLP), strict=True):
            doc = clock(f"spaCy {name}", lambda p=part, d=doc: p(d))
        for name, part in NLP.pipeline:
            if name not in OWN:
                doc = clock(f"our {name.removeprefix('azstance_')}", lambda p=part, d=doc: p(d))
        found = clock("records", lambda a=article, d=doc: sentences(d, a))
        coded = clock("codes by cues", lambda f=found: code_article(f, BOOK.frame_names))
        if CODER.model is not None:
            texts = [sentence.text for sentence in coded]
            meanings = None
            if CODER.encoder is not None:
                meanings = clock("encoder", lambda t=texts: CODER.encoder.meanings(t))
            rows = rows_of(article.id, coded, BOOK.pair, meanings)
            clock("classifier", lambda r=rows: CODER.model.judge(r))
        clock("scores", lambda a=article, c=coded: score_article(a, c, RULES, HOW))
    return dict(clock.spent)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    articles = list(read_paths([SEEDS]))
    one_round(articles)
    found = [one_round(articles) for _ in range(rounds)]
    best = {stage: min(each[stage] for each in found) for stage in found[0]}
    total = sum(best.values())
    for stage, seconds in best.items():
        milli = seconds / len(articles) * 1000
        print(f"{stage:24}{milli:8.1f} ms {seconds / total:7.0%}")
    print(f"{'all':24}{total / len(articles) * 1000:8.1f} ms")
    bare = spacy.load(pipeline.DEFAULT)
    texts = ["\n\n".join(block.text for block in article.blocks) for article in articles]
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for text in texts:
            bare(text)
        times.append(time.perf_counter() - start)
    print(f"{'spaCy alone':24}{min(times) / len(articles) * 1000:8.1f} ms")


MODEL = sys.argv[2] if len(sys.argv) > 2 else "minilm"
BOOK = load_codebook(None)
CODER = make_coder(BOOK, MODEL)
NLP = pipeline.load(None, BOOK)
OWN = [name for name in NLP.pipe_names if not name.startswith("azstance_")]
RULES, HOW = scale(BOOK), settings(Config())
prepare_all(NLP)

if __name__ == "__main__":
    main()
