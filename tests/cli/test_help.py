"""What somebody sees who does not know the command yet, or mistypes it."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys

import pytest

import azstance.cli
from azstance.config import Config
from azstance.nlp.pipeline import DEFAULT

from .command import ROOT, Warm, environment, run

COMMANDS = ((), ("score",), ("compare",), ("explain",), ("frames",), ("lexicon", "check"))


@pytest.mark.parametrize("command", [(), ("lexicon",)])
def test_without_arguments_help_goes_to_standard_error(command: tuple[str, ...]) -> None:
    done = run(*command)
    assert (done.status, done.raw) == (2, b"")
    assert done.errors == run(*command, "--help").text


@pytest.mark.parametrize("command", [("score",), ("compare",), ("explain",)])
def test_a_command_without_its_arguments(warm: Warm, command: tuple[str, ...]) -> None:
    done = warm.run(*command)
    assert (done.status, done.raw) == (2, b"")
    assert "Missing argument" in done.errors
    assert f"azstance {command[0]} -h" in done.errors


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_has_an_example(warm: Warm, command: tuple[str, ...]) -> None:
    short, long = warm.run(*command, "-h"), warm.run(*command, "--help")
    assert short == long
    assert (short.status, short.errors) == (0, "")
    examples = short.text.split("Example")[1]
    assert f"azstance {' '.join(command)}" in examples
    assert max(map(len, short.text.splitlines())) <= 80


def test_help_names_every_command(warm: Warm) -> None:
    text = warm.run("-h").text
    for command in ("score", "compare", "explain", "frames", "lexicon"):
        assert f"\n  {command} " in text


def test_defaults_that_help_names_are_those_of_the_configuration(warm: Warm) -> None:
    both = warm.run("score", "-h").text + warm.run("compare", "-h").text
    text = " ".join(both.split())
    for key in ("by", "evidence", "level", "resamples", "seed", "jobs", "corpus"):
        option = text.split(f"--{key} ")[1]
        assert f"[default: {getattr(Config, key)}]" in option.split("--")[0]
    assert f"[default: {DEFAULT}]" in text


def test_no_type_of_python_is_shown(warm: Warm) -> None:
    for command in COMMANDS:
        text = warm.run(*command, "-h").text
        assert "<" not in text
        assert "None" not in text


def test_version() -> None:
    done = run("--version")
    assert (done.status, done.errors) == (0, "")
    assert done.text == f"azstance {importlib.metadata.version('azstance')}\n"


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("scor", "x.txt"), "'score'"),
        (("lexicon", "chek"), "'check'"),
        (("score", "--formt", "json", "x.txt"), "--format"),
        (("compare", "--corpsu", "x", "a", "b"), "--corpus"),
        (("score", "--format", "jsn", "x.txt"), 'Did you mean "json"?'),
        (("score", "--by", "autor", "x.txt"), 'Did you mean "author"?'),
        (("frames", "--codebook", "azerbaijan-rusia"), 'Did you mean "azerbaijan-russia"?'),
        (
            ("score", "--field", "txt=body", "x.txt"),
            '--field: unknown key "txt". Did you mean "text"?',
        ),
    ],
)
def test_the_nearest_is_named(warm: Warm, arguments: tuple[str, ...], meant: str) -> None:
    done = warm.run(*arguments)
    assert (done.status, done.raw) == (2, b"")
    assert meant in done.errors


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("score", "--level", "3", "x.txt"), "--level"),
        (("score", "--level", "high", "x.txt"), "--level"),
        (("score", "--seed", "x", "x.txt"), "--seed"),
        (("score", "--evidence", "-1", "x.txt"), "--evidence"),
        (("score", "--resamples", "1", "x.txt"), "--resamples"),
        (("score", "--encoding", "utf9", "x.txt"), '--encoding: "encoding" is "utf9"'),
        (("score", "--field", "text", "x.txt"), "Write it as --field text=body."),
        (("compare", "002"), 'nothing to compare "002" with'),
        (("frames", "--codebook", "nosuch"), 'no codebook "nosuch"'),
    ],
)
def test_a_wrong_value_is_named_with_its_option(
    warm: Warm, arguments: tuple[str, ...], told: str
) -> None:
    done = warm.run(*arguments)
    assert (done.status, done.raw) == (2, b"")
    assert told in done.errors


def test_a_wrong_setting_is_named_with_its_place(warm: Warm) -> None:
    done = warm.run("frames", AZSTANCE_SEEDS="3")
    assert (done.status, done.raw) == (2, b"")
    assert "AZSTANCE_SEEDS" in done.errors
    assert "Did you mean AZSTANCE_SEED?" in done.errors


@pytest.mark.parametrize("arguments", [("--help",), ("score", "-h"), ("--version",)])
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    code = (
        "import sys\n"
        "from azstance.cli import main\n"
        f"sys.argv = ['azstance', *{arguments!r}]\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment(), check=True, text=True
    )
    loaded = set(done.stderr.split())
    assert "typer" in loaded
    assert not loaded & {"spacy", "thinc", "numpy", "sklearn", "trafilatura", "ftfy", "rich"}


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, azstance; print(*{n.partition('.')[0] for n in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = set(done.stdout.split())
    assert "azstance" in loaded
    assert not loaded & {"spacy", "thinc", "numpy", "sklearn", "typer", "rich"}


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("azstance sc", {"score"}),
        ("azstance lexicon ", {"check"}),
        ("azstance score --form", {"--format"}),
        ("azstance score --format j", {"json", "jsonl"}),
        ("azstance score --by a", {"article", "author"}),
        ("azstance compare 00", {"000", "001", "002", "003", "004"}),
    ],
)
def test_completion(warm: Warm, words: str, offered: set[str]) -> None:
    done = warm.run(
        cwd=ROOT,
        COMP_WORDS=words,
        COMP_CWORD=str(words.count(" ")),
        _AZSTANCE_COMPLETE="complete_bash",
    )
    assert done.errors == ""
    assert set(done.text.split()) == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell(shell: str) -> None:
    done = run(_AZSTANCE_COMPLETE=f"source_{shell}")
    assert done.status == 0
    assert "_AZSTANCE_COMPLETE" in done.text


def test_the_installed_command_is_this_one() -> None:
    (found,) = importlib.metadata.entry_points(group="console_scripts", name="azstance")
    assert found.load() is azstance.cli.main
