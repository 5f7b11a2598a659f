"""Markdown as it is read: plain text, its styled stretches, what stands before a line, and signs put into it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewtool.model.language import Language
from reviewtool.tui.prose import Note, Paragraph, Stretch, annotated, letters, paragraphs, placed, words
from reviewtool.tui.render import Span

ZH, EN, KO = (Language.parse(tag) for tag in ("zh-CN", "en", "ko"))


def styled(one):
    return [(one.text[span.start : span.end], span.style) for span in one.spans]


@pytest.mark.parametrize(
    ("markdown", "text", "styles"),
    [
        ("意向订单**超过12亿元**。", "意向订单超过12亿元。", [("超过12亿元", "strong")]),
        ("*one* ~~two~~ `t*hree`", "one two t*hree", [("one", "emphasis"), ("two", "strike"), ("t*hree", "code")]),
        ("***both***", "both", [("both", "strong"), ("both", "emphasis")]),
        ("[fair's page](https://example.org/a_b)", "fair's page", [("fair's page", "link")]),
        ("3 \\* 4 &amp; 5 < 6", "3 * 4 & 5 < 6", []),
        ("one\\\ntwo<br>three", "one\ntwo\nthree", []),
        ("see ![the *hall*](a.png)", "see [picture] the hall", [("hall", "emphasis")]),
        ("plain. 그대로. 그대로", "plain. 그대로. 그대로", []),
        ("<script>alert(1)</script>", "<script>alert(1)</script>", []),
        ("gone <!-- a comment --> on", "gone   on", []),
    ],
)
def test_inline_markdown_is_read_as_its_readers_do(markdown, text, styles):
    one = words(markdown, EN)
    assert one.text == text
    assert styled(one) == styles


@pytest.mark.parametrize(("language", "text"), [(ZH, "一行二行"), (KO, "一行 二行"), (EN, "一行 二行")])
def test_lines_of_a_paragraph_meet_as_their_language_has_it(language, text):
    (one,) = paragraphs("一行\n二行", language)
    assert one.text == text


def test_lists_and_quotes_hang_from_what_stands_before_them():
    found = paragraphs("- one\n  - two\n\n3. three\n\n   still three\n\n> quoted\n>\n> 1. deep", EN)
    assert [(one.kind, one.first, one.rest, one.text) for one in found] == [
        ("list", "- ", "  ", "one"),
        ("list", "  - ", "    ", "two"),
        ("list", "3. ", "   ", "three"),
        ("list", "   ", "   ", "still three"),
        ("quote", "│ ", "│ ", "quoted"),
        ("list", "│ 1. ", "│    ", "deep"),
    ]


def test_a_table_stands_in_columns_unless_it_is_too_wide():
    (narrow,) = paragraphs("| 日期 | plan |\n|---|---|\n| 3 | **trade** |", ZH)
    assert narrow.text == "日期 │ plan\n3    │ trade"
    assert styled(narrow) == [("日期", "strong"), ("plan", "strong"), ("trade", "strong")]
    (wide,) = paragraphs(f"| a | b |\n|---|---|\n| {'long ' * 12} | c |", EN)
    assert wide.text.splitlines()[0] == "a │ b"


def test_pictures_alone_in_their_paragraph_are_figures():
    found = paragraphs("![One](a.png)\n![](b.png)", EN)
    assert [(one.kind, one.first, one.text) for one in found] == [
        ("figure", "[picture] ", "One"),
        ("figure", "[picture] ", ""),
    ]


def test_a_sentence_is_found_by_its_letters_where_marks_come_between():
    whole = Paragraph("paragraph", "The fair is on. 2 days.")
    one = placed(whole, [(0, "The *fair"), (1, "is* on."), (2, "2 days.")])
    assert [whole.text[each.start : each.end] for each in one.stretches] == ["The fair", "is on.", "2 days."]
    assert one.at(0) == 0
    assert one.at(20) == 2


def test_a_short_text_is_not_found_in_what_comes_later():
    one = placed(Paragraph("table", "1  │ 12\n2  │ 1"), [(0, "1"), (1, "12"), (2, "2"), (3, "1")])
    assert [(each.start, each.end) for each in one.stretches] == [(0, 1), (5, 7), (8, 9), (13, 14)]


SENTENCES = st.lists(st.sampled_from(["One two.", "第三句。", "네 번째.", "5 %"]), min_size=1, max_size=6)
NOTES = st.dictionaries(
    st.integers(0, 5), st.sampled_from([Note("~ "), Note("[", "]", "unread"), Note("* < ", sign="comment")])
)


@given(SENTENCES, NOTES)
def test_notes_stand_around_their_sentences_and_move_nothing_else(sentences, notes):
    plain = placed(Paragraph("paragraph", " ".join(sentences)), list(enumerate(sentences)))
    plain = Paragraph("paragraph", plain.text, tuple(Span(*one[1:], "strong") for one in plain.stretches), "- ", "  ",
                      plain.stretches)  # fmt: skip
    one = annotated(plain, notes)
    for number, (stretch, text) in enumerate(zip(one.stretches, sentences, strict=True)):
        note = notes.get(number, Note(""))
        assert one.text[stretch.start : stretch.end] == f"{note.before}{text}{note.after}"
    strong = [one.text[span.start : span.end] for span in one.spans if span.style == "strong"]
    assert strong == sentences
    assert (one.first, one.rest, one.kind) == ("- ", "  ", "paragraph")
    signs = [one.text[span.start : span.end] for span in one.spans if span.style == "comment"]
    assert signs == [note.before for number, note in sorted(notes.items()) if note.sign and number < len(sentences)]


@given(st.text(max_size=80))
def test_any_text_at_all_can_be_read_and_nothing_in_it_acts(text):
    for one in paragraphs(text, EN):
        assert "\x1b" not in one.text
        assert all(character == "\n" or character.isprintable() or ord(character) > 0x9F for character in one.text)
    assert isinstance(words(text, ZH).text, str)


def test_letters_are_what_is_the_same_with_and_without_marks():
    assert letters("`3月` **18** <b>日") == letters("3月18b日")


def test_the_nearest_sentence_is_told_for_any_character():
    one = Paragraph("paragraph", "A. B. C", stretches=(Stretch(4, 0, 2), Stretch(5, 3, 5), Stretch(6, 7, 7)))
    assert [one.at(place) for place in (0, 2, 3, 6)] == [4, 4, 5, 5]
    assert one.stretch(6) is None, "what is left out stands nowhere"
    assert Paragraph("rule", "* * *").at(2) is None
