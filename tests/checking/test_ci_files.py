"""The files for continuous integration: valid, safe, and true of the command; their scripts run."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from cli.command import COMMAND, ROOT, environment

from azstance.read.formats import SUFFIXES
from azstance.read.sidecar import NAME as SIDECAR

ACTION = ROOT / "action.yml"
WORKFLOW = ROOT / "docs" / "ci" / "github.yml"
JOB = ROOT / "docs" / "ci" / "gitlab.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
PAGE = ROOT / "docs" / "ci.md"

# The documented keys of a hook, as far as a hook of ours may want them.
_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"type": "array", "items": _TEXT, "uniqueItems": True}
_PATTERN = {"type": "string", "format": "regex"}
_FLAG = {"type": "boolean"}
HOOK = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["id", "name", "entry", "language"],
        "additionalProperties": False,
        "properties": {
            **dict.fromkeys(("id", "name", "entry", "language_version", "description"), _TEXT),
            "language": {"enum": ["python"]},
            **dict.fromkeys(("files", "exclude"), _PATTERN),
            **dict.fromkeys(("types", "types_or", "exclude_types", "args", "stages"), _TEXTS),
            **dict.fromkeys(("pass_filenames", "require_serial", "always_run"), _FLAG),
            "minimum_pre_commit_version": {"type": "string", "pattern": r"^\d+(\.\d+)*$"},
        },
    },
}

GOOD = (
    "---\ntitle: Visit\noutlet: Example Daily\ndate: 2024-03-31\n---\n"
    "Azerbaijan and Russia are strategic allies, and their partnership grows every year. "
    "Moscow and Baku trust each other. Trade grew by a tenth. The ministers met twice. "
    "They will meet again in May. Nothing else was said.\n"
)
FAULTY = GOOD.replace("outlet: Example Daily\n", "")


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def scripts(value: Any) -> Iterator[str]:
    """Everything that a shell is given, wherever it stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("run", "script", "before_script", "after_script"):
                yield from [inner] if isinstance(inner, str) else inner
            else:
                yield from scripts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from scripts(inner)


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        (ACTION, "vendor.github-actions"),
        (WORKFLOW, "vendor.github-workflows"),
        (WORKFLOW, "custom.github-workflows-require-timeout"),
        (JOB, "vendor.gitlab-ci"),
    ],
    ids=["action", "workflow", "timeout", "gitlab"],
)
def test_file_fits_its_schema(path: Path, schema: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_hook() -> None:
    hooks = loaded(HOOKS)
    jsonschema.validate(hooks, HOOK, format_checker=jsonschema.FormatChecker())
    (hook,) = hooks
    assert (hook["id"], hook["entry"]) == ("azstance-check", "azstance check")
    assert hook["pass_filenames"] is True
    assert hook["require_serial"] is True
    taken = {suffix for suffix in SUFFIXES if re.search(hook["files"], f"articles/a{suffix}")}
    left = {".jsonl", ".parquet", ".warc", ".warc.gz"}
    assert taken == set(SUFFIXES) - left, "they have no type: docs/ci.md says so"
    for other in (SIDECAR, "LICENSE", "a.py", "a.txt.bak", ".pre-commit-config.yaml"):
        assert not re.search(hook["files"], other)


@pytest.mark.parametrize("path", [ACTION, WORKFLOW, JOB], ids=lambda path: path.name)
def test_no_value_is_written_into_a_script(path: Path) -> None:
    found = list(scripts(loaded(path)))
    assert found or path == WORKFLOW
    for script in found:
        assert "${{" not in script
        assert "eval" not in script.split()


def test_scripts_are_found() -> None:
    assert len(list(scripts(loaded(ACTION)))) == 2
    assert list(scripts({"jobs": {"a": {"steps": [{"run": "${{ x }}"}]}}})) == ["${{ x }}"]


def test_inputs_reach_the_script() -> None:
    """Each input is used once, as a variable of the environment or of the step for Python."""
    action = loaded(ACTION)
    steps = action["runs"]["steps"]
    given = [str(v) for step in steps for v in (step.get("env") or step.get("with")).values()]
    used = re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", " ".join(given))
    assert sorted(used) == sorted(action["inputs"])
    for step in steps:
        for name in step.get("env", {}):
            assert re.search(rf"\$\{{?{name}\b", step["run"]), f"{name} is not used"


def test_workflow_has_few_rights() -> None:
    workflow = loaded(WORKFLOW)
    assert workflow["permissions"] == {"contents": "read", "security-events": "write"}
    assert list(workflow[True]) == ["pull_request"]  # YAML reads the key "on" as true
    assert "secrets." not in WORKFLOW.read_text(encoding="utf-8") + ACTION.read_text("utf-8")
    checkout, check, upload = workflow["jobs"]["check"]["steps"]
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}
    assert set(check["with"]) <= set(loaded(ACTION)["inputs"])
    assert upload["with"]["sarif_file"] == "${{ steps.check.outputs.sarif }}"
    assert set(loaded(ACTION)["outputs"]) == {"sarif"}


def test_merge_request_job() -> None:
    job = loaded(JOB)["azstance"]
    assert job["variables"] == {"GIT_DEPTH": "0"}
    assert job["artifacts"]["when"] == "always"
    for name, file in job["artifacts"]["reports"].items():
        format = {"codequality": "gitlab", "junit": "junit"}[name]
        assert f"--output {format}={file}" in job["script"][-1]


# The command that is spoken of.


@cache
def options_of(*command: str) -> frozenset[str]:
    """Long options in the real help of a command, which must exist."""
    done = subprocess.run(
        [*COMMAND, *command, "--help"],
        env=environment(COLUMNS="200"),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"azstance {' '.join(command)}: {done.stderr}"
    return frozenset(re.findall(r"^  (?:-[a-z], )?(--[a-z-]+)", done.stdout, re.M))


def command_lines() -> Iterator[tuple[str, ...]]:
    """Words of every `azstance ...` in the files and the page, from fences and from the text."""
    page = PAGE.read_text(encoding="utf-8")
    blocks = re.findall(r"^```text\n(.*?)^```$", page, re.M | re.S)
    texts = [line for block in blocks for line in block.splitlines()]
    texts += re.findall(r"`(azstance [^`]+)`", re.sub(r"^```.*?^```$", "", page, flags=re.M | re.S))
    texts += [script for path in (ACTION, JOB) for script in scripts(loaded(path))]
    for text in texts:
        for line in text.splitlines():
            for part in re.split(r" \| | \|\| ", line):
                if part.strip().startswith("azstance "):
                    yield tuple(shlex.split(part))


def parts(words: tuple[str, ...]) -> tuple[tuple[str, ...], set[str]]:
    """The command and its long options."""
    nested = words[1] in ("reference", "baseline", "config")
    command = words[1 : 3 if nested else 2]
    return command, {word.partition("=")[0] for word in words if re.match(r"--\w", word)}


def test_command_lines_exist() -> None:
    seen = set()
    for words in command_lines():
        command, options = parts(words)
        unknown = options - options_of(*command)
        assert not unknown, f"{' '.join(words)}: {sorted(unknown)}"
        seen.add(command)
    assert seen >= {
        ("check",), ("rule",), ("reference", "build"), ("reference", "show"),
        ("baseline", "update"), ("baseline", "prune"), ("baseline", "show"), ("config", "show"),
    }  # fmt: skip


def test_options_in_the_action_exist() -> None:
    """Those that the script puts together word by word."""
    (script,) = (s for s in scripts(loaded(ACTION)) if "azstance check" in s)
    words = set(re.findall(r"(?<=[( \"])--[a-z-]+", script))
    assert words == {
        "--format", "--output", "--changed-since", "--reference", "--baseline", "--fail-on",
    }  # fmt: skip
    assert words <= options_of("check")


def test_options_in_the_page_exist() -> None:
    page = PAGE.read_text(encoding="utf-8")
    spans = re.findall(r"`(--[a-z-]+)[^`]*`", page)
    assert len(spans) >= 4
    assert set(spans) <= options_of("check")


# The scripts themselves.


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """An article on main, and a branch that adds one without a fault and one with a fault."""
    folder = tmp_path / "repository"
    (folder / "articles").mkdir(parents=True)

    def git(*arguments: str) -> None:
        author = ("-c", "user.name=Test", "-c", "user.email=test@example.invalid")
        subprocess.run(
            ["git", *author, *arguments],
            cwd=folder,
            env=clean_environment(),
            check=True,
            capture_output=True,
        )

    git("init", "--quiet", "-b", "main")
    (folder / "azstance.toml").write_text('model = "cues"\n', encoding="utf-8")  # starts faster
    (folder / "articles" / "old fault.md").write_text(FAULTY, encoding="utf-8")
    git("add", "--all")
    git("commit", "--quiet", "-m", "base")
    git("switch", "--quiet", "-c", "pull")
    (folder / "articles" / "good.md").write_text(GOOD, encoding="utf-8")
    git("add", "--all")
    git("commit", "--quiet", "-m", "pull request")
    return folder


def clean_environment(**extra: str) -> dict[str, str]:
    """That of this machine without git's own variables and settings, and `extra`."""
    kept = {k: v for k, v in environment().items() if not k.startswith("GIT_")}
    return {**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **extra}


def run_script(script: str, folder: Path, away: Path, **extra: str) -> tuple[int, str]:
    """Status and output of a script, run as the runner does with the programs of here."""
    bin = away / "bin"
    bin.mkdir(exist_ok=True)
    launcher = bin / "azstance"
    launcher.write_text(f'#!/bin/sh\nexec {shlex.join(COMMAND)} "$@"\n', encoding="utf-8")
    launcher.chmod(0o755)
    (bin / "python").unlink(missing_ok=True)
    (bin / "python").symlink_to(sys.executable)
    file = away / "script.sh"
    file.write_text(script, encoding="utf-8")
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(file)],
        cwd=folder,
        env=clean_environment(
            PATH=f"{bin}{os.pathsep}{os.environ['PATH']}",
            PYTHONPATH=str(ROOT),
            RUNNER_TEMP=str(away),
            GITHUB_STEP_SUMMARY=str(away / "summary"),
            GITHUB_OUTPUT=str(away / "output"),
            GITHUB_ACTIONS="true",
            **extra,
        ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


def check_step(folder: Path, away: Path, **inputs: str) -> tuple[int, str]:
    (script,) = (s for s in scripts(loaded(ACTION)) if "azstance check" in s)
    given = {"PATHS": "articles", "CHANGED_SINCE": "main", "REFERENCE": "", "BASELINE": "",
             "FAIL_ON": "", **inputs}  # fmt: skip
    return run_script(script, folder, away, **given)


def sarif(away: Path) -> Any:
    lines = (away / "output").read_text(encoding="utf-8").splitlines()
    name = dict(line.split("=", 1) for line in lines)["sarif"]
    return json.loads(Path(name).read_text(encoding="utf-8"))


def test_action_on_a_good_pull_request(repository: Path, tmp_path: Path) -> None:
    status, out = check_step(repository, tmp_path)
    assert status == 0, out
    assert "::error" not in out
    assert "1 article checked" in (tmp_path / "summary").read_text(encoding="utf-8")
    assert sarif(tmp_path)["version"] == "2.1.0"


def test_action_on_a_faulty_pull_request(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "summary").write_text("Of a step before.\n", encoding="utf-8")
    (repository / "articles" / "a $(touch ran) fault.md").write_text(FAULTY, encoding="utf-8")
    status, out = check_step(repository, tmp_path, PATHS="articles/good.md\n\narticles\n")
    assert status == 1, out
    assert "::error file=articles/a $(touch ran) fault.md" in out
    assert "old fault" not in out
    assert not (repository / "ran").exists()
    summary = (tmp_path / "summary").read_text(encoding="utf-8")
    assert summary.startswith("Of a step before.\n# azstance")
    assert "AZ010" in summary
    assert {r["ruleId"] for r in sarif(tmp_path)["runs"][0]["results"]} >= {"AZ010"}
    assert check_step(repository, tmp_path, FAIL_ON="never")[0] == 0


@pytest.mark.parametrize(
    "inputs",
    [
        {"CHANGED_SINCE": "no-such-branch"},
        {"CHANGED_SINCE": "--help"},
        {"FAIL_ON": "$(touch ran)"},
        {"REFERENCE": "x; touch ran"},
    ],
    ids=["branch", "option", "level", "file"],
)
def test_action_that_cannot_check(repository: Path, tmp_path: Path, inputs: dict[str, str]) -> None:
    status, out = check_step(repository, tmp_path, **inputs)
    assert status == 2
    assert "azstance: error:" in out
    assert not (tmp_path / "output").exists()
    assert not (repository / "ran").exists()


def test_action_hides_names_from_the_runner(repository: Path, tmp_path: Path) -> None:
    """Names of files on standard error stand where the runner looks for no commands, and are
    made harmless besides."""
    (repository / "articles" / "##[add-mask]a.md").write_bytes(b"\x00\x01\xff\xfe" * 99)
    status, out = check_step(repository, tmp_path)
    assert status == 2
    found = re.search(r"^::stop-commands::(\w{32})\n(.*?)^::\1::$", out, re.M | re.S)
    assert found
    assert "## [add-mask]a.md" in found[2]
    assert "##[" not in out


def test_gitlab_script(repository: Path, tmp_path: Path) -> None:
    (repository / "articles" / "fault.md").write_text(FAULTY, encoding="utf-8")
    script = loaded(JOB)["azstance"]["script"][-1]
    status, out = run_script(script, repository, tmp_path, CI_MERGE_REQUEST_DIFF_BASE_SHA="main")
    assert status == 1, out
    assert "AZ010" in out
    found = json.loads((repository / "azstance-codequality.json").read_text(encoding="utf-8"))
    assert {entry["location"]["path"] for entry in found} == {"articles/fault.md"}
    assert "AZ010" in (repository / "azstance-junit.xml").read_text(encoding="utf-8")
