"""Refresh what the documents show of the program: its outputs and the list of its commands.

    python tools/refresh_docs.py            rewrite README.md and docs/
    python tools/refresh_docs.py --check    only name what is stale; status 1 if anything is

A fenced block below a comment such as

    <!-- shown: azstance score seeds/ :: 002 -->

holds what that command prints. After the colons stand the sections that are shown, by the beginning
of their titles ("top" is what comes before the first title); what is left out between them becomes
a line "[...]". Between `<!-- generated: commands -->` and `<!-- end -->` stands the reference of
all commands, from the same texts as `--help`.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import typer

from azstance.cli import app

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/*.md")
WIDTH = "80"
LEFT_OUT = "[...]"
_SHOWN = re.compile(
    r"^(<!-- shown: ([^\n]+?)(?: :: ([^\n]+?))? -->\n+```console\n)(.*?)^```$", re.M | re.S
)
_COMMANDS = re.compile(r"^(<!-- generated: commands -->\n).*?^(<!-- end -->)$", re.M | re.S)
_TITLE = "── "
_TOP = "top"


def documents() -> list[Path]:
    """All documents, sorted."""
    return sorted(path for pattern in DOCUMENTS for path in ROOT.glob(pattern))


def refreshed(text: str) -> str:
    """The text of a document with every shown output and generated part as it is today."""
    text = _SHOWN.sub(lambda m: f"{m[1]}{shown(m[2], m[3])}```", text)
    return _COMMANDS.sub(lambda m: f"{m[1]}\n{commands()}\n{m[2]}", text)


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
def run(command: str) -> str:
    """Standard output of a command run in the root of the repository, 80 columns wide."""
    words = shlex.split(command)
    own = words[0] == "azstance"
    call = [sys.executable, "-m", "azstance", *words[1:]] if own else ["sh", "-c", command]
    keep = {k: v for k, v in os.environ.items() if not k.startswith("AZSTANCE_")}
    environment = keep | {
        "COLUMNS": WIDTH,
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
        "LC_ALL": "C",
    }
    done = subprocess.run(
        call, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise SystemExit(f"{command}: status {done.returncode}\n{done.stderr}")
    return done.stdout


def commands() -> str:
    """Reference of all commands: usage, arguments, options and the example of each."""
    group = typer.main.get_command(app)
    return "\n".join(_command("azstance", group))


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
