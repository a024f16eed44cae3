"""A hook of mkdocs: links of the documents that leave docs/ lead to copies of their files.

On a forge `../CHANGELOG.md` leads to the file itself. The site has no such file, so the hook gives
it one: a page for a document, a copy for any other file, a list for a folder, all in the folder
`repository/` of the site. Only what some document links to is copied.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent
COPIES = "repository"
_LINK = re.compile(r"(\]\()(?!\w+:|#|/)([^)\s#]+)(#[^)\s]*)?(\))")
_FENCE = re.compile(r"^```.*?^```$", re.M | re.S)


def on_files(files: Files, config: Any, **_: Any) -> Files:
    """Add to the site what the documents link to outside of docs/, and what that links to."""
    todo = [f"docs/{page.src_uri}" for page in files.documentation_pages()]
    seen: set[str] = set()
    while todo:
        document = todo.pop()
        for target in sorted(_targets(document) - seen):
            seen.add(target)
            if not target.startswith("docs/") and (ROOT / target).exists():
                files.append(_copy(target, config))
                todo += [target] if target.endswith(".md") else []
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Lead the links of a page to the copies."""
    here = page.file.src_uri
    source = page.meta.get("source") or f"docs/{here}"

    def led(match: re.Match[str]) -> str:
        target = _target(source, match[2])
        if page.meta.get("source") is None and target.startswith("docs/"):
            return match[0]
        there = posixpath.relpath(_place(target), posixpath.dirname(here) or ".")
        return f"{match[1]}{there}{match[3] or ''}{match[4]}"

    return _outside_code(markdown, lambda text: _LINK.sub(led, text))


def _outside_code(markdown: str, change: Any) -> str:
    """`change` for the text between the code blocks of a document."""
    parts, end = [], 0
    for block in _FENCE.finditer(markdown):
        parts += [change(markdown[end : block.start()]), block[0]]
        end = block.end()
    return "".join([*parts, change(markdown[end:])])


def _targets(document: str) -> set[str]:
    """Paths in the repository that a document links to."""
    text = _FENCE.sub("", (ROOT / document).read_text(encoding="utf-8"))
    return {_target(document, match[2]) for match in _LINK.finditer(text)}


def _target(document: str, link: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(document), link))


def _place(target: str) -> str:
    """Where something of the repository is in the site."""
    if target.startswith("docs/"):
        return target.removeprefix("docs/")
    folder = (ROOT / target).is_dir()
    return f"{COPIES}/{target}{'/files.md' if folder else ''}"


def _copy(target: str, config: Any) -> File:
    path = ROOT / target
    if path.is_dir():
        names = sorted(each.name for each in path.iterdir())
        content = f"# {target}\n\nA folder of the repository, which holds:\n\n"
        content += "".join(f"- `{name}`\n" for name in names if not name.startswith(("_", ".")))
        return File.generated(config, _place(target), content=content)
    if target.endswith(".md"):
        content = f"---\nsource: {target}\n---\n{path.read_text(encoding='utf-8')}"
        return File.generated(config, _place(target), content=content)
    return File.generated(config, _place(target), abs_src_path=str(path))
