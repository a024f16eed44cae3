"""A report built by hand: invented outlets and articles, one of them hostile to its readers."""

from __future__ import annotations

from dataclasses import replace

from azstance.comparison_records import (
    ArticlesNeeded,
    Caution,
    Comparison,
    Contradiction,
    Contrast,
    Keyness,
    Measure,
    Naming,
    Quoted,
    Term,
    VariantUse,
)
from azstance.records import (
    Article,
    ArticleResult,
    Block,
    CodebookInfo,
    Coding,
    Cue,
    Cut,
    Dominance,
    Effect,
    Entity,
    Estimate,
    Fact,
    FrameScore,
    Mention,
    Modality,
    PipelineInfo,
    Polarity,
    Report,
    Score,
    Sentence,
    Skipped,
    SourceCard,
    Verdict,
    Voice,
)

FRAMES = ("alliance", "balance", "influence", "rift")
UNKNOWN = Estimate(None, None, None, 0)

HOSTILE = (
    "[bold]x[/bold] [sic] :smile: \x1b[31mred\x1b[0m \x9b2J \u202eesrever\u202c a|b <b>&amp;</b> "
    "`code` **star** @octocat #12 https://example.org/x $y$ \x07bell\r\nnew\tline"
)

CODEBOOK = CodebookInfo(
    name="azerbaijan-russia",
    version="1.0",
    digest="9f2c41d07a6be8835512c3f0aa47bd10e6f5d2987c01b4a3e8d7765f90123abc",
    frames=FRAMES,
    pair=("Azerbaijan", "Russia"),
)


def estimate(value: float, low: float, high: float, n: int) -> Estimate:
    return Estimate(value, low, high, n)


def cue_at(text: str, phrase: str, frame: str, polarity: Polarity, **more: object) -> Cue:
    start = text.index(phrase)
    cue = Cue(
        id=f"{frame}-{phrase.split(maxsplit=1)[0].lower()}",
        frame=frame,
        polarity=polarity,
        start=start,
        end=start + len(phrase),
        text=phrase,
        weight=0.8,
        pair=("Azerbaijan", "Russia"),
    )
    return replace(cue, **more)  # type: ignore[arg-type]


def claim(
    number: int,
    line: int,
    text: str,
    frame: str,
    phrase: str,
    *,
    polarity: Polarity = Polarity.AFFIRM,
    speaker: str | None = None,
    attributed: bool = False,
    effects: tuple[Effect, ...] = (),
    modality: Modality = Modality.ASSERTED,
) -> Sentence:
    cue = cue_at(text, phrase, frame, polarity, effects=effects)
    return Sentence(
        number=number,
        line=line,
        text=text,
        voice=Voice.ATTRIBUTED if speaker or attributed else Voice.AUTHOR,
        speaker=speaker,
        cues=(cue,),
        codings=(Coding(frame, polarity, 0.9, modality, (cue.id,)),),
    )


NO_STEPS = (
    "A year after the signing, neither army has trained with the other, and Baku has not taken a "
    "single step towards the alliance that the paper promised."
)
STAGED = "Of the celebration that Moscow staged, little remained by the evening."
SEVERAL = (
    "What the government follows instead is its own interest: gas for Brussels, drones from Ankara "
    "and a polite distance to every bloc."
)
SOVEREIGN = "Baku weighs each partner against the others, and says so openly."
PRESSURE = "Moscow still tries to press its neighbour through the price of gas."
FRIENDS = "“We are friends and allies, and nobody will come between us,” the minister said in Baku."
LOSING = "Russia’s grip on the region is loosening, whatever the communiqué claims."
COOLED = "Since the airliner was shot down, relations have cooled visibly."

VISIT = "The visit showed once more how close the two capitals have grown."
TRADE = (
    "Trade between the two countries rises every year, the new corridor binds their railways "
    "together, and from customs to culture there is hardly a field left in which ministries do not "
    "plan in common, meet in common and, when guests are present, even toast in common, so that "
    "old hands in both foreign ministries have begun to speak of a partnership that needs no "
    "further paper, no further summit and no further proof than the lorries at the border, which "
    "queue through the night for thirty kilometres while drivers of both nations share their tea."
)
NO_RIFT = "Talk of a quarrel is the invention of people who never leave their desks."
LEVERAGE = "According to diplomats in Tbilisi, Moscow keeps every lever that it ever had."


def _sentences_of_ledger() -> tuple[Sentence, ...]:
    plain = Sentence(
        number=1,
        line=3,
        text="Little to toast after a year of allied interaction",
        voice=Voice.AUTHOR,
        heading=True,
    )
    negation = Effect("negation", "has not taken a single step", "turns affirm into deny")
    focus = Effect("pair", "Baku … Moscow", "is about Azerbaijan and Russia")
    denied = claim(
        2, 5, NO_STEPS, "alliance", "alliance", polarity=Polarity.DENY, effects=(focus, negation)
    )
    denied = replace(
        denied,
        entities=(Entity("Baku", "GPE", 68, 72),),
        actors=(Mention("Azerbaijan", "Baku", 68, 72),),
    )
    return (
        plain,
        denied,
        claim(3, 7, STAGED, "alliance", "celebration", polarity=Polarity.DENY),
        claim(4, 9, SEVERAL, "balance", "its own interest"),
        claim(5, 11, SOVEREIGN, "balance", "weighs each partner"),
        claim(6, 12, PRESSURE, "influence", "press its neighbour", modality=Modality.HEDGED),
        claim(7, 14, FRIENDS, "alliance", "friends and allies", speaker="the Russian minister"),
        claim(8, 16, LOSING, "influence", "grip", polarity=Polarity.DENY),
        claim(9, 18, COOLED, "rift", "relations have cooled"),
    )


def _ledger() -> ArticleResult:
    card = SourceCard(
        outlet=Fact("Caspian Ledger", "sources.toml:4"),
        author=Fact("Leyla Example", "text, line 2"),
        published=Fact("2023-03-07", "front matter"),
        genre=Fact("op-ed", "sources.toml:6"),
        title=Fact("Little to toast after a year of “allied interaction”", "text, line 1"),
    )
    block = Block(text=NO_STEPS, lines=((0, 5),))
    article = Article(
        id="002_ledger",
        path="corpus/002_ledger.txt",
        card=card,
        blocks=(block,),
        cut=(
            Cut(1, "October 30, 2024 - 341 views", "date and view count"),
            Cut(30, "See also: = our newsletter", "related headlines"),
        ),
    )
    score = Score(
        id="002_ledger",
        articles=("002_ledger",),
        sentences=34,
        framed=14,
        frames=(
            FrameScore(
                *("alliance", 0, 5, 2, 0),
                share=estimate(7 / 34, 0.0882353, 0.3529411, 34),
                stance=estimate(-1.0, -1.0, -0.4345, 5),
                evidence_for=(("002_ledger", 7),),
                evidence_against=(("002_ledger", 2), ("002_ledger", 3)),
            ),
            FrameScore(
                *("balance", 4, 0, 1, 0),
                share=estimate(5 / 34, 0.0588235, 0.2941176, 34),
                stance=estimate(1.0, 0.3958, 1.0, 4),
                evidence_for=(("002_ledger", 4), ("002_ledger", 5)),
            ),
            FrameScore(
                *("influence", 1, 1, 0, 0),
                share=estimate(2 / 34, 0.0163, 0.1909, 34),
                stance=estimate(0.0, -0.8115, 0.8115, 2),
                evidence_for=(("002_ledger", 6),),
                evidence_against=(("002_ledger", 8),),
            ),
            FrameScore(
                *("rift", 1, 0, 0, 0),
                share=estimate(1 / 34, 0.0052, 0.1492, 34),
                stance=estimate(1.0, -0.5869, 1.0, 1),
                evidence_for=(("002_ledger", 9),),
            ),
        ),
        alignment=estimate(-2.0794415, -3.4, -0.6061358, 7),
        dominance=Dominance(
            frame="alliance",
            verdict=Verdict.MIXED,
            runner_up="balance",
            margin=estimate(0.0441176, -0.0882353, 0.1764706, 34),
            flip=("002_ledger", 2),
        ),
    )
    return ArticleResult(article, _sentences_of_ledger(), score)


def _harbour() -> ArticleResult:
    card = SourceCard(
        outlet=Fact("@harbour_notes", "text, line 21"),
        genre=Fact("Telegram post", "sources.toml:12"),
    )
    article = Article(
        id="003_harbour",
        path="corpus/003_harbour.md",
        card=card,
        blocks=(Block(text=VISIT, lines=((0, 1),)),),
        notes=("No date was found: the article is left out of groups by year.",),
    )
    sentences = (
        claim(1, 1, VISIT, "alliance", "how close the two capitals have grown"),
        claim(2, 2, TRADE, "alliance", "partnership that needs no further paper"),
        claim(3, 4, NO_RIFT, "rift", "quarrel", polarity=Polarity.DENY),
        claim(4, 6, LEVERAGE, "influence", "keeps every lever", attributed=True),
    )
    score = Score(
        id="003_harbour",
        articles=("003_harbour",),
        sentences=12,
        framed=9,
        frames=(
            FrameScore(
                *("alliance", 7, 0, 0, 0),
                share=estimate(7 / 12, 0.3333333, 0.8333333, 12),
                stance=estimate(1.0, 0.5931, 1.0, 7),
                evidence_for=(("003_harbour", 1), ("003_harbour", 2)),
            ),
            FrameScore("balance", 0, 0, 0, 0, estimate(0.0, 0.0, 0.2425, 12), UNKNOWN),
            FrameScore(
                *("influence", 0, 0, 1, 0),
                share=estimate(1 / 12, 0.0149, 0.3539, 12),
                stance=UNKNOWN,
                evidence_for=(("003_harbour", 4),),
            ),
            FrameScore(
                *("rift", 0, 1, 0, 0),
                share=estimate(1 / 12, 0.0149, 0.3539, 12),
                stance=estimate(-1.0, -1.0, 0.5869, 1),
                evidence_against=(("003_harbour", 3),),
            ),
        ),
        alignment=estimate(2.7725887, 1.3, 4.2, 8),
        dominance=Dominance(
            frame="alliance",
            verdict=Verdict.CLEAR,
            runner_up="rift",
            margin=estimate(0.5, 0.1666667, 0.75, 12),
        ),
    )
    return ArticleResult(article, sentences, score)


def _hostile() -> ArticleResult:
    card = SourceCard(
        outlet=Fact("=cmd|'/C calc'!A0", "page metadata"),
        title=Fact(HOSTILE, "page metadata"),
        author=Fact("@SUM(1+1)|x", "page metadata"),
    )
    article = Article(
        id="-004[red]",
        path="corpus/\udcff|[b]=1+1.html",
        card=card,
        blocks=(Block(text=HOSTILE, lines=((0, 1),)),),
        cut=(Cut(2, HOSTILE, "caption"),),
        notes=(f"Odd name: {HOSTILE}",),
    )
    text = f"=1+1 {HOSTILE} the alliance holds"
    sentence = claim(1, 1, text, "alliance", "alliance holds", speaker=HOSTILE)
    nothing = estimate(0.0, 0.0, 0.6576, 2)
    score = Score(
        id="-004[red]",
        articles=("-004[red]",),
        sentences=2,
        framed=1,
        frames=(
            FrameScore(
                *("alliance", 0, 0, 1, 0),
                share=estimate(0.5, 0.0945, 0.9055, 2),
                stance=UNKNOWN,
                evidence_for=(("-004[red]", 1),),
            ),
            *(FrameScore(name, 0, 0, 0, 0, nothing, UNKNOWN) for name in FRAMES[1:]),
        ),
        alignment=UNKNOWN,
        dominance=Dominance("alliance", Verdict.TOO_LITTLE_TEXT, None, estimate(0.25, 0, 0.5, 2)),
    )
    return ArticleResult(article, (sentence,), score)


def make_report() -> Report:
    """Three articles: an op-ed that denies an alliance, a post that affirms it, a hostile stub."""
    return Report(
        codebook=CODEBOOK,
        pipeline=PipelineInfo("en_core_web_sm", "3.8.0"),
        articles=(_ledger(), _harbour(), _hostile()),
        groups=(),
        by="article",
        skipped=(
            Skipped("corpus/empty.txt", "it is empty"),
            Skipped("corpus/broken\x1b[2J.jsonl", "not JSON: [/b] was found", line=7),
            Skipped("corpus/photo.jpg", "not a kind of file that can be read", failed=False),
        ),
        notes=("2 of 3 articles have no author.",),
    )


def make_grouped_report() -> Report:
    """The same articles grouped by outlet, with one group of two articles."""
    report = make_report()
    first, second, third = report.articles
    frames = []
    for left, right in zip(first.score.frames, second.score.frames, strict=True):
        merged = replace(
            left,
            affirm=left.affirm + right.affirm,
            deny=left.deny + right.deny,
            attributed=left.attributed + right.attributed,
            evidence_for=right.evidence_for + left.evidence_for,
            evidence_against=left.evidence_against + right.evidence_against,
        )
        frames.append(merged)
    both = replace(
        first.score,
        id="Caspian Ledger",
        articles=("002_ledger", "003_harbour"),
        sentences=46,
        framed=23,
        frames=tuple(frames),
        alignment=estimate(0.1177830, -0.9, 1.2, 15),
    )
    other = replace(third.score, id="=cmd|'/C calc'!A0")
    return replace(report, groups=(both, other), by="outlet")


def make_comparison() -> Comparison:
    """The op-ed against the post."""
    left, right = "002_ledger", "003_harbour"

    def contrast(
        frame: str | None, measure: Measure, difference: Estimate, p: float | None
    ) -> Contrast:
        adjusted = None if p is None else min(1.0, 5 * p)
        return Contrast(left, right, frame, measure, difference, p, adjusted, "sentences")

    share, stance = Measure.SHARE, Measure.STANCE
    return Comparison(
        units=(left, right),
        contrasts=(
            contrast("alliance", share, estimate(-0.3774510, -0.66, -0.0607, 46), 0.0139),
            contrast("alliance", stance, estimate(-2.0, -2.0, -1.3, 12), 0.0004),
            contrast("balance", share, estimate(0.1470588, -0.02, 0.2941, 46), 0.31),
            contrast("balance", stance, UNKNOWN, None),
            contrast("influence", share, estimate(-0.0245098, -0.2, 0.15, 46), 1.0),
            contrast("influence", stance, UNKNOWN, None),
            contrast("rift", share, estimate(-0.0539216, -0.3, 0.1, 46), 0.46),
            contrast("rift", stance, estimate(2.0, -0.1, 2.0, 2), 1.0),
        ),
        alignment=(
            contrast(None, Measure.ALIGNMENT, estimate(-4.8520302, -6.5, -3.1, 15), 0.0001),
        ),
        contradictions=(
            Contradiction(
                "alliance",
                left,
                right,
                -1.0,
                1.0,
                Quoted(left, 2, 5, NO_STEPS, Polarity.DENY),
                Quoted(right, 1, 1, VISIT, Polarity.AFFIRM),
            ),
            Contradiction(
                "rift",
                left,
                right,
                1.0,
                -1.0,
                Quoted(left, 9, 18, f"{COOLED} {HOSTILE}", Polarity.AFFIRM),
                Quoted(right, 3, 4, NO_RIFT, Polarity.DENY),
            ),
        ),
        keyness=(
            Keyness(
                left,
                right,
                left_terms=(
                    Term("multilateral", 9, 0, 2.31, 3.91, 0.00009, True),
                    Term("[bold]bloc[/bold]|=1", 4, 1, 1.2, 2.0, 0.0455, False),
                ),
                right_terms=(Term("corridor", 1, 7, -1.9, -2.8, 0.0051, False),),
                tested=214,
                prior=500.0,
            ),
        ),
        naming=(
            Naming(
                "Türkiye",
                (
                    VariantUse(left, "Turkey", 5, 1),
                    VariantUse(right, "Turkey", 0, 0),
                    VariantUse(left, "Türkiye", 0, 0),
                    VariantUse(right, "Türkiye", 3, 0),
                ),
            ),
        ),
        cautions=(
            Caution("genre", "002_ledger is an op-ed, 003_harbour a Telegram post."),
            Caution("dates", "003_harbour is undated."),
        ),
        needed=tuple(
            ArticlesNeeded(
                frame, articles, articles * 23, 0.2, 0.1, 0.05, 0.8, 23, 0.05, False, 2.1
            )
            for frame, articles in (
                ("alliance", 58),
                ("balance", 31),
                ("influence", 22),
                ("rift", 1),
            )
        ),
    )
