from __future__ import annotations

from dataclasses import replace

import pytest

from reviewtool.errors import InputError
from reviewtool.model.article import Article, Block, Definition, Part, Passage, Setting
from reviewtool.model.language import Language
from reviewtool.model.segment import Kind

EN, ZH = Language("en"), Language("zh-CN")
TEXT = "---\nlanguage: zh-CN\n---\n# 题\n\n第一。\n第二。\n\n- 项\n\n| 甲 |\n"


def passage(kind: Kind, text: str, paragraph: int, setting: Setting = Setting.TEXT) -> Passage:
    start = TEXT.index(text)
    return Passage(kind, text, paragraph, start, start + len(text), setting)


def part(text: str, first: int, last: int) -> Part:
    return Part(TEXT.index(text), TEXT.index(text) + len(text), first, last)


ARTICLE = Article(
    slug="story",
    language=ZH,
    text=TEXT,
    title="题",
    passages=(
        passage(Kind.HEADLINE, "题", 0),
        passage(Kind.PARAGRAPH, "第一。", 1),
        passage(Kind.PARAGRAPH, "第二。", 1),
        passage(Kind.LIST, "项", 2),
        passage(Kind.TABLE, "甲", 3, Setting.CELL),
    ),
    blocks=(
        Block("paragraph", TEXT.index("第一"), TEXT.index("\n\n- 项"), 1, 3),
        Block("list", TEXT.index("- 项"), TEXT.index("\n\n|"), 3, 4),
    ),
    parts=(part("# 题\n\n", 0, 1), part("第一。\n第二。\n\n", 1, 3), part("- 项\n\n", 3, 4)),
    language_span=(TEXT.index("zh-CN"), TEXT.index("zh-CN") + 5),
)
NONE = [None] * 5


def test_with_nothing_to_replace_it_is_the_same_text() -> None:
    assert ARTICLE.rebuild(NONE, EN) == TEXT
    assert ARTICLE.rebuild([passage.text for passage in ARTICLE.passages]) == TEXT


def test_only_what_is_replaced_changes() -> None:
    assert ARTICLE.rebuild([None, None, None, "Item", None]) == TEXT.replace("项", "Item")


def test_the_front_matter_names_the_language_of_the_translation() -> None:
    assert 'language: "en"\n' in ARTICLE.rebuild(["Title", *NONE[1:]], EN)


@pytest.mark.parametrize(
    ("first", "second", "language", "written"),
    [
        ("One.", "Two.", EN, "One. Two."),
        ("一。", "二。", ZH, "一。二。"),
        ("One.", None, EN, "One. 第二。"),
        (None, "Two.", None, "第一。\nTwo."),
        ("", "Two.", EN, "Two."),
        ("One.", "", EN, "One."),
        ("- one", "- two", EN, "\\- one - two"),
        ("- one", "- two", None, "\\- one\n\\- two"),
        ("  One. \n", "Two.", EN, "One. Two."),
    ],
)
def test_sentences_of_a_paragraph_are_joined(
    first: str | None, second: str | None, language: Language | None, written: str
) -> None:
    rebuilt = ARTICLE.rebuild([None, first, second, None, None], language)
    assert f"\n\n{written}\n\n- 项" in rebuilt


def test_what_is_omitted_whole_disappears_but_a_cell_stays() -> None:
    assert ARTICLE.rebuild([None, "", "", "", ""]) == "---\nlanguage: zh-CN\n---\n# 题\n\n|  |\n"


def test_a_block_is_written_alone() -> None:
    assert ARTICLE.block_texts([None, "One.", "Two.", "Item", None], EN) == ("One. Two.", "- Item")
    assert ARTICLE.block_texts(["T", "", "", "Item", None], EN) == ("", "- Item")
    assert ARTICLE.block_texts([None, None, None, "", None], EN)[1] == ""


def test_a_block_brings_the_definitions_it_refers_to() -> None:
    article = replace(ARTICLE, definitions=(Definition("THE FAIR", "[THE FAIR]: <u>"), Definition("B", "[B]: <v>")))
    text = article.block_texts([None, "See [the\nfair].", None, None, None], EN)[0]
    assert text == "See [the fair]. 第二。\n\n[THE FAIR]: <u>"


def test_one_target_is_needed_for_each_passage() -> None:
    with pytest.raises(InputError, match="story has 5 segments, not 1"):
        ARTICLE.rebuild(["Title"])
