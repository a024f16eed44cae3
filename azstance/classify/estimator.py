"""The classifier as an estimator of scikit-learn: the one home of that library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from azstance.classify import forked
from azstance.classify.context import spans
from azstance.classify.grams import Grams, vocabulary
from azstance.classify.model import (
    FrameModel,
    Linear,
    Stage,
    second_features,
)
from azstance.classify.thresholds import CERTAIN, choose, unsure_from

if TYPE_CHECKING:
    from azstance.classify.rows import Floats, Row

    Parts = list[tuple[Any, Any]]

_NEVER = -6.0  # log odds of a target that no training sentence has
Tick = Callable[[], None]


class FrameClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Frames and polarities of sentences in their articles.

    X is a sequence of `Row`, the sentences of an article one after the other; y is 0 or 1, shape
    (n, 2 * frames): affirm and deny of each frame in turn. `meaning`, `words`, `cues` and `context`
    say whether vectors, n-grams, the lexicon and the sentences around are read.
    `C` and `C2` are the inverse strengths of the ridge penalty of the first and second stage,
    `folds` the number of parts for held-out predictions, `jobs` of processes. `fit` leaves `model_`
    and `held_out_`: probabilities of none, affirm, deny for each row by models that have not seen
    its article, shape (n, frames, 3).
    """

    def __init__(
        self,
        frames: Sequence[str] = (),
        *,
        meaning: bool = True,
        words: bool = True,
        cues: bool = True,
        context: bool = True,
        C: float = 1.0,
        C2: float = 0.3,
        folds: int = 8,
        seed: int = 20260101,
        jobs: int = 1,
        max_words: int = 8000,
        max_characters: int = 20000,
        tick: Tick | None = None,
    ) -> None:
        self.frames = frames
        self.meaning = meaning
        self.words = words
        self.cues = cues
        self.context = context
        self.C = C
        self.C2 = C2
        self.folds = folds
        self.seed = seed
        self.jobs = jobs
        self.max_words = max_words
        self.max_characters = max_characters
        self.tick = tick

    def fit(self, X: Sequence[Row], y: Any) -> Self:
        """Train both stages; the second on what the first says of articles it has not seen."""
        wanted = np.asarray(y, dtype=np.float64)
        frames = tuple(self.frames) or tuple(f"frame {n}" for n in range(wanted.shape[1] // 2))
        tick = self.tick or (lambda: None)
        blank = self._blank(X)
        parts = folds_of(X, self.folds)
        linear, first = self._fit_linear(X, wanted, blank, parts, tick)
        docs = [row.doc for row in X]
        features = second_features(first, docs)
        if not self.context:
            features = features[:, : wanted.shape[1]]
        self.held_out_ = self._held_out(features, wanted, parts, docs)
        stage = _fit_stage(features, wanted, self.C2, _in_articles(docs))
        self.classes_ = np.arange(wanted.shape[1])
        self.n_features_in_ = len(linear.weights)
        within = _in_articles(docs)
        presence = 1 - self.held_out_[within][..., 0]
        gold = wanted[within].reshape(len(presence), -1, 2).sum(axis=2) > 0
        thresholds = [choose(presence[:, f], gold[:, f]) for f in range(len(frames))]
        self.model_ = FrameModel(
            name="minilm" if self.meaning else "lexical",
            frames=frames,
            linear=linear,
            reads_meaning=self.meaning,
            stage=stage,
            thresholds=dict(zip(frames, thresholds, strict=True)),
            unsure={
                name: unsure_from(presence[:, f], gold[:, f], thresholds[f])
                for f, name in enumerate(frames)
            },
            about={},
        )
        return self

    def predict_proba(self, X: Sequence[Row]) -> Floats:
        """Probabilities of affirm and deny of each frame in turn; shape (n, 2 * frames)."""
        docs = [row.doc for row in X]
        judged = [self.model_.judge(X[span]).probabilities for span in spans(docs)]
        probabilities = np.concatenate(judged)[..., 1:]
        return np.asarray(probabilities.reshape(len(docs), -1))

    def predict(self, X: Sequence[Row]) -> Any:
        """1 for the likelier polarity of each frame that reaches its threshold, else 0."""
        chances = self.predict_proba(X).reshape(len(X), -1, 2)
        limits = np.array([self.model_.thresholds[name] for name in self.model_.frames])
        coded = (chances.sum(axis=2) >= limits) & (chances.max(axis=2) >= CERTAIN)
        likelier = np.stack([chances[..., 0] > chances[..., 1]] * 2, axis=2)
        likelier[..., 1] = ~likelier[..., 0]
        return (likelier & coded[..., None]).reshape(len(X), -1).astype(int)

    def _blank(self, X: Sequence[Row]) -> Linear:
        """The linear learner's features, before it has weights."""
        texts = [row.text for row in X]
        grams: tuple[Grams, ...] = ()
        if self.words:
            grams = (
                vocabulary(texts, "words", 2, self.max_words),
                vocabulary(texts, "characters", 3, self.max_characters),
            )
        names = sorted({name for row in X for name in row.cues}) if self.cues else []
        return Linear(grams, tuple(names), np.zeros((0, 0), np.float32), np.zeros(0))

    def _fit_linear(
        self, X: Sequence[Row], wanted: Floats, blank: Linear, parts: Parts, tick: Tick
    ) -> tuple[Linear, Floats]:
        """The learner, the mean of those of the folds, and the held-out log odds."""
        matrix = _matrix(X, blank, meaning=self.meaning)

        def work(n: int) -> tuple[Floats, Floats]:
            return _fit_logistic(matrix[parts[n][0]], wanted[parts[n][0]], self.C, self.seed)

        held_out = np.zeros_like(wanted)
        fitted = []
        for n, (weights, bias) in enumerate(forked.each(work, len(parts), self.jobs)):
            held_out[parts[n][1]] = matrix[parts[n][1]] @ weights + bias
            fitted.append((weights, bias))
            tick()
        weights = np.mean([each[0] for each in fitted], axis=0).astype(np.float16)
        bias = np.mean([each[1] for each in fitted], axis=0)
        return Linear(blank.grams, blank.cues, weights.astype(np.float32), bias), held_out

    def _held_out(
        self, features: Floats, wanted: Floats, parts: Parts, docs: Sequence[str]
    ) -> Floats:
        """The second stage's probabilities by models that have not seen the article."""
        found = np.zeros((len(features), wanted.shape[1] // 2, 3))
        within = _in_articles(docs)
        for train, test in parts:
            stage = _fit_stage(features[train], wanted[train], self.C2, within[train])
            found[test] = stage.probabilities(features[test])
        return found


def folds_of(X: Sequence[Row], count: int) -> Parts:
    """Pairs of row numbers (training, held out), an article on one side.

    Where the rows name two groups or more, a group is on one side: what one writer wrote for
    training is easier to code for a model that has seen others of his than a stranger's text is.
    """
    groups = [row.group for row in X]
    if len(set(groups)) < 2:
        groups = [row.doc for row in X]
    count = min(count, len(set(groups)))
    if count < 2:
        everything = np.arange(len(X))
        return [(everything, everything)]
    return list(GroupKFold(count).split(groups, groups=groups))


def _matrix(X: Sequence[Row], blank: Linear, *, meaning: bool) -> Any:
    """The features of all rows as a sparse matrix, in the order of the linear learner's weights."""
    blocks = []
    for grams in blank.grams:
        indexes = grams.indexes()
        weighed = [grams.weigh(row.text, indexes) for row in X]
        blocks.append(_sparse(weighed, len(grams.terms)))
    places = {name: n for n, name in enumerate(blank.cues)}
    if places:
        named = []
        for row in X:
            own = sorted((places[name], value) for name, value in row.cues.items())
            named.append((np.array([n for n, _ in own], int), np.array([v for _, v in own])))
        blocks.append(_sparse(named, len(places)))
    if meaning:
        vectors = [row.meaning for row in X if row.meaning is not None]
        blocks.append(sparse.csr_matrix(np.array(vectors)))
    return sparse.hstack(blocks).tocsr()


def _sparse(rows: Sequence[tuple[Any, Any]], width: int) -> Any:
    ends = np.cumsum([0, *(len(numbers) for numbers, _ in rows)])
    numbers, values = (np.concatenate([row[i] for row in rows]) for i in (0, 1))
    return sparse.csr_matrix((values, numbers, ends), shape=(len(rows), width))


def _fit_logistic(matrix: Any, wanted: Floats, C: float, seed: int) -> tuple[Floats, Floats]:
    """A logistic regression per target, classes weighted alike; weights (features, targets)."""
    weights = np.zeros((matrix.shape[1], wanted.shape[1]))
    bias = np.full(wanted.shape[1], _NEVER)
    for target in range(wanted.shape[1]):
        if 0 < wanted[:, target].sum() < len(wanted):
            fitted = LogisticRegression(
                C=C, class_weight="balanced", solver="liblinear", random_state=seed
            ).fit(matrix, wanted[:, target].astype(int))
            weights[:, target], bias[target] = fitted.coef_[0], fitted.intercept_[0]
    return weights, bias


def _fit_stage(features: Floats, wanted: Floats, C: float, within: Any) -> Stage:
    """A multinomial logistic regression per frame, of rows that stand `within` articles."""
    frames = wanted.shape[1] // 2
    weights = np.zeros((frames, features.shape[1], 3))
    bias = np.full((frames, 3), _NEVER)
    for frame in range(frames):
        kind = (wanted[:, 2 * frame : 2 * frame + 2] @ np.array([1, 2])).astype(int)[within]
        known = np.unique(kind)
        bias[frame, known] = 0.0
        if len(known) > 1:
            fitted = LogisticRegression(C=C, max_iter=2000).fit(features[within], kind)
            coef, intercept = fitted.coef_, fitted.intercept_
            if len(known) == 2:  # scikit-learn gives the log odds of the second alone
                coef = np.vstack([np.zeros_like(coef), coef])
                intercept = np.array([0.0, intercept[0]])
            weights[frame][:, known] = coef.T
            bias[frame][known] = intercept
    return Stage(weights, bias)


def _in_articles(docs: Sequence[str]) -> Any:
    """Which rows stand in an article of several; all of them where fewer than half do."""
    sizes = Counter(docs)
    within = np.array([sizes[doc] > 1 for doc in docs])
    return within if within.mean() >= 0.5 else np.ones(len(docs), bool)
