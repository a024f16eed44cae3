"""Which articles a pull request touches: asked of git, or read from a list of paths.

Git is only asked, never told to change anything: it works on a copy of the index, fetches nothing,
and runs no program that a setting of the user or of the repository names for a diff.
"""

from __future__ import annotations

import codecs
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from azstance.errors import ConfigError
from azstance.read.formats import SUFFIXES, suffix_of
from azstance.read.sidecar import NAME as SIDECAR
from azstance.tomlfile import shown_value

OPTION = "--changed-since"
HISTORY = (
    "Fetch the history: fetch-depth: 0 for the checkout action of GitHub, GIT_DEPTH: 0 for "
    "GitLab, git fetch --unshallow elsewhere."
)
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_GLOBAL = (
    "--no-pager",
    *("-c", "core.fsmonitor=false"),
    *("-c", "diff.external="),
    *("-c", "core.splitIndex=false"),
    *("-c", "diff.autoRefreshIndex=true"),  # else a file that was only touched counts as changed
)
_DIFF = (
    "diff",
    "--name-status",
    "-z",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-relative",
    "-O/dev/null",  # no file of the user's orders the answer
    "--ignore-submodules=all",
    "--diff-filter=ACMRTU",
)
# GIT_ALLOW_PROTOCOL names none that exists: to find renames, a partial clone would fetch old files.
_SETTINGS = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}
_FOREIGN = ("GIT_TRACE", "GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_PAGER", "LANGUAGE")


@dataclass(frozen=True)
class Changes:
    """Articles that were added, copied, modified or renamed.

    `paths` are sorted; `renamed` maps a new path to the old one. All are relative to the current
    folder, with forward slashes. `notes` say in what way the comparison is less than was asked.
    """

    paths: tuple[str, ...]
    renamed: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def changed_since(ref: str, within: Sequence[str] = ()) -> Changes:
    """Articles that differ between the merge base of `ref` and HEAD, and the working tree.

    Committed, staged, unstaged and untracked changes count, ignored and deleted files do not.
    `within` are files or folders to stay in; without any it is the whole repository. As in a walk
    over a folder, names that begin with a dot are passed over below them. An entry of `within` that
    is not there, and was not at the base, is among the paths as given, so that reading it fails.

    Raises ConfigError if git, the repository, the ref or the history needed is not there.
    """
    if not ref or ref.startswith("-") or "\0" in ref:
        raise ConfigError(
            f"{shown_value(ref)} cannot be a branch, tag or commit",
            where=OPTION,
            remedy="Write its name, for example origin/main.",
        )
    top = _top()
    scope = _Scope.of(top, within)
    base, notes = _base(top, ref)
    found, old, more = _differing(top, base)
    paths = {path for path in found if _is_article(path) and scope.holds(path)}
    hidden = sorted(path for path in paths if not os.path.lexists(top / path))
    paths -= set(hidden)
    missing = [path for path in scope.missing if not _was_there(top, base, path)]
    return Changes(
        tuple(sorted({*(_here(top, path) for path in paths), *missing})),
        {_here(top, new): _here(top, old[new]) for new in sorted(old) if new in paths},
        (*notes, *more, *_not_checked_out(hidden), *_sidecars(p for p in found if scope.holds(p))),
    )


def _sidecars(changed: Iterable[str]) -> Iterator[str]:
    """A note for each sources.toml that changed: it may change what is known of any article."""
    for path in sorted(changed):
        if PurePosixPath(path).name == SIDECAR:
            folder = PurePosixPath(path).parent
            yield (
                f"{path} changed, and articles of its folder that did not change were not checked "
                f"for it. To check them: azstance check {folder}"
            )


def changed_from_list(text: bytes) -> tuple[str, ...]:
    """Paths of a list, in its order and each once.

    They are separated by NULs if there is any, else by ends of lines (also those of Windows). A
    byte-order mark before the first is not part of it, and bytes that are no text stay as they are.
    """
    text = text.removeprefix(codecs.BOM_UTF8)
    if b"\0" in text:
        entries = text.split(b"\0")
    else:
        entries = [line.removesuffix(b"\r") for line in text.split(b"\n")]
    return tuple(dict.fromkeys(os.fsdecode(entry) for entry in entries if entry))


@dataclass(frozen=True)
class _Scope:
    """What a run is limited to: `roots` are absolute, `missing` are entries that are not there."""

    top: Path
    roots: tuple[str, ...]
    missing: tuple[str, ...]

    @staticmethod
    def of(top: Path, within: Sequence[str]) -> _Scope:
        roots: list[str] = []
        for path in within:
            own = {root for root in _without_links(path) if _below(root, str(top)) is not None}
            if not own:
                raise ConfigError(
                    f"{shown_value(path)} is outside the repository, where nothing is compared",
                    where=OPTION,
                    remedy="Name files and folders of the repository.",
                )
            roots += sorted(own)
        missing = dict.fromkeys(path for path in within if not os.path.lexists(path))
        return _Scope(top, tuple(roots) or (str(top),), tuple(missing))

    def holds(self, path: str) -> bool:
        """Whether a path, as seen from the top of the repository, is one to look at."""
        rests = (_below(os.path.join(self.top, path), root) for root in self.roots)  # noqa: PTH118
        return any(rest is not None and not _is_hidden(rest) for rest in rests)


def _without_links(path: str) -> tuple[str, str]:
    """Absolute forms of a path: the link itself, if it is one, and what it leads to."""
    target = os.path.realpath(path)
    folder, name = os.path.split(path.rstrip(os.sep))
    if name in ("", os.curdir, os.pardir):
        return target, target
    return os.path.join(os.path.realpath(folder), name), target  # noqa: PTH118


def _below(path: str, root: str) -> str | None:
    """The rest of `path` below `root`, "" for the root itself, None if it lies elsewhere."""
    if path == root:
        return ""
    start = root if root.endswith(os.sep) else root + os.sep
    return path.removeprefix(start) if path.startswith(start) else None


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.replace(os.sep, "/").split("/"))


def _is_article(path: str) -> bool:
    """Whether the name is that of an article; git lists a repository inside this one as "name/"."""
    return suffix_of(path) in SUFFIXES and not path.endswith("/")


def _here(top: Path, path: str) -> str:
    """A path as seen from the top of the repository, seen from the current folder."""
    return os.path.relpath(top / path).replace(os.sep, "/")


def _not_checked_out(paths: Sequence[str]) -> tuple[str, ...]:
    if not paths:
        return ()
    shown = f"{shown_value(paths[0])} and {len(paths) - 1} more" if paths[1:] else paths[0]
    return (
        f"Not checked, because they changed but are not in the working tree: {shown}. "
        "A sparse checkout leaves files out.",
    )


def _git(
    folder: Path | None, *arguments: str, index: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Ask git, in `folder` (None: the current one); it has no standard input and no terminal.

    `index` is a file to take for that of the repository.
    """
    kept = {k: v for k, v in os.environ.items() if not k.startswith(_FOREIGN)}
    if index is not None:
        kept["GIT_INDEX_FILE"] = os.fspath(index)
    try:
        return subprocess.run(
            ["git", *_GLOBAL, *arguments],
            cwd=folder,
            env=kept | _SETTINGS,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as problem:
        raise ConfigError(
            f"the command git cannot be run ({(problem.strerror or str(problem)).lower()})",
            where=OPTION,
            remedy="Install git, or name the changed files with --files-from.",
        ) from problem


def _ask(folder: Path | None, *arguments: str, index: Path | None = None) -> bytes:
    """What git answers. Raises ConfigError where it refuses."""
    done = _git(folder, *arguments, index=index)
    if done.returncode:
        raise _refusal(done)
    return done.stdout


def _refusal(done: subprocess.CompletedProcess[bytes]) -> ConfigError:
    lines = done.stderr.decode("utf-8", "replace").splitlines()
    said = next((line for line in lines if line.startswith(("fatal: ", "error: "))), "")
    said = said or next(iter(lines), f"status {done.returncode}")
    said = shown_value(said.removeprefix("fatal: ").removeprefix("error: "), 300).strip('"')
    if "not a git repository" in said:
        return ConfigError(
            "this folder is not in a git repository, so nobody knows what changed",
            where=OPTION,
            remedy="Run the command inside the repository, or name the files with --files-from.",
        )
    if "dubious ownership" in said or "unsafe repository" in said:
        remedy = (
            "If you trust the folder, allow it: git config --global --add safe.directory "
            "and the folder that git names."
        )
    elif "work tree" in said:
        remedy = "Run the command in a checkout of the repository."
    else:
        remedy = "Ask git status what is wrong, or name the files with --files-from."
    return ConfigError(f"git refuses: {said}", where=OPTION, remedy=remedy)


def _top() -> Path:
    """The root of the working tree around the current folder."""
    answer = _ask(None, "rev-parse", "--show-toplevel")
    return Path(os.fsdecode(answer.removesuffix(b"\n").removesuffix(b"\r")))


def _commit(top: Path, name: str) -> str | None:
    """The commit behind a name, None if git knows none that is here."""
    done = _git(top, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    found = done.stdout.decode("ascii", "replace").strip()
    return found if done.returncode == 0 and _COMMIT.fullmatch(found) else None


def _base(top: Path, ref: str) -> tuple[str, tuple[str, ...]]:
    """The commit to compare with, and notes: the merge base, or `ref` itself if it must be."""
    commit = _commit(top, ref)
    if commit is None:
        raise _unknown(top, ref)
    head = _commit(top, "HEAD")
    if head is None:
        raise ConfigError(
            "the branch that is checked out has no commit yet",
            where=OPTION,
            remedy="Commit something first, or check the folder without this option.",
        )
    done = _git(top, "merge-base", commit, head)
    found = done.stdout.decode("ascii", "replace").strip()
    if done.returncode == 0 and _COMMIT.fullmatch(found):
        return found, ()
    if _is_shallow(top):
        name = shown_value(ref)
        note = (
            f"This clone is shallow and does not reach back to where {name} and HEAD part. The "
            f"articles were compared with {name} as it is now, so those that changed only there "
            f"are checked too. {HISTORY}"
        )
        return commit, (note,)
    raise ConfigError(
        f"{shown_value(ref)} and HEAD have no commit in common",
        where=OPTION,
        remedy="Name the branch that this one was started from.",
    )


def _is_shallow(top: Path) -> bool:
    return _git(top, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def _unknown(top: Path, ref: str) -> ConfigError:
    shown = "%(if)%(symref)%(then)%(else)%(refname:short)%(end)"
    listed = _git(
        top, "for-each-ref", f"--format={shown}", "refs/heads", "refs/remotes", "refs/tags"
    )
    close = _close(ref, listed.stdout.decode("utf-8", "replace").split())
    meant = f"Did you mean {' or '.join(map(shown_value, close))}? " if close else ""
    if _is_shallow(top):
        problem = f"{shown_value(ref)} is not a branch, tag or commit of this shallow clone"
        return ConfigError(problem, where=OPTION, remedy=meant + HISTORY)
    remedy = meant or "See git branch --all. "
    return ConfigError(
        f"{shown_value(ref)} is not a branch, tag or commit of this repository",
        where=OPTION,
        remedy=f"{remedy}If it is on a server only, fetch it first: git fetch origin.",
    )


def _close(ref: str, names: Sequence[str]) -> list[str]:
    """Up to three names that may have been meant: the same but for the remote, else similar."""
    import difflib  # only needed once something went wrong

    last = ref.rpartition("/")[2]
    same = [name for name in sorted(names) if name.rpartition("/")[2] == last]
    return (same or difflib.get_close_matches(ref, sorted(names), n=3))[:3]


def _differing(top: Path, base: str) -> tuple[set[str], dict[str, str], tuple[str, ...]]:
    """Paths that differ from commit `base`, old names of renamed ones, and notes."""
    notes: tuple[str, ...] = ()
    with tempfile.TemporaryDirectory(prefix="azstance-") as folder:
        index = _copy_of_index(top, Path(folder))
        done = _git(top, *_DIFF, "-M", base, "--", index=index)
        if done.returncode:
            # Similar files are found by their old text, which a partial clone may not hold.
            done = _git(top, *_DIFF, "--no-renames", base, "--", index=index)
            if done.returncode:
                raise _refusal(done)
            notes = (
                "This clone does not hold the old text of every file (a partial clone), so a "
                "renamed article counts as a new one.",
            )
        others = _ask(top, "ls-files", "--others", "--exclude-standard", "-z", index=index)
    found, old = _parsed(done.stdout)
    found.update(os.fsdecode(name) for name in others.split(b"\0") if name)
    return found, old, notes


def _copy_of_index(top: Path, folder: Path) -> Path:
    """A copy of the index: to find that a touched file is the same, git diff writes the index.

    The copy keeps the time of the original, by which git knows which entries it must look at again.
    """
    import shutil

    answer = _ask(top, "rev-parse", "--git-path", "index")
    original = top / os.fsdecode(answer.removesuffix(b"\n").removesuffix(b"\r"))
    copy = folder / "index"
    try:
        shutil.copy2(original, copy)
    except FileNotFoundError:  # nothing was ever added, which is what no copy means too
        pass
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise ConfigError(
            f"the index of the repository cannot be read ({reason})",
            where=OPTION,
            remedy="Look at the access rights of the folder .git.",
        ) from problem
    return copy


def _parsed(answer: bytes) -> tuple[set[str], dict[str, str]]:
    """Paths of `git diff --name-status -z`, and old names by new ones."""
    fields = iter(os.fsdecode(part) for part in answer.split(b"\0"))
    found: set[str] = set()
    old: dict[str, str] = {}
    for status in fields:
        if not status:
            continue
        path = next(fields)
        if status[0] in "RC":
            former, path = path, next(fields)
            if status[0] == "R":
                old[path] = former
        found.add(path)
    return found, old


def _was_there(top: Path, base: str, path: str) -> bool:
    """Whether a file or folder, named as seen from the current folder, was in commit `base`."""
    inside = os.path.relpath(_without_links(path)[0], top).replace(os.sep, "/")
    done = _git(top, "rev-parse", "--verify", "--quiet", f"{base}:{inside}")
    return done.returncode == 0
