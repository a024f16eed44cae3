"""Make a corpus of any size from the seeds and the training articles, the same one every time.

    uv run python benchmarks/corpus.py FOLDER COUNT [--jsonl]

Writes COUNT articles of ten invented outlets and 36 months to FOLDER: text files, 00001.txt and so
on, or with --jsonl one corpus.jsonl. An article is a chain of paragraphs of the seeds and of runs
of neighbouring sentences of the training articles, as long as the seeds are. One paragraph in it is
its own, with names and figures that occur nowhere else: real archives bring new words for ever, and
what a program keeps of each is part of its memory. The first 100 of 20,000 are those of 100, and
as long on average.

Outlet and date stand in the text, as on a page: a sources.toml is searched from end to end for
every article, and is meant for folders that a person has described by hand.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from azstance.read import read_paths
from azstance.records import Article

ROOT = Path(__file__).resolve().parent.parent
CODEBOOK = ROOT / "lexicons" / "azerbaijan-russia"
SEED = 20260101
USUAL = (300, 1500)  # words of the shortest and the longest article; the seeds have 360 to 1,510
BRIEF = (40, 90)  # those of a report of an agency
GOLDEN = 0.6180339887498949  # its multiples fill the range of lengths evenly from the first on
FROM_SEEDS = 0.1  # of the paragraphs: there are few, and each should stay rare
OUTLETS = (
    "Caspian Gazette",
    "Absheron Herald",
    "Northern Courier",
    "Silk Road Review",
    "Terek Observer",
    "Lowland Tribune",
    "Harbour Chronicle",
    "Samur Bulletin",
    "Eastern Ledger",
    "Highland Monitor",
)
ONSETS = ("b", "d", "g", "gul", "kh", "m", "n", "r", "s", "sh", "t", "v", "y", "z", "zh")
VOWELS = ("a", "e", "i", "o", "u")
CODAS = ("", "", "l", "m", "n", "r", "s", "sh", "v")
OWN = (
    "{first} {last}, {age}, who sells spare parts in {town}, has crossed the border {figure} times"
    " since he was a student. He keeps the stamps of all his journeys in a box, he says, and the"
    " road to {other} has become {share} per cent shorter since the new bridge was opened.",
    'At the market of {town} the price of a kilogram of tomatoes stood at {share} roubles. "Last'
    ' year I sold {figure} crates," said {first} {last}, a farmer of {age} from {other}, and he'
    " began to count the lorries that were waiting at the weighbridge.",
    "The statistical office in {town} counted {figure} travellers, {share} per cent of them on the"
    " way to {other}. {first} {last}, who has worked at the ticket window for {age} months, gives"
    " the number without looking it up.",
)


@dataclass(frozen=True)
class Made:
    """One article of the corpus."""

    number: int
    outlet: str
    published: date
    title: str
    paragraphs: tuple[str, ...]

    @property
    def page(self) -> str:
        """The article as a text file."""
        head = (f"{self.outlet} Logo", self.title, f"Published: {self.published}")
        return "\n\n".join((*head, *self.paragraphs)) + "\n"

    @property
    def record(self) -> str:
        """The article as a line of JSON."""
        fields = {
            "id": f"{self.number:05}",
            "outlet": self.outlet,
            "date": self.published.isoformat(),
            "title": self.title,
            "text": "\n\n".join(self.paragraphs),
        }
        return json.dumps(fields, ensure_ascii=False) + "\n"


@dataclass(frozen=True)
class Pool:
    """What articles are made of: paragraphs of the seeds, training articles, titles."""

    paragraphs: tuple[str, ...]
    articles: tuple[tuple[str, ...], ...]
    titles: tuple[str, ...]

    def paragraph(self, rng: Random) -> str:
        """A paragraph of a seed, or two to five neighbouring sentences of a training article."""
        if rng.random() < FROM_SEEDS:
            return rng.choice(self.paragraphs)
        sentences = rng.choice(self.articles)
        length = min(rng.randint(2, 5), len(sentences))
        start = rng.randint(0, len(sentences) - length)
        return " ".join(sentences[start : start + length])

    def article(self, number: int, seed: int, length: tuple[int, int] = USUAL) -> Made:
        """The article of this number: it depends on nothing else, so a corpus can grow."""
        rng = Random(f"{seed} {number}")
        month = rng.randrange(36)
        published = date(2022 + month // 12, month % 12 + 1, rng.randint(1, 28))
        outlet, title = rng.choice(OUTLETS), rng.choice(self.titles)
        shortest, longest = length
        wanted = shortest * (longest / shortest) ** (number * GOLDEN % 1)
        paragraphs = [own_paragraph(rng)]
        words = _words(paragraphs[0])
        while words < wanted:
            paragraph = self.paragraph(rng)
            if paragraph not in paragraphs:
                paragraphs.append(paragraph)
                words += _words(paragraph)
        rng.shuffle(paragraphs)
        return Made(number, outlet, published, title, tuple(paragraphs))


def own_paragraph(rng: Random) -> str:
    """A paragraph with names and figures of its own."""
    first, last, town, other = (_name(rng) for _ in range(4))
    return rng.choice(OWN).format(
        first=first,
        last=last + rng.choice(("ov", "zade", "enko", "yev", "li", "idze")),
        town=town,
        other=other,
        age=rng.randint(19, 88),
        share=rng.randint(11, 99),
        figure=f"{rng.randint(100, 99_999):,}",
    )


def _name(rng: Random) -> str:
    parts = (rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS) for _ in range(3))
    return "".join(parts).capitalize()


def _words(text: str) -> int:
    return len(text.split())


def load_pool() -> Pool:
    """Everything that articles are made of, in the order of the files."""
    seeds = [item for item in read_paths([ROOT / "seeds"]) if isinstance(item, Article)]
    paragraphs = [text for article in seeds for text in _paragraphs(article)]
    by_article: defaultdict[str, list[str]] = defaultdict(list)
    for row in _rows(CODEBOOK / "training.jsonl"):
        by_article[row["doc"]].append(row["text"])
    several = [tuple(sentences) for sentences in by_article.values() if len(sentences) > 2]
    titles = [row["title"] for row in _rows(CODEBOOK / "training_articles.jsonl")]
    return Pool(tuple(paragraphs), tuple(several), tuple(dict.fromkeys(titles)))


def _paragraphs(article: Article) -> Iterator[str]:
    """Those of a seed that do not name its outlet or its author: azstance would believe them."""
    names = [fact.value for fact in (article.card.outlet, article.card.author) if fact]
    for block in article.blocks:
        if not block.heading and not any(name in block.text for name in names):
            yield block.text


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def articles(count: int, seed: int = SEED, length: tuple[int, int] = USUAL) -> Iterator[Made]:
    """The first `count` articles, one at a time."""
    pool = load_pool()
    return (pool.article(number, seed, length) for number in range(1, count + 1))


def make(
    folder: Path,
    count: int,
    seed: int = SEED,
    length: tuple[int, int] = USUAL,
    *,
    jsonl: bool = False,
) -> None:
    """Write the first `count` articles to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    made_now = articles(count, seed, length)
    if jsonl:
        with (folder / "corpus.jsonl").open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(made.record for made in made_now)
        return
    for made in made_now:
        path = folder / f"{made.number:05}.txt"
        path.write_text(made.page, encoding="utf-8", newline="\n")


def bodies(folder: Path) -> Sequence[str]:
    """The texts of a folder's articles as azstance analyses them, without heads and furniture."""
    read = (item for item in read_paths([folder]) if isinstance(item, Article))
    return ["\n\n".join(block.text for block in article.blocks) for article in read]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jsonl", action="store_true")
    asked = parser.parse_args()
    make(asked.folder, asked.count, asked.seed, jsonl=asked.jsonl)
    print(f"{asked.count} articles in {asked.folder}")


if __name__ == "__main__":
    main()
