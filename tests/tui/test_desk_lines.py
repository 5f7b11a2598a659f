"""What the desk says of its editions, in the words of its people."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewtool.model.segment import State
from reviewtool.services.editions import Unreadable
from reviewtool.services.overview import EditionStatus
from reviewtool.tui import desk_lines
from reviewtool.tui.reading import ArticleNews, Reading
from reviewtool.workspace import Workspace


@pytest.fixture
def workspace(desk: Path) -> Workspace:
    return Workspace(desk)


def news(workspace: Workspace) -> list[ArticleNews]:
    return list(Reading(workspace).news())


def status(workspace: Workspace, slug: str, tag: str = "en") -> EditionStatus:
    return workspace.overview.status(workspace.editions.open(slug, tag))


def said(workspace: Workspace, person: str) -> str:
    editions = desk_lines.arranged(news(workspace), person)
    return "; ".join(desk_lines.places(editions, person, {})[0])


def test_a_line_counts_what_the_present_pass_has_and_what_waits(workspace):
    line = desk_lines.line(status(workspace, "furniture-fair"), "tang")
    assert (line.done, line.pass_name, line.people, line.waits) == ("8/18", "translation", "", 11)
    line = desk_lines.line(status(workspace, "newsroom-note"), "jessica")
    assert (line.done, line.pass_name, line.people, line.waits) == ("6/7", "revision", "Tang+", 1)
    line = desk_lines.line(status(workspace, "trade-delegation"), None)
    assert (line.done, line.pass_name, line.people, line.waits) == ("17/17", "final", "Tang+; Eleanor+, Jessica+", 0)
    assert line.states[State.FINAL] == 17


def test_what_waits_is_said_in_plain_words(workspace):
    assert said(workspace, "tang") == (
        "10 to translate, 1 sent back in 佛山家具展3月18日在潭洲展馆开幕 (en); "
        "14 to translate in A guide to the old town, in twelve.. (zh-CN)"
    )
    assert "1 to revise in How the desk covered the trade del.. (en)" in said(workspace, "jessica")


def test_a_text_that_changed_since_somebody_signed_is_theirs_to_see_again(workspace):
    workspace.review.edit("trade-delegation", "en", "3", "It set out on February 26.", person="jessica")
    assert "1 changed since you signed in 佛山经贸代表团" in said(workspace, "eleanor")
    assert "1 changed since you signed" not in said(workspace, "tang")


def test_a_pass_that_only_wants_a_signature_says_so(workspace):
    workspace.review.approve("newsroom-note", "en", None, person="jessica")
    assert "revision to sign in How the desk" in said(workspace, "jessica")


def test_many_editions_are_counted_and_not_all_named(workspace):
    one = status(workspace, "furniture-fair")
    named, more = desk_lines.places([one] * 30, "tang", {})
    assert len(named) + more == 30
    assert more > 0


def test_what_waits_comes_first_then_what_is_open_then_what_is_final_and_the_newest_before(workspace):
    furniture, note, trade = (
        status(workspace, slug) for slug in ("furniture-fair", "newsroom-note", "trade-delegation")
    )
    unreadable = Unreadable("torn", "en", "torn.po is no catalog")
    arranged = desk_lines.arranged(
        [
            ArticleNews("trade", "2023-03-20", (trade,)),
            ArticleNews("torn", "", (unreadable,)),
            ArticleNews("note", "2023-03-08", (note,)),
            ArticleNews("old", "2023-03-01", (furniture,)),
            ArticleNews("new", "2023-03-02", (furniture, note)),
            ArticleNews("without", "2023-03-03", ()),
        ],
        "tang",
    )
    assert arranged == [furniture, note, furniture, note, unreadable, trade]


def test_the_account_has_the_byline_in_house_style_who_signed_when_and_what_blocks(workspace):
    account = desk_lines.account(status(workspace, "trade-delegation"))
    assert account.byline == ("Author | Tang", "Reviser | Eleanor, Jessica", "Photo丨Foshan Commerce")
    assert account.blocks == ""
    assert [one.split(" ")[0] for one in account.signed] == ["translation", "revision"]
    assert account.languages == "zh-CN > en"

    account = desk_lines.account(status(workspace, "newsroom-note"))
    assert account.blocks == ("revision: 1 segment lacks an approval in revision; 2 signatures wanted, none standing")


def test_the_account_of_what_cannot_be_read_is_the_reason(workspace):
    account = desk_lines.account(Unreadable("torn", "en", "torn.po is no catalog"))
    assert (account.title, account.fault) == ("torn", "torn.po is no catalog")


def test_a_day_that_is_none_is_left_out():
    assert desk_lines.day("2023-03-08T12:00:00.000Z") == "03-08"
    assert desk_lines.day("yesterday") == ""
