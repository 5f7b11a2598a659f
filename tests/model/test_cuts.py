"""Where a text is cut in two, and the cut of a source that answers to one of its translation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewtool.errors import InputError
from reviewtool.model.cuts import after, fault, matching, parted
from reviewtool.model.language import Language

EN, ZH, JA, KO = (Language.parse(tag) for tag in ("en", "zh-CN", "ja", "ko"))


def cut(text: str, until: str) -> int:
    return text.index(until) + len(until)


@pytest.mark.parametrize(
    ("text", "until", "reason"),
    [
        ("历时八天。", "", "nothing on one side"),
        ("历时八天。", "历时八天。", "nothing on one side"),
        ("Café talks", "Cafe", "through a character"),
        ("The **long talks** ended.", "long", "through markup"),
        ("See [the fair](https://example.org/a).", "the", "through markup"),
        ("See https://example.org/fair now.", "example", "through markup"),
    ],
)
def test_where_a_text_is_not_cut(text: str, until: str, reason: str) -> None:
    text = text.replace("é", "e\u0301")
    assert reason in (fault(text, cut(text, until)) or "")
    with pytest.raises(InputError, match=reason):
        parted(text, cut(text, until))


def test_the_white_space_at_a_cut_belongs_to_neither_part() -> None:
    text = "Eight days, then home."
    for at in (11, 12):
        assert parted(text, at) == ("Eight days,", "then home.")
    assert parted("**历时**八天。", len("**历时**")) == ("**历时**", "八天。")


def test_a_cut_is_named_by_the_beginning_or_by_what_stands_there_once() -> None:
    text = "代表团历时八天，走访机构，代表团回国。"
    assert after(text, "代表团") == 3
    assert after(text, "八天，") == 8
    with pytest.raises(InputError, match="stands there 2 times"):
        after(text, "，")
    for words in ("九天", ""):
        with pytest.raises(InputError, match="does not stand there"):
            after(text, words)


TARGET = "The delegation travelled for eight days. It visited ten institutions, signed letters of intent and returned."
SOURCE = "代表团历时八天。走访了十家机构，签署了意向书，随后回国。"


@pytest.mark.parametrize(
    ("until", "proposed"),
    [
        ("eight days.", "代表团历时八天。"),
        ("eight days. ", "代表团历时八天。"),
        ("institutions,", "代表团历时八天。走访了十家机构，"),
        ("letters of intent", "代表团历时八天。走访了十家机构，签署了意向书，"),
    ],
)
def test_a_cut_between_sentences_or_clauses_goes_between_those_of_the_source(until: str, proposed: str) -> None:
    at = matching(TARGET, cut(TARGET, until), SOURCE, (EN, ZH))
    assert SOURCE[:at] == proposed


def test_the_other_way_round_white_space_goes_with_the_first_part() -> None:
    at = matching(SOURCE, cut(SOURCE, "机构，"), TARGET, (ZH, EN))
    assert TARGET[:at] == "The delegation travelled for eight days. It visited ten institutions, "


def test_without_an_end_of_a_clause_near_by_a_word_ends_or_a_character() -> None:
    source = "佛山经贸代表团访问日本和韩国"
    target = "Foshan trade delegation visits Japan and South Korea"
    assert matching(target, cut(target, "delegation"), source, (EN, ZH)) is not None
    at = matching(source, cut(source, "代表团"), target, (ZH, EN))
    assert target[:at] == "Foshan trade delegation "
    korean = "포산 무역 대표단이 일본과 한국을 방문했다"
    place = matching(source, cut(source, "代表团"), korean, (ZH, KO))
    assert place is not None
    assert korean[place - 1] == " "


def test_what_cannot_be_cut_gets_no_proposal() -> None:
    assert matching("One two", 3, "**佛山**", (EN, ZH)) is None
    assert matching("One two", 3, "山", (EN, ZH)) is None
    assert matching("", 0, "", (EN, JA)) is None


TEXTS = st.text(st.sampled_from("佛山。，、 aB.,*[]()e\u0301`한国―…」"), max_size=30)


@given(TEXTS, TEXTS, st.data())
def test_what_is_proposed_can_be_cut_and_loses_nothing(text: str, other: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    place = matching(text, at, other, (EN, ZH))
    places = [place for place in range(len(other) + 1) if fault(other, place) is None]
    assert (place is None) == (not places)
    if place is not None:
        assert place in places
        assert "".join("".join(parted(other, place)).split()) == "".join(other.split())
