"""Exporting in the terminal UI: Enter repeats the last one, a draft is asked for on purpose."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from textual.widgets import Input, OptionList

from reviewtool.storage.preferences import ExportChoice
from reviewtool.tui.screens.export import ExportScreen
from tests.tui.conftest import screen_text, until

FINAL = "trade-delegation"
UNFINISHED = "furniture-fair"


@pytest.fixture
def exporting(app):
    """Open the Export window: ``exporting(slug)``; gives the pilot, the screen and the list of its answers."""

    @asynccontextmanager
    async def opened(slug=FINAL, size=(80, 24)):
        async with app(person="tang", size=size) as pilot:
            session = pilot.app.session
            screen = ExportScreen(session, session.workspace.editions.open(slug, "en"))
            answers = []
            await pilot.app.push_screen(screen, answers.append)
            await pilot.pause()
            yield pilot, screen, answers

    return opened


def footer(pilot):
    return screen_text(pilot).splitlines()[-1]


async def test_enter_exports_and_says_where(exporting, desk):
    async with exporting() as (pilot, _, answers):
        assert "To       editions/trade-delegation.en.side.html" in screen_text(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "Written  editions/trade-delegation.en.side.html" in screen_text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: answers)
    assert answers == [desk / "editions/trade-delegation.en.side.html"]
    assert "Reviser | Eleanor, Jessica" in answers[0].read_text(encoding="utf-8")


async def test_the_last_choice_is_chosen_again(exporting, desk):
    async with exporting() as (pilot, screen, answers):
        forms = screen.query_one(OptionList)
        wanted = ExportChoice("md", "sequence")
        await pilot.press(*["down"] * screen._choices.index(wanted))
        assert "To       editions/trade-delegation.en.sequence.md" in screen_text(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "Written" in screen_text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: answers)
    assert answers == [desk / "editions/trade-delegation.en.sequence.md"]
    async with exporting() as (pilot, screen, _):
        forms = screen.query_one(OptionList)
        assert screen._choices[forms.highlighted] == wanted
        assert "To       editions/trade-delegation.en.sequence.md" in screen_text(pilot)
        assert "(replaces the one that is there)" in screen_text(pilot)


async def test_leaving_writes_nothing(exporting, desk):
    async with exporting() as (pilot, _, answers):
        await pilot.press("down", "escape")
        await until(pilot, lambda: answers)
    assert answers == [None]
    assert not (desk / "editions").exists()


async def test_an_unfinished_edition_says_what_blocks_and_is_not_exported_by_enter(exporting, desk):
    async with exporting(UNFINISHED) as (pilot, _, answers):
        assert "Not final yet" in screen_text(pilot)
        assert "! translation: 6 segments are untranslated" in screen_text(pilot)
        assert "Enter" not in footer(pilot)
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert answers == []
    assert not (desk / "editions").exists()


async def test_a_draft_is_asked_for_on_purpose_and_marked(exporting, desk):
    async with exporting(UNFINISHED) as (pilot, _, _):
        await pilot.press("u")
        assert "none: nobody's name stands on a draft" in screen_text(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "Written" in screen_text(pilot))
    text = (desk / "editions/furniture-fair.en.side.html").read_text(encoding="utf-8")
    assert "DRAFT" in text
    assert "Author |" not in text


async def test_asking_for_a_draft_is_not_remembered(exporting, desk):
    async with exporting(UNFINISHED) as (pilot, _, _):
        await pilot.press("u", "enter")
        await until(pilot, lambda: "Written" in screen_text(pilot))
    async with exporting(UNFINISHED) as (pilot, _, _):
        assert "Not final yet" in screen_text(pilot)
        await pilot.press("u", "u")
        assert "Not final yet" in screen_text(pilot), "the key takes it back"


async def test_another_place_is_named_by_key(exporting, desk):
    async with exporting() as (pilot, _, answers):
        await pilot.press("o")
        await until(pilot, lambda: isinstance(pilot.app.focused, Input))
        pilot.app.focused.value = "for-print.html"
        await pilot.press("enter")
        await until(pilot, lambda: "To       for-print.html" in screen_text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "Written  for-print.html" in screen_text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: answers)
    assert answers == [desk / "for-print.html"]
    assert answers[0].is_file()


@pytest.mark.parametrize(
    ("place", "reason"),
    [("no/such/folder/a.html", "is no folder"), ("articles/trade-delegation.md", "one of the workspace's own files")],
)
async def test_a_place_that_cannot_be_is_refused_in_one_sentence(exporting, desk, place, reason):
    before = (desk / "articles/trade-delegation.md").read_bytes()
    async with exporting(size=(120, 40)) as (pilot, _, answers):
        await pilot.press("o")
        await until(pilot, lambda: isinstance(pilot.app.focused, Input))
        pilot.app.focused.value = place
        await pilot.press("enter", "enter")
        await until(pilot, lambda: pilot.app.session.said)
        assert reason in pilot.app.session.said[-1].sentence
        await until(pilot, lambda: "Enter export" in footer(pilot))
        assert answers == []
    assert (desk / "articles/trade-delegation.md").read_bytes() == before


async def test_an_edition_that_another_program_changed_is_not_passed_off_as_final(exporting, desk):
    catalog = desk / "locales/en/LC_MESSAGES/trade-delegation.po"
    async with exporting() as (pilot, _, answers):
        text = catalog.read_text(encoding="utf-8")
        assert "1.2 billion" in text
        catalog.write_text(text.replace("1.2 billion", "12 billion"), encoding="utf-8")
        await pilot.press("enter")
        await until(pilot, lambda: "Not final yet" in screen_text(pilot))
        assert "trade-delegation (en) is not final" in screen_text(pilot)
        assert answers == []
    assert not (desk / "editions").exists()


async def test_a_missing_picture_is_a_warning(exporting, desk):
    (desk / "articles/media/delegation-route.png").unlink()
    async with exporting() as (pilot, _, _):
        await pilot.press("enter")
        await until(pilot, lambda: "Written" in screen_text(pilot))
        assert "delegation-route.png" in screen_text(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
@pytest.mark.parametrize("slug", [FINAL, UNFINISHED])
async def test_everything_fits(exporting, size, slug):
    async with exporting(slug, size=size) as (pilot, screen, _):
        if slug == UNFINISHED:
            assert screen.query_one("#unfinished").region.bottom < screen.query_one("#export").region.bottom
            await pilot.press("u")
        assert screen.query_one("#export").region.bottom < size[1]
        assert screen.query_one("#place").region.bottom < screen.query_one("#export").region.bottom
