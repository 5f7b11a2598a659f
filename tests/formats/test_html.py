import re
import subprocess
from dataclasses import replace
from itertools import pairwise

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewtool.errors import InputError
from reviewtool.formats.html import create_writer
from reviewtool.model.byline import BylineLine
from reviewtool.model.edition import Edition, EditionBlock, EditionSegment, Picture
from reviewtool.model.language import Language, LanguagePair
from reviewtool.model.segment import Kind, State

WRITER = create_writer({})
LAYOUTS = WRITER.layouts
ROUTE = Picture("media/route.png", "image/png", b"\x89PNG\r\n\x1a\n route")
BYLINE = (
    BylineLine("translation", "Author", " | ", ("Tang",)),
    BylineLine("revision", "Reviser", " | ", ("Eleanor", "Jessica")),
    BylineLine("photo", "Photo", "丨", ("Foshan Commerce",)),
)
STORIES = {
    "zh-CN": (
        "佛山代表团访问日韩",
        "代表团**2月28日**在东京举行推介会。",
        "行程图",
        "下一步",
        "3月和4月前往*东南亚*。",
    ),
    "zh-TW": (
        "佛山代表團訪問日韓",
        "代表團**2月28日**在東京舉行推介會。",
        "行程圖",
        "下一步",
        "3月和4月前往*東南亞*。",
    ),
    "en": (
        "Foshan delegation in Tokyo",
        "It met on **February 28** & later.",
        "The route",
        "Next",
        "To *Southeast Asia*.",
    ),
    "ja": ("佛山代表団が来日", "代表団は**2月28日**に東京で説明会を開いた。", "行程図", "次は", "*東南アジア*へ。"),
    "ko": (
        "포산 대표단 방일",
        "대표단은 **2월 28일** 도쿄에서 설명회를 열었다.",
        "여정",
        "다음",
        "*동남아시아*로 간다.",
    ),
    "ar": (
        "وفد فوشان في طوكيو",
        "عقد الوفد مؤتمرا في **28 فبراير**.",
        "خريطة الرحلة",
        "التالي",
        "إلى *جنوب شرق آسيا*.",
    ),
}
PAIRS = [("zh-CN", "en"), ("en", "zh-CN"), ("zh-CN", "zh-TW"), ("en", "ja"), ("ko", "en"), ("en", "ar"), ("en", "en")]


def edition(source: str = "zh-CN", target: str = "en", **changes) -> Edition:
    left, right = STORIES[source], STORIES[target]
    made = Edition(
        slug="trade-delegation",
        languages=LanguagePair(Language(source), Language(target)),
        headline=(left[0], right[0]),
        date="2023-03-07",
        dateline=("Foshan China 2023-03-07 18:45",) * 2,
        blocks=(
            EditionBlock("paragraph", left[1], right[1]),
            EditionBlock("figure", f"![{left[2]}](media/route.png)", f"![{right[2]}](media/route.png)"),
            EditionBlock("heading", f"## {left[3]}", f"## {right[3]}"),
            EditionBlock("quote", f"> {left[4]}", f"> {right[4]}"),
            EditionBlock("code", "```\n1 < 2\n```", "```\n1 < 2\n```"),
            EditionBlock("rule", "---", "---"),
        ),
        segments=(),
        byline=BYLINE,
        final=True,
        pictures={ROUTE.address: ROUTE},
    )
    return replace(made, **changes)


def blocks(*markdown: tuple[str, str, str]) -> tuple[EditionBlock, ...]:
    return tuple(EditionBlock(*one) for one in markdown)


def written(one: Edition, layout: str = "side") -> str:
    return WRITER.write(one, layout).decode()


def parsed(page: str):
    """The page as HTML's own algorithm reads it; any parse error is a failure."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


def text(element) -> str:
    return " ".join("".join(element.itertext()).split())


def texts(document, path: str) -> list[str]:
    return [text(one) for one in document.findall(path)]


def of_class(document, name: str) -> list:
    return [one for one in document.iter() if name in str(one.get("class", "")).split()]


# The page


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_every_page_is_valid_html(tool, tmp_path, source, target, layout):
    page = tmp_path / "page.html"
    one = edition(source, target, final=False, notes=("Jessica settled the figure.",))
    page.write_bytes(WRITER.write(one, layout))
    parsed(page.read_text("utf-8"))
    said = subprocess.run([tool("tidy"), "-quiet", "-errors", "-utf8", page], capture_output=True, text=True)
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_edition_gives_the_same_bytes(layout):
    assert WRITER.write(edition(), layout) == create_writer({}).write(edition(), layout)


def test_lines_end_as_on_unix_whatever_the_article_has():
    one = edition(blocks=blocks(("paragraph", "一\r\n二", "one\rtwo")), notes=("a\r\nb",))
    assert b"\r" not in WRITER.write(one, "side")


def test_the_page_asks_the_network_for_nothing():
    document = parsed(written(edition()))
    policy = next(one for one in document.iter("meta") if one.get("http-equiv") == "Content-Security-Policy")
    assert policy.get("content").startswith("default-src 'none'; img-src data:; style-src 'unsafe-inline'")
    assert [one.get("src").split(";")[0] for one in document.iter("img")] == ["data:image/png"]
    assert [one.get("href") for one in document.iter("link")] == ["data:,"]
    assert not re.search(r"url\(|@import|@font-face", text(document.find("head/style")))
    assert not list(document.iter("script"))


def test_every_part_says_its_language_and_direction():
    document = parsed(written(edition("en", "ar")))
    assert (document.get("lang"), document.get("dir")) == ("ar", "rtl")
    assert {(one.get("lang"), one.get("dir")) for one in of_class(document, "source")} == {("en", "ltr")}
    assert {(one.get("lang"), one.get("dir")) for one in of_class(document, "target")} == {("ar", "rtl")}
    groups = [one for one in document.iter() if one.get("role") == "group"]
    assert {one.get("aria-label") for one in groups} == {"English", "العربية"}


def test_two_kinds_of_english_are_told_apart_aloud():
    one = replace(edition("en", "en"), languages=LanguagePair(Language("en-GB"), Language("en-US")))
    labels = {part.get("aria-label") for part in parsed(written(one)).iter() if part.get("role") == "group"}
    assert labels == {"English (en-GB)", "English (en-US)"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_first_heading_and_none_that_skips_a_level(layout):
    markdown = ["# a", "#### b", "## c", "### d", "> ##### e", "# f"]
    one = edition(blocks=tuple(EditionBlock("heading", m, m) for m in markdown))
    levels = [int(tag.tag[1]) for tag in parsed(written(one, layout)).iter() if re.fullmatch("h[1-6]", str(tag.tag))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_headings_keep_their_order_of_rank():
    one = edition("en", "en", blocks=blocks(*(("heading", m, m) for m in ("### a", "#### b", "# c", "## d"))))
    document = parsed(written(one, "target"))
    assert [tag.tag for tag in document.iter() if re.fullmatch("h[2-6]", str(tag.tag))] == ["h2", "h3", "h2", "h3"]


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_text_stands_out_from_the_page_in_light_and_dark():
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    palettes = re.findall(r":root \{[^}]*--paper[^}]*\}", written(edition()))
    colours = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", one)) for one in palettes]
    light_and_dark = [one for one in colours if "paper" in one]
    assert len(light_and_dark) == 2
    for one in light_and_dark:
        assert min(_contrast(one[name], one["paper"]) for name in ("ink", "quiet", "link", "mark")) >= 4.5
        assert _contrast(one["mark"], one["mark-paper"]) >= 4.5


# Layouts


def body_text(layout: str, **changes) -> str:
    return text(parsed(written(edition(**changes), layout)).find("body"))


def in_order(whole: str, *parts: str) -> bool:
    place = 0
    for part in parts:
        found = whole.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return True


@pytest.mark.parametrize("layout", ["side", "alternate"])
def test_pairs_stand_together(layout):
    assert in_order(body_text(layout), "佛山代表团", "Foshan delegation", "2月28日", "February 28", "下一步", "Next")


def test_in_sequence_the_whole_source_comes_first():
    assert in_order(
        body_text("sequence"), "佛山代表团", "2月28日", "东南亚", "Foshan delegation", "February 28", "Asia"
    )


def test_the_target_stands_alone():
    assert in_order(body_text("target"), "Foshan delegation", "February 28", "Southeast Asia")
    assert "2月28日" not in body_text("target")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_monolingual_edition_is_printed_once(layout):
    whole = body_text(layout, source="en", target="en")
    assert whole.count("It met on February 28") == whole.count("Foshan delegation in Tokyo") == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_omitted_block_is_absent_from_the_target(layout):
    one = edition(blocks=blocks(("paragraph", "一段。", ""), ("paragraph", "二段。", "Two.")))
    document = parsed(written(one, layout))
    assert [text(part) for part in of_class(document, "target") if text(part) == ""] == []
    assert ("一段。" in text(document)) is (layout != "target")


def test_an_unknown_layout_is_refused():
    with pytest.raises(InputError, match=r"no layout 'facing': choose side, alternate, sequence, target\.$"):
        WRITER.write(edition(), "facing")


def test_options_are_refused():
    with pytest.raises(InputError, match=r"takes no options; 'colour' given\.$"):
        create_writer({"colour": "red"})


# Head and foot


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_byline_is_exactly_the_lines_each_by_itself(layout):
    document = parsed(written(edition(), layout))
    [byline] = of_class(document, "byline")
    assert ["".join(one.itertext()) for one in byline] == [
        "Author | Tang",
        "Reviser | Eleanor, Jessica",
        "Photo丨Foshan Commerce",
    ]


def test_without_anything_to_say_there_is_no_foot():
    assert parsed(written(edition(byline=()))).find(".//footer") is None


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_draft_says_so_in_title_text_and_print(layout):
    document = parsed(written(edition(final=False), layout))
    assert text(document.find("head/title")) == "DRAFT: Foshan delegation in Tokyo"
    assert [text(one) for one in of_class(document, "draft")] == ["DRAFT Not final. Please do not publish or quote."]
    assert document.find("body").get("data-mark") == "DRAFT"
    assert "content: attr(data-mark); position: fixed" in text(document.find("head/style"))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_final_edition_has_no_such_mark(layout):
    assert "DRAFT" not in written(edition(), layout)


def test_the_page_speaks_the_language_of_the_edition():
    document = parsed(written(edition("en", "ko", final=False, notes=("…",))))
    assert "확정되지 않은 원고입니다." in text(of_class(document, "draft")[0])
    assert texts(document, ".//footer//h2") == ["편집 기록"]


def test_notes_of_the_record_are_printed():
    notes = ("Jessica settled “1.2 billion”: confirmed by the bureau.", "唐 & Eleanor")
    assert texts(parsed(written(edition(notes=notes))), ".//footer//li") == list(notes)


@pytest.mark.parametrize(
    ("dateline", "date", "printed"),
    [
        (("Foshan China 2023-03-07 18:45",) * 2, "2023-03-07", ["Foshan China 2023-03-07 18:45"]),
        (("佛山3月7日电", "FOSHAN, March 7"), "2023-03-07", ["佛山3月7日电", "FOSHAN, March 7", "2023-03-07"]),
        (("", ""), "2023-03-07", ["2023-03-07"]),
        (("", ""), "spring", ["spring"]),
        (("", ""), "", []),
    ],
)
def test_datelines_equal_ones_once_and_the_date_where_they_lack_it(dateline, date, printed):
    document = parsed(written(edition(dateline=dateline, date=date)))
    assert [text(one) for one in of_class(document, "dateline")] == printed


@pytest.mark.parametrize(("date", "marked"), [("2023-03-07", ["2023-03-07"]), ("2023-02-31", []), ("0000-01-01", [])])
def test_only_a_date_of_the_calendar_is_marked_as_one(date, marked):
    document = parsed(written(edition(date=date, dateline=("", ""))))
    assert [one.get("datetime") for one in document.iter("time")] == marked


def test_a_headline_without_translation_heads_the_page():
    document = parsed(written(edition(headline=("佛山代表团访问日韩", ""))))
    assert texts(document, ".//h1") == ["佛山代表团访问日韩"]
    assert text(document.find("head/title")) == "佛山代表团访问日韩"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_other_front_matter_that_was_translated_stands_below_the_headline(layout):
    front = EditionSegment("4f1c02ab99d3", Kind.FRONT, 1, "导语", "In brief", State.FINAL)
    document = parsed(written(edition(segments=(front,)), layout))
    expected = {"side": 2, "alternate": 2, "sequence": 2, "target": 1}[layout]
    shown = [text(one) for one in of_class(document, "standfirst")]
    assert shown == ["导语", "In brief"][-expected:]


# Pictures


@pytest.mark.parametrize("layout", ["side", "alternate"])
def test_a_pair_shows_its_picture_once_with_both_captions(layout):
    document = parsed(written(edition(), layout))
    [figure] = document.iter("figure")
    assert [one.get("alt") for one in figure.iter("img")] == ["The route"]
    assert [text(one) for one in figure.find("figcaption")] == ["行程图", "The route"]


def test_a_picture_that_is_not_there_leaves_its_caption():
    document = parsed(written(edition(pictures={})))
    assert not list(document.iter("img"))
    assert [text(one) for one in document.find(".//figcaption")] == ["行程图", "The route"]


@pytest.mark.parametrize("media_type", ["text/html", 'image/png" onerror="x', "image/", ""])
def test_what_is_no_picture_is_not_embedded(media_type):
    one = edition(pictures={ROUTE.address: replace(ROUTE, media_type=media_type)})
    assert not list(parsed(written(one)).iter("img"))


def test_a_picture_whose_caption_was_omitted_stays():
    one = edition(blocks=blocks(("figure", "![行程图](media/route.png)", "![](media/route.png)")))
    document = parsed(written(one))
    assert [image.get("alt") for image in document.iter("img")] == [""]
    assert [text(caption) for caption in document.find(".//figcaption")] == ["行程图"]


def test_a_picture_from_elsewhere_is_not_fetched():
    one = edition(blocks=blocks(("figure", "![图](https://example.org/a.png)", "![A](https://example.org/a.png)")))
    assert "example.org" not in written(one)


# Hostile texts

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style></h1>-->",
    "&lt;b&gt; &amp; &#x3c;",
    "[x](javascript:alert(1)) <javascript:alert(1)>",
    '![a](x" onerror="alert\\(1\\))',
    "<svg/onload=alert(1)> <!-- <![CDATA[",
    "\u202eabc\u2066 \x00\x1b[31m\x85\ufffe\ud800",
    "]]> ${x} {{x}} `<b>` \\<b>",
)
ANYTHING = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20)), max_size=4).map(" ".join)
ELEMENTS = """
html head meta link title style body main article section header footer div p h1 h2 h3 h4 h5 h6 strong em s a br hr
ul ol li blockquote pre code table thead tbody tr th td figure figcaption img time
"""
ATTRIBUTES = """
lang dir class role aria-label href src alt title charset http-equiv content name rel datetime translate data-mark
start style
"""


def shown(given: str) -> str:
    """A text as a page can show it: white space folded, what HTML cannot hold replaced."""
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef]", "\ufffd", given)
    return " ".join("".join("\ufffd" if ord(one) & 0xFFFE == 0xFFFE else one for one in kept).split())


def assert_inert(document) -> None:
    for element in document.iter():
        if not isinstance(element.tag, str):
            pytest.fail("the page has a comment")
        assert element.tag in ELEMENTS.split()
        assert set(element.attrib) <= set(ATTRIBUTES.split())
        assert not re.match(r"\s*(javascript|vbscript|file|data(?!:,|:image/))", element.get("href", ""), re.IGNORECASE)
        assert element.get("src", "data:image/").startswith("data:image/")
        assert re.fullmatch(r"(text-align:(left|right|center))?", element.get("style", ""))


@given(ANYTHING, ANYTHING, ANYTHING, ANYTHING, st.sampled_from(LAYOUTS))
def test_no_text_of_an_article_can_act_or_get_lost(headline, name, note, markdown, layout):
    one = edition(
        headline=("佛山代表团访问日韩", headline),
        dateline=("", headline),
        byline=(BylineLine("photo", "Photo", "丨", (name, "Tang")),),
        notes=(note,),
        blocks=blocks(
            ("paragraph", markdown, markdown),
            ("figure", f"![{markdown}](media/route.png)", f"![{markdown}](media/route.png)"),
            ("html", markdown, markdown),
            ("paragraph", "终", "The end."),
        ),
    )
    document = parsed(written(one, layout))
    assert_inert(document)
    if headline:
        assert shown(headline) in [text(one) for one in of_class(document, "headline")]
    assert [text(one) for one in of_class(document, "byline")[0]] == [shown(f"Photo丨{name}, Tang")]
    assert texts(document, ".//footer//li") == [shown(note)]
    assert in_order(text(document.find("body")), "The end.", shown(note), shown(f"Photo丨{name}, Tang"))


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_hostile_words_in_the_text_are_shown_as_they_are(hostile, layout):
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", hostile)
    one = edition(
        headline=(hostile, hostile),
        blocks=blocks(("paragraph", f"源 {escaped} 文", f"before {escaped} after")),
        pictures={},
    )
    document = parsed(written(one, layout))
    assert_inert(document)
    assert f"before {shown(hostile)} after" in text(document.find("body"))
    assert text(document.find("head/title")) == shown(hostile)
