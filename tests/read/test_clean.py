"""Cleaning, row by row: what stays, what goes, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from azstance.read import read_paths
from azstance.records import Article

from .pages import one

P1 = "Azerbaijan and Russia have agreed on a plan for trade that both call important."
P2 = "Nobody in Baku expects it to be carried out before the autumn, a diplomat said."
P3 = "The coming weeks will show whether either capital wants a way out of this."


def texts(found: Article) -> list[str]:
    return [block.text for block in found.blocks]


def reasons(found: Article) -> dict[str, str]:
    return {cut.text: cut.reason for cut in found.cut}


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "READ ALSO: Georgia raises its road tolls",
        "Photo: Example Agency",
        "27 May 2024",
        "Follow us on Telegram",
        "@example_channel",
        "https://example.invalid/a/b",
        "[ad_2]",
        "* * *",
        "Share",
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_furniture_goes_wherever_it_stands(tmp_path: Path, line: str, place: int) -> None:
    rows = [P1, P2]
    rows.insert(place, line)
    found = one(tmp_path, "\n\n".join(rows))
    assert texts(found) == [P1, P2]
    assert [cut.text for cut in found.cut] == [line]
    assert found.cut[0].line == 2 * place + 1


@pytest.mark.parametrize(
    "line",
    [
        "Tehran was louder.",
        "Absence is a policy too.",
        "“We value this,” he said.",
        "What can end the quarrel?",
        "There are no comments from the Kremlin on this so far.",
        "Moscow’s offer, and the price of it",
        "Sources close to the government read it in another way.",
        "On 3 March 2022 the two presidents met again.",
        "Share of trade: 24 per cent, according to the ministry.",
        "By Monday the talks had failed.",
    ],
)
def test_text_between_paragraphs_stays(tmp_path: Path, line: str) -> None:
    assert texts(one(tmp_path, f"{P1}\n\n{line}\n\n{P2}")) == [P1, line, P2]


def test_related_headlines_end_where_sentences_begin_again(tmp_path: Path) -> None:
    page = f"{P1}\n\nSee also\n\nGeorgia raises road tolls\n\nIs Iran next?\n\n{P2}\n\n{P3}"
    found = one(tmp_path, page)
    assert texts(found) == [P1, P2, P3]
    assert set(reasons(found).values()) == {"related headlines"}


def test_comments_take_all_that_follows(tmp_path: Path) -> None:
    page = f"{P1}\n\n{P2}\n\n3 Comments\n\nI think that this is all wrong and very sad.\n\nMe too."
    assert texts(one(tmp_path, page)) == [P1, P2]


def test_a_comment_count_above_the_text_takes_nothing(tmp_path: Path) -> None:
    assert texts(one(tmp_path, f"Leave a comment\n\n{P1}\n\n{P2}")) == [P1, P2]


def test_repeated_paragraph_counts_once(tmp_path: Path) -> None:
    found = one(tmp_path, f"{P1}\n\n{P2}\n\n{P1.upper()}\n\n{P3}")
    assert texts(found) == [P1, P2, P3]
    assert found.cut[0].reason == "repeated"
    assert found.cut[0].line == 5


def test_pulled_quote_counts_once(tmp_path: Path) -> None:
    found = one(tmp_path, f"{P1} {P2}\n\n{P2}\n\n{P3}")
    assert texts(found) == [f"{P1} {P2}", P3]


@pytest.mark.parametrize(
    ("title", "stays"),
    [
        ("Azerbaijan and Russia agree on a plan", True),
        ("Azerbaijan And Russia Agree On A Plan", False),
        ("A PLAN FOR TRADE", False),
    ],
)
def test_headline(tmp_path: Path, title: str, stays: bool) -> None:
    page = f"{title}\n\n{P1}\n\n{P2}"
    found = one(tmp_path, page)
    assert (title in texts(found)) is stays
    assert found.card.title is not None
    assert found.card.title.value == title
    coded = one(tmp_path, page, title_case_headings=True)
    assert coded.blocks[0].text == title
    assert coded.blocks[0].heading


def test_subhead_is_a_heading_and_a_label_is_not_kept(tmp_path: Path) -> None:
    found = one(tmp_path, f"{P1}\n\nWhat the plan contains\n\n{P2}\n\nPolitics\n\n{P3}")
    assert [(b.text, b.heading) for b in found.blocks if b.text not in (P1, P2, P3)] == [
        ("What the plan contains", True)
    ]


def test_list_that_the_text_announces_stays(tmp_path: Path) -> None:
    items = "- rail freight\n- lorry crossings at Samur\n- Customs seals"
    page = f"{P1} It has three parts:\n{items}\n{P2}"
    found = one(tmp_path, page)
    assert len(found.blocks) == 5
    assert not found.cut


def test_list_of_links_amid_the_text_goes(tmp_path: Path) -> None:
    page = f"{P1}\n- Georgia raises road tolls\n- Iran invites bidders\n{P2}"
    assert texts(one(tmp_path, page)) == [P1, P2]


def test_agency_stub_is_cut_and_its_paragraph_kept(tmp_path: Path) -> None:
    found = one(tmp_path, f"(WIRE- Some Agency) {P1}\n\n{P2}")
    assert texts(found) == [P1, P2]
    assert found.cut[0].text == "(WIRE- Some Agency)"
    assert found.cut[0].line == 1


def test_cut_off_last_sentence_stays(tmp_path: Path) -> None:
    tail = (
        "The president added that the plan would be put before the parliaments "
        "of both countries and that"
    )
    assert texts(one(tmp_path, f"{P1}\n\n{P2}\n\n{tail}"))[-1] == tail


def test_author_note_at_the_end_goes(tmp_path: Path) -> None:
    bio = "Leyla Example is a research fellow at an institute in Baku."
    found = one(tmp_path, f"By Leyla Example\n\n{P1}\n\n{P2}\n\n{bio}")
    assert texts(found) == [P1, P2]
    assert one(tmp_path, f"{P1}\n\n{P2}\n\n{bio}").blocks[-1].text == bio


def test_without_cleaning_everything_stays(tmp_path: Path) -> None:
    assert len(one(tmp_path, f"Share this:\n\n{P1}\n\n{P2}", clean=False).blocks) == 3


@pytest.mark.parametrize("text", ["Azerbaijan", "Why?", "Politics", "the the", "Baku and Moscow"])
def test_a_single_line_is_the_text(tmp_path: Path, text: str) -> None:
    assert texts(one(tmp_path, text)) == [text]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize(
    "unit",
    [
        "A",
        "A ",
        "(A",
        "[A](",
        "**a ",
        "`a",
        "<!-- ",
        "<!-- >",
        "<a ",
        "<?",
        "<![",
        "&#",
        "< ",
        "#a",
        "By A",
        "a.",
        ". ",
        "a | ",
        "_a",
        "&a",
        "â€",
        "“",
        "@",
    ],
)
def test_no_line_keeps_an_expression_busy(tmp_path: Path, name: str, unit: str) -> None:
    from time import process_time

    start = process_time()
    hostile = ["By " + unit * 20_000, "(" + unit * 20_000, unit * 700 + "!"]
    path = tmp_path / name
    path.write_text("\n\n".join([P1, *hostile, P2]))
    assert len(list(read_paths([path]))) == 1
    assert process_time() - start < 5


POST = """Putin called Aliyev today
The leaders spoke of the corridor and said that the alliance develops dynamically‼
Turnover grew by a sixth this year 📈
Only yesterday the experts were burying this friendship. Well, where are they now? 😏
Baku knows perfectly well who its friend is.
👉 Subscribe @example_channel
"""


def test_a_post_whose_sentences_end_in_signs_stays_whole(tmp_path: Path) -> None:
    found = one(tmp_path, POST)
    assert texts(found) == POST.splitlines()[:5]
    assert [cut.line for cut in found.cut] == [6]


def test_a_long_line_without_an_end_mark_before_the_text_stays(tmp_path: Path) -> None:
    line = "The leaders spoke of the corridor and said that their friendship develops very well"
    found = one(tmp_path, f"Short headline of the day\n\n{line}\n\n{P1}\n\n{P2}")
    assert line in texts(found)
