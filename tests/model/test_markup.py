"""Placeables are found as Markdown means them, and survive the way to an engine and back."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from reviewtool.model.markup import Edge, masked, placeables, protect, restore

MARKDOWN = MarkdownIt("commonmark").enable("strikethrough")


def kinds(text: str) -> list[tuple[str, str]]:
    return [(one.kind.value, one.text) for one in placeables(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("运行 `reviewtool add` 即可。", [("code", "`reviewtool add`")]),
        ("A `` tick ` inside `` code", [("code", "`` tick ` inside ``")]),
        ("详见https://example.com/a?b=1，谢谢。", [("url", "https://example.com/a?b=1")]),
        ("See https://example.com/a_(b).", [("url", "https://example.com/a_(b)")]),
        ("(see www.example.com)", [("url", "www.example.com")]),
        ("Write to <desk@example.com>", [("mail", "<desk@example.com>")]),
        ("문의: desk@example.com", [("mail", "desk@example.com")]),
        ("{name}, %s of {{all}}", [("placeholder", "{name}"), ("placeholder", "%s"), ("placeholder", "{{all}}")]),
        ("%(count)d %1$s", [("placeholder", "%(count)d"), ("placeholder", "%1$s")]),
        ("增长50%以上，占100%design", []),
        ("H<sub>2</sub>O<br/>", [("html", "<sub>"), ("html", "</sub>"), ("html", "<br/>")]),
        ("3 < 5 and 7 > 2", []),
        ("出席会议[^1]。", [("footnote", "[^1]")]),
        ("[官网](https://example.com \"标题\")", [("link", "["), ("link", '](https://example.com "标题")')]),
        ("![展会](media/fair.jpg)", [("image", "!["), ("image", "](media/fair.jpg)")]),
        ("[Photo/Luo Qiuxia]", []),
        ("**超12亿元**的订单", [("strong", "**"), ("strong", "**")]),
        ("~~旧~~ 10~20", [("strike", "~~"), ("strike", "~~")]),
        ("5 * 3 * 2 and snake_case_name", []),
        (r"\*not emphasis\* and \`no code\`", []),
        ("*foo**bar*", [("emphasis", "*"), ("emphasis", "*")]),
        ("***very***", [("emphasis", "*"), ("strong", "**"), ("strong", "**"), ("emphasis", "*")]),
    ],
)  # fmt: skip
def test_placeables_are_found_where_they_are(text, expected):
    assert kinds(text) == expected
    assert all(text[one.start : one.end] == one.text for one in placeables(text))


def test_a_mark_that_would_be_printed_as_stars_is_text():
    assert kinds("**佛山（中国）**的展会") == []
    assert kinds("**佛山展会**的") == [("strong", "**"), ("strong", "**")]


def test_emphasis_does_not_cross_the_border_of_a_link():
    assert [kind for kind, _ in kinds("*a [b* c](d)")] == ["link", "link"]
    assert [kind for kind, _ in kinds("*a [b](c) d*")] == ["emphasis", "link", "link", "emphasis"]


def test_a_link_within_a_link_is_text_but_an_image_is_not():
    assert [kind for kind, _ in kinds("[a [b](c) d](e)")] == ["link", "link"]
    assert [kind for kind, _ in kinds("[![a](b)](c)")] == ["link", "image", "image", "link"]


@pytest.mark.parametrize(
    ("text", "destination"),
    [
        ("[a](https://example.com/x_(y))", "https://example.com/x_(y)"),
        ("[a](<with space.html> 'title')", "with space.html"),
        ("[a]()", ""),
        ("[a][notes]", "notes"),
        ("![a](图片.png)", "图片.png"),
        ("<https://example.com>", "https://example.com"),
        ("`code`", None),
    ],
)
def test_a_placeable_knows_where_it_leads(text, destination):
    assert [one.destination for one in placeables(text) if one.edge is not Edge.OPEN] == [destination]


def test_masking_keeps_every_position():
    text = "见`1` [第2页](x3)4"
    assert masked(text) == "见     第2页     4"
    assert masked(text, words="x", marks="·") == "见xxx ·第2页·····4"


def test_the_engine_sees_elements_and_escaped_text():
    protected = protect("A & B: **bold `x < y`** [here](u)")
    assert protected.xml == 'A &amp; B: <g id="1">bold <x id="2"/></g> <g id="3">here</g>'
    assert protected.table == (("**", "**"), ("`x < y`",), ("[", "](u)"))


@pytest.mark.parametrize(
    "answer",
    [
        '<g id="1">粗体</g> <x id="2"/>',
        "<g id='1'>粗体</g> <x id='2' />",
        "<G ID=1>粗体</G> <x id=2></x>",
        '<g id = "1" >粗体</ g> <X id="2"/>',
    ],
)
def test_elements_are_recognised_however_an_engine_writes_them(answer):
    assert restore(answer, (("**", "**"), ("{name}",))) == ("**粗体** {name}", ())


def test_words_may_change_places_with_their_marks():
    table = (("**", "**"), ("[", "](u)"))
    assert restore('<g id="2">那里</g>是<g id="1">粗体</g>', table) == ("[那里](u)是**粗体**", ())


def test_entities_of_the_engine_become_characters():
    assert (
        restore("Tom &amp; Jerry&#39;s &lt;b&gt; &quot;x&quot; &amp;lt; AT&T", ())[0]
        == 'Tom & Jerry\'s <b> "x" &lt; AT&T'
    )


def test_what_was_lost_doubled_or_invented_is_said():
    table = (("**", "**"), ("{name}",), ("`x`",))
    text, sentences = restore('bold <x id="2"/> and <x id="2"/> <x id="9"/>', table)
    assert text == "bold {name} and {name} "
    assert sentences == (
        "The draft has lost '**…**'.",
        "The draft has '{name}' 2 times.",
        "The draft has lost '`x`'.",
        "The draft held marks that were never sent, left out here: 9.",
    )


@pytest.mark.parametrize(
    "answer", ['<g id="1">bold', "bold</g>", '<x id="1"/>bold', '</g>bold<g id="1">', '<g id="1"/>bold']
)
def test_half_a_pair_is_left_out_and_its_text_kept(answer):
    text, sentences = restore(answer, (("**", "**"),))
    assert text == "bold"
    assert "The draft has lost '**…**'." in sentences


pieces = st.sampled_from(
    ["*", "**", "_", "~~", "`", "``", "[", "](u)", "](", ")", "![", "<b>", "<", ">", "&", "&amp;", "{x}", "%s", "\\",
     " ", "佛山", "a", "，", "“", "\n", "https://a.b/c", '<x id="1"/>', '<g id="1">', "</g>", "[^1]", "\x00", "\r"]
)  # fmt: skip
texts = st.lists(pieces | st.text(max_size=3), max_size=20).map("".join)


@given(texts)
@example('<x id="1"/> **<g id="2">** </g>')
def test_any_text_comes_back_as_it_went(text):
    protected = protect(text)
    assert restore(protected.xml, protected.table) == (text, ())


@given(texts.filter(lambda text: text.isprintable()))
def test_what_goes_to_an_engine_is_well_formed(text):
    assert etree.fromstring(f"<p>{protect(text).xml}</p>").tag == "p"


@given(st.text(st.characters(categories=["Cc", "Cs", "Cn", "Co"]) | st.sampled_from("a<&")))
def test_control_characters_do_not_break_the_xml(text):
    assert etree.fromstring(f"<p>{protect(text).xml}</p>").tag == "p"


@given(texts, texts)
def test_no_answer_of_an_engine_makes_it_fail(answer, text):
    restored, sentences = restore(answer, protect(text).table)
    assert isinstance(restored, str)
    assert all("\n" not in sentence for sentence in sentences)


emphatic = (
    st.lists(st.sampled_from(["*", "**", "***", "_", "__", "~~", "a", "佛", " ", "，", "“", "(", "1"]), max_size=16)
    .map("".join)
    .filter(lambda text: "~~~" not in text)
)


@given(emphatic)
def test_emphasis_is_what_the_renderer_makes_of_it(text):
    tokens = MARKDOWN.parseInline(f"x {text} x")[0].children
    names = {"em_open": "emphasis", "strong_open": "strong", "s_open": "strike"}
    expected = [names[token.type] for token in tokens if token.type in names]
    found = [one.kind.value for one in placeables(f"x {text} x") if one.edge is Edge.OPEN]
    assert sorted(found) == sorted(expected)
