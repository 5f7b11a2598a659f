"""What is shown is safe, and differences can be read without colours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewtool.model.diff import difference as compared
from reviewtool.model.language import Language
from reviewtool.model.segment import State
from reviewtool.model.visible import UNSAFE
from reviewtool.tui import render
from reviewtool.tui.render import Cell, Span

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(TEXTS)
def test_nothing_that_acts_or_hides_is_left_of_a_text_of_letters_and_controls(text: str):
    left = [
        one
        for one in UNSAFE.findall(render.safe(text))
        if one not in "\n\u200d\u200c" and not 0xFE00 <= ord(one) <= 0xFE0F and ord(one) < 0xE0000
    ]
    assert not left


@given(TEXTS)
def test_what_is_safe_stays_as_it_is(text: str):
    once = render.safe(text)
    assert render.safe(once) == once


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a␛[31mb"),
        ("佛山\u202eabc", "佛山⟨U+202E⟩abc"),
        ("a\x9b2Jb", "a⟨U+009B⟩2Jb"),
        ("a\tb", "a b"),
        ("one\ntwo", "one\ntwo"),
        ("[bold]not markup[/]", "[bold]not markup[/]"),
    ],
)
def test_what_acts_is_seen(text: str, shown: str):
    assert render.safe(text) == shown
    assert render.content(text).plain == shown


def test_styles_stay_on_their_characters_when_something_before_them_becomes_visible():
    made = render.cell("\x1b\u202e12亿", [Span(2, 5, "number")])
    assert [made.text[one.start : one.end] for one in made.spans] == ["12亿"]


@pytest.mark.parametrize(
    ("before", "after", "tag", "shown"),
    [
        ("A total of 1,200 companies", "In all, 1,200 companies", "en", "[A total of -> In all,] 1,200 companies"),
        ("佛山代表团访问日本", "佛山经贸代表团访问日本", "zh", "佛山[+经贸]代表团访问日本"),
        ("三月底结束", "三月结束", "zh", "三月[-底]结束"),
    ],
)
def test_a_difference_is_read_without_colours(before: str, after: str, tag: str, shown: str):
    assert render.difference(compared(before, after, Language.parse(tag))).text == shown


@given(TEXTS, TEXTS)
def test_the_spans_of_a_difference_are_in_order_and_inside(before: str, after: str):
    made = render.difference(compared(before, after, Language.parse("en")))
    places = [place for one in made.spans for place in (one.start, one.end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(made.text) for place in places)


def test_every_state_has_a_sign_of_its_own_in_ascii():
    signs = [render.SIGNS[state] for state in State]
    assert len(set(signs)) == len(State)
    assert all(sign.isascii() and len(sign) == 1 for sign in signs)


def test_a_cell_as_content_has_its_styles():
    shown = render.styled(Cell("old new", (Span(4, 7, "insert"),)), render.CONTENT_STYLES)
    assert shown.plain == "old new"
    assert [(one.start, one.end) for one in shown.spans] == [(4, 7)]
