"""Articles, references and findings made by hand: no spaCy, no file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from azstance.check_settings import CheckSettings, Thresholds
from azstance.checking.engine import Found, Rules, check_subjects
from azstance.checking.records import Finding, Measure
from azstance.checking.reference import Known, Made, Reference, _reference
from azstance.checking.shingles import packed, shingles, word_digest, words_of
from azstance.checking.subject import Profile, Subject, subjects_of
from azstance.records import (
    Article,
    ArticleResult,
    Block,
    Coding,
    Cut,
    Dominance,
    Estimate,
    Fact,
    FrameScore,
    Polarity,
    Remark,
    Score,
    Sentence,
    SourceCard,
    Verdict,
    Voice,
)
from azstance.rulebook import Level

FRAMES = ("alliance", "balance", "influence", "rift")
MADE = Made("book 1 abc", "cues", "pipe 1", "2026.1")
FRIENDLY = frozenset({("alliance", "affirm"), ("rift", "deny")})
LIMITS = Thresholds()
NONE = Estimate(None, None, None, 0)
ROOT = Path("/project")


def fact(value: str | None, origin: str = "front matter") -> Fact | None:
    return None if value is None else Fact(value, origin)


def card(
    outlet: str | None = "Daily",
    title: str | None = "A title",
    published: str | None = "2024-03-31",
    url: str | None = None,
) -> SourceCard:
    return SourceCard(
        outlet=fact(outlet), title=fact(title), published=fact(published), url=fact(url)
    )


def sentence(
    text: str,
    *codes: str,
    line: int = 1,
    speaker: str | None = None,
    voice: Voice | None = None,
    heading: bool = False,
) -> Sentence:
    """A sentence with codes such as "rift affirm"; with a `speaker` it is somebody else's."""
    pairs = [code.split() for code in codes]
    return Sentence(
        1,
        line,
        text,
        voice or (Voice.ATTRIBUTED if speaker else Voice.AUTHOR),
        speaker,
        heading,
        codings=tuple(Coding(frame, Polarity(polarity), 1.0) for frame, polarity in pairs),
    )


def block(text: str, line: int = 1, *, heading: bool = False) -> Block:
    return Block(text, ((0, line),), heading)


def result(
    *sentences: Sentence,
    about: SourceCard | None = None,
    path: str = "/project/a.md",
    id: str = "a",
    blocks: Sequence[Block] | None = None,
    cut: Iterable[Cut] = (),
    notes: Iterable[str] = (),
    remarks: Iterable[Remark] = (),
    alignment: float | None = None,
    count: int | None = None,
) -> ArticleResult:
    """A scored article; without `blocks` each sentence is a paragraph."""
    body = [block(s.text, s.line) for s in sentences] if blocks is None else blocks
    article = Article(
        id, path, about or card(), tuple(body), tuple(cut), tuple(notes), tuple(remarks)
    )
    scores = tuple(FrameScore(frame, 0, 0, 0, 0, NONE, NONE) for frame in FRAMES)
    size = len(sentences) if count is None else count
    score = Score(
        id,
        (id,),
        size,
        0,
        scores,
        Estimate(alignment, None, None, size),
        Dominance("alliance", Verdict.NONE, None, NONE),
    )
    return ArticleResult(article, tuple(sentences), score)


def subject(made: ArticleResult | None = None, *, renamed: dict[str, str] | None = None) -> Subject:
    (found,) = subjects_of([made or result(sentence("Nothing."))], ROOT, renamed or {})
    return found


def plain(
    count: int = 10, framed: int = 0, *, frame: str = "rift", alignment: float | None = 0.0,
    name: str = "a", about: SourceCard | None = None, remarks: Iterable[Remark] = (),
) -> ArticleResult:  # fmt: skip
    """An article of `count` sentences, the first `framed` of them coded, of words of its own."""
    own = [
        sentence(
            f"{name} {n} one{name}{n} two{name}{n} three{name}{n}.",
            *([f"{frame} affirm"] if n < framed else []),
            line=n + 1,
        )
        for n in range(count)
    ]
    return result(
        *own, about=about or card(title=name), path=f"/project/{name}.md", id=name,
        alignment=alignment, remarks=remarks,
    )  # fmt: skip


def known(
    place: str,
    alignment: float | None = 0.0,
    *,
    outlet: str = "Daily",
    published: str = "2024-01-01",
    text: str = "",
    **shares: float,
) -> Known:
    """An article of a reference; frames that are not named have a share of 0."""
    words = words_of([text or f"{place} has words of its own and nobody shares them"])
    profile = Profile(alignment, {**dict.fromkeys(FRAMES, 0.0), **shares}, 10)
    return Known(place, outlet, published, word_digest(words), profile, packed(shingles(words)))


def reference(*articles: Known, made: Made = MADE) -> Reference:
    return _reference(made, articles)


def record(n: int, alignment: float | None = 0.0, **shares: float) -> tuple[Known, ...]:
    """`n` articles of the outlet Daily that are all alike in their figures."""
    places = (f"old/{i:04}.md" for i in range(n))
    return tuple(known(place, alignment, **shares) for place in places)  # type: ignore[arg-type]


def rules(**given: object) -> Rules:
    """Rules with the defaults of the ruleset; a minimum of five sentences."""
    settings = {
        "settings": CheckSettings(), "made": MADE, "closeness": FRAMES, "friendly": FRIENDLY,
        "minimum": 5, "seed": 1,
    }  # fmt: skip
    return Rules(**{**settings, **given})  # type: ignore[arg-type]


def check(*results: ArticleResult, **given: object) -> Found:
    """What the rules find in these articles."""
    return check_subjects(subjects_of(results, ROOT, {}), rules(**given))


def ids(found: Found) -> list[str]:
    return [finding.rule for finding in found.findings]


def finding(rule: str = "AZ301", print: str = "f", **given: object) -> Finding:
    values = {
        "name": "x", "level": Level.NOTE, "path": "a.md", "article": "key", "line": 1,
        "message": "It says so.",
    }  # fmt: skip
    return Finding(rule=rule, fingerprint=print, **{**values, **given})  # type: ignore[arg-type]


def measured(value: float, center: float = 0.0) -> Finding:
    return finding("AZ401", measure=Measure("alignment", value, center, 120, 0.01, 0.02, 1.0))
