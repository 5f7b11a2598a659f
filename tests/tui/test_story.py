"""An edition as a page: every sentence is where it is said to be, and what is shown is what an export holds."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewtool.formats.markdown import to_html
from reviewtool.model.article import Article
from reviewtool.model.byline import BylineLine
from reviewtool.model.edition import Edition, EditionBlock, EditionSegment
from reviewtool.model.language import Language, LanguagePair
from reviewtool.model.segment import State
from reviewtool.tui.prose import Paragraph, letters
from reviewtool.tui.story import LAYOUTS, SOURCE, TARGET, PageRows, Story
from tests.formats.test_markdown_laws import DOCUMENTS, EN, read

ARTICLE = """---
title: 佛山家具展开幕
dateline: Foshan China 2023-03-10
---

展会**为期四天**。就在3月5日，
代表团结束行程。

| 日期 | 安排 |
| --- | --- |
| 3月18日 | 观众日 |

## 参观信息

- 展馆9:30开门。
- 观众请登记。

![示意图（编辑部绘制）](media/route.png)

> 行程已在计划之中。

```
code
```
"""
TARGETS = (
    "Furniture fair opens in Foshan",
    "The fair runs for **four days**.",
    "On March 5 the delegation came home.",
    "Date",
    "Plan",
    "March 18",
    "Trade",
    "Visiting",
    "Doors open at 9:30.",
    "Please [register](https://example.org/in).",
    "The route (drawn by the desk)",
    "The next trips are planned.",
)


def made(article: Article, targets: list[str | None], to: Language = EN, final: bool = True) -> Edition:
    """An edition with these targets: None for what is untranslated, "" for what is omitted."""
    segments = tuple(
        EditionSegment(str(number), one.kind, one.paragraph, one.text, text or "", State.TRANSLATED, text == "")
        for number, (one, text) in enumerate(zip(article.passages, targets, strict=True))
    )
    sources: list[str | None] = [None] * len(targets)
    blocks = zip(
        article.blocks, article.block_texts(sources, article.language), article.block_texts(targets, to), strict=True
    )
    return Edition(
        slug="story",
        languages=LanguagePair(article.language, to),
        headline=(article.title, targets[0] or article.title) if targets else ("", ""),
        date=article.date,
        dateline=(article.dateline, article.dateline),
        blocks=tuple(EditionBlock(block.name, source, target) for block, source, target in blocks),
        segments=segments,
        byline=(BylineLine("translation", "Author", " | ", ("Tang",)), BylineLine("photo", "Photo", "丨", ("Foshan",))),
        final=final,
    )


def story(targets: tuple[str | None, ...] = TARGETS, text: str = ARTICLE) -> Story:
    article = read(text)
    return Story(made(article, list(targets)), article)


def shown(one: Paragraph) -> str:
    """A paragraph as it is on the screen, on one line."""
    return one.first + one.text.replace("\n", " / ")


def page(layout: str, one: Story) -> list[str]:
    rows = PageRows(one, layout)
    return [" || ".join(shown(each) for each in rows.paragraphs(row)).rstrip() for row in range(len(rows))]


def test_the_target_alone_reads_from_headline_to_byline():
    assert page("target", story()) == [
        "Furniture fair opens in Foshan",
        "Foshan China 2023-03-10",
        "The fair runs for four days. On March 5 the delegation came home.",
        "Date     │ Plan / March 18 │ Trade",
        "Visiting",
        "- Doors open at 9:30.",
        "- Please register.",
        "[picture] The route (drawn by the desk)",
        "│ The next trips are planned.",
        "code",
        "Author | Tang / Photo丨Foshan",
    ]


def test_side_by_side_every_piece_stands_beside_its_source():
    lines = page("side", story())
    assert lines[2] == f"展会为期四天。就在3月5日，代表团结束行程。 || {page('target', story())[2]}"
    assert lines[5] == "- 展馆9:30开门。 || - Doors open at 9:30."
    assert lines[7] == "[picture] 示意图（编辑部绘制） || [picture] The route (drawn by the desk)"


def test_in_turn_each_block_is_followed_by_its_translation_and_a_picture_stands_once():
    lines = page("alternate", story())
    assert lines[:3] == ["佛山家具展开幕", "Furniture fair opens in Foshan", "Foshan China 2023-03-10"]
    start = lines.index("- 展馆9:30开门。")
    assert lines[start : start + 4] == [
        "- 展馆9:30开门。",
        "- 观众请登记。",
        "- Doors open at 9:30.",
        "- Please register.",
    ]
    assert sum("[picture]" in line for line in lines) == 1
    assert lines.count("code") == 1


def test_in_sequence_the_whole_source_comes_first():
    lines = page("sequence", story())
    rule = lines.index("* * *")
    assert lines[0] == "佛山家具展开幕"
    assert lines[rule + 1] == "Furniture fair opens in Foshan"
    assert "│ 行程已在计划之中。" in lines[:rule]
    assert lines[-1] == "Author | Tang / Photo丨Foshan"


def test_emphasis_is_a_style_and_no_mark():
    one = story().paragraph(2, TARGET)
    assert [(one.text[span.start : span.end], span.style) for span in one.spans] == [("four days", "strong")]
    link = story().paragraph(6, TARGET)
    assert [(link.text[span.start : span.end], span.style) for span in link.spans] == [("register", "link")]


def test_what_is_untranslated_stands_in_the_target_as_its_source_as_in_an_export():
    one = story((*TARGETS[:2], None, *TARGETS[3:])).paragraph(2, TARGET)
    assert one.text == "The fair runs for four days. 就在3月5日，代表团结束行程。"
    assert [one.text[each.start : each.end] for each in one.stretches] == [
        "The fair runs for four days.",
        "就在3月5日，代表团结束行程。",
    ]


def test_what_is_omitted_is_beside_its_source_only():
    one = story((*TARGETS[:9], "", "", TARGETS[11]))
    assert "- 观众请登记。 ||" in page("side", one)
    assert "- Please register." not in page("target", one)
    assert "[picture]" in page("target", one), "the picture stays without its caption"
    assert not PageRows(one, "target").shows(9)
    assert PageRows(one, "side").shows(9)
    assert PageRows(one, "target").rows_of(9) == PageRows(one, "target").rows_of(8)


def test_a_monolingual_edition_is_printed_once_whatever_the_layout():
    article = read(ARTICLE.replace("title:", "language: en\ntitle:"))
    one = Story(made(article, list(TARGETS)), article)
    assert len({tuple(page(layout, one)) for layout in LAYOUTS}) == 1


def test_items_of_a_list_stand_close_and_all_else_apart():
    rows = PageRows(story(), "target")
    assert [rows.space_below(row) for row in range(len(rows))] == [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1]


def test_text_that_would_act_is_shown():
    one = story((TARGETS[0], "Red \x1b[31malert\u202e.", *TARGETS[2:])).paragraph(2, TARGET)
    assert one.text.startswith("Red ␛[31malert⟨U+202E⟩.")
    assert one.stretch(1) is not None
    unsafe = story((TARGETS[0], "See [this](javascript:alert(1)) <b>now</b>.", *TARGETS[2:])).paragraph(2, TARGET)
    assert unsafe.text.startswith("See [this](javascript:alert(1)) <b>now</b>.")


def test_markup_that_runs_across_two_sentences_still_leaves_each_its_place():
    one = story((TARGETS[0], "The *fair", "is* on.", *TARGETS[3:])).paragraph(2, TARGET)
    assert one.text == "The fair is on."
    assert one.at(0) == 1
    assert one.stretch(2) is not None


@pytest.mark.parametrize("language", ["ko", "ja", "en", "zh-CN"])
def test_sentences_meet_as_their_language_joins_them(language):
    article = read("甲一。乙二。\n")
    to = Language.parse(language)
    one = Story(made(article, ["가나.", "다라."], to), article).paragraph(1, TARGET)
    assert one.text == ("가나. 다라." if to.spaced else "가나.다라.")


@given(DOCUMENTS, st.data())
def test_every_sentence_stands_where_it_is_said_to(text: str, data: st.DataObject) -> None:
    article = read(text)
    choices = st.sampled_from([None, "", "Kept *as* it is.", "1. Not a list", "`code` & <b>", "**强** [链](u)。"])
    targets = [data.draw(choices) for _ in article.passages]
    one = Story(made(article, targets), article)
    for index, piece in enumerate(one.pieces):
        for side in (SOURCE, TARGET):
            paragraph = one.paragraph(index, side)
            for stretch in paragraph.stretches if piece.block >= 0 else ():
                there = letters(paragraph.text[stretch.start : stretch.end])
                assert there == letters(one.words(stretch.segment, side))
            if piece.block >= 0:
                wanted = [each for each in range(piece.first, piece.last) if one.words(each, side)]
                assert [each.segment for each in paragraph.stretches] == wanted


@given(DOCUMENTS, st.data())
def test_the_target_alone_holds_the_text_of_its_export(text: str, data: st.DataObject) -> None:
    article = read(text)
    choices = st.sampled_from([None, "", "Kept *as* it is.", "1. Not a list", "`code` & <b>", "**强** [链](u)。"])
    targets = [data.draw(choices) for _ in article.passages]
    edition = made(article, targets)
    one = Story(edition, article)
    exported = "".join(to_html(block.target, lambda _: None) for block in edition.blocks)
    pieces = (index for index, piece in enumerate(one.pieces) if piece.block >= 0)
    seen = "".join(one.paragraph(index, TARGET).text for index in pieces)
    for ours in ("[picture]", "* * *"):
        seen = seen.replace(ours, "")
    assert bare(seen) == bare(unescape(re.sub(r"<[^>]*>", "", exported)))


def bare(text: str) -> str:
    return re.sub(r"[\s│]", "", text)
