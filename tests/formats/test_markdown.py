from __future__ import annotations

import re

import pytest

from reviewtool.errors import InputError
from reviewtool.formats.markdown import parse, to_html
from reviewtool.model.article import Article
from reviewtool.model.language import Language

EN, ZH = Language.parse("en"), Language.parse("zh-CN")


def read(text: str, tag: str = "zh-CN", **options: object) -> Article:
    return parse(text, slug="story", language=Language.parse(tag), **options)  # type: ignore[arg-type]


def passages(text: str, tag: str = "zh-CN", **options: object) -> list[tuple[str, str]]:
    return [(str(passage.kind), passage.text) for passage in read(text, tag, **options).passages]


# Newsroom texts


def test_a_chinese_story() -> None:
    story = (
        "---\ntitle: 佛山经贸代表团访日韩\ndate: 2023-03-07\ndateline: 佛山 2023-03-07 18:45\n"
        "author: 唐\nphoto: 佛山商务\ntargets: [en, ja]\n---\n\n"
        "2月26日，佛山经贸代表团启程。“此行收获很大。”唐先生说。\n\n![代表团在东京合影](media/tokyo.jpg)\n\n"
        "## 逾12亿元\n\n意向订单金额超过**12亿元**！其中日本6亿元；韩国\n6亿元。\n"
    )
    article = read(story)
    assert [(str(p.kind), p.text) for p in article.passages] == [
        ("headline", "佛山经贸代表团访日韩"),
        ("paragraph", "2月26日，佛山经贸代表团启程。"),
        ("paragraph", "“此行收获很大。”唐先生说。"),
        ("caption", "代表团在东京合影"),
        ("heading", "逾12亿元"),
        ("paragraph", "意向订单金额超过**12亿元**！"),
        ("paragraph", "其中日本6亿元；韩国6亿元。"),
    ]
    assert [block.name for block in article.blocks] == ["paragraph", "figure", "heading", "paragraph"]
    assert (article.title, article.dateline, article.date) == (
        "佛山经贸代表团访日韩",
        "佛山 2023-03-07 18:45",
        "2023-03-07",
    )
    assert [(credit.role, credit.names) for credit in article.credits] == [
        ("author", ("唐",)),
        ("photo", ("佛山商务",)),
    ]
    assert [language.tag for language in article.targets or ()] == ["en", "ja"]
    assert article.pictures == ("media/tokyo.jpg",)


def test_an_english_story() -> None:
    story = (
        'He said "Hello." Then Mr. Tang of Foshan Co.\nleft for [Tokyo. And Seoul](https://example.com/a.b "x. Y").\n\n'
        "> One quote.\n> Going on.\n>\n> Second paragraph.\n\n"
        "1. First. Really.\n   - nested\n2. *Second. And* third.\n"
    )
    assert passages(story, "en") == [
        ("paragraph", 'He said "Hello."'),
        ("paragraph", 'Then Mr. Tang of Foshan Co. left for [Tokyo. And Seoul](https://example.com/a.b "x. Y").'),
        ("quote", "One quote."),
        ("quote", "Going on."),
        ("quote", "Second paragraph."),
        ("list", "First."),
        ("list", "Really."),
        ("list", "nested"),
        ("list", "*Second. And* third."),
    ]


def test_a_japanese_and_a_korean_story() -> None:
    assert passages("代表団は東京を\n訪れた。「成果は大きい。」と彼は言った。\n", "ja") == [
        ("paragraph", "代表団は東京を訪れた。"),
        ("paragraph", "「成果は大きい。」と彼は言った。"),
    ]
    assert passages("대표단은 도쿄를\n방문했다. 계약은 6억 위안이다.\n", "ko") == [
        ("paragraph", "대표단은 도쿄를 방문했다."),
        ("paragraph", "계약은 6억 위안이다."),
    ]


def test_scripts_may_mix() -> None:
    assert passages("由Dr. Smith主持的Foshan\nFair开幕。地址https://a.cn/b?c=1。\n") == [
        ("paragraph", "由Dr. Smith主持的Foshan Fair开幕。"),
        ("paragraph", "地址https://a.cn/b?c=1。"),
    ]


# What a passage is


@pytest.mark.parametrize(
    "text",
    [
        "**One. Two**",
        "*One. Two*",
        "[One. Two](u)",
        "![One. Two](u) three",
        "`One. Two`",
        "<b>One. Two</b>",
        "~~One. Two~~",
        "**a [One. Two](u) b**",
    ],
)
def test_markup_is_never_cut(text: str) -> None:
    assert passages(f"{text} more. End.", "en") == [("paragraph", f"{text} more."), ("paragraph", "End.")]


def test_a_sentence_that_is_all_markup_still_ends() -> None:
    assert passages("**He came.** Then he left.", "en") == [
        ("paragraph", "**He came.**"),
        ("paragraph", "Then he left."),
    ]


def test_strong_text_that_commonmark_does_not_see_is_not_cut_either() -> None:
    assert passages("**第一。第二。**第三。") == [("paragraph", "**第一。第二。**"), ("paragraph", "第三。")]


def test_a_paragraph_can_stay_whole() -> None:
    assert passages("One. Two.\nThree.\n\n- A. B.\n", "en", sentences=False) == [
        ("paragraph", "One. Two. Three."),
        ("list", "A. B."),
    ]


def test_a_line_break_that_shows_ends_a_passage_and_stays() -> None:
    text = "> Roses  \n> are red\\\n> **not\\\n> blue**\n"
    article = read(text, "en")
    assert [passage.text for passage in article.passages] == ["Roses", "are red", "**not\\\nblue**"]
    assert article.rebuild(["Rosen", None, "**nicht\\\nblau**"]) == "> Rosen  \n> are red\\\n> **nicht\\\nblau**\n"


def test_cells_have_their_bars_unescaped_and_escaped_again() -> None:
    text = "| a \\| b | `c \\| d` |\n|---|---|\n| | x |\n"
    article = read(text, "en")
    assert [passage.text for passage in article.passages] == ["a | b", "`c | d`", "x"]
    assert article.rebuild(["e | f", "g", "| y"]) == "| e \\| f | g |\n|---|---|\n| | \\| y |\n"


def test_captions_stand_alone_or_stay_in_their_sentence() -> None:
    article = read('[![甲](a.jpg "t")](u) ![乙](b.jpg)\n\n见![图](c.jpg "d")。\n')
    assert [(str(p.kind), p.text) for p in article.passages] == [
        ("caption", "甲"),
        ("caption", "乙"),
        ("paragraph", '见![图](c.jpg "d")。'),
    ]
    assert article.pictures == ("a.jpg", "b.jpg", "c.jpg")
    assert article.rebuild(["A [1]", "B ]", None], EN).startswith('[![A [1]](a.jpg "t")](u) ![B \\]](b.jpg)\n')


def test_what_is_no_text_passes_through() -> None:
    text = "```\ncode\n```\n\n    indented\n\n<div>raw</div>\n\n***\n\n[ref]: https://example.com\n\n<br> <br>\n"
    article = read(text, "en")
    assert article.passages == ()
    assert [block.name for block in article.blocks] == ["code", "code", "html", "rule", "html"]


def test_the_first_heading_is_the_headline_where_the_front_matter_has_none() -> None:
    article = read("Kicker\n\n# Fair *opens*\n\n# Second\n", "en")
    assert [(str(p.kind), p.text) for p in article.passages] == [
        ("paragraph", "Kicker"),
        ("headline", "Fair *opens*"),
        ("heading", "Second"),
    ]
    assert article.title == "Fair *opens*"
    assert [block.name for block in article.blocks] == ["paragraph", "heading"]


def test_named_front_matter_is_text_and_all_other_keys_stay() -> None:
    text = "---\nsummary: >\n  Two\n  lines\ntitle: 'It''s on'\nmood: good\nlanguage: en-GB\n---\nBody.\n"
    article = read(text, front=("title", "summary"))
    assert [(str(p.kind), p.text) for p in article.passages] == [
        ("front", "Two lines"),
        ("headline", "It's on"),
        ("paragraph", "Body."),
    ]
    assert article.language.tag == "en-GB"
    assert article.rebuild(['Sie sagt: "ja"', "Los # geht's", "Text."], Language.parse("de")) == (
        '---\nsummary: "Sie sagt: \\"ja\\""\ntitle: "Los # geht\'s"\nmood: good\nlanguage: "de"\n---\nText.\n'
    )


# Written back


def test_sentences_are_joined_as_the_target_joins_them() -> None:
    assert read("第一。第二。\n").rebuild(["One.", "Two."], EN) == "One. Two.\n"
    assert read("One. Two.\nThree.\n", "en").rebuild(["一。", "二。", "三。"], ZH) == "一。二。三。\n"


def test_a_paragraph_that_is_not_touched_keeps_its_lines() -> None:
    assert read("One.\nTwo.\n\nThree.\n", "en").rebuild([None, None, "Four."], EN) == "One.\nTwo.\n\nFour.\n"


def test_line_ends_and_byte_order_mark_stay() -> None:
    text = "\ufeff---\r\ntitle: 题\r\n---\r\n\r\n一。\r\n二。\r\n\r\n- 三\r\n"
    assert read(text).rebuild(["T", "One.", "Two.", "Three"], EN) == (
        '\ufeff---\r\ntitle: "T"\r\n---\r\n\r\nOne. Two.\r\n\r\n- Three\r\n'
    )


def test_a_block_brings_the_definitions_it_refers_to() -> None:
    article = read(
        'See [the Fair] and [this][2].\n\nNo link.\n\n[the fair]: <a b> "T"\n[2]: https://example.com\n', "en"
    )
    block, _ = article.block_texts(["Siehe [die Messe][the fair].", None], Language.parse("de"))
    assert block == 'Siehe [die Messe][the fair].\n\n[THE FAIR]: <a b> "T"'
    assert article.block_texts([None, None])[1] == "No link."


# Limits and warnings


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\nb\0c", r"^story\.md, line 2: there is a NUL"),
        ("字" * 700_000, "larger than the limit of 2,097,152 bytes"),
        ("Fine.\n\n" + "字" * 17_100, r"^story\.md, line 3: this paragraph is larger than 50 KB"),
        ("---\ntitle: a\n---\n" + "[" * 20_000, r"^story\.md, line 4: .* more than 300 times the character \["),
        ("*a " * 400, "300 times"),
        ("| " + "`" * 400 + " |\n|---|", "300 times"),
        (">" * 3_000 + "a", r"^story\.md, line 1: lists or quotes are nested too deep"),
        ("a\n\n" + "\n".join("  " * depth + "- a" for depth in range(30)), "nested too deep"),
        ("---\ntitle: a\nlanguage: '!'\n---\n", r"^story\.md, line 3: 'language' .* no language tag"),
        ("---\ntargets: [en, '?']\n---\n", r"^story\.md, line 2: 'targets'"),
        ("---\ntitle: [a]\n---\n", r"^story\.md, line 2: 'title'"),
    ],
)
def test_what_is_beyond_the_limits_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(text)


def test_what_is_odd_is_said() -> None:
    assert read("Fine.\n").warnings == ()
    (control, direction) = read("a\n\x1b[2J\n\nמ\u202eabc\n").warnings
    assert "line 2" in control
    assert "U+001B" in control
    assert "line 4" in direction
    assert "\u202e" not in direction
    (note,) = read("Text[^1].\n\n[^1]: Reuters\n").warnings
    assert "[^1]" in note


# HTML


def test_html_of_blocks() -> None:
    html = to_html("## H\n\n![A *cap*](a.jpg)\n\n| x |\n|---|\n| ~~y~~ |\n", lambda address: f"pictures/{address}")
    assert "<h2>H</h2>" in html
    assert '<figure><img src="pictures/a.jpg" alt="A cap"><figcaption>A <em>cap</em></figcaption></figure>' in html
    assert "<s>y</s>" in html


def test_a_picture_that_is_not_to_be_shown_leaves_its_caption() -> None:
    assert to_html("![A *cap* <b>](a.jpg)", lambda _: None) == "<p>A cap &lt;b&gt;</p>"


def test_html_is_made_of_a_text_that_ends_in_a_bare_prefix() -> None:
    assert "<p>&lt;style&gt;</p>" in to_html("> - <style>\n> ", lambda _: None)


def test_pictures_are_asked_for_by_the_address_in_the_article() -> None:
    asked: list[str] = []
    to_html("![a](<媒体/照 片.jpg>)", lambda address: asked.append(address) or "x")
    assert set(asked) == set(read("![a](<媒体/照 片.jpg>)").pictures)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](java&#10;script:alert(1))",
        "![a](javascript:alert(1))",
        '[a](x "\\"onmouseover=alert(1)")',
        '![\\"onerror=alert(1)](x)',
        "<a href='x' onclick=alert(1)>",
        "<!-- --><script>alert(1)</script>",
        "<javascript:alert(1)>",
    ],
)
def test_nothing_in_it_can_act(text: str) -> None:
    html = to_html(text, lambda address: address)
    tags = re.findall(r"<[^>]*>", html)
    assert all(re.fullmatch(r'</?(?:p|a|img|figure|figcaption)(?: \w+="[^"]*")*>', tag) for tag in tags)
    assert not any(re.search(r'="\s*javascript:', tag) or re.search(r"[\s\"]on\w+=\"", tag) for tag in tags)


def test_line_breaks_stay_and_comments_do_not() -> None:
    assert to_html("a<br/>b <!-- seen by nobody -->c\n\n<!-- nor this -->", lambda _: None) == "<p>a<br>b c</p>"
