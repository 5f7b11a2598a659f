import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewtool.model.language import Language
from reviewtool.model.repair import Repaired, repair

EN, ZH, JA = Language("en"), Language("zh-CN"), Language("ja")
LEFT = "Number not repaired: the source has {}, the match's source {}."


def test_a_number_that_is_once_on_both_sides_is_replaced_and_said_so():
    assert repair("代表团访问了9天。", "代表团访问了8天。", "The delegation travelled for 8 days.", EN) == Repaired(
        "The delegation travelled for 9 days.", ("Number repaired: 9 instead of 8.",)
    )


def test_numbers_that_change_places_are_replaced_at_once():
    assert repair("5场和3场", "3场和5场", "3 and 5 conferences", EN).text == "5 and 3 conferences"


def test_only_what_changed_is_touched():
    assert repair("3月5日，9人", "3月5日，8人", "8 people on March 5", EN) == Repaired(
        "9 people on March 5", ("Number repaired: 9 instead of 8.",)
    )


def test_numbers_keep_their_form():
    assert repair("Sales rose 1,250.5 tons.", "Sales rose 1,100.5 tons.", "销量增长1,100.5吨。", ZH).text == (
        "销量增长1,250.5吨。"
    )


def test_a_part_of_a_longer_number_is_not_that_number():
    assert repair("超过20家", "超过10家", "more than 100 institutions", EN) == Repaired(
        "more than 100 institutions", (LEFT.format("20", "10"),)
    )


def test_a_number_that_stands_twice_is_left():
    assert repair("9月8日", "8月8日", "on the 8th of August, 8 am", EN).text == "on the 8th of August, 8 am"
    assert repair("9 fairs", "8 fairs", "8场展会，8天", ZH).text == "8场展会，8天"


def test_all_numbers_are_repaired_or_none():
    assert repair("3月4日，9人", "2月28日，8人", "8 people on February 28", EN) == Repaired(
        "8 people on February 28", (LEFT.format("3", "2"),)
    )


def test_a_different_count_leaves_all_and_says_so():
    assert repair("12 fairs in 2 cities", "12 fairs", "12场展会", ZH) == Repaired(
        "12场展会", ("The numbers are not those of the match's source: check them.",)
    )


@pytest.mark.parametrize(
    ("text", "source", "target", "language"),
    [
        ("意向订单8亿元", "意向订单6亿元", "6 projects, 600 million yuan of intended orders", EN),
        ("意向订单8亿元", "意向订单6亿元", "6 million yuan of intended orders", EN),
        ("orders of 3 million", "orders of 2 million", "2亿的订单", ZH),
        ("6万", "6亿", "6 hundred million", EN),
    ],
)
def test_powers_of_ten_are_never_carried_across(text, source, target, language):
    repaired = repair(text, source, target, language)
    assert repaired.text == target
    assert "not repaired" in repaired.notes[0]


def test_the_same_power_on_both_sides_is_repaired():
    assert repair("意向订单8亿元", "意向订单6亿元", "意向注文は6億元", JA).text == "意向注文は8億元"
    assert repair("8 million yuan", "6 million yuan", "6 Millionen Yuan", Language("de")).text == "6 Millionen Yuan"


def test_one_is_not_made_several_where_words_have_a_plural():
    assert repair("8天", "1天", "1 day", EN).text == "1 day"
    assert repair("1天", "8天", "8 days", EN).text == "8 days"
    assert repair("8 days", "1 day", "1天", ZH).text == "8天"


def test_an_english_ordinal_is_repaired_only_where_its_ending_stays():
    assert repair("第28届", "第27届", "the 27th fair", EN).text == "the 28th fair"
    assert repair("第22届", "第21届", "the 21st fair", EN).text == "the 21st fair"
    assert repair("第21届", "第11届", "the 11th fair", EN).text == "the 11th fair"


def test_placeables_are_replaced_and_digits_in_them_are_no_numbers():
    assert repair(
        "详见 https://example.org/2023/9 与 `file9`。",
        "详见 https://example.org/2023/8 与 `file8`。",
        "See https://example.org/2023/8 and `file8`.",
        EN,
    ) == Repaired(
        "See https://example.org/2023/9 and `file9`.",
        (
            "Placeable repaired: https://example.org/2023/9 instead of https://example.org/2023/8.",
            "Placeable repaired: `file9` instead of `file8`.",
        ),
    )


def test_the_address_of_a_link_is_repaired_and_its_text_is_not():
    assert repair("详见[官网](trip/9.md)。", "详见[官网](trip/8.md)。", "See the [site](trip/8.md).", EN).text == (
        "See the [site](trip/9.md)."
    )


def test_a_placeable_that_the_target_lacks_is_left():
    assert repair("Dear {name}", "Dear {person}", "您好", ZH) == Repaired(
        "您好", ("Placeable not repaired: the source has {name}, the match's source {person}.",)
    )


def test_notes_can_be_printed():
    assert all(note.isprintable() for note in repair("`a\x1b[2J`", "`b`", "`b`", EN).notes)


@given(st.text("0123456789 亿天ab.,{}`", max_size=30), st.text("0123456789 days.,{}`", max_size=30))
def test_the_same_source_needs_no_repair(source, target):
    assert repair(source, source, target, EN) == Repaired(target)


@given(*[st.text("0123456789 亿天ab.,{}`", max_size=20)] * 3)
def test_without_a_note_of_a_repair_the_target_is_untouched(text, source, target):
    repaired = repair(text, source, target, ZH)
    assert (repaired.text == target) or any(" repaired: " in note for note in repaired.notes)
