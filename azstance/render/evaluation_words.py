"""What the figures of evaluations and agreements are called, and how they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.render.clean import path_text, plain
from azstance.render.words import MISSING, counted, level

if TYPE_CHECKING:
    from azstance.evaluating.records import Agreement, Counts, Mistake, Row, Sampling
    from azstance.records import Estimate

PRESENCE = "Is the frame there, affirmed or denied? gold and coded count sentences."
CODES = (
    "Is it affirmed, is it denied? F1 of either; alpha is Krippendorff's, nominal, of none, affirm "
    "and deny."
)
CALIBRATION = (
    "Of codings in a range of probability, the share that has the right frame and polarity. "
    "Where cues alone code, they are strengths of cues and were never fitted to such shares."
)
SHARES = (
    "Points by which the share of sentences with the frame is off, per article on average and in "
    "all of them: counted from codes, and corrected (the mean probability)."
)
CONFUSION = "Sentences: a row per gold code, a column per code given."
FEW = 20
"""Below this many articles, a bootstrap over articles is known to be too narrow."""

VOICE = "voice, both framed"


def figure(value: Estimate, decimals: int = 2) -> str:
    """ "0.95 [0.90, 1.00]"; without an interval where there is none."""
    if value.value is None:
        return MISSING
    text = _fixed(value.value, decimals)
    if value.low is None or value.high is None:
        return text
    return f"{text} [{_fixed(value.low, decimals)}, {_fixed(value.high, decimals)}]"


def _fixed(value: float, decimals: int) -> str:
    return f"{round(value, decimals) + 0.0:.{decimals}f}"


def points(value: float, *, signed: bool = False) -> str:
    """A difference of shares in points: "3.1", or "+3.1" if signed."""
    return f"{100 * value + 0.0:{'+' if signed else ''}.1f}"


def fixed(value: float | None) -> str:
    """ "0.95", or that there is no figure."""
    return MISSING if value is None else _fixed(value, 2)


def coders(agreement: Agreement) -> str:
    """Whose agreement stands beside the alpha of the program."""
    files = " and ".join(path_text(file) for file in agreement.files)
    number = counted(agreement.counts.sentences, "sentence")
    return f"coders: alpha of {files}, {number}; their voice {fixed(agreement.voice.alpha.value)}."


def share(value: Estimate) -> str:
    """ "95% [90, 100]"."""
    if value.value is None:
        return MISSING
    text = f"{100 * value.value:.0f}%"
    if value.low is None or value.high is None:
        return text
    return f"{text} [{100 * value.low:.0f}, {100 * value.high:.0f}]"


def size(counts: Counts) -> str:
    """How many sentences the figures rest on, and how many are left out."""
    text = (
        f"{counted(counts.sentences, 'sentence')} of {counted(counts.articles, 'article')}, "
        f"{counts.framed} with a frame"
    )
    left = [
        f"{number} {what}"
        for number, what in ((counts.furniture, "furniture"), (counts.disputed, "disputed"))
        if number
    ]
    return f"{text}; left out: {', '.join(left)}" if left else text


def intervals(counts: Counts, sampling: Sampling) -> str:
    """What the intervals are, or why there are none, and whether they are to be trusted."""
    if counts.articles < 2:
        return "No intervals: they are drawn over articles, and there is one."
    text = (
        f"[low, high]: {level(sampling.level)} interval over articles, "
        f"{sampling.resamples} resamples"
    )
    few = counts.articles < FEW
    return f"{text}; of so few articles it is too narrow" if few else text


def mistake(each: Mistake) -> str:
    """ "002:16  alliance affirmed (0.75), gold: denied"."""
    said = {"none": "none", "affirm": "affirmed", "deny": "denied"}
    sure = f" ({each.probability:.2f})" if each.probability is not None else ""
    return f"{plain(each.frame)} {said[each.got]}{sure}, gold: {said[each.wanted]}"


def text(row: Row) -> str:
    """The sentence, or that no file has it."""
    return plain(row.text) if row.text is not None else "(neither file has its text)"
