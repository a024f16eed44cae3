"""A process that has loaded what is slow to load, and forks to run `azstance` once per request.

What runs is the real `main()` with real streams, folder and environment of its own. Only the start
of Python and the import of spaCy, several seconds each time, are spared. Whatever depends on how
Python starts (hash seed, locale) needs a process of its own: `command.run`.

Requests and answers are lines of JSON: the arguments, the folder, the environment and the paths of
three streams; the exit status.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

_MODES = (os.O_RDONLY, os.O_WRONLY | os.O_APPEND, os.O_WRONLY | os.O_APPEND)


def _serve() -> None:
    import spacy.lang.en  # noqa: F401

    import azstance.cli.commands
    import azstance.nlp.pipeline
    import azstance.scoring.score

    azstance.nlp.pipeline.one_thread()
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if not child:
            _run(request)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _run(request: dict[str, Any]) -> None:
    status = 99
    try:
        os.chdir(request["cwd"])
        os.environ.clear()
        os.environ.update(request["environment"])
        for number, (path, mode) in enumerate(zip(request["streams"], _MODES, strict=True)):
            opened = os.open(path, mode | os.O_NOCTTY)
            os.dup2(opened, number)
            os.close(opened)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(  # noqa: SIM115
            2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False
        )
        sys.argv = ["azstance", *request["arguments"]]
        status = _status()
    finally:
        os._exit(status)


def _status() -> int:
    from azstance.cli import main

    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    _serve()
