"""The examples of a codebook, coded: what `azstance lexicon check` and the tests run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.records import Article, Block, SourceCard

if TYPE_CHECKING:
    from azstance.codebook import Codebook, Example
    from azstance.config import Config
    from azstance.records import Sentence


def failed_examples(config: Config) -> tuple[int, list[str]]:
    """Code every example of the codebook: how many there are, and a line for each that fails."""
    from azstance.codebook import load_codebook
    from azstance.coding import code_article
    from azstance.nlp import pipeline

    codebook = load_codebook(config.codebook)
    rows = [(frame.name, example) for frame in codebook.frames for example in frame.examples]
    nlp = pipeline.load(config.pipeline, codebook)
    problems = []
    for number, (frame, example) in enumerate(rows):
        found = pipeline.annotate(nlp, _article(number, example))
        coded = code_article(found, codebook.frame_names, codebook.carried)
        problem = _problem(frame, example, coded[-1], codebook)
        if problem:
            problems.append(problem)
    return len(rows), problems


def _article(number: int, example: Example) -> Article:
    """The example after the sentences that stand before it, each a sentence of its own."""
    blocks = tuple(
        Block(text, ((0, example.line),), sentences=(0,))
        for text in (*example.before, example.text)
    )
    return Article(f"example {number}", example.file, SourceCard(), blocks)


def _problem(frame: str, example: Example, sentence: Sentence, codebook: Codebook) -> str | None:
    """What is wrong with the codes of an example, or None."""
    place = f"{codebook.folder.name}/{example.file}:{example.line}"
    got = next((coding for coding in sentence.codings if coding.frame == frame), None)
    wanted = example.match.value if example.match else "none"
    found = got.polarity.value if got else "none"
    if found != wanted:
        cues = (
            ", ".join(f"{c.id} {c.text!r}" for c in sentence.cues if c.frame == frame) or "no cue"
        )
        return (
            f"{place}: {frame} is {found} where the example says {wanted} ({cues}): {example.text}"
        )
    if got and example.voice and sentence.voice is not example.voice:
        said = f"the voice is {sentence.voice} where the example says {example.voice}"
        return f"{place}: {said}: {example.text}"
    return None
