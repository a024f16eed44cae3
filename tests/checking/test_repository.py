"""A team's repository: a main branch with its record, and a pull request that adds to it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cli.command import Done, Warm

from .planted import Corpus, Piece

CLAIM = "Russia betrayed Azerbaijan, and relations between Baku and Moscow are in a deep crisis."
Check = Callable[..., Done]
Row = tuple[str, str, bool]


def git(folder: Path, *arguments: str | Path) -> str:
    author = ("-c", "user.name=Test", "-c", "user.email=test@example.invalid")
    done = subprocess.run(
        ["git", *author, "-c", "protocol.file.allow=always", *map(str, arguments)],
        cwd=folder, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return done.stdout


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", message)


def put(corpus: Corpus, name: str, piece: Piece) -> None:
    """Write an article of the repository as Markdown."""
    (corpus.folder / corpus.put(piece, "md").path).rename(corpus.folder / "news" / name)


@pytest.fixture(scope="module")
def main(warm: Warm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Main: articles of which two have old faults, their reference, and a baseline of one fault.

    claim.md has no title, so that it goes by its path; old.md has a fault that nobody accepted.
    """
    root = tmp_path_factory.mktemp("team") / "main"
    corpus = Corpus(root)
    (root / "news").mkdir()
    (root / "azstance.toml").write_text('model = "cues"\n', encoding="utf-8")
    for name in ("a.md", "b.md", "c.md"):
        put(corpus, name, corpus.piece())
    put(corpus, "claim.md", replace(corpus.piece(), title="").with_line(0, CLAIM))
    put(corpus, "old.md", replace(corpus.piece(), outlet=""))
    (root / "md").rmdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    assert warm.run("reference", "build", "news", cwd=root).status == 0
    accepted = ("news/claim.md", "--reason", "seen")
    assert warm.run("baseline", "update", *accepted, cwd=root).status == 0
    commit(root, "The record")
    return root


@pytest.fixture
def pull(main: Path, tmp_path: Path) -> Path:
    """The pull request: an article edited, one renamed, one copied, and two new ones."""
    root = tmp_path / "pull"
    shutil.copytree(main, root, symlinks=True)
    git(root, "checkout", "--quiet", "-b", "pull")
    news = root / "news"
    edited = (news / "b.md").read_text(encoding="utf-8")
    (news / "b.md").write_text(f"{edited}\nShare this article\n", encoding="utf-8")
    (news / "2024").mkdir()
    (news / "claim.md").rename(news / "2024" / "claim.md")
    copy = (news / "c.md").read_text(encoding="utf-8")
    (news / "copy.md").write_text(copy.replace("title: ", "title: Again "), encoding="utf-8")
    corpus = Corpus(root)
    for _ in range(10):
        corpus.piece()  # those of the record
    put(corpus, "good.md", corpus.piece())
    put(corpus, "undated.md", replace(corpus.piece(), date=""))
    (root / "md").rmdir()
    commit(root, "New articles")
    return root


@pytest.fixture
def check(warm: Warm, pull: Path) -> Check:
    """Run a check in the repository and see that git finds nothing changed by it."""

    def run(*arguments: str, folder: str = ".") -> Done:
        before = git(pull, "status", "--porcelain", "--ignored")
        done = warm.run("check", *arguments, "--format", "json", cwd=pull / folder)
        assert git(pull, "status", "--porcelain", "--ignored") == before
        return done

    return run


def output(done: Done) -> dict[str, Any]:
    return dict(json.loads(done.raw))


def paths(done: Done) -> list[str]:
    return [item["path"] for item in output(done)["inputs"]]


def told(done: Done, *, notes: bool = False) -> list[Row]:
    """Rule, path and whether it counts; what the sentences happen to say is left out."""
    return [
        (each["rule"], each["path"], each["counts"])
        for each in output(done)["findings"]
        if each["rule"] != "AZ503" and (notes or each["level"] != "note")
    ]


CHANGED = ["news/2024/claim.md", "news/b.md", "news/copy.md", "news/good.md", "news/undated.md"]
FAULTS = [
    ("AZ010", "news/2024/claim.md", False),
    ("AZ101", "news/b.md", True),
    ("AZ201", "news/copy.md", True),
    ("AZ010", "news/undated.md", True),
]


@pytest.mark.parametrize("folder", [".", "news", "news/2024"])
def test_only_what_changed_is_checked(check: Check, folder: str) -> None:
    done = check("--changed-since", "main", folder=folder)
    assert done.status == 1, done.errors
    assert paths(done) == CHANGED
    assert told(done) == FAULTS


def test_a_fault_of_main_is_told_when_all_is_checked(check: Check) -> None:
    assert ("AZ010", "news/old.md", True) in told(check("news"))


def test_a_renamed_article_is_itself(check: Check) -> None:
    """It is no copy of its old self in the reference, and what was accepted of it stays so."""
    done = check("--changed-since", "main", "news/2024")
    assert (done.status, paths(done)) == (0, ["news/2024/claim.md"])
    own = told(done, notes=True)
    assert {rule for rule, _, _ in own} == {"AZ010", "AZ301"}
    assert not any(counts for _, _, counts in own)
    assert {each["accepted"] for each in output(done)["findings"]} == {"seen"}


def test_without_git_a_renamed_article_without_a_title_is_a_copy(check: Check) -> None:
    """Only the history says where it comes from."""
    found = told(check("news/2024/claim.md"))
    assert ("AZ201", "news/2024/claim.md", True) in found


def test_nothing_changed_since_the_commit_itself(check: Check) -> None:
    done = check("--changed-since", "HEAD")
    assert (done.status, paths(done)) == (0, [])


def test_what_is_not_committed_counts(check: Check, pull: Path) -> None:
    shutil.copy(pull / "news" / "a.md", pull / "news" / "draft.md")
    done = check("--changed-since", "HEAD")
    assert told(done) == [("AZ201", "news/draft.md", True)]


def test_after_an_update_of_the_baseline_the_check_is_clean(
    warm: Warm, check: Check, pull: Path
) -> None:
    update = ("baseline", "update", "news/b.md", "news/copy.md", "news/undated.md")
    assert warm.run(*update, "--reason", "later", cwd=pull).status == 0
    commit(pull, "Accepted")
    done = check("--changed-since", "main", "--fail-on", "warning")
    assert (done.status, done.errors) == (0, "")
    assert [row[:2] for row in told(done)] == [row[:2] for row in FAULTS]


@pytest.mark.parametrize("change", ["\n\n", "A line of its own stands above it.\n\n"])
def test_a_line_above_does_not_revive_what_was_accepted(
    check: Check, pull: Path, change: str
) -> None:
    rewritten(pull, CLAIM, change + CLAIM)
    done = check("--changed-since", "main", "news/2024", "--fail-on", "note", "--ignore", "AZ503")
    assert done.status == 0
    assert ("AZ301", "news/2024/claim.md", False) in told(done, notes=True)


def test_the_same_sentence_once_more_is_told(check: Check, pull: Path) -> None:
    rewritten(pull, CLAIM, f"{CLAIM} The train was late. {CLAIM}")
    done = check("--changed-since", "main", "news/2024", "--fail-on", "note", "--ignore", "AZ503")
    assert done.status == 1
    rows = [row for row in told(done, notes=True) if row[0] == "AZ301"]
    assert rows == [
        ("AZ301", "news/2024/claim.md", False),
        ("AZ301", "news/2024/claim.md", True),
    ]


def rewritten(pull: Path, old: str, new: str) -> None:
    path = pull / "news" / "2024" / "claim.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("ref", ["main", "origin/main"])
def test_a_shallow_clone_is_told_what_to_fetch(
    warm: Warm, pull: Path, tmp_path: Path, ref: str
) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", "--branch", "pull", f"file://{pull}", "thin")
    done = warm.run("check", "--changed-since", ref, cwd=tmp_path / "thin")
    assert (done.status, done.raw) == (2, b"")
    (line,) = done.errors.splitlines()
    assert "shallow" in line
    assert "fetch-depth: 0" in line
    assert git(tmp_path / "thin", "status", "--porcelain", "--ignored") == ""
