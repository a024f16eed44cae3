"""A team's repository: a base commit with its reference and baseline, and a pull request."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.check_folder import CLAIM, CRISIS, GOOD, SETTINGS, front, rules
from cli.command import Done, Warm
from cli.loaded import Loaded

WHO = ("-c", "user.name=A", "-c", "user.email=a@example.invalid", "-c", "commit.gpgsign=false")


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    process = Loaded()
    yield process
    process.close()


def git(folder: Path, *arguments: str) -> str:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    done = subprocess.run(
        ["git", *WHO, *arguments],
        cwd=folder,
        env=kept | {"GIT_CONFIG_GLOBAL": os.devnull},
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message)


def story(word: str) -> str:
    """A text that shares no five words in a row with one of another word."""
    events = {"house": "sold", "field": "sown", "road": "shut", "bridge": "built", "inn": "full"}
    return " ".join(
        f"The {word} {noun} of {word} was {verb} near {word} on Tuesday."
        for noun, verb in events.items()
    )


@pytest.fixture(scope="module")
def base(warm: Warm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles, one with a fault that nobody has to mend, a reference and a baseline."""
    folder = tmp_path_factory.mktemp("team") / "repository"
    (folder / "articles").mkdir(parents=True)
    (folder / "azstance.toml").write_text(SETTINGS)
    (folder / "articles" / "visit.md").write_text(front("Visit") + GOOD)
    (folder / "articles" / "crisis.md").write_text(front("Crisis") + CRISIS)
    (folder / "articles" / "old.md").write_text(front("Old", outlet=None) + story("amber"))
    (folder / "articles" / "plain.md").write_text(front("Plain") + story("silver"))
    git(folder, "init", "-q", "-b", "main")
    for arguments in (
        ("reference", "build", "articles", "-q"),
        ("baseline", "update", "articles", "--reason", "known", "-q"),
    ):
        done = warm.run(*arguments, cwd=folder)
        assert done.status == 0, done.errors
    commit(folder, "base")
    return folder


@pytest.fixture
def team(base: Path, tmp_path: Path) -> Path:
    """A copy of the repository, on the branch of a pull request."""
    folder = Path(shutil.copytree(base, tmp_path / "repository"))
    git(folder, "checkout", "-qb", "change")
    return folder


def check(warm: Warm, folder: Path, *more: str) -> Done:
    done = warm.run("check", *more, "--format", "json", cwd=folder)
    assert git(folder, "status", "--porcelain") == ""
    return done


def test_base_is_clean_and_its_findings_are_known(warm: Warm, team: Path) -> None:
    done = check(warm, team, "articles")
    assert done.status == 0
    assert {(rule, counts) for rule, _, counts in rules(done) if rule != "AZ503"} == {
        ("AZ010", False),
        ("AZ301", False),
    }


def test_only_what_a_pull_request_touches(warm: Warm, team: Path) -> None:
    (team / "articles" / "new.md").write_text(front("New", outlet=None) + story("copper"))
    commit(team, "an article without an outlet")
    done = check(warm, team, "--changed-since", "main")
    assert done.status == 1
    assert [each for each in rules(done) if each[0] != "AZ503"] == [
        ("AZ010", "articles/new.md", True)
    ]
    assert check(warm, team, "--changed-since", "change").status == 0


def test_a_renamed_article_is_no_duplicate_and_keeps_what_was_accepted(
    warm: Warm, team: Path
) -> None:
    git(team, "mv", "articles/old.md", "articles/renamed.md")
    git(team, "mv", "articles/crisis.md", "articles/hard-times.md")
    commit(team, "names")
    done = check(warm, team, "--changed-since", "main")
    assert done.status == 0
    found = {(rule, path, counts) for rule, path, counts in rules(done) if rule != "AZ503"}
    assert found == {
        ("AZ010", "articles/renamed.md", False),
        ("AZ301", "articles/hard-times.md", False),
    }


def test_a_copy_of_a_known_article_is_a_duplicate(warm: Warm, team: Path) -> None:
    shutil.copy(team / "articles" / "plain.md", team / "articles" / "copy.md")
    commit(team, "a copy")
    done = check(warm, team, "--changed-since", "main")
    assert done.status == 1
    assert ("AZ201", "articles/copy.md", True) in rules(done)


def test_a_blank_line_does_not_revive_a_finding_and_a_second_sentence_is_one(
    warm: Warm, team: Path
) -> None:
    path = team / "articles" / "crisis.md"
    path.write_text(front("Crisis") + "\n\n\n" + CRISIS)
    commit(team, "blank lines")
    assert ("AZ301", "articles/crisis.md", True) not in rules(check(warm, team, "articles"))
    grain = "They spoke about grain."
    path.write_text(front("Crisis") + CRISIS.replace(grain, f"{grain} {CLAIM} {CLAIM}"))
    commit(team, "the same sentence again")
    found = [each for each in rules(check(warm, team, "articles")) if each[0] == "AZ301"]
    assert sorted(counts for _, _, counts in found) == [False, True]


def test_an_update_makes_the_second_run_clean(warm: Warm, team: Path) -> None:
    (team / "articles" / "new.md").write_text(front("New", outlet=None) + story("copper"))
    assert warm.run("baseline", "update", "articles", "-q", cwd=team).status == 0
    commit(team, "accepted")
    assert check(warm, team, "articles").status == 0
    path = team / "azstance-baseline.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert {row["reason"] for row in rows if row["path"] != "articles/new.md"} == {"known"}


def test_a_shallow_clone_says_what_to_fetch(warm: Warm, team: Path, tmp_path: Path) -> None:
    (team / "articles" / "new.md").write_text(front("New") + story("copper"))
    commit(team, "one more")
    clone = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", "-b", "change", f"file://{team}", str(clone))
    done = warm.run("check", "--changed-since", "origin/main", cwd=clone)
    assert (done.status, done.raw) == (2, b"")
    assert "fetch-depth: 0" in done.errors
