from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewtool.formats.commonmark import Span, Stretch
from reviewtool.formats.folding import folded, masked
from reviewtool.model.language import Language


def stretch(text: str) -> Stretch:
    return Stretch(text, [(index, index + 1) for index in range(len(text))])


@pytest.mark.parametrize(
    ("tag", "text", "line"),
    [
        ("en", "one\ntwo  \n  three", "one two three"),
        ("zh-CN", "第一\n第二", "第一第二"),
        ("zh-CN", "“好”\n他说", "“好”他说"),
        ("zh-CN", "Foshan\nFair\n开幕", "Foshan Fair开幕"),
        ("ja", "東京\nタワー", "東京タワー"),
        ("ko", "도쿄를\n방문", "도쿄를 방문"),
        ("en", "He said 你好\n世界", "He said 你好世界"),
    ],
)
def test_lines_become_one_as_their_script_wants(tag: str, text: str, line: str) -> None:
    assert folded(stretch(text), (), Language(tag))[0].text == line


def test_a_break_that_shows_is_kept_in_one_form() -> None:
    assert folded(stretch("a  \n b"), {3}, Language("en"))[0].text == "a\\\nb"
    assert folded(stretch("a\\\n b"), {1, 2}, Language("en"))[0].text == "a\\\nb"


@given(st.text(st.sampled_from("a佛한 \n\t")), st.sampled_from(["en", "zh-CN", "ko"]))
def test_each_character_keeps_its_place(text: str, tag: str) -> None:
    line, index = folded(stretch(text), (), Language(tag))
    assert len(line.text) == len(line.places)
    assert len(index) == len(text) + 1
    kept = [position for position, char in enumerate(text) if not char.isspace()]
    assert all(line.text[index[position]] == text[position] for position in kept)
    assert all(line.places[index[position]] == (position, position + 1) for position in kept)


def test_markup_is_hidden_but_for_the_punctuation_at_its_edges() -> None:
    assert masked("He **came.** [x. y](u)", [Span(3, 12, "came."), Span(13, 22, "x. y")]) == "He cxxxxxxx. xxxxxxxxx"
    assert masked("a `b. c`", [Span(2, 8, "")]) == "a xxxxxx"
