"""The columns of a store: names, types and what they mean. The one place that says so.

A store is a folder of Parquet files: `sentences/` has a row for each sentence, `articles/` a row
for each article, `skipped/` one for each input that was not scored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = 1
MANIFEST = "azstance.json"
JOB = "job.json"
"""What the rows are made of; a run writes it before its first part."""
RECEIPTS = "units"
"""The folder of what finished units leave behind."""
TABLES = ("articles", "sentences", "skipped")


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `type` is text, whole, number or yes; [type] is a list, {name: type} a record."""

    name: str
    type: str | list[object] | dict[str, object]
    meaning: str


def _estimate(name: str, meaning: str) -> tuple[Column, ...]:
    return (
        Column(name, "number", meaning),
        Column(f"{name}_low", "number", "lower end of its interval"),
        Column(f"{name}_high", "number", "upper end of its interval"),
    )


_CARD = (
    Column("outlet", "text", "name of the outlet"),
    Column("author", "text", "name of the author"),
    Column("published", "text", "date of publication: a year, month or day, as far as known"),
    Column("month", "text", "month of publication, such as 2024-08"),
    Column("genre", "text", "genre, such as news or opinion"),
    Column("title", "text", "title of the article"),
)
_ESTIMATE_TYPES: dict[str, object] = {
    **{f"share{end}": "number" for end in ("", "_low", "_high")},
    **{f"expected{end}": "number" for end in ("", "_low", "_high")},
    **{f"stance{end}": "number" for end in ("", "_low", "_high")},
    "stance_n": "whole",
}
ARTICLES = (
    Column("article", "text", "id of the article"),
    Column("path", "text", "file that it was read from"),
    *_CARD,
    Column("url", "text", "address of the page"),
    Column("language", "text", "language, where the page names it"),
    Column("sentences", "whole", "sentences of the body"),
    Column("framed", "whole", "sentences that carry a frame"),
    Column("dominant", "text", "leading frame, or none"),
    Column("verdict", "text", "clear, mixed, none or too little text"),
    Column("runner_up", "text", "the next frame"),
    *_estimate("margin", "how far the leading frame leads, in shares of the sentences"),
    *_estimate("alignment", "closeness against distance in the author's voice, in log odds"),
    Column("alignment_n", "whole", "sentences behind the alignment"),
    Column(
        "frames",
        [
            {
                "frame": "text",
                "affirm": "whole",
                "deny": "whole",
                "attributed": "whole",
                "attributed_deny": "whole",
                **_ESTIMATE_TYPES,
            }
        ],
        "for each frame: sentences that affirm and deny it in the author's voice, sentences in "
        "somebody else's, the share of sentences with it, and the stance, with intervals",
    ),
    Column(
        "cut",
        [{"line": "whole", "text": "text", "reason": "text"}],
        "what was left out of the page, and why",
    ),
    Column("notes", ["text"], "what was noticed in reading"),
)
SENTENCES = (
    Column("article", "text", "id of the article"),
    Column("number", "whole", "number of the sentence in its article, from 1"),
    Column("path", "text", "file that the article was read from"),
    Column("line", "whole", "line in that file"),
    *_CARD,
    Column("text", "text", "the sentence"),
    Column("voice", "text", "author or attributed"),
    Column("speaker", "text", "who speaks, where it is somebody else and named"),
    Column("heading", "yes", "whether the sentence is a heading"),
    Column(
        "codings",
        [
            {
                "frame": "text",
                "polarity": "text",
                "probability": "number",
                "modality": "text",
                "cues": ["text"],
            }
        ],
        "the frames that the sentence carries, each affirmed or denied",
    ),
    Column("unsure", ["text"], "frames too likely to pass over and not likely enough to code"),
    Column(
        "chances",
        [{"frame": "text", "affirm": "number", "deny": "number"}],
        "probabilities of affirming and denying each frame; none where cues alone code",
    ),
    Column("actors", ["text"], "actors of the codebook named in the sentence, each once"),
    Column(
        "mentions",
        [{"actor": "text", "text": "text", "start": "whole", "end": "whole"}],
        "each mention of an actor, with its place in the sentence",
    ),
    Column(
        "entities",
        [{"text": "text", "label": "text", "start": "whole", "end": "whole"}],
        "named entities",
    ),
    Column(
        "cues",
        [
            {
                "id": "text",
                "frame": "text",
                "polarity": "text",
                "start": "whole",
                "end": "whole",
                "text": "text",
                "weight": "number",
                "pair": ["text"],
                "counted": "yes",
                "modality": "text",
                "effects": [{"kind": "text", "text": "text", "result": "text"}],
            }
        ],
        "phrases of the lexicon found in the sentence, after their scope was resolved",
    ),
)
SKIPPED = (
    Column("path", "text", "the input"),
    Column("line", "whole", "line in it, where one is known"),
    Column("reason", "text", "why it was not scored, or what was noticed"),
    Column("failed", "yes", "whether it should have been scored"),
    Column("cause", "text", "unreadable, language or date"),
)
COLUMNS = {"articles": ARTICLES, "sentences": SENTENCES, "skipped": SKIPPED}


def arrow_schema(table: str) -> pa.Schema:
    """The Parquet schema of a table of the store."""
    import pyarrow as pa

    return pa.schema([pa.field(each.name, _arrow(each.type)) for each in COLUMNS[table]])


def _arrow(type: object) -> pa.DataType:
    import pyarrow as pa

    if isinstance(type, list):
        return pa.list_(_arrow(type[0]))
    if isinstance(type, dict):
        return pa.struct([pa.field(name, _arrow(held)) for name, held in type.items()])
    plain = {"text": pa.string(), "whole": pa.int64(), "number": pa.float64(), "yes": pa.bool_()}
    return plain[str(type)]
