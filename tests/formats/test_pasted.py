"""News pages pasted as plain text become articles, and no word of them changes."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewtool.formats import front_matter
from reviewtool.formats.markdown import parse
from reviewtool.formats.pasted import in_language, read
from reviewtool.model.article import Article
from reviewtool.model.language import Language


def article(text: str, tag: str = "zh-CN") -> Article:
    return parse(read(text).text, slug="story", language=Language(tag))


def paragraphs(text: str, tag: str = "zh-CN") -> list[str]:
    found = article(text, tag)
    return [found.text[block.start : block.end] for block in found.blocks]


CHINESE = """佛山经贸代表团访问日韩，达成意向订单超12亿元
佛山中国 2023-03-07 18:45
作者 | 唐
　　八天，两个国家，超过12亿元的意向订单：佛山经贸代表团3月5日结束了对日本和韩国的访问。
　　2月28日，代表团在东京举行推介会，介绍佛山的泛家居产业。
　　下一站是韩国。
Photo丨Foshan Commerce
审校 | Eleanor, Jessica
"""

ENGLISH = """\
Foshan trade delegation returns with 1.2 billion yuan in orders

Foshan China 2023-03-07 18:45

Author | Tang

The delegation travelled for eight days. It visited more than ten institutions.

A forum in Tokyo on February 28 brought orders of 600 million yuan.

Photo: Foshan Commerce
"""

KOREAN = """포산 경제무역 대표단, 일본과 한국 방문
기자: 唐
입력 2023. 3. 7. 오후 6:45
대표단은 8일간 일본과 한국을 방문했다.
2월 28일 도쿄에서 설명회가 열렸다.
사진 | 포산시 상무국
"""

JAPANESE = """佛山の経済貿易代表団、日韓を訪問
2023年3月7日 18時45分
代表団は8日間にわたり日本と韓国を訪問した。
2月28日、東京で説明会を開いた。
写真：佛山市商務局
出典：佛山新聞
"""


# The founding story in four languages


def test_a_chinese_page():
    found = article(CHINESE)
    assert found.title == "佛山经贸代表团访问日韩，达成意向订单超12亿元"
    assert (found.date, found.dateline) == ("2023-03-07", "佛山中国 2023-03-07 18:45")
    assert [(one.role, one.names) for one in found.credits] == [("author", ("唐",)), ("photo", ("Foshan Commerce",))]
    assert paragraphs(CHINESE) == [
        "八天，两个国家，超过12亿元的意向订单：佛山经贸代表团3月5日结束了对日本和韩国的访问。",
        "2月28日，代表团在东京举行推介会，介绍佛山的泛家居产业。",
        "下一站是韩国。",
    ]


def test_an_english_page():
    found = article(ENGLISH, "en")
    assert found.title == "Foshan trade delegation returns with 1.2 billion yuan in orders"
    assert (found.date, found.dateline) == ("2023-03-07", "Foshan China 2023-03-07 18:45")
    assert [(one.role, one.names) for one in found.credits] == [("author", ("Tang",)), ("photo", ("Foshan Commerce",))]
    assert [passage.text for passage in found.passages[1:]] == [
        "The delegation travelled for eight days.",
        "It visited more than ten institutions.",
        "A forum in Tokyo on February 28 brought orders of 600 million yuan.",
    ]


def test_a_korean_page():
    found = article(KOREAN, "ko")
    assert found.title == "포산 경제무역 대표단, 일본과 한국 방문"
    assert (found.date, found.dateline) == ("2023-03-07", "입력 2023. 3. 7. 오후 6:45")
    assert [(one.role, one.names) for one in found.credits] == [("author", ("唐",)), ("photo", ("포산시 상무국",))]
    assert paragraphs(KOREAN, "ko") == ["대표단은 8일간 일본과 한국을 방문했다.", "2월 28일 도쿄에서 설명회가 열렸다."]


def test_a_japanese_page():
    found = article(JAPANESE, "ja")
    assert found.title == "佛山の経済貿易代表団、日韓を訪問"
    assert (found.date, found.dateline) == ("2023-03-07", "2023年3月7日 18時45分")
    assert [(one.role, one.names) for one in found.credits] == [("photo", ("佛山市商務局",)), ("source", ("佛山新聞",))]
    assert paragraphs(JAPANESE, "ja") == [
        "代表団は8日間にわたり日本と韓国を訪問した。",
        "2月28日、東京で説明会を開いた。",
    ]


def test_only_signatures_say_who_revised():
    assert read(CHINESE).left_out == ("审校 | Eleanor, Jessica",)
    assert "Eleanor" not in read(CHINESE).text


@pytest.mark.parametrize(
    "line", ["Reviser | Eleanor", "译者：唐", "责编｜Jessica", "Editor: Eleanor", "감수 | Eleanor", "校閲：Eleanor"]
)
def test_names_of_passes_are_left_out_and_told(line):
    for text in (f"佛山家具展开幕\n{line}\n正文。", f"佛山家具展开幕\n正文。\n{line}"):
        assert read(text).left_out == (line,)
        assert line not in read(text).text


# What stays as it is


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: 佛山\n---\n\n一段。\n二段。\n",
        "\ufeff---\r\ntitle: Foshan\r\n---\r\n\r\nText.\r\nPhoto | Tang\r\n",
        "---\n---\n",
    ],
)
def test_a_text_with_front_matter(text):
    assert read(text).text == text


def test_a_markdown_body_keeps_its_lines():
    text = (
        "# The fair\n\nIt opens **soon**.\nAnd closes.\n\n## Hours\n\n- Monday\n- Tuesday\n\n```\n  a = 1\n\n  b\n```\n"
    )
    assert read(text).text == "---\ntitle: The fair\n---\n\n" + text.removeprefix("# The fair\n\n")


def test_lists_quotes_and_tables_stay_together():
    text = "Programme\n- Tokyo\n- Osaka\n> A good start.\n> It goes on.\nThe end of it.\n"
    assert paragraphs(text, "en") == ["- Tokyo\n- Osaka", "> A good start.\n> It goes on.", "The end of it."]


def test_numbers_that_count_are_a_list_and_others_are_text():
    assert [block.name for block in article("Three stops\n1. Tokyo.\n2. Osaka.\n3. Seoul.\n", "en").blocks] == ["list"]
    years = article("포산의 교역\n2022. 12. 3. 첫 방문이 있었다.\n2023. 3. 7. 두 번째 방문이 있었다.\n", "ko")
    assert [block.name for block in years.blocks] == ["paragraph", "paragraph"]


# Headlines


@pytest.mark.parametrize(
    "line",
    [
        "佛山家具展开幕",
        "“泛家居”是什么？",
        "Delegation returns from the U.S.",
        "A good start!",
        'Foshan: "a good start"',
        "# 佛山家具展开幕",
    ],
)
def test_a_first_line_without_a_stop_is_the_headline(line):
    found = article(f"{line}\n正文在这里。\n")
    assert found.title == line.removeprefix("# ")
    assert paragraphs(f"{line}\n正文在这里。\n") == ["正文在这里。"]


@pytest.mark.parametrize(
    "line", ["代表团一行历时八天。", "The delegation travelled for eight days.", "- Tokyo", "> A start", "字" * 81]
)
def test_a_first_line_that_is_a_sentence_is_not(line):
    found = article(f"{line}\n正文在这里。\n")
    assert found.title == ""
    assert len(found.blocks) == 2


def test_an_underlined_headline():
    assert read("The fair\n========\nIt opens soon.\n").text == "---\ntitle: The fair\n---\n\nIt opens soon.\n"


def test_a_headline_alone_is_an_article():
    assert article("佛山家具展开幕").title == "佛山家具展开幕"


def test_a_headline_may_hold_what_yaml_would_read_otherwise():
    for line in ("Foshan: #1 in furniture", "- - -x", '"Quoted" & {more}', "12亿元：佛山 [图]", "yes", "A\\B"):
        assert article(f"{line}\nText.\n", "en").title in (line, "")
    assert article("Foshan: #1 in furniture\nText.\n", "en").title == "Foshan: #1 in furniture"


# Datelines


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("佛山中国 2023-03-07 18:45", "2023-03-07"),
        ("Foshan China 2023-03-07 18:45", "2023-03-07"),
        ("2023/3/7", "2023-03-07"),
        ("发布时间：2023年3月7日 18:45:12", "2023-03-07"),
        ("来源：佛山新闻网 2023-03-07 18:45", "2023-03-07"),
        ("FOSHAN, China, March 7, 2023", "2023-03-07"),
        ("Foshan, 7 Mar. 2023, 6:45 p.m.", "2023-03-07"),
        ("Updated: Sept. 7, 2023 at 18:45 (GMT+8)", "2023-09-07"),
        ("포산 2023년 3월 7일 오후 6시 45분", "2023-03-07"),
        ("2023.03.07 18:45 KST", "2023-03-07"),
        ("東京 2023年3月7日 午後6時45分", "2023-03-07"),
    ],
)
def test_a_line_of_place_and_day_is_the_dateline(line, day):
    found = article(f"佛山家具展开幕\n{line}\n正文在这里。\n")
    assert (found.dateline, found.date) == (line, day)
    assert [passage.text for passage in found.passages] == ["佛山家具展开幕", "正文在这里。"]


@pytest.mark.parametrize(
    "line",
    [
        "佛山家具展3月18日在潭洲展馆开幕",
        "2023年3月7日佛山要闻",
        "Opening on March 18, 2023 in Tanzhou",
        "Furniture fair opens March 18, 2023",
        "展会于2023年3月18日。",
        "2023-13-45 18:45",
        "2023",
    ],
)
def test_a_line_that_only_names_a_day_is_not(line):
    found = article(f"佛山家具展开幕\n{line}\n正文在这里。\n")
    assert found.dateline == ""
    assert line in found.text


def test_the_dateline_and_credits_may_come_first():
    found = article("Photo | Foshan Commerce\n2023-03-07\nFurniture fair opens\nIt opens soon.\n", "en")
    assert (found.title, found.dateline) == ("Furniture fair opens", "2023-03-07")
    assert found.credits[0].names == ("Foshan Commerce",)


# Credits


@pytest.mark.parametrize(
    ("line", "role", "names"),
    [
        ("Photo丨Foshan Commerce", "photo", ("Foshan Commerce",)),
        ("图｜佛山商务", "photo", ("佛山商务",)),
        ("记者：唐、Eleanor", "author", ("唐", "Eleanor")),
        ("Author | Tang", "author", ("Tang",)),
        ("Video: Foshan Commerce & Tang", "video", ("Foshan Commerce", "Tang")),
        ("來源：佛山商務", "source", ("佛山商務",)),
    ],
)
def test_credits_of_the_source_are_its_own(line, role, names):
    for text in (f"佛山家具展开幕\n{line}\n正文。\n", f"佛山家具展开幕\n正文。\n{line}\n"):
        (credit,) = article(text).credits
        assert (credit.role, credit.names) == (role, names)
        assert read(text).left_out == ()


def test_several_lines_of_one_kind_are_one_credit_in_their_order():
    text = "Fair opens\nText of it.\nPhoto | Tang\nPhoto | Eleanor, Jessica\n"
    assert article(text, "en").credits[0].names == ("Tang", "Eleanor", "Jessica")


@pytest.mark.parametrize(
    "line",
    [
        "图：代表团在东京举行推介会。",
        "Source: the figures of 2023 are those of the city's commerce bureau",
        "记者 | 唐 摄影 | Eleanor",
        "Orders | 1.2 billion yuan",
    ],
)
def test_a_line_that_says_more_than_names_is_text(line):
    assert line in paragraphs(f"佛山家具展开幕\n正文。\n{line}\n")


def test_a_credit_in_the_middle_is_text():
    assert paragraphs("Fair opens\nOne.\nPhoto | Tang\nTwo.\n", "en") == ["One.", "Photo | Tang", "Two."]


# Paragraphs


def test_lines_that_a_program_wrapped_are_one_paragraph():
    text = (
        "Fair opens in March\n\nThe furniture fair opens on March 18 in the Tanzhou\nhall and runs for four days, with "
        "visitors from\nmany countries expected.\n\nMore than one hundred companies show their latest\nproducts; "
        "entrance is free for those who have\nregistered beforehand.\n"
    )
    found = article(text, "en")
    assert [block.name for block in found.blocks] == ["paragraph", "paragraph"]
    assert found.passages[1].text.startswith("The furniture fair opens on March 18 in the Tanzhou hall and runs")


def test_chinese_lines_that_were_wrapped_are_joined_without_spaces():
    text = (
        "佛山家具展开幕\n\n一场家具展将于三月十八日至二十一日在佛山潭洲展馆举\n行，为期四天，主办方预计参展企业超过一百"
        "家，观众将来\n自多个国家和地区，展馆每天九点半开门，观众请从三号门\n入场，入场免费，但须登记。\n"
    )
    assert len(article(text).blocks) == 1
    assert "潭洲展馆举行，为期四天" in article(text).passages[1].text


def test_a_line_each_is_a_paragraph_each_whatever_their_lengths():
    assert paragraphs("标题\n短句。\n" + "很长的一段话，" * 20 + "完。\n小标题\n又一段。\n") == [
        "短句。",
        "很长的一段话，" * 20 + "完。",
        "小标题",
        "又一段。",
    ]


def test_windows_line_ends_and_odd_spaces_are_line_ends_and_spaces():
    text = "\ufeff佛山家具展开幕\r\n\u3000\u3000第一段。\r\n\u00a0第二段。\u200b\u2028第三段。\r\n"
    assert paragraphs(text) == ["第一段。", "第二段。", "第三段。"]


# The language


def test_a_language_is_written_into_the_front_matter():
    assert in_language("Text.\n", Language("en")) == "---\nlanguage: en\n---\n\nText.\n"
    windows = "\ufeff---\r\ntitle: x\r\n---\r\n"
    assert in_language(windows, Language("ko")) == "\ufeff---\r\nlanguage: ko\r\ntitle: x\r\n---\r\n"
    found = parse(in_language(read(JAPANESE).text, Language("ja")), slug="story", language=Language("en"))
    assert (found.language, found.title) == (Language("ja"), "佛山の経済貿易代表団、日韓を訪問")


# Laws

LINES = st.sampled_from(
    [
        *CHINESE.splitlines(),
        *ENGLISH.splitlines(),
        *KOREAN.splitlines(),
        *JAPANESE.splitlines(),
        "",
        "- 一",
        "2023. 3. 7. 방문",
        "> 引",
        "# 标题",
        "| a | b |",
    ]
)
PAGES = st.lists(LINES, max_size=12).map("\n".join)


LABELS = {
    "作者 | 唐": "作者",
    "Photo丨Foshan Commerce": "Photo丨",
    "Author | Tang": "Author",
    "Photo: Foshan Commerce": "Photo",
    "기자: 唐": "기자",
    "사진 | 포산시 상무국": "사진",
    "写真：佛山市商務局": "写真",
    "出典：佛山新聞": "出典",
}


def words(*texts: str) -> Counter[str]:
    """What is said, whatever stands around it."""
    return Counter(char for text in texts for char in re.findall(r"\w", text))


@given(PAGES)
def test_no_word_is_lost_or_added(page):
    pasted = read(page)
    head = front_matter.read(pasted.text, "story.md")
    credited = [name for role in ("author", "photo", "video", "source") for name in head.names(role)]
    said = words(head.string("title"), head.string("dateline"), *credited, pasted.text[head.body :], *pasted.left_out)
    labels = words(*(LABELS.get(line.strip(), "") for line in page.splitlines()))
    assert not said - words(page)
    assert not words(page) - said - labels


@given(PAGES)
def test_reading_again_changes_nothing(page):
    once = read(page).text
    assert read(once).text == once


@given(PAGES)
def test_what_is_read_is_an_article(page):
    parse(read(page).text, slug="story", language=Language("zh-CN"))


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    assert read(read(text).text).text == read(text).text
