"""Web archives (WARC): a page a record, read a record at a time.

Pages that were answered with "200 OK" are read as web pages, and texts that were stored as such as
texts. The address that was fetched is the article's url and, shortened, its id. The day on which it
was fetched is not when it was published, and is not used.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, BinaryIO

from azstance.read import html, text
from azstance.read.metadata import plain_value
from azstance.read.page import Page, UnreadableError
from azstance.read.warc_records import Broken, Raw, records
from azstance.records import Fact

if TYPE_CHECKING:
    from azstance.read.settings import ReadSettings

_HTML = ("text/html", "application/xhtml+xml")
_TEXT = "text/plain"
_ORIGIN = "web archive"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
_START = re.compile(r"^[a-z]+://(?:www\.)?", re.IGNORECASE)
_LONGEST_ID = 100
_MOST_KINDS = 8


@dataclass(frozen=True, slots=True)
class _Content:
    """What a record stores: its media type, the encoding it declares, and its bytes."""

    kind: str
    charset: str | None
    data: bytes


def read(file: BinaryIO, settings: ReadSettings) -> Iterator[Page | UnreadableError]:
    """The articles of a web archive. What is not a page of text is counted, and told at the end."""
    _needs_warcio()
    passed: Counter[str] = Counter()
    pages = 0
    for raw in records(file, settings):
        if isinstance(raw, Broken):
            yield UnreadableError(f"record {raw.number} {raw.reason}")
            continue
        page = _page(raw, settings)
        if isinstance(page, str):
            passed[page] += 1
            continue
        pages += 1
        yield page
    if passed and pages:
        yield UnreadableError(f"{_counted(passed)}.", failed=False)
    elif passed:
        raise UnreadableError(f"holds no web pages and no texts: {_counted(passed)}.")


def _needs_warcio() -> None:
    try:
        import warcio  # noqa: F401
    except ImportError:
        raise UnreadableError(
            "is a web archive, and warcio, which reads it, is not installed.",
            remedy='Install it: pip install "azstance[store]".',
        ) from None


def _counted(passed: Counter[str]) -> str:
    """How many records of which kinds were passed over."""
    most = sorted(passed.items(), key=lambda item: (-item[1], item[0]))
    kinds = [f"{count:,} {kind}" for kind, count in most[:_MOST_KINDS]]
    rest = sum(count for _, count in most[_MOST_KINDS:])
    if rest:
        kinds.append(f"{rest:,} others")
    total = passed.total()
    were = "record was" if total == 1 else "records were"
    return f"{total:,} {were} passed over as no article ({', '.join(kinds)})"


def _page(raw: Raw, settings: ReadSettings) -> Page | UnreadableError | str:
    """The article of a record, or what is wrong with it, or the kind of record that has none."""
    try:
        record = _parsed(raw)
        kind = record.rec_type or "unknown"
        if kind not in ("response", "resource", "conversion"):
            return _plain(kind)
        content = _content(record, settings)
    except Exception:  # headers of strangers fail in many ways, and none may end the run
        return UnreadableError(f"record {raw.number} is damaged: its headers cannot be read.")
    if isinstance(content, str):
        return content
    if not raw.whole or len(content.data) > settings.max_bytes:
        problem = text.too_large(settings, line=0)
        return UnreadableError(f"record {raw.number}: {problem.problem}", remedy=problem.remedy)
    try:
        page = _read(content, settings)
    except UnreadableError as problem:
        which = f"record {raw.number} ({_name(record)}): {problem.problem}"
        return UnreadableError(which, line=problem.line, remedy=problem.remedy, cause=problem.cause)
    address = _address(record)
    facts = dict(page.facts)
    if address.startswith(("http://", "https://")):
        facts["url"] = Fact(address, _ORIGIN)
    return replace(page, facts=facts, record=_name(record), number=raw.number, remarks=())


def _parsed(raw: Raw) -> Any:
    """The record with its headers, and those of the answer of the web server."""
    from warcio.recordloader import ArcWarcRecordLoader

    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    return loader.parse_record_stream(io.BytesIO(raw.header + raw.body), known_format="warc")


def _content(record: Any, settings: ReadSettings) -> _Content | str:
    """What a record stores, or in a few words why it is no article."""
    answer = record.http_headers
    if answer is not None:
        status = answer.get_statuscode()
        if status != "200":
            return f"with HTTP status {_plain(status)}"
        declared = answer.get_header("content-type") or ""
    else:
        declared = record.rec_headers.get_header("content-type") or ""
    kind = declared.partition(";")[0].strip().lower()
    if kind not in (*_HTML, _TEXT):
        return f"of {_plain(kind)}" if kind else "of no declared type"
    found = _CHARSET.search(declared)
    data = record.content_stream().read(settings.max_bytes + 1)
    return _Content(kind, found[1] if found else None, data)


def _read(content: _Content, settings: ReadSettings) -> Page:
    """The page in the bytes, in the encoding that the server declared if it can be that."""
    reader = html.read if content.kind in _HTML else text.read
    if content.charset and not settings.encoding:
        try:
            content.data.decode(codecs.lookup(content.charset).name)
        except (LookupError, UnicodeError):
            pass
        else:
            settings = replace(settings, encoding=content.charset)
    return next(reader(io.BytesIO(content.data), settings))


def _address(record: Any) -> str:
    uri = plain_value(record.rec_headers.get_header("warc-target-uri") or "")
    return uri.removeprefix("<").removesuffix(">")


def _name(record: Any) -> str:
    """An id to be read: the address without its scheme, cut short if it is long."""
    address = _START.sub("", _address(record)).partition("#")[0].rstrip("/")
    name = address or plain_value(record.rec_headers.get_header("warc-record-id") or "")
    if len(name) <= _LONGEST_ID:
        return name or "record"
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{name[: _LONGEST_ID - 9]}~{digest[:8]}"


def _plain(word: str | None) -> str:
    return plain_value(word or "")[:40] or "unknown"
