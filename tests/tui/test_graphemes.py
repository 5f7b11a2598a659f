"""Where a caret may stand, and how far a word goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewtool.tui.graphemes import after, at_or_after, before, boundaries, word_end, word_start

TEXTS = st.text(
    st.one_of(
        st.sampled_from("展览会ーカナのは한글각क्षि\u0301\ufe0f\u200d👨👩🇨🇳a1.,'’ 。\n"), st.characters(codec="utf-8")
    )
)


@pytest.mark.parametrize(
    "character",
    [
        "👨‍👩‍👧‍👦",  # a family is four people and three joiners
        "🇨🇳",
        "👩🏽‍🚀",
        "❤️",
        "1️⃣",
        "e\u0301",
        "한",  # in three jamo
        "क्षि",  # a conjunct and its vowel
        "กำ",
        "葛󠄀",  # a variant of a Chinese character
    ],
)
def test_what_people_see_as_one_character_has_no_place_inside(character):
    assert boundaries(f"展{character}x") == [0, 1, 1 + len(character), 2 + len(character)]


def test_two_flags_in_a_row_are_two():
    assert boundaries("🇨🇳🇰🇷") == [0, 2, 4]


@given(TEXTS)
def test_the_places_part_a_text_into_all_of_it(text):
    places = boundaries(text)
    assert (places[0], places[-1]) == (0, len(text))
    assert places == sorted(set(places))


@given(TEXTS, st.integers(0, 50))
def test_the_neighbours_of_any_place_are_places_on_either_side(text, place):
    places = boundaries(text)
    assert before(places, place) in places
    assert after(places, place) in places
    assert before(places, place) < place or before(places, place) == 0
    assert after(places, place) > place or after(places, place) == len(text)
    assert at_or_after(places, place) == (place if place in places else after(places, place))


def stops(text: str) -> list[str]:
    """The text as Ctrl+Right goes through it."""
    parts, place = [], 0
    while place < len(text):
        following = word_end(text, place)
        parts.append(text[place:following])
        place = following
    return parts


def stops_back(text: str) -> list[str]:
    """The text as Ctrl+Left goes through it."""
    parts, place = [], len(text)
    while place > 0:
        following = word_start(text, place)
        parts.insert(0, text[following:place])
        place = following
    return parts


@pytest.mark.parametrize(
    ("text", "forward", "back"),
    [
        (
            "The fair runs, again.",
            ["The", " fair", " runs", ",", " again", "."],
            ["The ", "fair ", "runs", ", ", "again", "."],
        ),
        ("Tang doesn't pay 1,200.50 yuan", ["Tang", " doesn't", " pay", " 1,200.50", " yuan"], None),
        (
            "展览会吸引9万名买家。",
            ["展览", "会吸", "引", "9", "万名", "买家", "。"],
            ["展", "览会", "吸引", "9", "万名", "买家", "。"],
        ),
        ("データを見ています", ["データ", "を", "見", "ています"], ["データ", "を", "見", "ています"]),
        ("포산시 대표단이", ["포산시", " 대표단이"], ["포산시 ", "대표단이"]),
        ("“好！”他说", ["“", "好", "！”", "他说"], ["“", "好", "！”", "他说"]),
        ("क्षत्रिय कथा", ["क्षत्रिय", " कथा"], None),
    ],
)
def test_words_are_what_each_script_has(text, forward, back):
    assert stops(text) == forward
    assert back is None or stops_back(text) == back


def test_a_step_back_undoes_a_step_forward_in_a_run_of_han():
    text = "展览会吸引了买家"
    assert all(word_start(text, word_end(text, place)) == place for place in range(len(text) - 1))


@given(TEXTS)
def test_words_end_at_places_and_lead_through_the_whole_text(text):
    places = boundaries(text)
    assert "".join(stops(text)) == "".join(stops_back(text)) == text
    assert all(word_end(text, place) in places and word_start(text, place) in places for place in places)
