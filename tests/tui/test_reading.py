"""Reading how the editions stand: everything once, then only what changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from reviewtool.services.editions import Unreadable
from reviewtool.services.overview import EditionStatus
from reviewtool.tui.reading import Reading
from reviewtool.workspace import Workspace


def told(reading: Reading) -> dict[str, list[str]]:
    """The articles that there is news of, each with the languages of its editions."""
    return {
        one.slug: [
            each.language if isinstance(each, Unreadable) else each.languages.target.tag for each in one.editions
        ]
        for one in reading.news()
    }


def test_everything_is_read_once_and_nothing_again_while_nothing_changes(desk: Path):
    reading = Reading(Workspace(desk))

    assert told(reading) == {
        "furniture-fair": ["en"],
        "newsroom-note": ["en"],
        "old-town-guide": ["zh-CN"],
        "trade-delegation": ["en"],
    }
    assert told(reading) == {}


def test_an_act_of_somebody_else_is_news_of_that_article_alone(desk: Path):
    reading = Reading(Workspace(desk))
    told(reading)
    other = Workspace(desk)

    other.review.edit("old-town-guide", "zh-CN", "1", "古镇十二站", person="tang")

    assert told(reading) == {"old-town-guide": ["zh-CN"]}


def test_a_change_that_comes_while_an_article_is_read_is_read_the_next_time(desk: Path):
    reading = Reading(Workspace(desk))
    told(reading)
    article = desk / "articles/old-town-guide.md"
    article.write_text(article.read_text().replace("twelve stops", "13 stops"))
    catalog = desk / "locales/zh-CN/LC_MESSAGES/old-town-guide.po"

    for news in reading.news():
        assert news.slug == "old-town-guide"
        catalog.write_text(catalog.read_text() + "\n# somebody saved it just now\n")

    assert told(reading) == {"old-town-guide": ["zh-CN"]}


def test_a_language_that_an_article_gets_is_read_too(desk: Path):
    reading = Reading(Workspace(desk))
    told(reading)
    article = desk / "articles/old-town-guide.md"
    article.write_text(article.read_text().replace("targets: [zh-CN]", "targets: [zh-CN, ko]"))

    assert told(reading) == {"old-town-guide": ["zh-CN", "ko"]}

    (desk / "locales/ko/LC_MESSAGES").mkdir(parents=True)
    (desk / "locales/ko/LC_MESSAGES/old-town-guide.po").write_text('msgid ""\nmsgstr ""\n')
    assert told(reading) == {"old-town-guide": ["zh-CN", "ko"]}


def test_an_article_that_goes_is_told_as_gone_and_one_that_comes_as_new(desk: Path):
    reading = Reading(Workspace(desk))
    told(reading)

    (desk / "articles/newsroom-note.md").rename(desk / "articles/note.md")

    assert told(reading) == {"newsroom-note": [], "note": ["en"]}
    assert "newsroom-note" not in reading.slugs


def test_an_article_without_any_edition_is_read_again_when_it_gets_one(desk: Path):
    article = desk / "articles/old-town-guide.md"
    text = article.read_text()
    article.write_text(text.replace("targets: [zh-CN]", "targets: []"))
    reading = Reading(Workspace(desk))
    assert told(reading)["old-town-guide"] == []

    article.write_text(text)

    assert told(reading) == {"old-town-guide": ["zh-CN"]}


def test_what_cannot_be_read_says_why_and_hides_nothing(desk: Path):
    (desk / "locales/en/LC_MESSAGES/furniture-fair.po").write_bytes(b"\xff\xfe no catalog")
    (desk / "locales/en/ledger/newsroom-note/tang.jsonl").write_text("{}\n")
    shutil.rmtree(desk / "locales/zh-CN")

    read = {one.slug: one.editions[0] for one in Reading(Workspace(desk)).news()}

    assert isinstance(read["furniture-fair"], Unreadable)
    assert read["furniture-fair"].reason.startswith("locales/en/LC_MESSAGES/furniture-fair.po, line 1")
    assert isinstance(read["newsroom-note"], Unreadable)
    assert isinstance(read["trade-delegation"], EditionStatus)
    assert isinstance(read["old-town-guide"], EditionStatus)
