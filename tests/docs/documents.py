"""What the tests of the documents share: the documents and their code blocks."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class CodeBlock:
    """A fenced block: the document, its first line there, its language and its text."""

    document: str
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


def documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def code_blocks(*languages: str) -> list[CodeBlock]:
    found = []
    for path in documents():
        text = path.read_text(encoding="utf-8")
        for match in _FENCE.finditer(text):
            if match[1] in languages:
                line = text.count("\n", 0, match.start()) + 2
                found.append(CodeBlock(str(path.relative_to(ROOT)), line, match[1], match[2]))
    return found


def refresher() -> ModuleType:
    """tools/refresh_docs.py as a module."""
    name = "refresh_docs"
    if name not in sys.modules:
        spec = util.spec_from_file_location(name, ROOT / "tools" / "refresh_docs.py")
        assert spec is not None
        assert spec.loader is not None
        module = util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]
