"""The desk, as its people meet it."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events

from reviewtool.tui.desk_jobs import LongWork
from reviewtool.tui.jobs import Progress
from reviewtool.tui.screens.desk import DeskScreen
from reviewtool.tui.screens.who import WhoScreen
from reviewtool.tui.way_in import way_in
from reviewtool.tui.widgets.edition_table import EditionTable
from reviewtool.workspace import Workspace
from tests.tui.conftest import NOW, screen_text, until


def table(pilot) -> EditionTable:
    return pilot.app.screen_stack[1].query_one(EditionTable)


def titles(pilot) -> list[str]:
    return [line.slug for line in table(pilot).lines]


def said(pilot) -> list[str]:
    return [one.sentence for one in pilot.app.session.said]


def prose(pilot) -> str:
    """The screen as one line of words."""
    return " ".join(screen_text(pilot).split())


async def everything_is_read(pilot) -> None:
    await until(pilot, lambda: pilot.app.screen_stack[1]._read_all)
    await pilot.pause()


async def stands_on(pilot, key) -> None:
    await everything_is_read(pilot)
    assert table(pilot).select(key)
    await pilot.pause()


def another_desk(root: Path) -> Workspace:
    """The workspace as another process has it open."""
    return Workspace(root, clock=lambda: NOW)


# What is on it


async def test_what_waits_for_you_comes_first_and_what_is_final_last(app):
    async with app(person="tang") as pilot:
        await everything_is_read(pilot)
        assert titles(pilot) == ["furniture-fair", "old-town-guide", "newsroom-note", "trade-delegation"]
        shown = screen_text(pilot)
        assert "For you: 10 to translate, 1 sent back in 佛山家具展3月18日在潭洲展馆开幕 (en)" in shown
        assert "reviewtool  Foshan desk" in shown
        assert "drafts: memory; no machine translation set up, see doctor" in shown
        assert "Tang   zh-CN > en" in shown


async def test_the_panel_answers_for_the_selected_edition(app):
    async with app(person="tang") as pilot:
        await everything_is_read(pilot)
        assert "blocks  translation: 6 segments are untranslated; 4 segments are drafts" in screen_text(pilot)
        await pilot.press("end")
        shown = screen_text(pilot)
        assert "Author | Tang " in shown
        assert "Reviser | Eleanor, Jessica" in shown
        assert "Photo丨Foshan Commerce" in shown
        assert "signed  translation Tang+ 03-0" in shown
        assert "Every signature stands; nothing blocks." in shown


async def test_somebody_else_sees_what_waits_for_them(app):
    async with app(person="jessica") as pilot:
        await everything_is_read(pilot)
        assert "1 to revise in How the desk covered" in prose(pilot)
        assert titles(pilot)[-1] == "trade-delegation"
        await pilot.press("w", "2")
        assert "Eleanor   zh-CN" in screen_text(pilot)
        assert "1 to revise in How" not in prose(pilot)


async def test_an_edition_that_cannot_be_read_says_why_and_hides_nothing(app, desk):
    (desk / "locales/en/LC_MESSAGES/furniture-fair.po").write_bytes(b"\xff\xfe nothing")
    async with app() as pilot:
        await everything_is_read(pilot)
        await pilot.press("end", "home")
        assert table(pilot).select(("furniture-fair", "en"))
        await pilot.pause()
        assert "! " in screen_text(pilot)
        assert "furniture-fair.po" in screen_text(pilot)
        await pilot.press("enter")
        assert "furniture-fair.po" in said(pilot)[-1]
        assert len(titles(pilot)) == 4


async def test_a_desk_without_articles_says_what_to_do(app, desk):
    shutil.rmtree(desk / "articles")
    async with app() as pilot:
        await everything_is_read(pilot)
        assert "Press a and paste one" in screen_text(pilot)
        await pilot.press("enter")
        assert "a adds an article" in said(pilot)[-1]


async def test_what_was_typed_and_not_saved_is_named_first(app, desk):
    another_desk(desk).unfinished.keep(
        "trade-delegation", "en", "tang", "abc", source="s", target="t", text="The delegation", cursor=2
    )
    async with app(person="tang") as pilot:
        await everything_is_read(pilot)
        assert "1 typed and not saved in 佛山经贸代表团" in prose(pilot)
        assert titles(pilot)[-1] == "newsroom-note"


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 50)])
async def test_every_size_shows_titles_progress_what_waits_and_the_account(app, size):
    async with app(size=size) as pilot:
        await everything_is_read(pilot)
        shown = screen_text(pilot)
        assert "佛山家具展" in shown
        assert "[++" in shown
        assert "8/18" in shown
        assert "For you: 10 to translate" in shown
        assert "blocks  translation" in shown
        assert "Enter open" in shown
        assert "~ draft  = translated" in shown


async def test_a_title_that_would_act_is_only_shown(app, desk):
    article = desk / "articles/old-town-guide.md"
    article.write_text(
        article.read_text()
        .replace("title: A guide", 'title: "[red]A \\e]52;c;aGk=\\a guide')
        .replace("in twelve stops\n", 'in twelve stops"\n', 1)
    )
    async with app() as pilot:
        await everything_is_read(pilot)
        table(pilot).select(("old-town-guide", "zh-CN"))
        await pilot.pause()
        shown = screen_text(pilot)
        assert "[red]A ␛]52;c;aGk=" in shown
        assert "\x1b" not in shown


# Finding


async def test_words_find_articles_and_escape_shows_all_again(app):
    async with app() as pilot:
        await everything_is_read(pilot)
        await pilot.press("slash", *"guide")
        assert titles(pilot) == ["old-town-guide"]
        assert "1 of 4 editions" in screen_text(pilot)
        await pilot.press("enter", "d")
        await until(pilot, lambda: any("4 segments drafted; 10 without a draft" in one for one in said(pilot)))
        await pilot.press("escape")
        assert len(titles(pilot)) == 4


async def test_chinese_words_find_too_and_widths_and_cases_do_not_matter(app):
    async with app() as pilot:
        await everything_is_read(pilot)
        await pilot.press("slash")
        pilot.app.screen.find_line.value = "佛山 ３月"
        await pilot.pause()
        assert titles(pilot) == ["furniture-fair"]
        pilot.app.screen.find_line.value = "OLD Town"
        await pilot.pause()
        assert titles(pilot) == ["old-town-guide"]


# Others at work


async def test_what_another_process_does_is_seen_and_the_cursor_stays(app, desk):
    async with app(person="tang") as pilot:
        await everything_is_read(pilot)
        table(pilot).select(("newsroom-note", "en"))

        another_desk(desk).review.edit("old-town-guide", "zh-CN", "1", "古镇十二站", person="tang")

        await until(pilot, lambda: "1/14" in screen_text(pilot))
        assert table(pilot).selected.slug == "newsroom-note"
        assert "13 to translate" in screen_text(pilot)


async def test_an_article_that_another_process_takes_away_goes(app, desk):
    async with app() as pilot:
        await everything_is_read(pilot)
        (desk / "articles/newsroom-note.md").unlink()
        await until(pilot, lambda: "newsroom-note" not in titles(pilot))
        assert len(titles(pilot)) == 3


async def test_changed_settings_are_read_again(app, desk):
    async with app() as pilot:
        await everything_is_read(pilot)
        settings = desk / "reviewtool.toml"
        text = settings.read_text().replace("Foshan desk", "Night desk").replace('["en"]', '["en", "ko"]')
        settings.write_text(text.replace("signers = 2", "signers = 1"))
        await until(pilot, lambda: "Night desk" in screen_text(pilot))
        assert "zh-CN > en, ko" in screen_text(pilot)
        table(pilot).select(("newsroom-note", "en"))
        await until(pilot, lambda: "lacks an approval in revision; 1 signature wanted" in prose(pilot))


async def test_settings_that_cannot_be_used_are_said_and_change_nothing(app, desk):
    async with app() as pilot:
        await everything_is_read(pilot)
        (desk / "reviewtool.toml").write_text("people = 3\n")
        await until(pilot, lambda: any("reviewtool.toml" in one for one in said(pilot)))
        assert "Foshan desk" in screen_text(pilot)
        assert len(titles(pilot)) == 4


async def test_a_desk_whose_settings_are_taken_away_goes_on(app, desk):
    async with app() as pilot:
        await everything_is_read(pilot)
        (desk / "reviewtool.toml").rename(desk / "settings")
        await until(pilot, lambda: any("reviewtool.toml is gone" in one for one in said(pilot)))
        assert len(titles(pilot)) == 4
        (desk / "settings").write_text((desk / "settings").read_text().replace("Foshan desk", "Night desk"))
        (desk / "settings").rename(desk / "reviewtool.toml")
        await until(pilot, lambda: "Night desk" in screen_text(pilot))


async def test_who_is_taken_off_the_desk_is_asked_who_they_are(app, desk):
    async with app(person="jessica") as pilot:
        await everything_is_read(pilot)
        settings = desk / "reviewtool.toml"
        text = settings.read_text()
        settings.write_text(text.replace('[[people]]\nid = "jessica"\nname = "Jessica"\n', ""))
        await until(pilot, lambda: "who are you?" in screen_text(pilot))
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, WhoScreen)
        assert "2 Eleanor" in prose(pilot)
        assert "3 Jessica" not in prose(pilot)


# Long work


async def test_drafting_is_told_and_changes_the_line(app, desk):
    async with app(person="tang") as pilot:
        await stands_on(pilot, ("old-town-guide", "zh-CN"))
        await pilot.press("d")
        await until(pilot, lambda: "4 segments drafted; 10 without a draft: " in " ".join(said(pilot)))
        await until(pilot, lambda: table(pilot).selected.states["draft"] == 4)
        assert "Number repaired: 4 instead of 3." in " ".join(said(pilot))
        ledger = another_desk(desk).editions.open("old-town-guide", "zh-CN").ledger
        assert {event.person for event in ledger.events} == {"tang"}


async def test_drafting_needs_nobody(app, desk):
    async with app(person=None) as pilot:
        await pilot.press("escape")
        await stands_on(pilot, ("old-town-guide", "zh-CN"))
        await pilot.press("d")
        await until(pilot, lambda: "4 segments drafted" in " ".join(said(pilot)))
        ledger = another_desk(desk).editions.open("old-town-guide", "zh-CN").ledger
        assert {event.person for event in ledger.events} == {"desk"}


async def test_bringing_catalogs_in_line_says_what_changed(app, desk):
    async with app() as pilot:
        await everything_is_read(pilot)
        await pilot.press("y")
        await until(pilot, lambda: said(pilot))
        first = said(pilot)[-1]
        article = desk / "articles/old-town-guide.md"
        article.write_text(article.read_text() + "\nA new sentence.\n")
        await pilot.press("y")
        await until(pilot, lambda: said(pilot)[-1] != first)
        assert "1 new segment" in said(pilot)[-1]


async def test_verifying_says_that_there_is_no_problem(app):
    async with app() as pilot:
        await everything_is_read(pilot)
        await pilot.press("v")
        await until(pilot, lambda: said(pilot))
        assert said(pilot) == ["4 editions verified: no problem."]


async def test_verifying_leads_to_the_edition_with_a_problem(app, desk):
    ledger = desk / "locales/en/ledger/trade-delegation/eleanor.jsonl"
    ledger.write_text(ledger.read_text().replace("2023-03-08", "2023-03-07", 1))
    async with app() as pilot:
        await everything_is_read(pilot)
        await pilot.press("v")
        await until(pilot, lambda: "verified: " in screen_text(pilot))
        await pilot.press("enter")
        assert table(pilot).selected.slug == "trade-delegation"


async def test_a_signed_edition_whose_article_is_gone_is_a_problem(app, desk):
    (desk / "articles/trade-delegation.md").unlink()
    async with app() as pilot:
        await everything_is_read(pilot)
        await pilot.press("v")
        await until(pilot, lambda: "3 editions verified: 1 problem" in screen_text(pilot))
        assert "signed it, and its article is gone." in prose(pilot)


class Gated:
    """Work of three steps; after the first it waits until it may go on."""

    def __init__(self) -> None:
        self.may_go_on = threading.Event()
        self.saved: list[int] = []

    def events(self) -> Iterator[object]:
        for step in (1, 2, 3):
            if step == 2:
                self.may_go_on.wait(20)
            self.saved.append(step)
            yield step


def begin(pilot, work: Gated, ended: list[tuple[list[object], bool]]) -> bool:
    return pilot.app.screen_stack[1]._start(
        LongWork("work", "Working", work.events, lambda event: Progress(int(str(event)), 3)),
        lambda steps, end: ended.append((list(steps), end.stopped)),
    )


async def test_escape_stops_long_work_after_the_step_that_is_being_saved(app):
    work, ended = Gated(), []
    async with app() as pilot:
        await everything_is_read(pilot)
        assert begin(pilot, work, ended)
        await until(pilot, lambda: "Working  [########" in screen_text(pilot))
        assert "1/3  Esc stops" in screen_text(pilot)
        await pilot.press("escape")
        work.may_go_on.set()
        await until(pilot, lambda: ended)
        assert ended == [([1, 2], True)]
        assert work.saved == [1, 2]
        assert "Working" not in screen_text(pilot)


async def test_only_one_long_work_at_a_time(app):
    work, ended = Gated(), []
    async with app() as pilot:
        await everything_is_read(pilot)
        begin(pilot, work, ended)
        await pilot.press("y")
        assert said(pilot) == ["Something is under way already: Esc stops it."]
        work.may_go_on.set()
        await until(pilot, lambda: ended)
        assert ended == [([1, 2, 3], False)]


async def test_leaving_waits_for_the_step_that_is_being_saved(app):
    work, ended = Gated(), []
    async with app() as pilot:
        await everything_is_read(pilot)
        begin(pilot, work, ended)
        await until(pilot, lambda: work.saved == [1])
        leaving = asyncio.create_task(pilot.app.screen_stack[1].leave())
        await pilot.pause()
        assert not leaving.done()
        work.may_go_on.set()
        assert await leaving is True
        assert work.saved == [1, 2]


# Ways into an edition


async def opened(pilot, name: str) -> object:
    """The screen of this name, once it is there."""
    await until(pilot, lambda: type(pilot.app.screen).__name__ == name)
    return pilot.app.screen


async def test_enter_goes_to_the_first_segment_that_waits_for_a_translator(app):
    async with app(person="tang") as pilot:
        await stands_on(pilot, ("furniture-fair", "en"))
        await pilot.press("enter")
        editor = await opened(pilot, "EditorScreen")
        first = way_in(editor.edition.standing, "tang").segment
        assert editor.one.id == first
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, DeskScreen)
        assert table(pilot).selected.slug == "furniture-fair"


async def test_enter_opens_a_revision_for_who_has_to_revise(app):
    async with app(person="jessica") as pilot:
        await stands_on(pilot, ("newsroom-note", "en"))
        await pilot.press("enter")
        revision = await opened(pilot, "RevisionScreen")
        assert revision.one.lacks(revision.edition.standing.policy.revisions[0])


async def test_enter_opens_the_window_to_sign_where_only_a_signature_waits(app, desk):
    other = another_desk(desk)
    other.review.approve("newsroom-note", "en", None, person="jessica")
    async with app(person="jessica") as pilot:
        await stands_on(pilot, ("newsroom-note", "en"))
        assert "revision to sign in How the desk" in screen_text(pilot)
        await pilot.press("enter")
        await opened(pilot, "SignScreen")
        await pilot.press("escape")
        await opened(pilot, "RevisionScreen")


async def test_t_and_r_choose_the_mode(app):
    async with app(person="tang") as pilot:
        await stands_on(pilot, ("newsroom-note", "en"))
        await pilot.press("t")
        await opened(pilot, "EditorScreen")
        await pilot.press("escape", "r")
        await opened(pilot, "RevisionScreen")


@pytest.mark.parametrize(("key", "screen"), [("f4", "PreviewScreen"), ("k", "FindingsScreen"), ("e", "ExportScreen")])
async def test_looking_and_exporting_need_nobody(app, key, screen):
    async with app(person=None) as pilot:
        await pilot.press("escape")
        await stands_on(pilot, ("trade-delegation", "en"))
        await pilot.press(key)
        await opened(pilot, screen)


async def test_x_shows_the_findings_of_the_whole_desk(app):
    async with app() as pilot:
        await everything_is_read(pilot)
        await pilot.press("x")
        await opened(pilot, "FindingsScreen")
        await until(pilot, lambda: "furniture-fair" in screen_text(pilot) and "old-town-guide" in screen_text(pilot))


async def test_the_path_of_an_exported_edition_stays_in_the_log(app, desk):
    async with app() as pilot:
        await stands_on(pilot, ("trade-delegation", "en"))
        await pilot.press("e")
        await opened(pilot, "ExportScreen")
        await pilot.press("enter")
        await until(pilot, lambda: "editions/trade-delegation" in screen_text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, DeskScreen) and said(pilot))
        path = said(pilot)[-1].removeprefix("Exported: ")
        assert (desk / path).is_file()


async def test_an_edition_does_not_open_over_something_else_that_was_opened_meanwhile(app):
    async with app() as pilot:
        await stands_on(pilot, ("newsroom-note", "en"))
        pilot.app.screen.action_open()
        pilot.app.screen.action_add()
        await until(pilot, lambda: not [one for one in pilot.app.workers if one.group == "opening"])
        assert type(pilot.app.screen).__name__ == "AddScreen"


async def test_two_clicks_open_an_edition(app):
    async with app(person="tang") as pilot:
        await everything_is_read(pilot)
        await pilot.click(EditionTable, offset=(12, 3), times=2)
        screen = await opened(pilot, "EditorScreen")
        assert screen.edition.slug == "old-town-guide"


async def test_s_opens_the_window_to_sign_over_the_desk(app):
    async with app(person="eleanor") as pilot:
        await stands_on(pilot, ("newsroom-note", "en"))
        await pilot.press("s")
        await opened(pilot, "SignScreen")
        assert isinstance(pilot.app.screen_stack[-2], DeskScreen)


async def test_an_edition_named_at_the_start_is_opened_at_once(app):
    async with app(person="tang", edition=("newsroom-note", "en")) as pilot:
        screen = await opened(pilot, "RevisionScreen")
        assert screen.edition.slug == "newsroom-note"


async def test_work_done_on_an_edition_shows_on_the_desk_when_one_comes_back(app, desk):
    async with app(person="tang") as pilot:
        await stands_on(pilot, ("old-town-guide", "zh-CN"))
        await pilot.press("enter")
        await opened(pilot, "EditorScreen")
        await pilot.press(*"abc", "enter")
        await pilot.press("escape")
        await until(pilot, lambda: "1/14" in screen_text(pilot))


async def test_who_is_not_known_is_asked_first_and_then_it_goes_on(app):
    async with app(person=None) as pilot:
        assert isinstance(pilot.app.screen, WhoScreen)
        await pilot.press("escape")
        await everything_is_read(pilot)
        assert "Say who you are (w)" in screen_text(pilot)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, WhoScreen)
        await pilot.press("1")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 3)
        assert pilot.app.session.person == "tang"


async def test_back_from_an_edition_named_at_the_start_is_the_desk(app):
    async with app(person="tang", edition=("newsroom-note", "en")) as pilot:
        await until(pilot, lambda: type(pilot.app.screen).__name__ in ("EditorScreen", "RevisionScreen"))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, DeskScreen))
        await until(
            pilot,
            lambda: pilot.app.screen.table.selected and pilot.app.screen.table.selected.key == ("newsroom-note", "en"),
        )


async def test_who_starts_with_an_edition_and_says_who_they_are_enters_it(app):
    async with app(person=None, edition=("newsroom-note", "en")) as pilot:
        await until(pilot, lambda: "Who are you?" in screen_text(pilot))
        await pilot.press("2")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "RevisionScreen")


async def test_who_will_not_say_who_they_are_meets_the_desk(app):
    async with app(person=None, edition=("newsroom-note", "en")) as pilot:
        await until(pilot, lambda: "Who are you?" in screen_text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, DeskScreen))


async def test_a_story_pasted_onto_the_desk_is_one_to_be_added(app, desk):
    async with app(person="tang") as pilot:
        pilot.app.post_message(events.Paste("展会开幕\n\n展会于3月18日开幕。\n观众从3号门入场。"))
        await until(pilot, lambda: "Add an article" in screen_text(pilot))
        await until(pilot, lambda: "3 segments" in screen_text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "EditorScreen")


async def test_a_word_pasted_onto_the_desk_does_nothing(app):
    async with app(person="tang") as pilot:
        pilot.app.post_message(events.Paste("aded"))
        await pilot.pause(0.2)
        assert isinstance(pilot.app.screen, DeskScreen)
