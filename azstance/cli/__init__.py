"""The command line: parse, call, print, exit. What is computed is computed elsewhere."""

from __future__ import annotations

import sys

__all__ = ["main"]

INCOMPLETE = 2
INTERRUPTED = 130


def main() -> None:
    """Entry point: every error is a line for the user, and the exit status says what happened.

    0: everything was scored. 2: something was not, or an option, a setting or a codebook is not
    right. 130: interrupted. The status does not depend on where the output goes.
    """
    try:  # imports are here and not above, so that Ctrl-C is answered while typer is being loaded
        from azstance.cli import closing
        from azstance.cli.commands import app

        closing.listen()
        app(prog_name="azstance")
    except SystemExit as end:
        if end.code == INTERRUPTED:
            closing.say("interrupted.")
        raise
    except KeyboardInterrupt:
        from azstance.cli import closing

        closing.say("interrupted.")
        sys.exit(INTERRUPTED)
    except Exception as error:
        closing.explain(error)
        sys.exit(INCOMPLETE)


def __getattr__(name: str) -> object:
    """`azstance.cli.app`, which costs an import of typer, only for those who ask for it."""
    if name == "app":
        from azstance.cli.commands import app

        return app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
