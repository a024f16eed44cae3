"""Errors meant for the user: what was wrong, where, and what to do about it."""

from __future__ import annotations


class AzstanceError(Exception):
    """Base of every error that azstance raises on purpose.

    The message is one line for the user. `where` is a file, `file:line` or an option;
    `remedy` says what to do. Both are optional and are part of `str(error)`.
    """

    def __init__(
        self, problem: str, *, where: str | None = None, remedy: str | None = None
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        stop = "" if self.problem.endswith((".", "?", "!")) or not remedy else "."
        return f"{place}{self.problem}{stop}{remedy}"


class ConfigError(AzstanceError):
    """A setting is unknown or has a value that it cannot take."""


class CodebookError(AzstanceError):
    """A codebook folder or one of its files is not as it should be."""


class ArticleError(AzstanceError):
    """An article could not be read or holds nothing that can be scored."""


class PipelineError(AzstanceError):
    """The spaCy pipeline is missing or does not fit."""


class ModelError(AzstanceError):
    """The weights of a classifier, or the encoder below it, are missing, damaged or do not fit."""
