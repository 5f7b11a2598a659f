"""What every installed writer must do, whatever its format: a new one is tested here by being installed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import html5lib
import pytest
import yaml
from markdown_it import MarkdownIt

from reviewtool.errors import InputError
from reviewtool.model.byline import BylineLine
from reviewtool.model.edition import Edition, EditionBlock, EditionSegment, Picture
from reviewtool.model.language import Language, LanguagePair
from reviewtool.model.segment import Kind, State
from reviewtool.plugins.protocols import Writer
from reviewtool.plugins.registry import writers

CASES = [(name, layout) for name in writers().names() for layout in writers().create(name).layouts]
BILINGUAL = [(name, layout) for name, layout in CASES if layout != "target"]

# An edition that has everything


@dataclass(frozen=True)
class Story:
    """A text in one language, in blocks that are the same in all; ``{}`` are the parts of one block."""

    headline: str
    lead: str
    caption: str
    heading: str
    quote: str
    items: tuple[str, str]
    cells: tuple[str, str]

    def markdown(self) -> tuple[tuple[str, str], ...]:
        return (
            ("paragraph", self.lead),
            ("figure", f"![{self.caption}](media/route.png)"),
            ("heading", f"## {self.heading}"),
            ("quote", f"> {self.quote}"),
            ("list", "\n".join(f"- {one}" for one in self.items)),
            ("table", f"| {self.cells[0]} |\n| --- |\n| {self.cells[1]} |"),
        )

    def body(self) -> tuple[str, ...]:
        """What is read of the blocks, in order, without markup."""
        lead = re.sub(r"\*\*|\[|\]\([^)]*\)", "", self.lead)
        return (lead, self.caption, self.heading, self.quote, *self.items, *self.cells)


STORIES = {
    "zh-CN": Story(
        "佛山经贸代表团访问日韩",
        "代表团**2月28日**在[东京](https://example.org/tokyo)举行推介会。",
        "行程示意图",
        "下一步",
        "代表团将前往东南亚。",
        ("先到上海。", "再到厦门。"),
        ("日期", "3月4日"),
    ),
    "en": Story(
        "Foshan trade delegation visits Japan & South Korea",
        "The delegation met **on February 28** in [Tokyo](https://example.org/tokyo).",
        "Map of the route",
        "What comes next",
        "It will travel to Southeast Asia.",
        ("First to Shanghai.", "Then to Xiamen."),
        ("Date of the day", "March 4"),
    ),
    "ja": Story(
        "佛山の代表団が来日",
        "代表団は**二月二十八日**に[都内](https://example.org/tokyo)で説明会を開いた。",
        "行程の略図",
        "これから",
        "東南アジアへ向かうという。",
        ("まず上海へ。", "次に厦門へ。"),
        ("日取り", "三月四日"),
    ),
    "ko": Story(
        "포산 경제무역 대표단, 한일 방문",
        "대표단은 **2월 28일** [도쿄](https://example.org/tokyo)에서 설명회를 열었다.",
        "일정 지도",
        "앞으로",
        "동남아시아로 향한다.",
        ("먼저 상하이로.", "다음은 샤먼으로."),
        ("날짜", "3월 4일"),
    ),
    "ar": Story(
        "وفد فوشان التجاري يزور اليابان",
        "عقد الوفد مؤتمرا **في 28 فبراير** في [طوكيو](https://example.org/tokyo).",
        "خريطة الرحلة",
        "الخطوة التالية",
        "سيسافر إلى جنوب شرق آسيا.",
        ("أولا إلى شنغهاي.", "ثم إلى شيامن."),
        ("التاريخ", "4 مارس"),
    ),
}
PAIRS = [("zh-CN", "en"), ("en", "zh-CN"), ("ja", "ko"), ("en", "ar")]
BYLINE = (
    BylineLine("translation", "Author", " | ", ("Tang",)),
    BylineLine("revision", "Reviser", " | ", ("Eleanor", "Jessica")),
    BylineLine("photo", "Photo", "丨", ("Foshan Commerce",)),
)
ROUTE = Picture("media/route.png", "image/png", b"\x89PNG\r\n\x1a\n route")


def edition(source: str = "zh-CN", target: str = "en", **changes) -> Edition:
    left, right = STORIES[source], STORIES[target]
    blocks = tuple(
        EditionBlock(name, one, other)
        for (name, one), (_, other) in zip(left.markdown(), right.markdown(), strict=True)
    )
    made = Edition(
        slug="trade-delegation",
        languages=LanguagePair(Language(source), Language(target)),
        headline=(left.headline, right.headline),
        date="2023-03-07",
        dateline=("Foshan China 2023-03-07 18:45",) * 2,
        blocks=blocks,
        segments=(),
        byline=BYLINE,
        final=True,
        pictures={ROUTE.address: ROUTE},
    )
    return consistent(replace(made, **changes))


def consistent(one: Edition) -> Edition:
    """The edition with the segments that its headline and blocks make."""
    texts = [(Kind.HEADLINE, *one.headline), *((Kind.PARAGRAPH, block.source, block.target) for block in one.blocks)]
    segments = tuple(
        EditionSegment(f"{number:012x}", kind, number, source, target, State.FINAL, omitted=not target)
        for number, (kind, source, target) in enumerate(texts)
    )
    return replace(one, segments=segments)


# Reading what was written: the visible text, line by line

BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "td",
        "th",
        "tr",
        "th",
        "td",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "blockquote",
        "figcaption",
        "pre",
    ]
)


def _words(element) -> Iterator[str]:
    if not isinstance(element.tag, str):
        return
    edge = "\n" if element.tag in BLOCKS or element.tag == "br" else ""
    yield edge + re.sub(r"\s+", " ", element.text or "")
    for child in element:
        yield from _words(child)
        yield re.sub(r"\s+", " ", child.tail or "")
    yield edge


def _lines(document) -> list[str]:
    for element in document.iter():
        assert element.tag not in {"script", "svg", "iframe", "object"}, "the page can act"
        assert not [name for name in element.attrib if str(name).startswith("on")], "the page can act"
        assert "javascript:" not in element.get("href", "").lower(), "the page can act"
    found = "".join(_words(document.find("body"))).split("\n")
    return [" ".join(line.split()) for line in found if line.strip()]


def _read_html(data: bytes) -> list[str]:
    return _lines(html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(data.decode()))


def _read_markdown(data: bytes) -> list[str]:
    """As the most trusting of readers shows it: raw HTML is let through, so that what can act does."""
    page = data.decode()
    front = re.match(r"---\n(.*?\n)---\n", page, re.DOTALL)
    values = yaml.load(front[1], yaml.BaseLoader).values() if front else ()
    body = MarkdownIt("commonmark", {"html": True}).enable("table").render(page[front.end() :] if front else page)
    document = html5lib.HTMLParser(namespaceHTMLElements=False).parse(body)
    return [*(str(one) for one in values), *_lines(document)]


READERS = {"html": _read_html, "md": _read_markdown}


def write(name: str, layout: str, one: Edition) -> bytes:
    return writers().create(name).write(one, layout)


def read(name: str, layout: str, one: Edition) -> list[str]:
    """The visible lines of an edition as this writer writes it."""
    writer = writers().create(name)
    if writer.extension not in READERS:
        pytest.fail(f"say in READERS how the text of .{writer.extension} files is read, so that {name} can be tested")
    return READERS[writer.extension](writer.write(one, layout))


def places(lines: list[str], parts: tuple[str, ...]) -> list[int]:
    """Where each part stands, each after the one before; a part that is not there fails the test."""
    whole, found, place = "\n".join(lines), [], 0
    for part in parts:
        at = whole.find(part, place)
        assert at >= 0, f"{part!r} is lost, or out of order"
        found.append(at)
        place = at + len(part)
    return found


# What every writer must do


@pytest.mark.parametrize("name", writers().names())
def test_it_is_a_writer_with_layouts_and_an_extension(name):
    writer = writers().create(name)
    assert isinstance(writer, Writer)
    assert writer.layouts
    assert re.fullmatch("[a-z0-9]+", writer.extension)


@pytest.mark.parametrize("name", writers().names())
def test_a_layout_it_does_not_know_is_refused(name):
    with pytest.raises(InputError):
        write(name, "no such layout", edition())


@pytest.mark.parametrize(("source", "target"), PAIRS)
@pytest.mark.parametrize(("name", "layout"), CASES)
def test_no_text_is_lost_and_the_order_is_kept(name, layout, source, target):
    lines = read(name, layout, edition(source, target))
    places(lines, STORIES[target].body())
    places(lines, (STORIES[target].headline,))
    if layout != "target":
        places(lines, STORIES[source].body())
        places(lines, (STORIES[source].headline,))


@pytest.mark.parametrize(("name", "layout"), [case for case in CASES if case[1] == "alternate"])
def test_alternate_puts_each_block_below_its_source(name, layout):
    lines = read(name, layout, edition())
    source, target = STORIES["zh-CN"], STORIES["en"]
    places(lines, (source.lead[:3], target.lead[:14], source.heading, target.heading, source.quote, target.quote))


@pytest.mark.parametrize(("name", "layout"), [case for case in CASES if case[1] == "sequence"])
def test_sequence_puts_the_whole_source_before_the_target(name, layout):
    lines = read(name, layout, edition())
    places(lines, (*STORIES["zh-CN"].body(), *STORIES["en"].body()))


@pytest.mark.parametrize(("name", "layout"), [case for case in CASES if case[1] == "target"])
def test_target_holds_nothing_of_the_source(name, layout):
    whole = "\n".join(read(name, layout, edition()))
    assert [part for part in (STORIES["zh-CN"].headline, *STORIES["zh-CN"].body()) if part in whole] == []


@pytest.mark.parametrize(("name", "layout"), CASES)
def test_a_monolingual_edition_is_printed_once(name, layout):
    whole = "\n".join(read(name, layout, edition("en", "en")))
    places([whole], STORIES["en"].body())
    assert [part for part in STORIES["en"].body() if whole.count(part) != 1] == []


@pytest.mark.parametrize(("name", "layout"), BILINGUAL)
def test_an_omitted_block_is_absent_from_the_target_only(name, layout):
    kept = edition().blocks
    lines = read(name, layout, edition(blocks=(replace(kept[0], target=""), *kept[1:])))
    places(lines, STORIES["zh-CN"].body())
    places(lines, STORIES["en"].body()[1:])
    assert STORIES["en"].body()[0] not in "\n".join(lines)


@pytest.mark.parametrize(("name", "layout"), CASES)
def test_a_picture_that_is_not_there_leaves_its_caption(name, layout):
    lines = read(name, layout, edition(pictures={}))
    assert STORIES["en"].caption in "\n".join(lines)


@pytest.mark.parametrize(("name", "layout"), CASES)
def test_the_dateline_is_there(name, layout):
    assert "Foshan China 2023-03-07 18:45" in "\n".join(read(name, layout, edition()))


@pytest.mark.parametrize(("name", "layout"), CASES)
def test_the_byline_is_exact_each_line_by_itself_at_the_end(name, layout):
    lines = read(name, layout, edition())
    assert lines[-3:] == ["Author | Tang", "Reviser | Eleanor, Jessica", "Photo丨Foshan Commerce"]


@pytest.mark.parametrize(("name", "layout"), CASES)
def test_notes_of_the_record_are_there(name, layout):
    note = "Jessica settled “1.2 billion”: the bureau confirmed it."
    assert note in read(name, layout, edition(notes=(note,)))


@pytest.mark.parametrize("final", [True, False])
@pytest.mark.parametrize(("name", "layout"), CASES)
def test_exactly_what_is_not_final_is_marked_as_a_draft(name, layout, final):
    assert ("DRAFT" in "\n".join(read(name, layout, edition(final=final)))) is not final


@pytest.mark.parametrize(("name", "layout"), CASES)
def test_the_same_edition_gives_the_same_bytes(name, layout):
    assert write(name, layout, edition()) == write(name, layout, edition())


@pytest.mark.parametrize(("name", "layout"), [case for case in CASES if case[0] in {"html", "md"}])
def test_text_formats_end_their_lines_as_on_unix(name, layout):
    one = edition(notes=("one\r\ntwo",), headline=("一\r二", "one\r\ntwo"))
    data = write(name, layout, one)
    assert b"\r" not in data
    assert data.endswith(b"\n")


# Words that look like markup

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "[Tang](javascript:alert(1))",
    "*Tang* _and_ **Eleanor** `code` ~~x~~",
    "&lt;b&gt; &amp; &copy;",
    "# Tang",
    "1. Tang",
    "> Tang",
    "- Tang",
    "| a | b |",
    "--- !!python/object:x",
    "Tang\\*",
    "</title></style><!-- x",
    "{{ 7*7 }} ${x} %s",
]


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize(("name", "layout"), CASES)
def test_words_that_look_like_markup_are_only_words(name, layout, hostile):
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", hostile)
    one = edition(
        headline=(f"源 {hostile}", hostile),
        dateline=(hostile, hostile),
        blocks=(EditionBlock("paragraph", f"文 {escaped}", f"text {escaped} text"),),
        byline=(BylineLine("photo", "Photo", "丨", (hostile,)), BylineLine("video", hostile, " | ", ("Tang",))),
        notes=(hostile,),
    )
    lines = read(name, layout, one)
    assert lines[-2:] == [f"Photo丨{hostile}", f"{hostile} | Tang"]
    assert lines.count(hostile) >= 3, "headline, dateline and note"
    assert f"text {hostile} text" in lines
