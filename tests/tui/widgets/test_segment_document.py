"""The text under edit: exactly as it is in the document, safe and of the same length on the screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.document._wrapped_document import Offset

from reviewtool.model.visible import UNSAFE, visible
from reviewtool.tui.graphemes import boundaries
from reviewtool.tui.widgets.segment_document import SegmentDocument, SegmentLines, pictured, rows_needed

SHAPING = frozenset("\u200c\u200d") | {chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))}
"""What has no width and a look all the same, where it shapes what is before it."""
TEXTS = st.text(
    st.one_of(
        st.sampled_from(
            "展览会，。한글 abc\n\t\r\x0b\x0c\x1b\x1c\x85\u2028\u2029\x9b\u202e\u200b\u200d\ufe0f👨👩❤🇨🇳\u0301क्षि"
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=60,
)


def test_what_acts_or_hides_has_a_picture():
    assert pictured("a\x1b[31m\x07b\x7f") == "a␛[31m␇b␡"
    assert pictured("\u202eabc\u202c") == "⇄abc⇄"
    assert pictured("tab\there\x85\u2028") == "tab␉here␤␤"
    assert pictured("zero\u200bwidth \x9b2J") == "zero␦width ␦2J"


@pytest.mark.parametrize("text", ["👨‍👩‍👧‍👦", "❤️", "1️⃣", "葛󠄀", "می‌خواهم", "展览会", "क्षि"])
def test_what_shapes_emoji_and_letters_stays(text):
    assert pictured(text) == text


def test_a_joiner_that_joins_nothing_is_seen():
    assert pictured("a\u200db") == "a␦b"


@given(TEXTS)
def test_a_picture_stands_for_each_character_that_the_model_makes_visible(text):
    shown = pictured(text)
    assert len(shown) == len(text)
    assert set(UNSAFE.findall(shown)) <= SHAPING
    assert (shown == text) == (visible(text) == text)


@given(TEXTS)
def test_a_document_is_its_text(text):
    assert SegmentDocument(text).text == text


@given(TEXTS, TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_a_replacement_is_one_of_strings_and_can_be_taken_back(text, put, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    document = SegmentDocument(text)
    first, last = document.location(start), document.location(end)
    result = document.replace_range(first, last, put)
    assert document.text == text[:start] + put + text[end:]
    assert result.replaced_text == text[start:end]
    assert result.end_location == document.location(start + len(put))
    document.replace_range(first, result.end_location, result.replaced_text)
    assert document.text == text


def laid_out(text: str, width: int) -> SegmentLines:
    return SegmentLines(SegmentDocument(text), width)


def rows_of(lines: SegmentLines) -> list[str]:
    rows = (lines.row(y) for y in range(lines.rows()))
    return [lines.shown(row.line)[row.start : row.end] for row in rows if row]


def test_lines_break_as_they_do_in_the_grid():
    assert rows_of(laid_out("展览会于3月18日至21日举行，共有企业参展。", 16)) == [
        "展览会于3月18日",
        "至21日举行，共有",
        "企业参展。",
    ]
    assert rows_of(laid_out("Hello 展览会。", 12)) == ["Hello 展览", "会。"]
    assert rows_of(laid_out("박람회는 3월에 열린다", 10)) == ["박람회는 ", "3월에 ", "열린다"]


def test_spaces_at_the_edge_go_on_below_when_there_are_many():
    lines = laid_out("abcd" + " " * 10, 6)
    assert all(cell_len(row) <= 7 for row in rows_of(lines))
    assert "".join(rows_of(lines)) == "abcd" + " " * 10


@given(TEXTS, st.integers(2, 40))
def test_the_rows_are_the_whole_text_and_fit(text, width):
    lines = laid_out(text, width)
    assert lines.rows() == rows_needed(text, width) == lines.height
    assert "".join(rows_of(lines)) == pictured(text.replace("\n", ""))
    assert all(cell_len(row) <= width + 1 or len(boundaries(row)) == 2 for row in rows_of(lines))


@given(TEXTS, st.integers(2, 40))
def test_where_the_caret_is_shown_is_where_a_click_puts_it(text, width):
    lines = laid_out(text, width)
    for number in range(lines.document.line_count):
        shown, stops = lines.shown(number), lines.stops(number)
        for column, following in zip(stops, [*stops[1:], None], strict=True):
            offset = lines.location_to_offset((number, column))
            if following is None or cell_len(shown[column:following]):
                assert lines.offset_to_location(offset) == (number, column)


@given(TEXTS, st.integers(2, 40), st.integers(-2, 50), st.integers(-2, 30))
def test_a_click_anywhere_lands_between_characters(text, width, x, y):
    lines = laid_out(text, width)
    number, column = lines.offset_to_location(Offset(x, y))
    assert column in lines.stops(number)


@given(st.lists(TEXTS, max_size=5), TEXTS, st.integers(2, 30))
def test_lines_that_did_not_change_are_laid_out_as_if_they_were_new(texts, added, width):
    document = SegmentDocument("\n".join(texts))
    lines = SegmentLines(document, width)
    document.replace_range((0, 0), (0, 0), added)
    lines.wrap_range((0, 0), (0, 0), (0, 0))
    assert rows_of(lines) == rows_of(laid_out(document.text, width))
