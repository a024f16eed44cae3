"""Reading: files, folders, addresses and standard input to articles, cleaned, with a source card.

Nothing heavy is imported here; the readers of HTML, front matter and damaged text load what they
need when they first need it.
"""

from __future__ import annotations

from azstance.read.furniture import Furniture, load_furniture
from azstance.read.run import Locator, find_articles, read_paths, resolve_id
from azstance.read.settings import ReadSettings

__all__ = [
    "Furniture",
    "Locator",
    "ReadSettings",
    "find_articles",
    "load_furniture",
    "read_paths",
    "resolve_id",
]
