"""From coded sentences to the weights of a classifier: the run behind `azstance train`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from azstance.codebook import Codebook, load_codebook
from azstance.config import Config
from azstance.errors import ArticleError, ModelError
from azstance.records import Article, Sentence

if TYPE_CHECKING:
    from azstance.classify.coder import Coder
    from azstance.classify.model import FrameModel
    from azstance.classify.rows import Row
    from azstance.evaluating.records import Row as Coded

TRAINING = "training.jsonl"
FOLDS = 8
LEAST = 20
"""Sentences with a frame below which nothing is trained; a good classifier needs hundreds."""
Tick = Callable[[str, int, int], None]
"""Told the name of a step, how much of it is done, and how much there is to do."""


@dataclass(frozen=True)
class Trained:
    """A trained classifier: where it was written, and how it does on articles it had not seen."""

    model: FrameModel
    folder: Path
    figures: dict[str, Any]


def train(
    config: Config,
    models: Sequence[str],
    *,
    data: str | None = None,
    output: str | None = None,
    tick: Tick = lambda step, done, total: None,
) -> list[Trained]:
    """Train classifiers of the codebook and write their weights.

    `data` is a file of coded sentences, None the codebook's training.jsonl. `output` is a folder,
    None the codebook's own. Raises ArticleError and CodebookError for what cannot be read,
    ModelError where there is too little to learn from.
    """
    from azstance.classify import weights
    from azstance.classify.names import model_folder

    codebook = load_codebook(config.codebook)
    path = Path(data) if data else codebook.folder / TRAINING
    if not data and not path.is_file():
        remedy = "Write coded sentences to it, or name a file of them with --data."
        raise ArticleError("there are no sentences to learn from", where=str(path), remedy=remedy)
    rows, wanted = prepare(codebook, path, config, meaning="minilm" in models, tick=tick)
    about = {
        "codebook": f"{codebook.name} {codebook.version}",
        "codebook_digest": codebook.digest,
        "trained_from": {"file": path.name, "sha256": _digest(path)},
        "sentences": len(rows),
        "articles": len({row.doc for row in rows}),
        "seed": config.seed,
    }
    trained = []
    for name in models:
        model, figures = fit(name, codebook.frame_names, (rows, wanted), config, tick)
        model = replace(model, about={**about, **model.about, "cross_validation": figures})
        folder = Path(output) if output else model_folder(codebook, name)
        if output and len(models) > 1:
            folder /= name
        weights.save(model, folder)
        trained.append(Trained(model, folder, figures))
    return trained


def prepare(
    codebook: Codebook, path: Path, config: Config, *, meaning: bool, tick: Tick
) -> tuple[list[Row], Any]:
    """The sentences as the classifier sees them, and their codes: 0 or 1, (n, 2 * frames)."""
    import numpy as np

    from azstance.evaluating.gold import read_rows
    from azstance.evaluating.pairs import articles_of

    coded = [row for row in read_rows(path, codebook.frame_names) if row.counted]
    articles = articles_of(coded, str(path))
    by_line = {row.line: row for row in coded}
    rows: list[Row] = []
    lines: list[int] = []
    for done, (found, where) in enumerate(_seen(codebook, articles, config, meaning=meaning), 1):
        groups = [by_line[line].group or "" for line in where]
        rows += [replace(row, group=group) for row, group in zip(found, groups, strict=True)]
        lines += where
        tick("reading articles", done, len(articles))
    wanted = np.array([_wanted(by_line[line], codebook.frame_names) for line in lines], float)
    framed = int(wanted.any(axis=1).sum()) if rows else 0
    if framed < LEAST:
        problem = f"holds {framed} sentences with a frame"
        remedy = f"Code {LEAST} or more: there is too little to learn from."
        raise ModelError(problem, where=str(path), remedy=remedy)
    return rows, wanted


def _seen(
    codebook: Codebook, articles: Sequence[Article], config: Config, *, meaning: bool
) -> Iterator[tuple[list[Row], list[int]]]:
    from azstance.classify.coder import Coder
    from azstance.nlp import pipeline
    from azstance.nlp.shared import prepare_all
    from azstance.running.pool import in_order

    nlp = pipeline.load(config.pipeline, codebook)
    encoder = None
    if meaning:
        from azstance.classify.embed import Encoder

        encoder = Encoder()
    coder = Coder(codebook, None, encoder)
    see = _See(coder)
    coder.begin()

    def prepare() -> None:
        prepare_all(nlp)
        coder.settle()

    work = in_order(
        articles,
        lambda article: see(article, pipeline.annotate(nlp, article)),
        config.jobs,
        before=prepare,
    )
    yield from (found for _, found in work)


@dataclass(frozen=True)
class _See:
    """An article's rows, with the lines of the file that they come from."""

    coder: Coder

    def __call__(
        self, article: Article, sentences: Sequence[Sentence]
    ) -> tuple[list[Row], list[int]]:
        by_cues = self.coder(article, sentences)
        if not by_cues:
            return [], []
        return self.coder.rows(article, by_cues), [s.line for s in by_cues]


def _wanted(row: Coded, frames: Sequence[str]) -> list[float]:
    codes = [row.frames.get(frame) for frame in frames]
    return [float(code == kind) for code in codes for kind in ("affirm", "deny")]


def fit(
    name: str,
    frames: Sequence[str],
    data: tuple[Sequence[Row], Any],
    config: Config,
    tick: Tick,
) -> tuple[FrameModel, dict[str, Any]]:
    """Fit one classifier to rows and codes, and measure its held-out predictions of them."""
    from azstance.classify.estimator import FrameClassifier
    from azstance.running.pool import processors

    done = 0

    def advance() -> None:
        nonlocal done
        done += 1
        tick(f"fitting {name}", done, FOLDS)

    classifier = FrameClassifier(
        frames,
        meaning=name == "minilm",
        folds=FOLDS,
        seed=config.seed,
        jobs=config.jobs or processors(),
        tick=advance,
    )
    classifier.fit(*data)
    return classifier.model_, held_out_figures(classifier, data[1])


def held_out_figures(classifier: Any, wanted: Any) -> dict[str, Any]:
    """F1 of presence per frame and of frame and polarity, on articles not seen in fitting.

    The thresholds were chosen on the same predictions, so that the figures are a little too good.
    """
    import numpy as np

    from azstance.classify.thresholds import CERTAIN
    from azstance.evaluating import formulas

    chances, model = classifier.held_out_, classifier.model_
    tables = np.zeros((len(model.frames), 3, 3))
    for f, frame in enumerate(model.frames):
        gold = (wanted[:, 2 * f : 2 * f + 2] @ np.array([1, 2])).astype(int)
        coded = 1 - chances[:, f, 0] >= model.thresholds[frame]
        coded &= chances[:, f, 1:].max(axis=1) >= CERTAIN
        got = np.where(coded, 1 + chances[:, f, 1:].argmax(axis=1), 0)
        np.add.at(tables[f], (gold, got), 1)
    each = formulas.f1(*formulas.presence(tables))
    return {
        "presence_f1": {
            name: None if np.isnan(value) else round(float(value), 3)
            for name, value in zip(model.frames, each, strict=True)
        },
        "mean_presence_f1": round(float(formulas.macro_f1(tables)), 3),
        "micro_f1": round(float(formulas.micro_f1(tables)), 3),
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
