"""What holds for every article: nothing is lost, and a translation changes text, never structure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reviewtool.formats.markdown import parse
from reviewtool.model.article import Article
from reviewtool.model.language import Language

ZH, EN = Language.parse("zh-CN"), Language.parse("en")

WORDS = st.sampled_from(
    ["佛山", "delegation", "**强**", "*x*", "`a|b`", "[链](u)", "a\\|b", "5", "", "![p](q)", "<b>c</b>"]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=4).map(lambda words: "".join(words) + "。")
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=3).flatmap(
    lambda parts: st.sampled_from(["", " ", "\n", "  \n", "\\\n"]).map(lambda joint: joint.join(parts))
)
HEADINGS = st.tuples(st.sampled_from(["# ", "## ", "### "]), SENTENCES, st.sampled_from(["", " ##"])).map("".join)
SETEXT = SENTENCES.map(lambda text: f"{text.replace('|', '')}\n----")
FIGURES = SENTENCES.map(lambda text: f"![{text}](media/a.jpg)")
TABLES = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3).map(
    lambda rows: (
        "| 甲 | 乙 |\n|---|:-:|\n"
        + "\n".join(f"| {a.replace('a|b', 'ab')} | {b.replace('a|b', 'ab')} |" for a, b in rows)
    )
)
PLAIN = st.sampled_from(["```\ncode。\n```", "<div>\n\n</div>", "***", "    code", "[r]: http://example.com"])
LEAVES = PARAGRAPHS | HEADINGS | SETEXT | FIGURES | TABLES | PLAIN


def indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *((rest + line).rstrip(" ") if line else rest.rstrip() for line in lines[1:])])


def nested(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(blocks, min_size=1, max_size=3)
    quotes = several.map(lambda parts: indented("\n\n".join(parts), "> ", "> "))
    items = several.map(lambda parts: indented("\n\n".join(parts), "- ", "  "))
    numbered = several.map(lambda parts: indented("\n\n".join(parts), "7. ", "   "))
    return quotes | st.lists(items | numbered, min_size=1, max_size=3).map("\n".join)


DOCUMENTS = st.tuples(
    st.sampled_from(
        ["", "\ufeff", "---\ntitle: 题\nsummary: |\n  摘\n  要\n---\n", "---\r\n'title': \"a\\nb\"\r\n---\r\n"]
    ),
    st.lists(st.recursive(LEAVES, nested, max_leaves=5), max_size=5).map("\n\n".join),
    st.sampled_from(["\n", "\r\n", "\r"]),
).map(lambda parts: parts[0] + parts[1].replace("\n", parts[2]))
NOISE = st.text(st.sampled_from("#>-+*_`~|[]()<>!&\\=:1.\t\n\r 。a佛.?\"'—　")).filter(
    lambda text: not text.startswith("---")
)
PROSE = st.sampled_from(
    ["Exports rose", "1) Two men", "# Five", "- it", "> so", "a | b", "===", "```", "x]", "+ y", "[n]: z", "---"]
)


def read(text: str, language: Language = ZH, *, sentences: bool = True) -> Article:
    return parse(text, slug="s", language=language, front=("title", "summary"), sentences=sentences)


@given(DOCUMENTS | NOISE)
def test_nothing_replaced_gives_the_same_bytes(text: str) -> None:
    article = read(text)
    assert article.rebuild([None] * len(article.passages), EN) == text
    assert article.rebuild([passage.text for passage in article.passages]) == text


@given(DOCUMENTS | NOISE)
def test_passages_stand_in_order_and_apart_and_blocks_hold_them(text: str) -> None:
    article = read(text)
    places = [place for passage in article.passages for place in (passage.start, passage.end)]
    assert places == sorted(places)
    assert all(passage.text == passage.text.strip() != "" for passage in article.passages)
    for block in article.blocks:
        assert all(block.start <= p.start < p.end <= block.end for p in article.passages[block.first : block.last])


def outline(article: Article) -> tuple[list[tuple[str, int]], list[str]]:
    """Kind and paragraph of the passages, one for each paragraph, and the names of the blocks."""
    paragraphs = dict.fromkeys((str(passage.kind), passage.paragraph) for passage in article.passages)
    return list(paragraphs), [block.name for block in article.blocks]


@given(DOCUMENTS, st.data())
def test_a_translation_keeps_the_structure(text: str, data: st.DataObject) -> None:
    article = read(text)
    targets = [f"{data.draw(PROSE)} number {number}." for number in range(len(article.passages))]
    assert outline(read(article.rebuild(targets, EN), EN)) == outline(article)


@given(DOCUMENTS, st.data())
def test_a_translation_of_whole_paragraphs_is_read_back(text: str, data: st.DataObject) -> None:
    article = read(text, sentences=False)
    targets = [f"{data.draw(PROSE)} number {number}." for number in range(len(article.passages))]
    rebuilt = read(article.rebuild(targets, EN), EN, sentences=False)
    assert [passage.text.replace("\\", "") for passage in rebuilt.passages] == targets


@given(DOCUMENTS, st.data())
def test_what_is_omitted_disappears_and_all_else_stays(text: str, data: st.DataObject) -> None:
    article = read(text)
    kept = [data.draw(st.booleans()) for _ in article.passages]
    targets = [f"Kept {number}." if keep else "" for number, keep in enumerate(kept)]
    rebuilt = read(article.rebuild(targets, EN), EN)
    assert [passage.text for passage in rebuilt.passages] == [target for target in targets if target]
