"""A timeline built from articles by hand: two years of months, two outlets and a hostile one."""

from __future__ import annotations

from score.build import SCALE, SETTINGS, repeated, result

from azstance.codebook.events import Event
from azstance.records import ArticleResult, CodebookInfo, PipelineInfo, Report, Skipped
from azstance.timeline.build import timeline
from azstance.timeline.records import Timeline, Wanted

CODEBOOK = CodebookInfo("azerbaijan-russia", "1", "0" * 64, SCALE.frames, ("azerbaijan", "russia"))
PIPELINE = PipelineInfo("en_core_web_sm", "3.8.0")
EVENTS = (
    Event("2023", "A year with something in it"),
    Event("2023-07-04", "A declaration", "Signed by both.", "The declaration"),
    Event("2023-07-21", "=cmd|' /C calc'!A0"),
    Event("2031-01-01", "Long after"),
)
HOSTILE = "[bold]Daily\x1b[31m\u202e <script>|\n=1+1"


def daily() -> list[ArticleResult]:
    """Fourteen months without two: rift in one sentence of ten, from July 2023 on in six."""
    months = [f"2023-{month:02}" for month in range(1, 13)] + ["2024-01", "2024-04"]
    found = []
    for number, month in enumerate(months):
        rift = 1 + number % 2 if month < "2023-07" else 6 - number % 2
        body = repeated(rift=rift, not_alliance=1, said_balance=1, plain=8 - rift)
        found.append(result(f"d{number:02}", body, outlet="Daily", published=f"{month}-11"))
    return found


def others() -> list[ArticleResult]:
    return [
        result("w1", repeated(alliance=3, plain=5), outlet="Weekly", published="2023-03"),
        result("w2", repeated(alliance=1, plain=1), outlet="Weekly", published="2023-03-30"),
        result("w3", repeated(said_alliance=2, plain=2), outlet="Weekly", published="2023-05-01"),
        result("w4", repeated(plain=2), outlet="Weekly", published="2023"),
        result("w5", repeated(rift=1), outlet="Weekly"),
        result("w6", repeated(rift=1), outlet="Weekly", published="next week"),
        result("h1", repeated(balance=2, plain=2), outlet=HOSTILE, published="2023-02-28"),
    ]


def report() -> Report:
    skipped = (Skipped("gone.txt", "is not there."),)
    articles = sorted([*daily(), *others()], key=lambda each: each.article.id)
    return Report(CODEBOOK, PIPELINE, articles, (), "article", skipped)


def make(**wanted: object) -> Timeline:
    return timeline(report(), SCALE, SETTINGS, Wanted(**wanted), EVENTS)  # type: ignore[arg-type]
