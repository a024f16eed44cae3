"""What the user may set about reading."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """Settings of the reading layer.

    `max_bytes` limits one file, or one record of a .jsonl, .csv, .parquet or .warc file. The
    `*_field` names are the keys of records (.json, .jsonl, .csv, .parquet) and of front matter.
    `encoding` is a Python codec name and turns detection off; `only_utf8` refuses what is not UTF-8
    where it would be detected. With `clean=False` nothing is cut as page furniture. With
    `title_case_headings=True` headings In Title Case are scored too; otherwise they only serve as
    the title (see `azstance.read.clean`).
    `stdin_filename` names what comes in by "-": its suffix picks the reader.
    """

    max_bytes: int = 10_000_000
    text_field: str = "text"
    id_field: str = "id"
    title_field: str = "title"
    outlet_field: str = "outlet"
    author_field: str = "author"
    date_field: str = "date"
    genre_field: str = "genre"
    url_field: str = "url"
    encoding: str | None = None
    clean: bool = True
    title_case_headings: bool = False
    stdin_filename: str = "stdin.txt"
    only_utf8: bool = False
