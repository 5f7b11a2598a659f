"""Signing in the terminal UI: one key where nothing blocks, and where something does, the way to it."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from textual.widgets import Button, OptionList

from reviewtool.tui.screens.menu import MenuScreen
from reviewtool.tui.screens.sign import Jump, Signed, SignScreen
from reviewtool.workspace import Workspace
from tests.tui.conftest import NOW, screen_text, until

NOTE = "newsroom-note"
FAIR = "furniture-fair"
DELEGATION = "trade-delegation"


@pytest.fixture
def workspace(desk):
    """The desk's workspace, to prepare it and to see what came of it."""
    return Workspace(desk, clock=lambda: NOW)


def byline(workspace, slug=NOTE):
    edition = workspace.editions.open(slug, "en")
    return [str(line) for line in edition.byline(workspace.settings.style)]


def approve_the_last(workspace):
    """Jessica approves the one segment that Eleanor corrected and cannot approve herself."""
    fourth = list(workspace.editions.open(NOTE, "en").standing.segments)[3]
    workspace.review.approve(NOTE, "en", [fourth], person="jessica")


@pytest.fixture
def signing(app, workspace):
    """Open the Sign window: ``signing(person, slug)``; gives the pilot, the screen and the list of its answers."""

    @asynccontextmanager
    async def opened(person, slug=NOTE, pass_name=None, size=(80, 24)):
        async with app(person=person, size=size) as pilot:
            session = pilot.app.session
            screen = SignScreen(session, session.workspace.editions.open(slug, "en"), pass_name)
            answers = []
            await pilot.app.push_screen(screen, answers.append)
            await pilot.pause()
            yield pilot, screen, answers

    return opened


async def test_enter_signs_at_once_when_everything_is_approved(signing, workspace):
    approve_the_last(workspace)
    async with signing("eleanor") as (pilot, screen, answers):
        assert screen.focused is screen.query_one("#yes", Button)
        await pilot.press("enter")
        await until(pilot, lambda: answers)
    assert isinstance(answers[0], Signed)
    assert byline(workspace) == ["Author | Tang", "Reviser | Eleanor"]


async def test_the_window_says_what_was_done_and_what_the_byline_will_be(signing, workspace):
    approve_the_last(workspace)
    async with signing("eleanor") as (pilot, _, _):
        shown = screen_text(pilot)
    assert "7 segments, all approved: 6 as Tang wrote them, 1 corrected (by you 1)." in shown
    assert "You have approved 6 and corrected 1." in shown
    assert "You sign as  Reviser | Eleanor" in shown
    assert "After this   Author | Tang" in shown
    assert "(Jessica still to sign)" in shown
    assert byline(workspace) == ["Author | Tang"], "showing what would be records nothing"


async def test_not_yet_signs_nothing(signing, workspace):
    approve_the_last(workspace)
    async with signing("eleanor") as (pilot, _, answers):
        await pilot.press("escape")
        await until(pilot, lambda: answers)
    async with signing("eleanor") as (pilot, _, more):
        await pilot.press("tab", "enter")
        await until(pilot, lambda: more)
    assert answers == more == [None]
    assert byline(workspace) == ["Author | Tang"]


async def test_what_blocks_is_listed_and_leads_to_its_segment(signing, workspace):
    lacking = list(workspace.editions.open(NOTE, "en").standing.segments)[3]
    workspace.review.send_back(NOTE, "en", lacking, "Which figures?", person="jessica")
    async with signing("eleanor") as (pilot, screen, answers):
        shown = screen_text(pilot)
        assert "1 segment is sent back by Jessica" in shown
        assert "    4 < We checked every figure" in shown
        assert not screen.query_one("#yes").display
        await pilot.press("enter")
        await until(pilot, lambda: answers)
    assert answers == [Jump(lacking)]


async def test_a_click_goes_to_a_segment_too(signing):
    async with signing("eleanor", FAIR) as (pilot, screen, answers):
        row = next(
            number for number, line in enumerate(screen_text(pilot).splitlines()) if "6 ~ Pan-home furnishing" in line
        )
        await pilot.click(offset=(20, row))
        await until(pilot, lambda: answers)
        assert answers == [Jump(list(screen._edition.standing.segments)[5])]


async def test_who_read_all_of_it_says_so_with_a_key(signing, workspace):
    approve_the_last(workspace)
    workspace.signing.sign(NOTE, "en", "revision", person="eleanor")
    first = next(iter(workspace.editions.open(NOTE, "en").standing.segments))
    async with signing("jessica") as (pilot, screen, answers):
        assert "6 segments that you have neither approved nor corrected:" in screen_text(pilot)
        assert screen._places[1] == first
        assert not screen.query_one("#yes").display
        await pilot.press("r")
        assert "[x] I have read all of it" in screen_text(pilot)
        assert "Reviser | Eleanor, Jessica" in screen_text(pilot)
        assert "(the edition is final)" in screen_text(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: answers)
    signed = answers[0].edition.standing.passes["revision"].signers[-1].signature
    assert (signed.person, signed.read_all) == ("jessica", True)


async def test_taking_read_all_back_takes_the_button_away(signing, workspace):
    approve_the_last(workspace)
    async with signing("jessica") as (pilot, screen, _):
        await pilot.press("r", "r")
        assert not screen.query_one("#yes").display
        assert screen.focused is screen.query_one(OptionList)


async def test_who_has_signed_is_told_so_and_can_take_it_back(signing, workspace):
    async with signing("jessica", DELEGATION) as (pilot, screen, answers):
        assert "Jessica signed this pass" in screen_text(pilot)
        assert not screen.query_one("#yes").display
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, MenuScreen))
        await pilot.press("y")
        await until(pilot, lambda: screen.query_one("#yes").display)
        await pilot.press("escape")
        await until(pilot, lambda: answers)
    assert answers == [None]
    assert "Reviser | Eleanor" in byline(workspace, DELEGATION)


async def test_a_signature_is_not_taken_back_without_a_yes(signing, workspace):
    async with signing("jessica", DELEGATION) as (pilot, screen, _):
        for answer in ("escape", "n"):
            await pilot.press("w")
            await until(pilot, lambda: isinstance(pilot.app.screen, MenuScreen))
            await pilot.press(answer)
            await until(pilot, lambda: pilot.app.screen is screen)
    assert "Reviser | Eleanor, Jessica" in byline(workspace, DELEGATION)


async def test_another_pass_is_chosen_by_key(signing):
    async with signing("eleanor", NOTE) as (pilot, screen, _):
        assert "Sign revision" in screen_text(pilot)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, MenuScreen))
        assert "signed by Tang" in screen_text(pilot)
        await pilot.press("1")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert "Sign translation" in screen_text(pilot)
        assert "Eleanor has written or confirmed no segment of this translation" in screen_text(pilot)


async def test_the_caller_can_say_which_pass(signing):
    async with signing("tang", FAIR, pass_name="translation") as (pilot, _, _):
        assert "Sign translation: 佛山家具展" in screen_text(pilot)
        assert "6 segments are untranslated." in screen_text(pilot)


async def test_a_change_by_another_program_is_refused_in_one_sentence(signing, workspace, desk):
    approve_the_last(workspace)
    catalog = desk / "locales/en/LC_MESSAGES" / f"{NOTE}.po"
    async with signing("eleanor") as (pilot, screen, answers):
        catalog.write_text(
            catalog.read_text(encoding="utf-8").replace('msgstr "It was short', 'msgstr "It was brief'), "utf-8"
        )
        await pilot.press("enter")
        await until(pilot, lambda: screen.query_one("#refused").display)
        assert "Eleanor cannot sign revision of newsroom-note (en) yet" in screen_text(pilot)
        assert "    3 ~ It was brief, but full of figures." in screen_text(pilot)
        assert not screen.query_one("#yes").display
        assert pilot.app.session.said[-1].severity == "error"
        assert answers == []
    assert byline(workspace) == []


async def test_who_acts_nowhere_is_told_so(signing, desk):
    settings = (desk / "reviewtool.toml").read_text(encoding="utf-8")
    (desk / "reviewtool.toml").write_text(
        settings.replace('name = "Jessica"', 'name = "Jessica"\npasses = []'), encoding="utf-8"
    )
    async with signing("jessica") as (pilot, screen, _):
        assert "Jessica acts in no pass of this desk" in screen_text(pilot)
        assert not screen.query_one("#yes").display


async def test_nobody_signs_before_saying_who_they_are(signing):
    async with signing("tang", FAIR) as (pilot, screen, _):
        pilot.app.session.person = None
        screen.person_changed()
        await pilot.pause()
        assert "Nobody has said who sits here" in screen_text(pilot)
        assert not screen.query_one("#yes").display


async def test_names_and_titles_never_act(signing, desk):
    settings = (desk / "reviewtool.toml").read_text(encoding="utf-8")
    (desk / "reviewtool.toml").write_text(
        settings.replace('revision = "Reviser"', 'revision = "Reviser [red]a[/b]"'), encoding="utf-8"
    )
    article = desk / "articles" / f"{NOTE}.md"
    text = article.read_text(encoding="utf-8")
    article.write_text(text.replace("How the desk", "How [bold]\u202ethe desk"), encoding="utf-8")
    async with signing("eleanor") as (pilot, _, _):
        shown = screen_text(pilot)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "How [bold]⟨U+202E⟩the desk" in shown
    assert "Reviser [red]a[/b] | Eleanor" in shown


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_everything_fits(signing, workspace, size):
    approve_the_last(workspace)
    async with signing("jessica", size=size) as (_, screen, _):
        region = screen.query_one("#sign").region
        answers = screen.query_one("#answers").region
    assert region.bottom < size[1]
    assert answers.bottom < region.bottom
