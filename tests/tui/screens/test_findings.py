"""Findings in the terminal UI: what the checks say, the way there, fixes and dismissals by key."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from textual.widgets import Input

from reviewtool.tui.screens.ask import AskScreen
from reviewtool.tui.screens.findings import FindingsScreen, Place
from reviewtool.tui.screens.who import WhoScreen
from reviewtool.workspace import Workspace
from tests.tui.conftest import NOW, screen_text, until

FAIR = "furniture-fair"
DELEGATION = "trade-delegation"


@pytest.fixture
def workspace(desk):
    return Workspace(desk, clock=lambda: NOW)


@pytest.fixture
def findings(app):
    """Open the findings, checked to the end: ``findings(slug)``; gives the pilot, the screen and its answers."""

    @asynccontextmanager
    async def opened(slug=FAIR, language="en", person="tang", size=(120, 40)):
        async with app(person="eleanor", size=size) as pilot:
            pilot.app.session.person = person
            screen = FindingsScreen(pilot.app.session, slug, language)
            answers = []
            await pilot.app.push_screen(screen, answers.append)
            await until(pilot, lambda: not screen._checking and len(screen._rows) == len(screen._found))
            await pilot.pause()
            yield pilot, screen, answers

    return opened


def messages(screen):
    return [one.found.finding.message for one in screen._rows.rows]


def segment(workspace, number, slug=FAIR):
    return workspace.editions.open(slug, "en").segment(str(number))


async def goto(pilot, screen, words):
    """Put the cursor on the first finding that says these words."""
    place = next(place for place, message in enumerate(messages(screen)) if words in message)
    screen.grid.goto(place)
    await pilot.pause()


async def test_what_the_checks_find_is_listed_in_the_order_of_the_text(findings):
    async with findings() as (pilot, screen, _):
        numbers = [one.number for one in screen._rows.rows]
        assert numbers == sorted(numbers)
        await until(pilot, lambda: "Findings: furniture-fair, en  1 error  7 warnings" in screen_text(pilot))
        shown = screen_text(pilot)
        assert "6  !  “Pan-home” is not to be used for “泛家居”" in shown


async def test_the_texts_of_the_finding_are_shown_with_what_the_fix_would_change(findings):
    async with findings() as (pilot, screen, _):
        await goto(pilot, screen, "Pan-home")
        shown = screen_text(pilot)
        assert "Source  泛家居是佛山的支柱产业之一。" in shown
        assert "Fix     Pan-[home -> furniture] furnishing" in shown


async def test_enter_goes_to_the_segment(findings, workspace):
    async with findings() as (pilot, screen, answers):
        await goto(pilot, screen, "Pan-home")
        await pilot.press("enter")
        await until(pilot, lambda: answers)
    assert answers == [Place(FAIR, "en", segment(workspace, 6).id)]


async def test_a_double_click_goes_there_too(findings, workspace):
    async with findings() as (pilot, _, answers):
        row = next(number for number, line in enumerate(screen_text(pilot).splitlines()) if "Pan-home" in line)
        await pilot.click(offset=(30, row), times=2)
        await until(pilot, lambda: answers)
    assert answers == [Place(FAIR, "en", segment(workspace, 6).id)]


async def test_a_fix_is_written_by_key_as_the_person_here(findings, workspace):
    async with findings() as (pilot, screen, _):
        before = messages(screen)
        await goto(pilot, screen, "Pan-home")
        await pilot.press("f")
        await until(pilot, lambda: len(screen._rows) == len(before) - 1)
        await until(pilot, lambda: "0 errors" in screen_text(pilot))
    fixed = segment(workspace, 6)
    assert fixed.segment.target == "Pan-furniture furnishing is one of Foshan's pillar industries."
    assert fixed.writers == {"tang"}


async def test_nobody_fixes_before_saying_who_they_are(findings, workspace):
    async with findings(person=None) as (pilot, screen, _):
        await goto(pilot, screen, "Pan-home")
        await pilot.press("f")
        await until(pilot, lambda: isinstance(pilot.app.screen, WhoScreen))
        assert segment(workspace, 6).writers == set()
        await pilot.press("1")
        await until(pilot, lambda: "0 errors" in screen_text(pilot))
    assert segment(workspace, 6).writers == {"tang"}


async def test_a_fix_is_not_laid_over_what_somebody_wrote_meanwhile(findings, workspace):
    async with findings() as (pilot, screen, _):
        await goto(pilot, screen, "Pan-home")
        workspace.review.edit(FAIR, "en", "6", "Pan-home design is a pillar of Foshan.", person="tang")
        await pilot.press("f")
        await until(pilot, lambda: pilot.app.session.said)
        assert pilot.app.session.said[-1].sentence == "The text was changed meanwhile: check again."
        await pilot.press("k")
        await until(pilot, lambda: not screen._checking)
        await until(pilot, lambda: "Pan-home design" in screen_text(pilot))
    assert segment(workspace, 6).segment.target == "Pan-home design is a pillar of Foshan."


async def test_a_rule_of_the_desk_is_said_and_nothing_is_lost(findings, workspace):
    async with findings(person="eleanor") as (pilot, screen, _):
        await goto(pilot, screen, "Pan-home")
        await pilot.press("f")
        await until(pilot, lambda: pilot.app.session.said)
        assert "still a draft" in pilot.app.session.said[-1].sentence
        assert "Pan-home" in screen_text(pilot)


async def test_a_finding_is_set_aside_with_a_reason(findings, workspace):
    async with findings() as (pilot, screen, _):
        before = len(screen._rows)
        await goto(pilot, screen, "意向订单")
        finding = screen._row.found.id
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen))
        await pilot.press("escape")
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.focused, Input))
        pilot.app.focused.value = "The sentence says so before."
        await pilot.press("enter")
        await until(pilot, lambda: len(screen._rows) == before - 1)
    assert segment(workspace, 3).dismissed == {finding}


async def test_what_is_less_grave_is_left_out_by_key(findings):
    async with findings() as (pilot, screen, _):
        everything = len(screen._rows)
        await pilot.press("s", "s")
        assert {one.severity for one in screen._rows.rows} == {"error"}
        assert "errors alone" in screen_text(pilot)
        await pilot.press("s")
        assert len(screen._rows) == everything


async def test_the_gravest_come_first_by_key(findings):
    async with findings() as (pilot, screen, _):
        await pilot.press("o")
        assert screen._rows.rows[0].severity == "error"
        assert screen.grid.current == 0
        await pilot.press("o")
        assert screen._rows.rows[0].number == 3


async def test_every_edition_of_the_desk_names_where_it_is(findings):
    async with findings(None, None) as (pilot, screen, answers):
        assert "Findings: every edition" in screen_text(pilot)
        assert {one.edition for one in screen._rows.rows} == {(FAIR, "en"), ("old-town-guide", "zh-CN")}
        await pilot.press("end", "enter")
        await until(pilot, lambda: answers)
    assert (answers[0].slug, answers[0].language) == ("old-town-guide", "zh-CN")


async def test_an_edition_that_cannot_be_read_does_not_hide_the_others(findings, desk):
    (desk / "locales/en/LC_MESSAGES" / f"{DELEGATION}.po").write_text('msgid "broken', encoding="utf-8")
    async with findings(None, None) as (_, screen, _):
        editions = {one.edition for one in screen._rows.rows}
        assert {(FAIR, "en"), (DELEGATION, "en")} <= editions


async def test_where_nothing_was_found_it_says_so(findings):
    async with findings(DELEGATION) as (pilot, _, answers):
        await until(pilot, lambda: "Nothing was found." in screen_text(pilot))
        await pilot.press("enter", "f", "d", "escape")
        await until(pilot, lambda: answers)
    assert answers == [None]


async def test_escape_stops_checking_first_and_keeps_what_was_found(app, workspace, desk):
    story = "\n\n".join(f"第{number}家企业参展，订单{number}亿元。" for number in range(3000))
    list(workspace.sync.add("long.md", f"---\ntitle: 家具展\n---\n\n{story}\n".encode()))
    async with app(person="tang", size=(80, 24)) as pilot:
        screen = FindingsScreen(pilot.app.session, "long", "en")
        answers = []
        await pilot.app.push_screen(screen, answers.append)
        await until(pilot, lambda: screen._found)
        await pilot.press("escape")
        await until(pilot, lambda: not screen._checking)
        await until(pilot, lambda: "stopped" in screen_text(pilot).splitlines()[0])
        assert 0 < len(screen._rows) < 3001
        assert answers == []
        await pilot.press("escape")
        await until(pilot, lambda: answers)
    assert answers == [None]


async def test_texts_and_messages_never_act(findings, workspace, desk):
    workspace.review.edit(FAIR, "en", "7", "[bold]1000[/x] \u202ecompanies.", person="tang")
    async with findings() as (pilot, screen, _):
        await goto(pilot, screen, "100")
        assert "[bold]1000[/x] ⟨U+202E⟩companies." in screen_text(pilot)
