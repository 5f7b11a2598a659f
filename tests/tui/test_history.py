"""The history of a segment, told in order and in plain words."""

from __future__ import annotations

import time

import pytest

from reviewtool.tui.history import before, entries, local
from tests.services.conftest import SETTINGS, TEXTS, Desk


@pytest.fixture
def newsroom(tmp_path):
    return Desk(tmp_path / "newsroom", SETTINGS.format(override="true"))


def told(desk, number=4):
    return entries(desk.edition, desk.ids[number])


def said(desk, number=4):
    return [" ".join((one.who, one.did, *one.notes)).strip() for one in told(desk, number)]


def test_a_segment_nobody_touched_has_no_history(newsroom):
    assert told(newsroom) == ()


def test_a_story_from_the_first_text_to_the_last_signature(newsroom):
    newsroom.translate()
    newsroom.send_back(4, "意向订单: intended orders.", "eleanor")
    newsroom.write(4, "Intended orders exceeded 1.2 billion yuan.", "tang")
    newsroom.sign("translation", "tang")
    newsroom.approve("eleanor")
    newsroom.sign("revision", "eleanor")
    assert said(newsroom) == [
        "Tang wrote it translation",
        "Eleanor sent it back revision answered",
        "Tang wrote it translation",
        "Tang signed translation",
        "Eleanor approved it revision",
        "Eleanor signed revision",
    ]
    assert told(newsroom)[1].remark == "意向订单: intended orders."


def test_a_send_back_that_stands_says_so_with_its_category(newsroom):
    newsroom.translate()
    newsroom.workspace.review.send_back(
        "story", "en", newsroom.ids[4], "Scale?", person="eleanor", category="accuracy/mistranslation", severity="major"
    )
    assert said(newsroom)[-1] == "Eleanor sent it back revision accuracy/mistranslation major stands"


def test_an_approval_counts_no_longer_once_the_text_is_another(newsroom):
    newsroom.translate()
    newsroom.approve("eleanor", [4])
    newsroom.write(4, "Orders: more than 1.2 billion yuan.", "tang")
    assert "Eleanor approved it revision counts no longer" in said(newsroom)


def test_a_signature_that_fell_or_was_taken_back_says_so(newsroom):
    newsroom.translate()
    newsroom.sign("translation", "tang")
    newsroom.outside("Intended orders came", "Orders came")
    assert said(newsroom)[1] == "Tang signed translation stands no longer"
    newsroom.workspace.signing.withdraw("story", "en", "translation", person="tang")
    assert said(newsroom)[1:3] == ["Tang signed translation taken back", "Tang took the signature back"]


def test_a_text_from_outside_comes_last_and_is_nobodys(newsroom):
    newsroom.translate()
    newsroom.outside("Intended orders came", "Orders came")
    assert said(newsroom)[-1] == "another program changed it"
    assert told(newsroom)[-1].text == "Orders came to more than 1.2 billion yuan."


def test_remarks_replies_and_decisions_are_told(newsroom):
    newsroom.translate()
    review, segment = newsroom.workspace.review, newsroom.ids[4]
    review.comment("story", "en", segment, "Is it signed?", person="jessica")
    remark = newsroom.edition.standing.segments[segment].threads[0].remark.id
    review.comment("story", "en", segment, "No, intended.", person="tang", answers=remark)
    review.resolve("story", "en", segment, person="jessica")
    newsroom.send_back(4, "Too long.", "eleanor")
    review.settle("story", "en", segment, "It is house style.", person="jessica")
    assert said(newsroom)[1:] == [
        "Jessica remarked",
        "Tang replied",
        "Jessica closed a remark",
        "Eleanor sent it back revision answered",
        "Jessica settled it",
    ]
    assert [one.remark for one in told(newsroom)[1:]] == [
        "Is it signed?",
        "No, intended.",
        "",
        "Too long.",
        "It is house style.",
    ]


def test_putting_an_earlier_text_back_is_told_as_that(newsroom):
    newsroom.translate()
    newsroom.write(4, "Orders: more than 1.2 billion yuan.", "eleanor", "revision")
    newsroom.write(4, TEXTS[4], "jessica", "revision")
    assert said(newsroom)[-1] == "Jessica put an earlier text back revision"


def test_each_text_is_compared_with_the_one_it_replaced(newsroom):
    newsroom.translate()
    newsroom.approve("eleanor", [4])
    newsroom.write(4, "Orders: more than 1.2 billion yuan.", "tang")
    history = told(newsroom)
    assert [before(history, row) for row in range(3)] == [None, None, TEXTS[4]]


def test_what_is_left_out_has_no_text(newsroom):
    newsroom.translate()
    newsroom.workspace.review.omit("story", "en", [newsroom.ids[4]], person="tang")
    assert (said(newsroom)[-1], told(newsroom)[-1].text) == ("Tang left it out translation", "")


def test_an_act_on_an_earlier_source_is_marked(newsroom):
    newsroom.translate()
    article = newsroom.root / "articles/story.md"
    article.write_text(article.read_text(encoding="utf-8").replace("12亿元", "13亿元"), encoding="utf-8")
    list(newsroom.workspace.sync.run(["story"]))
    assert [one.earlier_source for one in told(newsroom)] == [True]


def test_times_are_those_of_the_desk(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert local("2023-03-08T20:00:01.000Z") == "2023-03-09 04:00"
        assert local("no time at all") == "no time at all"
    finally:
        monkeypatch.undo()
        time.tzset()
