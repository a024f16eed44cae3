"""Refresh what the documents show of the program: its outputs and the list of its commands.

    python tools/refresh_docs.py            rewrite README.md and docs/
    python tools/refresh_docs.py --check    only name what is stale; status 1 if anything is

A fenced block below a comment such as

    <!-- shown: azstance score seeds/ :: 002 -->

holds what that command prints. After the colons stand the sections that are shown, by the beginning
of their titles ("top" is what comes before the first title); what is left out between them becomes
a line "[...]". Between `<!-- generated: commands -->` and `<!-- end -->` stands the reference of
all commands, from the same texts as `--help`; between `<!-- generated: sentence columns -->` and
the end the columns of the table of sentences.
"""

from __future__ import annotations

import atexit
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import typer

from azstance.cli import app
from azstance.render.sentence_rows import AFTER, BEFORE, OF_A_FRAME

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/*.md")
WIDTH = "80"
LEFT_OUT = "[...]"
_SHOWN = re.compile(
    r"^(<!-- shown: ([^\n]+?)(?: :: ([^\n]+?))? -->\n+```console\n)(.*?)^```$", re.M | re.S
)
_GENERATED = re.compile(r"^(<!-- generated: ([a-z ]+) -->\n).*?^(<!-- end -->)$", re.M | re.S)
_TITLE = "── "
_TOP = "top"
MADE_BY = {"scored/": "azstance score seeds/ -o scored/"}
"""Folders that shown commands ask for, and what makes them."""


def documents() -> list[Path]:
    """All documents, sorted."""
    return sorted(path for pattern in DOCUMENTS for path in ROOT.glob(pattern))


def refreshed(text: str) -> str:
    """The text of a document with every shown output and generated part as it is today."""
    text = _SHOWN.sub(lambda m: f"{m[1]}{shown(m[2], m[3])}```", text)
    return _GENERATED.sub(lambda m: f"{m[1]}\n{generated(m[2])}\n{m[3]}", text)


def generated(name: str) -> str:
    """A part that is made from the program. Raises SystemExit for a name that is not known."""
    if name not in PARTS:
        raise SystemExit(f"no generated part is called {name}; there are: {', '.join(PARTS)}")
    return PARTS[name]()


def shown(command: str, sections: str | None) -> str:
    """The command and what it prints, cut to `sections` (comma-separated titles)."""
    output = run(command)
    if sections:
        output = cut_to(output, [title.strip() for title in sections.split(",")])
    return f"$ {command}\n{output.rstrip()}\n"


def cut_to(output: str, titles: list[str]) -> str:
    """The named sections of an output. Raises SystemExit for one that is not there."""
    parts = re.split(rf"^(?={_TITLE})", output, flags=re.M)
    names = [_TOP, *(part.removeprefix(_TITLE) for part in parts[1:])]
    missing = [t for t in titles if not any(name.startswith(t) for name in names)]
    if missing:
        raise SystemExit(f"no section begins with: {', '.join(missing)}")
    kept: list[str] = []
    for name, part in zip(names, parts, strict=True):
        if any(name.startswith(title) for title in titles):
            kept.append(part.rstrip() + "\n")
        elif not kept or kept[-1] != f"{LEFT_OUT}\n":
            kept.append(f"{LEFT_OUT}\n")
    return "\n".join(kept)


@cache
def workshop() -> Path:
    """A folder to run commands in, with a copy of the seeds, so that results have a place."""
    folder = Path(tempfile.mkdtemp(prefix="azstance-docs-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / ".git").mkdir()  # no settings file above it counts
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    return folder


@cache
def run(command: str, *, colour: bool = False) -> str:
    """Standard output of a command run in the workshop, 80 columns wide, plain or as in colour."""
    words = shlex.split(command)
    for folder, made_by in MADE_BY.items():
        if folder in words and command != made_by:
            run(made_by)
    own = words[0] == "azstance"
    call = [sys.executable, "-m", "azstance", *words[1:]] if own else ["sh", "-c", command]
    foreign = ("AZSTANCE_", "NO_COLOR", "FORCE_COLOR", "COLORTERM")
    keep = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
    shades = {"FORCE_COLOR": "1", "TERM": "xterm-256color"} if colour else {"NO_COLOR": "1"}
    environment = keep | {
        "PYTHONPATH": str(ROOT),
        "COLUMNS": WIDTH,
        "PYTHONUTF8": "1",
        "LC_ALL": "C",
        **shades,
    }
    done = subprocess.run(
        call, cwd=workshop(), env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise SystemExit(f"{command}: status {done.returncode}\n{done.stderr}")
    return done.stdout


def commands() -> str:
    """Reference of all commands: usage, arguments, options and the example of each."""
    group = typer.main.get_command(app)
    return "\n".join(_command("azstance", group))


def sentence_columns() -> str:
    """The columns of `--rows sentences`, from the list that writes them; FRAME is any frame."""
    kinds = {"text": "text", "whole": "whole number", "number": "number", "yes": "true or false"}
    lines = ["| column | type | meaning |", "|---|---|---|"]
    for prefix, group in (("", BEFORE), ("FRAME", OF_A_FRAME), ("", AFTER)):
        lines += [
            f"| `{prefix}{each.name}` | {kinds[str(each.type)]} | {_cell(each.meaning)} |"
            for each in group
        ]
    return "\n".join(lines) + "\n"


PARTS = {"commands": commands, "sentence columns": sentence_columns}


def _command(path: str, command: Any) -> list[str]:
    """A command and those below it. Typer calls the values of options metavars, and hides some."""
    children = getattr(command, "commands", {})
    operands = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    words = [path, "[OPTIONS]", *map(_operand, operands), *(["COMMAND"] if children else [])]
    lines = [f"## {path}", "", "```text", " ".join(words), "```", ""]
    lines += [*_paragraphs(command.help), "| option | meaning |", "|---|---|"]
    rows = [(_spelling(p), p.help or "") for p in options]
    rows += [("-h, --help", "Show what the command does and its options.")]
    lines += [f"| `{_cell(name)}` | {_cell(text)} |" for name, text in rows]
    lines += ["", *_examples(command.epilog)]
    for name, child in children.items():
        lines += _command(f"{path} {name}", child)
    return lines


def _operand(argument: Any) -> str:
    name = argument.metavar or argument.name.upper()
    return f"{name}{'...' if argument.nargs == -1 else ''}"


def _paragraphs(text: str | None) -> list[str]:
    """The paragraphs of a help text, each on one line and followed by an empty one."""
    return [line for p in (text or "").split("\n\n") for line in (" ".join(p.split()), "")]


def _spelling(option: Any) -> str:
    names = ", ".join(sorted(option.opts, key=len))
    return names if option.is_flag else f"{names} {option.metavar or ''}".rstrip()


def _examples(epilog: str | None) -> list[str]:
    """The examples that a help text ends with, and what it says of the exit status."""
    paragraphs = [" ".join(p.split()) for p in (epilog or "").split("\n\n")]
    plain = [re.sub(r"^Examples?: ", "", p) for p in paragraphs if p]
    examples = [p for p in plain if p.startswith("azstance ")]
    rest = [line for p in plain if not p.startswith("azstance ") for line in (p, "")]
    shown = ["```console", *(f"$ {each}" for each in examples), "```", ""]
    return [*(shown if examples else []), *rest]


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> int:
    """Rewrite the documents, or with --check name those that would change."""
    check = "--check" in sys.argv[1:]
    stale = 0
    for path in documents():
        old = path.read_text(encoding="utf-8")
        new = refreshed(old)
        if old == new:
            continue
        stale += 1
        print(f"{'stale' if check else 'written'}: {path.relative_to(ROOT)}")
        if not check:
            path.write_text(new, encoding="utf-8", newline="\n")
    return int(check and stale > 0)


if __name__ == "__main__":
    sys.exit(main())
