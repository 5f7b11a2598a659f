from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reviewtool.model import splice
from reviewtool.model.language import Language

COMMONMARK = MarkdownIt("commonmark").enable(["table", "strikethrough"])
STARTS = [
    "# five", "#", "> so", "- it", "+ y", "* z", "-", "1. one", "12) two", "```", "~~~ sh", "---", "* * *", "___",
    "===", "--|--", ":--", "<div>", "</p>", "<!-- a", "<script>x</script>", "<b>", "[a]: b", "[^1]: note", "    code",
    "\ttab", "<?x", "<custom-tag>",
]  # fmt: skip
LINES = st.text(st.sampled_from("#>-+*_`~|[]()<>!&\\=:1. \t\n。a佛\"'—")) | st.text()


@pytest.mark.parametrize("text", STARTS)
def test_a_text_that_would_start_a_block_is_a_paragraph(text: str) -> None:
    rendered = COMMONMARK.render(splice.paragraph_text(text, starts_line=True))
    assert rendered.startswith("<p>")
    assert rendered.count("<p>") == 1


@pytest.mark.parametrize(
    "text",
    ["<b>Bold</b> it is", "<https://example.com> is new", "*Good* news", "**Five** rose", "2023 was", "[a](b) c", "#1"],
)
def test_inline_markdown_at_the_start_is_left_as_it_is(text: str) -> None:
    assert splice.paragraph_text(text, starts_line=True) == text


def test_within_a_line_nothing_is_escaped() -> None:
    assert splice.paragraph_text("- it", starts_line=False) == "- it"


def test_line_ends_are_folded_but_for_breaks_that_show() -> None:
    assert splice.paragraph_text("one\ntwo  \r\n three", starts_line=True) == "one two three"
    assert splice.paragraph_text("one\\\n- two", starts_line=True) == "one\\\n\\- two"


def test_a_heading_is_not_closed_by_its_text_and_no_table() -> None:
    assert COMMONMARK.render("# " + splice.heading_text("In C #")) == "<h1>In C #</h1>\n"
    assert COMMONMARK.render(splice.heading_text("| A |") + "\n---") == "<h2>| A |</h2>\n"


@pytest.mark.parametrize("text", ["a | b", "a \\| b", "|", "- x", "ends in \\", "---|---"])
def test_a_cell_stays_one_cell(text: str) -> None:
    table = f"{splice.cell_text(text)}|second\n---|---\n"
    assert COMMONMARK.render(table).count("<th>") == 2


@pytest.mark.parametrize("text", ["a ] b", "a [ b", "] [", "end\\", "`]`", "<b", "plain", "[x](y)", "\\[a"])
def test_a_caption_stays_within_its_picture(text: str) -> None:
    rendered = COMMONMARK.renderInline(f"![{splice.alt_text(text)}](a.jpg)")
    assert rendered.startswith('<img src="a.jpg" alt="')
    assert rendered.count("<") == 1
    assert rendered.endswith('" />')


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_yaml_loader_reads_the_scalar_back(text: str) -> None:
    scalar = splice.yaml_text(text)
    assert "\n" not in scalar
    assert yaml.load(f"key: {scalar}\n", Loader=yaml.BaseLoader) == {"key": text}
    assert yaml.load(f"key: {scalar} # comment\n", Loader=yaml.CSafeLoader) == {"key": text}


def test_sentences_are_joined_as_their_language_joins_them() -> None:
    english, chinese, korean = (Language.parse(tag) for tag in ("en", "zh-CN", "ko"))
    assert splice.joint("One.", "Two.", english) == " "
    assert splice.joint("하나.", "둘.", korean) == " "
    assert splice.joint("第一。", "第二。", chinese) == ""
    assert splice.joint("他说：“好。”", "“走吧。”", chinese) == ""
    assert splice.joint("Made by Apple Inc.", "Sold by **Tang.**", chinese) == " "


@given(LINES)
def test_a_paragraph_text_is_one_paragraph_whatever_it_says(text: str) -> None:
    written = splice.paragraph_text(text, starts_line=True)
    tokens = COMMONMARK.parse(written)
    assert [token.type for token in tokens] in ([], ["paragraph_open", "inline", "paragraph_close"])
    assert bool(tokens) == bool(text.strip() and written.strip())


@given(LINES)
def test_a_heading_text_is_one_heading_whatever_it_says(text: str) -> None:
    for markdown in (f"# {splice.heading_text(text)}", f"{splice.heading_text(text)}\n-----"):
        tokens = COMMONMARK.parse(markdown)
        assert not splice.heading_text(text) or [token.type for token in tokens][:1] == ["heading_open"]
        assert len(tokens) <= 3


@given(LINES)
def test_a_cell_text_is_one_cell_whatever_it_says(text: str) -> None:
    table = f"| head | head |\n|---|---|\n| {splice.cell_text(text)} | second |\n"
    cells = [token.content for token in COMMONMARK.parse(table) if token.type == "inline"]
    assert len(cells) == 4
    assert cells[3] == "second"
