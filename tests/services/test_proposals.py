"""Pasted texts come in under a name, in a language, as articles; the same text does not come in twice."""

from __future__ import annotations

import pytest

from reviewtool.errors import InputError
from reviewtool.services.sync import Added, Synced

from .conftest import ARTICLE

CHINESE = """佛山经贸代表团访问日韩，达成意向订单超12亿元
佛山中国 2023-03-07 18:45
作者 | 唐
代表团一行历时八天。此行走访了十余家机构。
下一站是东南亚。
审校 | Eleanor, Jessica
"""
ENGLISH = "Foshan’s trade delegation returns\nFoshan China 2023-03-07 18:45\nIt was away for eight days. It is back.\n"
KOREAN = "포산 대표단, 일본 방문\n2023. 3. 7. 18:45\n대표단은 8일간 일본을 방문했다.\n"
JAPANESE = "佛山の代表団が訪日\n代表団は8日間にわたり日本を訪問した。\n"


def propose(desk, text: str, **options):
    return desk.workspace.sync.propose(text, **options)


def paste(desk, text: str, **options):
    return list(desk.workspace.sync.paste(text, **options))


def settle(desk, source: str, *targets: str) -> None:
    """Give the workspace other languages."""
    path = desk.root / "reviewtool.toml"
    text = path.read_text(encoding="utf-8")
    text = text.replace('source_language = "zh-CN"', f'source_language = "{source}"')
    path.write_text(text.replace('target_languages = ["en"]', f"target_languages = {list(targets)}"), encoding="utf-8")
    desk.open()


# What is proposed


def test_a_chinese_page_is_named_after_its_day(desk):
    found = propose(desk, CHINESE)
    assert (found.slug, found.language.tag, found.segments) == ("2023-03-07", "zh-CN", 4)
    assert found.title == "佛山经贸代表团访问日韩，达成意向订单超12亿元"
    assert not found.there
    assert found.warnings == ("'审校 | Eleanor, Jessica' is left out: names on a pass come from signatures alone",)


def test_an_english_page_is_named_after_its_headline(desk):
    found = propose(desk, ENGLISH)
    assert (found.slug, found.language.tag, found.segments) == ("foshans-trade-delegation-returns", "en", 3)


def test_korean_and_japanese_pages_speak_for_themselves(desk):
    assert (propose(desk, KOREAN).slug, propose(desk, KOREAN).language.tag) == ("2023-03-07", "ko")
    assert (propose(desk, JAPANESE).slug, propose(desk, JAPANESE).language.tag) == ("article-1", "ja")


def test_proposing_writes_nothing(desk):
    before = sorted(desk.root.rglob("*"))
    propose(desk, ENGLISH)
    assert sorted(desk.root.rglob("*")) == before


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Délégation à São Paulo", "delegation-a-sao-paulo"),
        ("Foshan: 12 stops, and more!", "foshan-12-stops-and-more"),
        (
            "A headline that goes on and on about the fair in Tanzhou",
            "a-headline-that-goes-on-and-on-about-the-fair-in",
        ),
        ("X" * 80, "x" * 50),
        ("Con", "con-2"),
        ("佛山GDP增长", "article-1"),
        ("Foshan 佛山", "foshan"),
        ("Торговая делегация", "article-1"),
        ("2023", "2023"),
        ("…", "article-1"),
    ],
)
def test_names_are_words_that_can_be_a_files(desk, title, slug):
    assert propose(desk, f"{title}\n\nText of the article.\n").slug == slug


def test_nobody_else_has_the_name(desk):
    paste(desk, ENGLISH)
    assert propose(desk, ENGLISH + "More of it.\n").slug == "foshans-trade-delegation-returns-2"
    paste(desk, CHINESE)
    assert propose(desk, KOREAN).slug == "2023-03-07-2"
    paste(desk, JAPANESE)
    assert propose(desk, "標題\n正文。\n").slug == "article-2"


def test_a_name_whose_record_is_still_here_is_not_free(desk):
    paste(desk, ENGLISH)
    desk.slug = "foshans-trade-delegation-returns"
    settle(desk, "en", "zh-CN")
    list(desk.workspace.sync.run())
    (desk.root / "articles" / f"{desk.slug}.md").unlink()
    assert propose(desk, ENGLISH).slug == f"{desk.slug}-2"


def test_what_a_person_says_holds(desk):
    found = propose(desk, CHINESE, slug="delegation", language="zh-TW")
    assert (found.slug, found.language.tag) == ("delegation", "zh-TW")
    with pytest.raises(InputError, match="cannot name an article"):
        propose(desk, CHINESE, slug="代表团")
    with pytest.raises(InputError, match="is no language tag"):
        propose(desk, CHINESE, language="Chinese")


def test_what_the_front_matter_names_holds_before_all(desk):
    text = "---\ntitle: 佛山\nlanguage: zh-TW\n---\n\n一段。\n"
    found = propose(desk, text, language="en")
    assert (found.language.tag, found.text) == ("zh-TW", text)


# Languages


@pytest.mark.parametrize(
    ("source", "targets", "text", "language"),
    [
        ("en", ["zh-TW", "ko"], CHINESE, "zh-TW"),
        ("en", ["ko"], CHINESE, "zh-CN"),
        ("en", ["ja-JP"], JAPANESE, "ja-JP"),
        ("fr", ["en"], ENGLISH, "fr"),
        ("zh-CN", ["fr"], ENGLISH, "en"),
        ("zh-CN", ["en"], "12:45\n2023!\n", "zh-CN"),
        ("zh-CN", ["en", "ru"], "Делегация вернулась\nОна была в пути восемь дней.\n", "ru"),
        ("zh-CN", ["en"], "Делегация вернулась\nОна была в пути восемь дней.\n", "en"),
    ],
)
def test_the_language_is_the_workspaces_in_that_script(desk, source, targets, text, language):
    settle(desk, source, *targets)
    assert propose(desk, text).language.tag == language


def test_an_article_in_the_workspaces_language_with_front_matter_stays_as_it_is(desk):
    text = "---\ntitle: 佛山\n---\n\n一段。\n"
    assert propose(desk, text).text == text
    english = "---\ntitle: Foshan\n---\n\nOne paragraph.\n"
    assert propose(desk, english).text == "---\nlanguage: en\ntitle: Foshan\n---\n\nOne paragraph.\n"


# Bringing it in


def test_a_paste_is_an_article_with_its_editions(desk):
    added, synced = paste(desk, CHINESE)
    assert isinstance(added, Added)
    assert (added.slug, added.new) == ("2023-03-07", True)
    assert added.warnings == propose(desk, CHINESE).warnings
    assert isinstance(synced, Synced)
    assert (synced.language, synced.segments) == ("en", 4)
    edition = desk.workspace.editions.open("2023-03-07", "en")
    assert edition.article.credits[0].names == ("唐",)
    assert edition.article.dateline == "佛山中国 2023-03-07 18:45"


def test_the_same_text_again_is_here_already(desk):
    paste(desk, CHINESE)
    for text in (CHINESE, CHINESE.replace("\n", "\r\n"), f"\n{CHINESE}\n"):
        assert propose(desk, text).there
        added = paste(desk, text)[0]
        assert (added.slug, added.new) == ("2023-03-07", False)
    assert len(list((desk.root / "articles").glob("*.md"))) == 2


def test_the_text_of_an_article_that_is_here_is_found_under_its_name(desk):
    found = propose(desk, ARTICLE.rstrip("\n").replace("\n", "\r\n"))
    assert (found.slug, found.there, found.text) == ("story", True, ARTICLE)
    assert paste(desk, ARTICLE)[0] == Added("story", False)


def test_a_warning_about_the_text_is_told_once(desk):
    added = paste(desk, "佛山家具展开幕\n正文\x07。\n")[0]
    assert [warning for warning in added.warnings if "control character" in warning] == list(added.warnings)
    assert len(added.warnings) == 1


def test_a_name_that_another_text_has_is_refused(desk):
    with pytest.raises(InputError, match="already with another text"):
        paste(desk, ENGLISH, slug="story")


def test_a_text_without_an_edition_says_so(desk):
    (added,) = paste(desk, ENGLISH)
    assert any("has no edition" in warning for warning in added.warnings)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is no text"),
        (" \n\u3000\n", "There is no text"),
        ("---\ntitle: [\n---\n", "the pasted text, line"),
        ("---\ntitle: never closed\n", "the pasted text, line 1"),
        ("a\0b", "the pasted text.*NUL"),
        ("half \ud83d", "half a character"),
        ("x" * 3_000_000, "longer than the limit"),
    ],
)
def test_what_is_no_article_is_refused_in_one_sentence(desk, text, said):
    before = sorted(desk.root.rglob("*"))
    with pytest.raises(InputError, match=said):
        paste(desk, text)
    assert sorted(desk.root.rglob("*")) == before
