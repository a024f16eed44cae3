"""The 22 manners of the command line, one test each, for `azstance check`.

 1 test_01_version                        12 test_12_brackets_come_out_verbatim
 2 test_02_help_with_an_example           13 test_13_no_control_characters_of_articles
 3 test_03_no_arguments                   14 test_14_a_broken_pipe_is_quiet
 4 test_04_the_nearest_is_named           15 test_15_interrupted
 5 test_05_a_missing_file                 16 test_16_the_same_sarif_whatever_the_surroundings
 6 test_06_one_good_and_one_missing       17 test_17_git_status_stays_clean
 7 test_07_invalid_utf_8                  18 test_18_a_baselined_finding_moves_with_its_line
 8 test_08_standard_input                 19 test_19_help_is_quick_and_loads_nothing_heavy
 9 test_09_columns_do_not_change_json     20 test_20_completion
10 test_10_no_escapes_in_a_pipe           21 test_21_without_network_or_model
11 test_11_progress_on_a_terminal_only    22 test_22_an_internal_error_is_one_line
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from azstance.cli.check_options import FORMATS
from azstance.nlp.pipeline import INSTALL

from .check_folder import CLAIM, CRISIS, fill, front, outcomes, report, rules, snapshot
from .command import COMMAND, Done, Warm, environment, run
from .test_output import Terminal, controls, on_terminal

HELP = (
    "check", "reference build", "reference show", "baseline update", "baseline prune",
    "baseline show", "rule", "config show",
)  # fmt: skip


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles that no test changes."""
    return fill(tmp_path_factory.mktemp("manners") / "shared")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return fill(tmp_path / "own")


def test_01_version(warm: Warm) -> None:
    done = warm.run("--version")
    assert (done.status, done.text, done.errors) == (0, f"azstance {version('azstance')}\n", "")


@pytest.mark.parametrize("command", HELP)
def test_02_help_with_an_example(warm: Warm, command: str) -> None:
    short, long = warm.run(*command.split(), "-h"), warm.run(*command.split(), "--help")
    assert short == long
    assert (short.status, short.errors) == (0, "")
    assert f"azstance {command}" in short.text.split("Example")[1]
    assert max(map(len, short.text.splitlines())) <= 80
    assert "<" not in short.text
    assert "None" not in short.text


@pytest.mark.parametrize("command", [("check",), ("reference",), ("baseline",), ("config",)])
def test_03_no_arguments(warm: Warm, command: tuple[str, ...]) -> None:
    done = warm.run(*command)
    assert (done.status, done.raw) == (2, b"")
    assert done.errors == warm.run(*command, "-h").text


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("chek", "n"), "'check'"),
        (("refrence", "build"), "'reference'"),
        (("reference", "biuld"), "'build'"),
        (("baseline", "updte"), "'update'"),
        (("config", "shw"), "'show'"),
        (("check", "--fail-onn", "note", "n"), "--fail-on"),
        (("check", "--selct", "AZ3", "n"), "--select"),
        (("check", "--format", "sarf", "n"), 'Did you mean "sarif"?'),
        (("check", "--select", "AZ31", "n"), 'Did you mean "AZ301"?'),
        (("rule", "near-duplicat"), 'Did you mean "near-duplicate"?'),
    ],
)
def test_04_the_nearest_is_named(warm: Warm, arguments: tuple[str, ...], meant: str) -> None:
    done = warm.run(*arguments)
    assert (done.status, done.raw) == (2, b"")
    assert meant in done.errors


@pytest.mark.parametrize("format", ["text", "json", "sarif"])
def test_05_a_missing_file(warm: Warm, own: Path, format: str) -> None:
    before = snapshot(own)
    done = warm.run("check", "n/gone.md", "nosuch", "-f", format, "-o", "json=out.json", cwd=own)
    assert (done.status, done.raw) == (2, b"")
    assert done.errors.splitlines() == [
        f"azstance: not checked: {name} is not there. Check the name; text itself is only read "
        'from standard input, by "-".'
        for name in ("n/gone.md", "nosuch")
    ]
    assert snapshot(own) == before


def test_06_one_good_and_one_missing(warm: Warm, shared: Path) -> None:
    done = warm.run("check", "n/good.md", "n/gone.md", "--format", "json", cwd=shared)
    assert done.status == 2
    assert outcomes(done) == {"n/good.md": "checked", "n/gone.md": "failed"}
    assert done.errors.startswith("azstance: not checked: n/gone.md is not there.")
    assert len(done.errors.splitlines()) == 1


def test_07_invalid_utf_8(warm: Warm, own: Path) -> None:
    (own / "n" / "bad.md").write_bytes(b"Baku and Moscow are \xff\xfe\x81\x8d allies \x90\x9d.")
    done = warm.run("check", "n/bad.md", "n/good.md", "-f", "json", cwd=own)
    assert done.status == 2
    assert rules(done) == [("AZ001", "n/bad.md", True)]
    assert "byte 0xff" in report(done)["findings"][0]["message"]
    alone = warm.run("check", "n/bad.md", "-f", "concise", cwd=own)
    assert alone.status == 2
    assert "n/bad.md:1: error AZ001 unreadable: " in alone.text


def test_08_standard_input(warm: Warm, shared: Path) -> None:
    done = warm.run("check", "-", "-f", "json", cwd=shared, input=CRISIS.encode())
    assert (done.status, outcomes(done)) == (1, {"-": "checked"})
    assert rules(done) == [("AZ010", "-", True), ("AZ301", "-", True)]
    status, shown = on_terminal(warm, "02", "check", "-", "-q", cwd=shared)
    assert status == 2
    assert "not checked: - standard input is a terminal, and nothing is piped into it." in shown
    status, shown = on_terminal(warm, "02", "check", "--files-from", "-", cwd=shared)
    assert status == 2
    assert "--files-from: nothing is piped into standard input." in shown


def test_09_columns_do_not_change_json(warm: Warm, shared: Path) -> None:
    for format in ("json", "sarif"):
        narrow, wide = (
            warm.run("check", "n", "-f", format, cwd=shared, COLUMNS=n) for n in ("40", "300")
        )
        assert narrow == wide
    narrow, wide = (warm.run("check", "n", cwd=shared, COLUMNS=n) for n in ("40", "300"))
    assert max(map(len, narrow.text.splitlines())) <= 40 < max(map(len, wide.text.splitlines()))


def test_10_no_escapes_in_a_pipe(warm: Warm, shared: Path) -> None:
    for format, extra in (
        ("text", {}), ("text", {"GITHUB_ACTIONS": "true"}), ("github", {"GITHUB_ACTIONS": "true"}),
        ("concise", {"CI": "true", "TERM": "xterm-256color"}),
    ):  # fmt: skip
        done = warm.run("check", "n", "-f", format, cwd=shared, **extra)  # type: ignore[arg-type]
        assert not controls(done.text + done.errors)
    for extra, coloured in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
        _, shown = on_terminal(warm, "1", "check", "n", cwd=shared, **extra)
        assert ("\x1b" in shown) is coloured
        assert "AZ301" in shown


def test_11_progress_on_a_terminal_only(warm: Warm, own: Path) -> None:
    arguments = ("check", "n/good.md", "-o", "json=out.json")
    status, shown = on_terminal(warm, "2", *arguments, cwd=own)
    assert status == 0
    assert "scoring" in shown
    assert "1/" in shown
    done = warm.run(*arguments, cwd=own)
    assert (done.status, done.errors) == (0, "")
    # Something has to be shown on the terminal: the article that is not there.
    status, shown = on_terminal(warm, "2", *arguments, "nosuch.md", "-q", cwd=own)
    assert status == 2
    assert "scoring" not in shown
    assert "not checked: nosuch.md" in shown


def test_12_brackets_come_out_verbatim(warm: Warm, own: Path) -> None:
    said = "Russia betrayed [sic] Azerbaijan and its [/b] ties [bold]broke[/bold] in a deep crisis."
    (own / "n" / "claim.md").write_text(front("Crisis") + CRISIS.replace(CLAIM, said))
    texts = {
        "text": warm.run("check", "n/claim.md", cwd=own, COLUMNS="300").text,
        "json": warm.run("check", "n/claim.md", "-f", "json", cwd=own).text,
    }
    for text in texts.values():
        assert said in " ".join(text.split())
    status, shown = on_terminal(warm, "1", "check", "n/claim.md", cwd=own, COLUMNS="300")
    assert status == 0
    assert "[sic]" in shown
    assert "[/b]" in shown


HOSTILE = (
    "\x1b[31m red \x1b]0;title\x07 \x9b31m \u202eback\u202c a\u200bb \ufeff ::error::x ##[error]y"
)


@pytest.mark.parametrize("format", FORMATS)
def test_13_no_control_characters_of_articles(warm: Warm, own: Path, format: str) -> None:
    claim = CLAIM.replace(" in a", f" {HOSTILE} in a")
    about = front(f'"x {HOSTILE!r} y"', outlet=None)[:-4] + f"url: https://x.org/{HOSTILE}\n---\n"
    text = about + CRISIS.replace(CLAIM, claim).replace("Baku.", f"Baku.\n\n::error::{HOSTILE}\n")
    (own / "n" / "claim.md").write_text(text, "utf-8")
    name = "::warning::a\x1b[31m\u202eb.md"
    (own / "n" / name).write_text("\n")
    done = warm.run("check", "n", "-f", format, cwd=own)
    assert done.status == 2
    assert b"AZ301" in done.raw
    assert not controls(done.text + done.errors)
    lines = (done.text + done.errors).splitlines()
    if format != "github":
        assert not [line for line in lines if line.lstrip().startswith("::")]
    assert "##[" not in done.text


def test_14_a_broken_pipe_is_quiet(shared: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, "check", "n/noout.md"], cwd=shared, stdin=subprocess.DEVNULL, stdout=writing,
        stderr=subprocess.PIPE, env=environment(), check=False,
    )  # fmt: skip
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


def test_15_interrupted(own: Path) -> None:
    before = snapshot(own)
    terminal = Terminal()
    with subprocess.Popen(
        [*COMMAND, "check", "-", "-o", "json=out.json", "-f", "sarif"],
        cwd=own, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=terminal.theirs,
        env=environment(),
    ) as process:  # fmt: skip
        os.close(terminal.theirs)
        terminal.until(b"scoring")  # and now it waits for a text that never comes
        process.send_signal(signal.SIGINT)
        shown = terminal.rest()
        assert process.stdout
        assert process.stdout.read() == b""
    assert process.returncode == 130
    assert shown.count("azstance") == 1
    assert shown.endswith("azstance: interrupted.\r\n")
    assert snapshot(own) == before


@pytest.fixture(scope="module")
def sarif(warm: Warm, shared: Path) -> Done:
    done = warm.run("check", "n", "-f", "sarif", cwd=shared)
    assert json.loads(done.text)["runs"][0]["results"]
    return done


def test_16_the_same_sarif_whatever_the_surroundings(warm: Warm, shared: Path, sarif: Done) -> None:
    paths = ["n/noout.md", "n/good.md", "n/claim.md"]
    inside = [f"../{path}" for path in paths]
    for arguments, cwd, extra in (
        (paths, shared, {"TZ": "Asia/Baku", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}),
        ([*paths, "--jobs", "2"], shared, {"HOME": "/", "COLUMNS": "20"}),
        (inside, shared / "n", {"TZ": "UTC", "LC_ALL": "C"}),
        ([str(shared / "n")], shared, {}),
    ):
        same = warm.run("check", *arguments, "-f", "sarif", cwd=cwd, **extra)  # type: ignore[arg-type]
        assert same == sarif
    done = run("check", *paths, "-f", "sarif", cwd=shared, PYTHONHASHSEED="3", LC_ALL="C")
    assert done == sarif


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


def test_17_git_status_stays_clean(warm: Warm, own: Path) -> None:
    for command in (("reference", "build", "n"), ("baseline", "update", "n/claim.md")):
        assert warm.run(*command, cwd=own).status == 0
    git(own, "init", "--quiet", "--initial-branch=main")
    git(own, "add", ".")
    git(own, "commit", "--quiet", "-m", "all")
    before = snapshot(own)
    for arguments in (("n",), (".", "--batch", "-f", "sarif"), ("--changed-since", "HEAD"),
                      ("n", "--no-baseline", "--fail-on", "never")):  # fmt: skip
        assert warm.run("check", *arguments, cwd=own).status in (0, 1)
        assert git(own, "status", "--porcelain", "--ignored") == ""
    assert snapshot(own) == before
    none = warm.run("check", "--changed-since", "HEAD", cwd=own)
    assert (none.status, none.errors) == (0, "")
    assert "0 articles checked" in none.text


def test_18_a_baselined_finding_moves_with_its_line(warm: Warm, own: Path) -> None:
    file = own / "n" / "claim.md"
    arguments = ("check", "n/claim.md", "-f", "json", "--fail-on", "note")
    assert warm.run("baseline", "update", "n/claim.md", cwd=own).status == 0
    assert warm.run(*arguments, cwd=own).status == 0
    text = file.read_text()
    file.write_text(text.replace(CLAIM, f"\n\n  {CLAIM}"))
    moved = warm.run(*arguments, cwd=own)
    assert (moved.status, rules(moved)) == (0, [("AZ301", "n/claim.md", False)])
    file.write_text(text.replace(CLAIM, f"{CLAIM} They met in Baku. {CLAIM}"))
    twice = warm.run(*arguments, cwd=own)
    assert twice.status == 1
    assert rules(twice) == [("AZ301", "n/claim.md", False), ("AZ301", "n/claim.md", True)]


def test_19_help_is_quick_and_loads_nothing_heavy(tmp_path: Path) -> None:
    """Time of the processor, of which other work on the machine takes little."""
    code = (
        "import sys\nfrom azstance.cli import main\nsys.argv = ['azstance', 'check', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)\n"
    )
    surroundings = environment(PYTHONPYCACHEPREFIX=str(tmp_path), PYTHONDONTWRITEBYTECODE="")
    seconds = []
    for _ in range(3):  # the first compiles, as an installation does
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, env=surroundings, check=True,
            text=True,
        )  # fmt: skip
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(seconds) < 0.5
    loaded = set(done.stderr.split())
    assert "typer" in loaded
    assert not loaded & {"spacy", "thinc", "numpy", "sklearn", "datasketch", "trafilatura", "rich"}


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("azstance ch", {"check"}),
        ("azstance reference ", {"build", "show"}),
        ("azstance baseline ", {"update", "prune", "show"}),
        ("azstance check --changed", {"--changed-since"}),
        ("azstance check --fail-on n", {"note", "never"}),
        ("azstance check --format j", {"json", "jsonl", "junit"}),
    ],
)
def test_20_completion(warm: Warm, words: str, offered: set[str]) -> None:
    done = warm.run(
        COMP_WORDS=words, COMP_CWORD=str(words.count(" ")), _AZSTANCE_COMPLETE="complete_bash"
    )
    assert done.errors == ""
    assert set(done.text.split()) == offered


def test_21_without_network_or_model(warm: Warm, shared: Path, sarif: Done, tmp_path: Path) -> None:
    blocked = "import socket\n\ndef none(*a, **k):\n    raise OSError('no network')\n\n"
    names = ("socket.connect", "getaddrinfo", "create_connection")
    lines = "".join(f"socket.{name.replace('socket.', 'socket.', 1)} = none\n" for name in names)
    (tmp_path / "sitecustomize.py").write_text(blocked + lines)
    done = run("check", "n", "-f", "sarif", cwd=shared, PYTHONPATH=str(tmp_path))
    assert done == sarif
    probe = subprocess.run(
        [sys.executable, "-c", "import socket; socket.create_connection(('localhost', 9))"],
        env=environment(PYTHONPATH=str(tmp_path)), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "no network" in probe.stderr, "the network is blocked indeed"
    # A Python that does not find the package of the pipeline, as where it was never installed.
    name = INSTALL.split()[-1].partition("==")[0].replace("-", "_")
    hidden = (
        "import importlib.util as u\nfind = u.find_spec\n"
        "import importlib.metadata as m\nof = m.distribution\n"
        f"def none(name, *a):\n    if name.replace('-', '_') == {name!r}:\n"
        "        raise m.PackageNotFoundError(name)\n    return of(name, *a)\n"
        "m.distribution = none\n"
    )
    (tmp_path / "sitecustomize.py").write_text(hidden)
    done = run("check", "n/good.md", "--no-cache", cwd=shared, PYTHONPATH=str(tmp_path))
    assert (done.status, done.raw) == (2, b"")
    [line] = done.errors.splitlines()
    assert line.endswith(f"Install it: {INSTALL}")


@pytest.mark.parametrize("debug", [False, True])
def test_22_an_internal_error_is_one_line(shared: Path, tmp_path: Path, debug: bool) -> None:
    """A broken installation: a library that fails while it is loaded."""
    (tmp_path / "spacy").mkdir()
    (tmp_path / "spacy" / "__init__.py").write_text("raise RuntimeError('one\\n  two')\n")
    extra = {"PYTHONPATH": str(tmp_path), **({"AZSTANCE_DEBUG": "1"} if debug else {})}
    done = subprocess.run(
        [*COMMAND, "check", "n/good.md", "--no-cache"], cwd=shared, capture_output=True, text=True,
        env=environment(**extra), check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    *before, last = done.stderr.splitlines()
    assert last == (
        "azstance: internal error: RuntimeError: one two. "
        "Please report it; AZSTANCE_DEBUG=1 shows where it happened."
    )
    assert before[:1] == (["Traceback (most recent call last):"] if debug else [])


def test_the_table_above_is_complete() -> None:
    text = __doc__ or ""
    names = [name for name in globals() if name.startswith("test_") and name[5:7].isdigit()]
    assert [name[5:7] for name in names] == [f"{n:02}" for n in range(1, 23)]
    assert all(f"{int(name[5:7])} {name}" in text for name in names)
