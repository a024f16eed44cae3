"""Results as rows of a store."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from azstance.running.codec import plain
from azstance.store.schema import arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

    from azstance.records import Article, ArticleResult, Estimate, FrameScore, Sentence, Skipped

Row = dict[str, Any]
_MONTH = re.compile(r"\d{4}-\d{2}")
_NO_TEXT = re.compile("[\ud800-\udfff]")


class Writer:
    """Rows of a table as the bytes of one Parquet file. Only what it has packed is held."""

    def __init__(self, table: str) -> None:
        import pyarrow as pa
        from pyarrow import parquet as pq

        self._schema = arrow_schema(table)
        self._sink = pa.BufferOutputStream()
        self._file = pq.ParquetWriter(self._sink, self._schema, compression="zstd")

    def add(self, rows: list[Row]) -> None:
        """Pack some rows."""
        self._file.write_table(_packed(rows, self._schema))

    def close(self) -> memoryview:
        """The bytes of the file."""
        self._file.close()
        return memoryview(self._sink.getvalue())


def parquet(table: str, rows: Iterable[Row]) -> memoryview:
    """Rows of a table as the bytes of a Parquet file."""
    writer = Writer(table)
    writer.add(list(rows))
    return writer.close()


def _packed(rows: list[Row], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    try:
        return pa.Table.from_pylist(rows, schema=schema)
    except UnicodeEncodeError:  # the name of a file can hold bytes that are no text
        return pa.Table.from_pylist([_cleaned(row) for row in rows], schema=schema)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {key: _cleaned(held) for key, held in value.items()}
    return [_cleaned(held) for held in value] if isinstance(value, list | tuple) else value


def article_row(result: ArticleResult) -> Row:
    """The row of an article."""
    article, score = result.article, result.score
    card, leading = article.card, score.dominance
    return {
        "article": article.id,
        "path": article.path,
        **_card(article),
        "url": card.url.value if card.url else None,
        "language": card.language.value if card.language else None,
        "sentences": score.sentences,
        "framed": score.framed,
        "dominant": leading.frame,
        "verdict": leading.verdict.value,
        "runner_up": leading.runner_up,
        **_estimate("margin", leading.margin),
        **_estimate("alignment", score.alignment),
        "alignment_n": score.alignment.n,
        "frames": [_frame(each) for each in score.frames],
        "cut": [{"line": c.line, "text": c.text, "reason": c.reason} for c in article.cut],
        "notes": list(article.notes),
    }


def sentence_rows(result: ArticleResult) -> list[Row]:
    """The rows of an article's sentences, in their order."""
    article = result.article
    same = {"article": article.id, "path": article.path, **_card(article)}
    return [same | _sentence(sentence) for sentence in result.sentences]


def skipped_row(skipped: Skipped) -> Row:
    """The row of an input that was not scored."""
    row: Row = plain(skipped)
    return row


def _card(article: Article) -> Row:
    card = article.card
    facts = {name: getattr(card, name) for name in ("outlet", "author", "published")}
    found: Row = {name: fact.value if fact else None for name, fact in facts.items()}
    month = _MONTH.match(found["published"] or "")
    found["month"] = month.group() if month else None
    found |= {name: fact.value if (fact := getattr(card, name)) else None for name in _ABOUT}
    return found


_ABOUT = ("genre", "title")


def _estimate(name: str, figure: Estimate | None) -> Row:
    if figure is None:
        return {name: None, f"{name}_low": None, f"{name}_high": None}
    return {name: figure.value, f"{name}_low": figure.low, f"{name}_high": figure.high}


def _frame(score: FrameScore) -> Row:
    return {
        "frame": score.frame,
        "affirm": score.affirm,
        "deny": score.deny,
        "attributed": score.attributed,
        "attributed_deny": score.attributed_deny,
        **_estimate("share", score.share),
        **_estimate("expected", score.expected),
        **_estimate("stance", score.stance),
        "stance_n": score.stance.n,
    }


def _sentence(sentence: Sentence) -> Row:
    """The sentence as it is, without what has no column."""
    row: Row = plain(sentence)
    del row["words"]
    for coding in row["codings"]:
        del coding["parts"]
    row["mentions"] = row["actors"]
    row["actors"] = sorted({mention["actor"] for mention in row["mentions"]})
    return row
