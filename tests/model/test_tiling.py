"""How an article is cut where segments were joined or split: what the catalog says, as long as the texts fit."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewtool.formats.markdown import parse
from reviewtool.model.article import Article, Passage, Setting
from reviewtool.model.catalog import Catalog, Resegmentation, reconcile, unused_id
from reviewtool.model.cuts import fault, parted
from reviewtool.model.language import Language
from reviewtool.model.segment import WHOLE, Segment
from reviewtool.model.tiling import recut
from tests.formats.test_markdown_laws import DOCUMENTS, outline, read

EN, ZH = Language.parse("en"), Language.parse("zh-CN")
STORY = "# 代表团\n\n历时八天。走访\n十余家机构。\n意向订单超过12亿元。\n\n> 下一站。\n> 是东南亚。\n"


def article(text: str = STORY, language: Language = ZH) -> Article:
    return parse(text, slug="story", language=language)


class Cutting:
    """An edition's catalog, and the ids of what was joined or split in it."""

    def __init__(self, source: Article) -> None:
        self.made: set[str] = set()
        self.used: set[str] = set()
        self.follow(source)

    def follow(self, source: Article) -> None:
        """Read the article as it is now, and bring the catalog in line."""
        self.source = source
        before = getattr(self, "catalog", Catalog("story", EN))
        self.article = recut(source, before.segments, self.made)
        self.catalog = reconcile(before, self.article.passages, used=self.used)
        self.used |= {one.id for one in self.catalog.segments}

    @property
    def texts(self) -> list[str]:
        return [one.source for one in self.catalog.segments]

    def replace(self, old: list[int], texts: list[str]) -> None:
        parts = [self.catalog.segments[place] for place in old]
        new = tuple(Segment(unused_id(text, self.used), text, kind=parts[0].kind) for text in texts)
        self.made |= {one.id for one in new}
        self.catalog = Resegmentation(tuple(one.id for one in parts), new).applied(self.catalog)
        self.follow(self.source)

    def join(self, place: int) -> None:
        first, second = self.article.passages[place : place + 2]
        assert second.joint is not None
        self.replace([place, place + 1], [first.text + second.joint + second.text])

    def split(self, place: int, after: str) -> None:
        text = self.texts[place]
        self.replace([place], list(parted(text, text.index(after) + len(after))))


@pytest.fixture
def cutting() -> Cutting:
    return Cutting(article())


def test_what_was_never_joined_or_split_is_cut_by_sentences() -> None:
    source = article()
    segments = [Segment(f"{number:012x}", one.text) for number, one in enumerate(source.passages)]
    assert recut(source, segments, ()) is source
    whole = [Segment("a" * 12, "历时八天。走访十余家机构。意向订单超过12亿元。")]
    assert recut(source, whole, ()) is source


def test_joined_sentences_are_one_passage_with_all_that_stood_between_them(cutting: Cutting) -> None:
    cutting.join(1)
    assert cutting.texts[1:] == ["历时八天。走访十余家机构。", "意向订单超过12亿元。", "下一站。", "是东南亚。"]
    passage = cutting.article.passages[1]
    assert STORY[passage.start : passage.end] == "历时八天。走访\n十余家机构。"
    assert (
        cutting.article.block_texts([None, "Eight days.", None, None, None], EN)[0]
        == "Eight days. 意向订单超过12亿元。"
    )
    cutting.join(3)
    assert STORY[cutting.article.passages[3].start :] == "下一站。\n> 是东南亚。\n"


def test_a_split_sentence_is_two_passages(cutting: Cutting) -> None:
    cutting.split(2, "走访")
    assert cutting.texts[1:5] == ["历时八天。", "走访", "十余家机构。", "意向订单超过12亿元。"]
    targets = [None, "Eight days.", "They visited", "ten institutions.", "Orders.", None, None]
    assert cutting.article.block_texts(targets, EN)[0] == "Eight days. They visited ten institutions. Orders."


def test_pieces_are_joined_otherwise_than_they_were_split(cutting: Cutting) -> None:
    cutting.split(2, "走访")
    cutting.join(1)
    assert cutting.texts[1:4] == ["历时八天。走访", "十余家机构。", "意向订单超过12亿元。"]
    cutting.split(1, "历时八天。")
    cutting.join(2)
    assert cutting.texts[1:4] == ["历时八天。", "走访十余家机构。", "意向订单超过12亿元。"]


def test_a_cut_survives_a_catalog_sorted_otherwise(cutting: Cutting) -> None:
    cutting.join(1)
    cutting.split(3, "下")
    before = [(one.id, one.source) for one in cutting.catalog.segments]
    cutting.catalog = replace(cutting.catalog, segments=tuple(sorted(cutting.catalog.segments, key=lambda one: one.id)))
    cutting.follow(cutting.source)
    assert [(one.id, one.source) for one in cutting.catalog.segments] == before


def test_in_another_spelling_of_the_article_the_cuts_are_the_same() -> None:
    text = "# Cafés\n\nÀ Séoul, le café. À Foshan, le thé.\n"
    cutting = Cutting(article(text, Language.parse("fr")))
    cutting.split(2, "Foshan,")
    cutting.join(1)
    cutting.follow(article(unicodedata.normalize("NFD", text), Language.parse("fr")))
    composed = [unicodedata.normalize("NFC", one) for one in cutting.texts]
    assert composed == ["Cafés", "À Séoul, le café. À Foshan,", "le thé."]


def test_a_change_elsewhere_in_the_paragraph_leaves_what_was_joined(cutting: Cutting) -> None:
    cutting.join(1)
    joined = cutting.catalog.segments[1]
    cutting.follow(article(STORY.replace("12亿", "6亿")))
    assert cutting.catalog.segments[1] == joined
    assert cutting.texts[2] == "意向订单超过6亿元。"


def test_where_the_text_itself_changes_the_sentences_come_back(cutting: Cutting) -> None:
    cutting.join(1)
    joined = cutting.catalog.segments[1]
    cutting.follow(article(STORY.replace("八天", "九天")))
    assert cutting.texts[1:3] == ["历时九天。", "走访十余家机构。"]
    assert joined.id in {one.id for one in (*cutting.catalog.segments, *cutting.catalog.obsolete)}


def test_of_two_equal_paragraphs_each_is_cut_as_it_was() -> None:
    cutting = Cutting(article("好。很好。\n\n好。很好。\n\n好。\n"))
    cutting.join(2)
    assert cutting.texts == ["好。", "很好。", "好。很好。", "好。"]
    cutting.follow(cutting.source)
    assert cutting.texts == ["好。", "很好。", "好。很好。", "好。"]
    cutting.join(0)
    assert cutting.texts == ["好。很好。", "好。很好。", "好。"]
    cutting.split(0, "好。")
    assert cutting.texts == ["好。", "很好。", "好。很好。", "好。"]


def test_a_break_that_shows_is_not_crossed() -> None:
    lines = article("第一。第二。\\\n第三。\n").passages
    assert [one.joint for one in lines] == [None, "", None]


def test_headlines_are_never_tiled() -> None:
    cutting = Cutting(article("# 佛山。东京。\n\n佛山。东京。\n"))
    cutting.join(1)
    assert cutting.texts == ["佛山。东京。", "佛山。东京。"]
    assert [one.kind.value for one in cutting.article.passages] == ["headline", "paragraph"]


def changed(cutting: Cutting, data: st.DataObject) -> None:
    """Join or split somewhere, where the article allows it."""
    place = data.draw(st.integers(0, max(0, len(cutting.texts) - 1)))
    passages = cutting.article.passages
    if place + 1 < len(passages) and passages[place + 1].joint is not None and data.draw(st.booleans()):
        cutting.join(place)
    elif passages and passages[place].kind not in WHOLE:
        text = passages[place].text
        at = data.draw(st.integers(0, len(text)))
        if fault(text, at) is None:
            cutting.replace([place], list(parted(text, at)))


@given(DOCUMENTS, st.integers(1, 5), st.data())
def test_whatever_is_joined_and_split_the_article_follows(text: str, acts: int, data: st.DataObject) -> None:
    cutting = Cutting(read(text))
    for _ in range(acts):
        before = len(cutting.catalog.obsolete)
        live = cutting.catalog.segments
        changed(cutting, data)
        gone = {one.id for one in live} - {one.id for one in cutting.catalog.segments}
        assert {one.id for one in cutting.catalog.obsolete[before:]} == gone
        assert [one.text for one in cutting.article.passages] == cutting.texts
    again = recut(cutting.source, cutting.catalog.segments, cutting.made)
    assert again == cutting.article
    assert again.rebuild([None] * len(again.passages), EN) == text
    targets = [f"Number {number}." for number in range(len(again.passages))]
    assert outline(read(again.rebuild(targets, EN), EN)) == outline(cutting.source)


def stands(source: Article, one: Passage) -> bool:
    """Whether each character of a passage is found at its place, escapes and folded line breaks apart."""
    return one.setting is Setting.YAML or all(
        char in f"{source.text[one.place(at) : one.place(at) + 2]} \\\n" for at, char in enumerate(one.text)
    )


@given(DOCUMENTS)
def test_every_character_of_a_passage_is_found_in_the_file(text: str) -> None:
    source = read(text)
    for line in source.lines():
        passages = [source.passages[index] for index in line]
        whole = reduce(Passage.followed_by, passages)
        assert all(stands(source, one) for one in (*passages, whole))
        assert (whole.start, whole.end) == (passages[0].start, passages[-1].end)
