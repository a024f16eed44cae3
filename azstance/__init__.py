"""azstance: stance and framing of a relationship between two actors, in news articles.

    >>> import azstance
    >>> report = azstance.score("seeds/")  # doctest: +SKIP

gives the records that the command `azstance score` renders. Importing azstance loads neither spaCy
nor numpy; that happens when something is scored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.errors import (
    ArticleError,
    AzstanceError,
    CodebookError,
    ConfigError,
    PipelineError,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from azstance.comparison_records import Comparison
    from azstance.records import Report

__all__ = [
    "ArticleError",
    "AzstanceError",
    "CodebookError",
    "ConfigError",
    "PipelineError",
    "compare",
    "score",
]


def score(paths: str | Path | Sequence[str | Path], **settings: object) -> Report:
    """Score files and folders of articles; `settings` are those of `azstance.config.Config`.

    What cannot be read is listed in `Report.skipped`. Raises ConfigError for an unknown setting,
    CodebookError and PipelineError where nothing can run.
    """
    from pathlib import Path

    from azstance.analyze import score_paths
    from azstance.config import load_config

    given = [paths] if isinstance(paths, str | Path) else list(paths)
    return score_paths(given, load_config(settings))


def compare(*ids: str, **settings: object) -> Comparison:
    """Compare articles of the corpus by id, or with `by="outlet"` outlets by name.

    Raises ArticleError for an id that is unknown or not unique, naming the candidates.
    """
    from azstance.analyze import compare_units
    from azstance.config import load_config

    return compare_units(ids, load_config(settings))[0]
