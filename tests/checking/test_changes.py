"""Which articles changed, asked of real repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.checking.changes import Changes, changed_from_list, changed_since
from azstance.errors import ConfigError

STRANGE = (
    "two words.txt",
    "line\nbreak.txt",
    "Bakı və Москва.txt",
    "-leading dash.txt",
    "--output=x.txt",
    "quote\"s' and \\.txt",
    "tab\there.md",
    ":(glob)*.txt",
    "[a-z]*.txt",
    "semi;colon $(touch x) `id`.txt",
)
_TEXT = "".join(f"Sentence number {n} of an article on trade and borders.\n" for n in range(30))


class Repository:
    """A repository on disk, and git in it with a known author and no settings of the machine."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def git(self, *arguments: str | Path, check: bool = True) -> str:
        author = ("-c", "user.name=Test", "-c", "user.email=test@example.invalid")
        done = subprocess.run(
            ["git", *author, "-c", "protocol.file.allow=always", *map(str, arguments)],
            cwd=self.path,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
        )
        assert not check or done.returncode == 0, done.stderr
        return done.stdout

    def write(self, **files: str) -> None:
        """Write files; "__" in a name stands for "/", and the suffix is .txt."""
        for name, text in files.items():
            self.put(name.replace("__", "/") + ".txt", text)

    def put(self, name: str, text: str) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def commit(self, message: str = "change") -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD").strip()

    def clone(self, name: str, *options: str) -> Repository:
        target = self.path.parent / name
        self.git("clone", "--quiet", *options, self.path.as_uri(), target)
        return Repository(target)


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No GIT_ variable of a hook that runs the suite, and no settings of this machine."""
    for name in os.environ:
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    """A repository with three articles on main, a branch `pull` checked out, and no change yet.

    After the test nothing in it has changed by being asked.
    """
    made = Repository(tmp_path / "repo")
    made.path.mkdir()
    made.git("init", "--quiet", "-b", "main")
    made.write(one=_TEXT, two=_TEXT.upper(), news__three="Three.\n")
    made.put(".gitignore", "drafts/\n*.tmp.txt\n")
    made.put("code.py", "pass\n")
    made.commit("base")
    made.git("switch", "--quiet", "-c", "pull")
    monkeypatch.chdir(made.path)
    yield made


def paths(ref: str = "main", *within: str) -> tuple[str, ...]:
    return changed_since(ref, within).paths


def refused(ref: str = "main", *within: str) -> str:
    with pytest.raises(ConfigError) as caught:
        changed_since(ref, within)
    message = str(caught.value)
    assert caught.value.where == "--changed-since"
    assert caught.value.remedy
    assert message.isprintable(), message
    return message


def test_nothing_changed(repo: Repository) -> None:
    assert changed_since("main") == Changes((), {}, ())


def test_every_kind_of_change_counts_once(repo: Repository) -> None:
    repo.write(one=_TEXT + "More.\n", committed="New.\n", both="New.\n")
    repo.commit()
    repo.write(staged="Staged.\n", both="Newer.\n")
    repo.git("add", "staged.txt")
    repo.git("add", "--intent-to-add", "both.txt")
    repo.write(two="Unstaged.\n", untracked="New.\n", news__untracked="New.\n")
    repo.put("page.HTML", "<p>x</p>")
    found = changed_since("main")
    assert found.paths == (
        "both.txt", "committed.txt", "news/untracked.txt", "one.txt", "page.HTML", "staged.txt",
        "two.txt", "untracked.txt",
    )  # fmt: skip
    assert (dict(found.renamed), found.notes) == ({}, ())


def test_what_is_no_article_is_left_out(repo: Repository) -> None:
    repo.write(drafts__ignored="Ignored.\n")
    repo.put("x.tmp.txt", "Ignored.\n")
    repo.put("code.py", "import os\n")
    repo.put("sources.toml", "[one]\n")
    repo.put(".github/template.md", "Not an article.\n")
    repo.put("news/.hidden.txt", "Not an article.\n")
    inner = Repository(repo.path / "inner.txt")
    inner.path.mkdir()
    inner.git("init", "--quiet")
    inner.write(other="Of another repository.\n")
    repo.git("add", "code.py")
    assert paths() == ()


def test_a_hidden_folder_is_read_when_it_is_named(repo: Repository) -> None:
    repo.put(".inbox/a.txt", "New.\n")
    repo.put(".inbox/.b.txt", "New.\n")
    assert paths("main", ".inbox") == (".inbox/a.txt",)
    assert paths("main", ".inbox/.b.txt") == (".inbox/.b.txt",)


def test_deleted_files_are_not_there(repo: Repository) -> None:
    repo.git("rm", "--quiet", "one.txt")
    repo.commit()
    (repo.path / "two.txt").unlink()
    repo.git("rm", "--quiet", "--cached", "news/three.txt")
    assert paths() == ("news/three.txt",)  # left on disk, so untracked now
    (repo.path / "news" / "three.txt").unlink()
    assert paths() == ()


@pytest.mark.parametrize("edit", ["", "One more sentence.\n"], ids=["pure", "edited"])
@pytest.mark.parametrize("committed", [True, False])
def test_rename(repo: Repository, edit: str, committed: bool) -> None:
    repo.git("mv", "one.txt", "news/first.txt")
    repo.put("news/first.txt", _TEXT + edit)
    if committed:
        repo.commit()
    found = changed_since("main")
    assert found.paths == ("news/first.txt",)
    assert found.renamed == {"news/first.txt": "one.txt"}
    assert changed_since("main", ["news"]) == found, (
        "also from outside the folder that is looked at"
    )
    assert changed_since("main", ["two.txt"]) == Changes(())


def test_a_rename_to_an_article_is_one(repo: Repository) -> None:
    repo.put("draft.org", _TEXT * 2)
    repo.git("switch", "--quiet", "main")
    repo.commit()
    repo.git("switch", "--quiet", "-c", "other")
    repo.git("mv", "draft.org", "article.txt")
    assert changed_since("main").renamed == {"article.txt": "draft.org"}


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("tracked", [True, False])
def test_any_name_survives(repo: Repository, name: str, tracked: bool) -> None:
    repo.put(name, "New.\n")
    repo.put(f"news/{name}", "New.\n")
    if tracked:
        repo.commit()
    assert set(paths()) == {name, f"news/{name}"}
    assert paths("main", "news/" + name) == (f"news/{name}",)
    assert paths("main", name) == (name,)


def test_a_rename_of_strange_names(repo: Repository) -> None:
    repo.git("mv", "--", "one.txt", "-new\nname é.txt")
    repo.commit()
    assert changed_since("main").renamed == {"-new\nname é.txt": "one.txt"}


def test_names_that_are_no_text_survive(repo: Repository) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        (repo.path / name).write_bytes(b"New.\n")
    except OSError:
        pytest.skip("this file system has names in Unicode only")
    assert paths() == (name,)
    repo.commit()
    assert paths() == (name,)


def test_paths_are_seen_from_the_current_folder(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.git("mv", "one.txt", "news/first.txt")
    repo.write(news__new="New.\n", top="New.\n")
    monkeypatch.chdir(repo.path / "news")
    found = changed_since("main")
    assert found.paths == ("../top.txt", "first.txt", "new.txt")
    assert found.renamed == {"first.txt": "../one.txt"}
    assert paths("main", ".") == ("first.txt", "new.txt")
    assert paths("main", "..") == found.paths
    assert paths("main", str(repo.path / "top.txt"), "new.txt") == ("../top.txt", "new.txt")


def test_the_base_branch_moved_on(repo: Repository) -> None:
    repo.write(two="Of the pull request.\n")
    repo.commit()
    repo.git("switch", "--quiet", "main")
    repo.write(one="Only on main.\n", late="Only on main.\n")
    repo.commit()
    repo.git("switch", "--quiet", "pull")
    assert paths() == ("two.txt",)
    repo.git("merge", "--quiet", "--no-edit", "main")
    assert paths() == ("two.txt",)


def test_a_conflict_is_a_change(repo: Repository) -> None:
    repo.write(one="Ours.\n")
    repo.commit()
    repo.git("switch", "--quiet", "main")
    repo.write(one="Theirs.\n")
    repo.commit()
    repo.git("switch", "--quiet", "pull")
    repo.git("merge", "main", check=False)
    assert paths() == ("one.txt",)


@pytest.mark.parametrize("form", ["tag", "sha", "short", "tilde", "remote"])
def test_any_name_of_a_commit(repo: Repository, form: str) -> None:
    sha = repo.git("rev-parse", "HEAD").strip()
    repo.git("tag", "-a", "v1", "-m", "v1")
    repo.git("update-ref", "refs/remotes/origin/main", sha)
    repo.write(new="New.\n")
    repo.commit()
    refs = {"tag": "v1", "sha": sha, "short": sha[:9], "tilde": "HEAD~1", "remote": "origin/main"}
    assert paths(refs[form]) == ("new.txt",)


def test_head_detached_and_another_worktree(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.write(new="New.\n")
    sha = repo.commit()
    repo.git("switch", "--quiet", "--detach", sha)
    assert paths() == ("new.txt",)
    other = repo.path.parent / "other tree"
    repo.git("worktree", "add", "--quiet", other, "pull")
    monkeypatch.chdir(other)
    assert paths() == ("new.txt",)


def test_within_links_and_missing_paths(repo: Repository) -> None:
    repo.write(news__new="New.\n", new="New.\n")
    (repo.path / "latest").symlink_to("news")
    (repo.path / "link.txt").symlink_to("news/new.txt")
    (repo.path / "nowhere.txt").symlink_to("not-there.txt")
    assert paths("main", "latest") == ("news/new.txt",)
    assert paths("main", "link.txt") == ("link.txt", "news/new.txt")
    assert "nowhere.txt" in paths(), "whoever reads it says that it is broken"
    assert paths("main", "new.txt", "mistyped") == ("mistyped", "new.txt")
    repo.git("rm", "--quiet", "-r", "--force", "two.txt")
    assert paths("main", "two.txt") == (), "it was there, so this is no mistake"


def test_outside_the_repository(repo: Repository) -> None:
    (repo.path.parent / "repo-two").mkdir()
    assert "is outside the repository" in refused("main", "../repo-two")
    (repo.path / "out").symlink_to(repo.path.parent / "repo-two")
    assert paths("main", "out") == (), "the link itself is in the repository"


def test_sparse_checkout_is_told(repo: Repository) -> None:
    repo.write(news__four="Four.\n", new="New.\n")
    repo.commit()
    repo.git("sparse-checkout", "set", "--no-cone", "/*", "!/news")
    found = changed_since("main")
    assert found.paths == ("new.txt",)
    assert "news/four.txt" in found.notes[0]
    assert len(found.notes) == 1


def test_submodules_are_not_looked_into(repo: Repository) -> None:
    part = repo.clone("part")
    repo.git("submodule", "--quiet", "add", part.path.as_uri(), "part.txt")
    repo.git("commit", "--quiet", "-m", "part")
    Repository(repo.path / "part.txt").write(one="Changed there.\n")
    assert paths() == ()


@pytest.mark.parametrize(
    ("depth", "usable"), [(1, False), (2, True)], ids=["too shallow", "deep enough"]
)
def test_shallow_clone_of_one_branch(
    repo: Repository, monkeypatch: pytest.MonkeyPatch, depth: int, usable: bool
) -> None:
    base = repo.git("rev-parse", "main").strip()
    repo.write(new="New.\n")
    repo.commit()
    clone = repo.clone("shallow", f"--depth={depth}", "--branch=pull")
    monkeypatch.chdir(clone.path)
    if usable:
        assert changed_since(base) == Changes(("new.txt",))
        return
    for ref in (base, "origin/main"):
        message = refused(ref)
        assert "shallow clone" in message
        assert "fetch-depth: 0" in message
        assert "GIT_DEPTH: 0" in message
        assert "git fetch --unshallow" in message


def test_shallow_clone_with_both_tips(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write(new="New.\n")
    repo.commit()
    repo.git("switch", "--quiet", "main")
    repo.write(one="Changed on main only.\n", late="New on main only.\n")
    repo.commit()
    clone = repo.clone("shallow", "--depth=1", "--no-single-branch", "--branch=pull")
    monkeypatch.chdir(clone.path)
    found = changed_since("origin/main")
    assert found.paths == ("new.txt", "one.txt")
    assert len(found.notes) == 1
    assert "shallow" in found.notes[0]
    assert "fetch-depth: 0" in found.notes[0]
    clone.git("fetch", "--quiet", "--unshallow")
    assert changed_since("origin/main") == Changes(("new.txt",))


def test_a_partial_clone_fetches_nothing(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.git("mv", "one.txt", "first.txt")
    repo.put("first.txt", _TEXT + "More.\n")
    repo.commit()
    clone = repo.clone("partial", "--filter=blob:none", "--branch=pull")
    missing = clone.git("rev-list", "--objects", "--all", "--missing=print").count("\n?")
    assert missing
    monkeypatch.chdir(clone.path)
    found = changed_since("origin/main")
    assert (found.paths, dict(found.renamed)) == (("first.txt",), {})
    assert "partial clone" in found.notes[0]
    again = clone.git("rev-list", "--objects", "--all", "--missing=print").count("\n?")
    assert again == missing


@pytest.mark.parametrize(
    ("ref", "meant"),
    [("mian", '"main"'), ("upstream/main", '"main"'), ("relese-1", '"release-1"')],
)
def test_unknown_ref_with_a_near_one(repo: Repository, ref: str, meant: str) -> None:
    repo.git("tag", "release-1")
    assert f"Did you mean {meant}?" in refused(ref)


@pytest.mark.parametrize("ref", ["zzz", "0" * 40, "d" * 40, "HEAD:one.txt", "main..pull", "^main"])
def test_unknown_ref(repo: Repository, ref: str) -> None:
    message = refused(ref)
    assert "is not a branch, tag or commit of this repository" in message
    assert "git fetch" in message


@pytest.mark.parametrize(
    "ref",
    ["--output=x", "-", "--", "", "--all", "-h", "main\0", "\n\x1b[31mmain", "main --output=x"],
)
def test_hostile_ref(repo: Repository, ref: str) -> None:
    before = sorted(repo.path.iterdir())
    refused(ref)
    assert sorted(repo.path.iterdir()) == before


def test_not_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "not in a git repository" in refused()


def test_a_bare_repository(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.clone("bare", "--bare").path)
    assert "work tree" in refused()


def test_no_commit_yet(repo: Repository) -> None:
    repo.git("switch", "--quiet", "--orphan", "empty")
    assert "no commit yet" in refused("main")


def test_no_commit_in_common(repo: Repository) -> None:
    repo.git("switch", "--quiet", "--orphan", "other")
    repo.write(new="New.\n")
    repo.commit()
    assert "no commit in common" in refused("main")


def test_without_git(repo: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert "Install git" in refused()


def test_a_folder_of_somebody_else(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    message = refused()
    assert "dubious ownership" in message
    assert "safe.directory" in message


def test_a_damaged_repository(repo: Repository) -> None:
    (repo.path / ".git" / "index").write_bytes(b"not an index")
    assert "git refuses" in refused()


@pytest.mark.parametrize("split", ["false", "true"])
def test_the_repository_stays_as_it_was(repo: Repository, split: str) -> None:
    repo.git("config", "core.splitIndex", split)
    repo.write(new="New.\n", one=_TEXT + "More.\n")
    repo.commit()
    os.utime(repo.path / "two.txt", (1, 1))  # git would like to note that it has not changed
    before = {path: path.read_bytes() for path in repo.path.rglob("*") if path.is_file()}
    assert paths() == ("new.txt", "one.txt")
    after = {path: path.read_bytes() for path in repo.path.rglob("*") if path.is_file()}
    assert after == before
    assert repo.git("status", "--porcelain") == ""


def test_no_program_of_the_settings_runs(
    repo: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ran = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{ran}'\n", encoding="utf-8")
    program.chmod(0o755)
    for key in ("diff.external", "core.fsmonitor", "diff.own.textconv", "diff.own.command",
                "core.pager", "pager.diff"):  # fmt: skip
        repo.git("config", key, program)
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(program))
    monkeypatch.setenv("GIT_PAGER", str(program))
    repo.put(".git/info/attributes", "*.txt diff=own\n")
    repo.git("mv", "one.txt", "first.txt", check=False)
    ran.unlink(missing_ok=True)
    repo.put("first.txt", _TEXT + "More.\n")
    assert changed_since("main").renamed == {"first.txt": "one.txt"}
    assert not ran.exists()
    repo.git("diff", "main", check=False)
    assert ran.exists(), "the program is one that would run"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("diff.relative", "true"),
        ("diff.renames", "false"),
        ("diff.autoRefreshIndex", "false"),
        ("color.ui", "always"),
        ("core.quotePath", "true"),
        ("status.showUntrackedFiles", "no"),
        ("diff.orderFile", "no-such-file"),
    ],
)
def test_settings_of_the_user_change_nothing(
    repo: Repository, monkeypatch: pytest.MonkeyPatch, key: str, value: str
) -> None:
    repo.git("mv", "one.txt", "news/é.txt")
    repo.write(untracked="New.\n")
    os.utime(repo.path / "two.txt", (1, 1))
    repo.git("config", key, value)
    monkeypatch.setenv("GIT_GLOB_PATHSPECS", "1")
    monkeypatch.setenv("GIT_TRACE", "1")
    monkeypatch.chdir(repo.path / "news")
    found = changed_since("main")
    assert found.paths == ("../untracked.txt", "é.txt")
    assert found.renamed == {"é.txt": "../one.txt"}


def test_inside_a_hook(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git tells a hook its index and folder by variables, and they hold."""
    repo.write(new="New.\n")
    repo.git("add", "new.txt")
    shutil.copy(repo.path / ".git" / "index", repo.path / ".git" / "next-index")
    repo.git("reset", "--quiet")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/next-index")
    assert paths() == ("new.txt",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"", ()),
        (b"\n\n", ()),
        (b"a.txt", ("a.txt",)),
        (b"b.txt\na.txt\nb.txt\n", ("b.txt", "a.txt")),
        (b"a b.txt\r\n\r\nc.txt\r\n", ("a b.txt", "c.txt")),
        (b"a\nb.txt\0c.txt\0\0a\nb.txt\0", ("a\nb.txt", "c.txt")),
        (b"a.txt\r\0", ("a.txt\r",)),
        (b"\xef\xbb\xbfa.txt\n", ("a.txt",)),
        (b" a.txt \n-x.txt\n", (" a.txt ", "-x.txt")),
        (b"caf\xe9.txt\nBak\xc4\xb1.txt\n", (os.fsdecode(b"caf\xe9.txt"), "Bakı.txt")),
    ],
)
def test_list_of_paths(text: bytes, expected: tuple[str, ...]) -> None:
    assert changed_from_list(text) == expected


@given(st.lists(st.binary(min_size=1).filter(lambda name: b"\0" not in name), unique=True))
def test_any_list_with_nuls_comes_back(names: list[bytes]) -> None:
    text = b"".join(name + b"\0" for name in names)
    if text.startswith(b"\xef\xbb\xbf"):
        return
    assert [os.fsencode(path) for path in changed_from_list(text)] == names
