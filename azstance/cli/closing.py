"""What is said on standard error at the end of a run that did not go as it was meant to."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING

from azstance.errors import AzstanceError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from azstance.records import Skipped


def say(message: str) -> None:
    """A line on standard error, without what a terminal or a runner of workflows would obey."""
    from azstance.render.checks.safe import shown

    if sys.stderr is None:  # closed by whoever started the program
        return
    try:
        sys.stderr.write(f"azstance: {shown(message)}\n")
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)


class _Said(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        say(record.getMessage())


def listen() -> None:
    """Say on standard error what parts of azstance have to tell the user besides the result."""
    logger = logging.getLogger("azstance")
    if not any(isinstance(handler, _Said) for handler in logger.handlers):
        logger.addHandler(_Said())
    logger.propagate = False


def explain(error: Exception) -> None:
    """One line for an error. For one that should not be, AZSTANCE_DEBUG=1 adds the traceback."""
    if isinstance(error, AzstanceError):
        say(f"error: {error}")
        return
    if isinstance(error, OSError) and error.filename is None and error.strerror:
        # Files of the run have a name: this is the output of --help or --version.
        silence(sys.stdout)
        say(f"error: the output cannot be written ({error.strerror.lower()}).")
        return
    if os.environ.get("AZSTANCE_DEBUG"):
        import traceback

        traceback.print_exc()
    text = " ".join(str(error).split())
    what = f"{type(error).__name__}: {text}" if text else type(error).__name__
    say(f"internal error: {what}. Please report it; AZSTANCE_DEBUG=1 shows where it happened.")


def not_scored(skipped: Sequence[Skipped]) -> bool:
    """Name every input that was not scored; whether one of them should have been."""
    from azstance.render.clean import path_text

    for skip in skipped:
        line = f":{skip.line}" if skip.line else ""
        what = "not scored" if skip.failed else "note"
        say(f"{what}: {path_text(skip.path) or '(empty name)'}{line} {skip.reason}")
    return any(skip.failed for skip in skipped)


def silence(stream: TextIO | None) -> None:
    """Let nothing more be written to a stream that is gone, not even when Python closes it."""
    if stream is None:
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):  # a stream without a file behind it has nothing to close
        return
