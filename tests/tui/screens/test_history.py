"""The history of a segment in the terminal UI: what changed from version to version, and the way back."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager

import pytest
from textual.widgets import OptionList

from reviewtool.tui.screens.history import HistoryScreen
from reviewtool.workspace import Workspace
from tests.tui.conftest import NOW, screen_text, until

FAIR = "furniture-fair"
WORDS = (
    "The organisers expect more than 100 exhibitors.",
    "The organisers expect over 100 companies to exhibit.",
)


@pytest.fixture
def workspace(desk):
    return Workspace(desk, clock=lambda: NOW)


@pytest.fixture
def history(app, workspace):
    """Open a segment's history: ``history(number)``; gives the pilot, the screen and the list of its answers."""

    @asynccontextmanager
    async def opened(number=7, slug=FAIR, size=(80, 24)):
        async with app(person="eleanor", size=size) as pilot:
            session = pilot.app.session
            edition = session.workspace.editions.open(slug, "en")
            screen = HistoryScreen(session, edition, edition.segment(str(number)).id)
            answers = []
            await pilot.app.push_screen(screen, answers.append)
            await pilot.pause()
            yield pilot, screen, answers

    return opened


@pytest.fixture
def rewritten(workspace):
    """Tang rewrote the seventh segment twice, and Eleanor remarked on it."""
    for words in WORDS:
        workspace.review.edit(FAIR, "en", "7", words, person="tang")
    workspace.review.comment(FAIR, "en", "7", "参展企业：exhibitors?", person="eleanor")


def flow(pilot):
    """What is on the screen as one line, frames and line ends taken away."""
    return re.sub(r"[│\s]+", " ", screen_text(pilot))


async def test_what_was_done_last_is_shown_first(history, rewritten):
    async with history() as (pilot, _, _):
        shown = screen_text(pilot)
        assert "History of segment 7" in shown
        assert "主办方预计参展企业超过100家。" in shown
        assert "? 参展企业：exhibitors?" in shown


async def test_each_version_shows_what_it_changed(history, rewritten):
    async with history() as (pilot, _, _):
        await pilot.press("up")
        assert "[exhibitors -> companies to exhibit]" in flow(pilot)
        assert "The text then:" in screen_text(pilot)
        assert WORDS[1] in screen_text(pilot)


async def test_enter_answers_with_the_text_to_be_put_back(history, rewritten):
    async with history() as (pilot, _, answers):
        await pilot.press("up", "up", "enter")
        await until(pilot, lambda: answers)
    assert answers == [WORDS[0]]


async def test_the_text_that_stands_is_marked_and_not_offered(history, rewritten):
    async with history() as (pilot, _, answers):
        await pilot.press("up")
        line = next(line for line in screen_text(pilot).splitlines() if "* 2023-03-09" in line)
        assert "Tang wrote it" in line
        assert "restore" not in screen_text(pilot).splitlines()[-1]
        await pilot.press("enter")
        await pilot.pause()
        assert answers == []


async def test_two_versions_are_compared_however_far_apart(history, rewritten):
    async with history() as (pilot, _, _):
        await pilot.press("home", "v", "end", "up")
        assert "Changes since Tang, " in flow(pilot)
        assert "100 companies to [take part -> exhibit]." in flow(pilot)
        await pilot.press("home", "v", "end", "up")
        assert "Changes since Tang" not in screen_text(pilot), "the same key ends it"


async def test_a_changed_source_is_shown_with_what_changed_in_it(history):
    async with history(2) as (pilot, _, _):
        shown = screen_text(pilot)
        assert "It was for another source than the present one." in shown
        assert "[20 -> 21]" in shown
        assert "[三 -> 四]" in shown


async def test_escape_puts_nothing_back(history, rewritten):
    async with history() as (pilot, _, answers):
        await pilot.press("home", "escape")
        await until(pilot, lambda: answers)
    assert answers == [None]


async def test_a_segment_nobody_touched_says_so(history):
    async with history(12) as (pilot, _, answers):
        assert "Nothing was done to this segment yet." in screen_text(pilot)
        await pilot.press("enter", "v", "escape")
        await until(pilot, lambda: answers)
    assert answers == [None]


async def test_a_click_chooses_a_version(history, rewritten):
    async with history() as (pilot, screen, answers):
        row = next(number for number, line in enumerate(screen_text(pilot).splitlines()) if "Tang drafted it" in line)
        await pilot.click(offset=(30, row))
        assert screen.query_one(OptionList).highlighted == 0
        assert answers == []
        assert "The organisers expect more than 100 companies to take part." in screen_text(pilot)


async def test_what_the_record_says_never_acts(history, workspace):
    workspace.review.edit(FAIR, "en", "7", "More than [red]100[/b] companies.", person="tang")
    workspace.review.comment(FAIR, "en", "7", "See [@click=app.quit]this[/]\u202e", person="eleanor")
    async with history() as (pilot, _, _):
        assert "? See [@click=app.quit]this[/]⟨U+202E⟩" in screen_text(pilot)
        await pilot.press("up")
        assert "[red]100[/b]" in screen_text(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_list_and_text_both_have_room(history, rewritten, size):
    async with history(size=size) as (_, screen, _):
        text, acts, window = (screen.query_one(one).region for one in ("#text", "#acts", "#history"))
    assert window.contains_region(text)
    assert window.contains_region(acts)
    assert text.height >= 4
    assert acts.height >= 4
