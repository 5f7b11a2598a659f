"""Search and replace in the terminal UI: found while it is typed, replaced where it is ticked, by the desk's rules."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest

from reviewtool.model.diff import ChangeKind
from reviewtool.services.replacing import Replacement
from reviewtool.tui.replace_rows import changes
from reviewtool.tui.screens.replace import ReplaceScreen
from reviewtool.tui.screens.who import WhoScreen
from reviewtool.workspace import Workspace
from tests.tui.conftest import NOW, screen_text, until

FAIR = "furniture-fair"
DELEGATION = "trade-delegation"


@pytest.fixture
def workspace(desk):
    return Workspace(desk, clock=lambda: NOW)


@pytest.fixture
def replacing(app):
    """Open search and replace: ``replacing(slug)``; gives the pilot, the screen and the list of its answers."""

    @asynccontextmanager
    async def opened(slug=DELEGATION, person="tang", pass_name=None, size=(120, 40)):
        async with app(person="eleanor", size=size) as pilot:
            session = pilot.app.session
            session.person = person
            screen = ReplaceScreen(session, session.workspace.editions.open(slug, "en"), pass_name)
            answers = []
            await pilot.app.push_screen(screen, answers.append)
            await pilot.pause()
            yield pilot, screen, answers

    return opened


async def type_in(pilot, screen, pattern, replacement=None):
    """Type what to look for, and what to put there; wait until the list shows it."""
    await pilot.press(*pattern)
    if replacement is not None:
        await pilot.press("tab", *replacement)
    await shown(pilot, screen)


async def shown(pilot, screen):
    await until(pilot, lambda: screen._is_current and screen._answers)
    await pilot.pause()


def numbers(screen):
    return [int(screen._rows.row(place).number) for place in range(len(screen._rows))]


def targets(workspace, slug=DELEGATION):
    return [one.segment.target for one in workspace.editions.open(slug, "en").standing.segments.values()]


def footer(pilot):
    return screen_text(pilot).splitlines()[-1]


async def test_what_is_typed_is_found_at_once(replacing):
    async with replacing() as (pilot, screen, _):
        assert "Type what to look for." in screen_text(pilot)
        await type_in(pilot, screen, "Japan")
        assert numbers(screen) == [1, 2, 6, 14]
        assert "4 places" in screen_text(pilot)
        await pilot.press("z")
        await until(pilot, lambda: "Nothing was found." in screen_text(pilot))


async def test_search_alone_goes_to_the_segment(replacing, workspace):
    async with replacing() as (pilot, screen, answers):
        await type_in(pilot, screen, "Japan")
        await pilot.press("enter", "down", "down", "enter")
        await until(pilot, lambda: answers)
    assert answers == [list(workspace.editions.open(DELEGATION, "en").standing.segments)[5]]


async def test_the_source_is_searched_by_key(replacing):
    async with replacing() as (pilot, screen, _):
        await type_in(pilot, screen, "日本")
        assert len(screen._rows) == 0
        await pilot.press("alt+s")
        await shown(pilot, screen)
        assert numbers(screen) == [2, 6, 14]


async def test_what_would_change_is_shown_before_anything_does(replacing, workspace):
    before = targets(workspace)
    async with replacing() as (pilot, screen, _):
        await type_in(pilot, screen, "Japan", "Nippon")
        assert "In [Japan -> Nippon], companies secured" in screen_text(pilot)
        assert "4 of 4 texts ticked" in screen_text(pilot)
        await pilot.press("escape")
    assert targets(workspace) == before


async def test_what_is_ticked_is_replaced_and_the_rest_is_not(replacing, workspace):
    async with replacing() as (pilot, screen, _):
        await type_in(pilot, screen, "Japan", "Nippon")
        await pilot.press("enter", "down", "space")
        assert "3 of 4 texts ticked" in screen_text(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "3 replaced" in screen_text(pilot))
        await shown(pilot, screen)
        assert numbers(screen) == [2]
    now = targets(workspace)
    assert "Nippon" in now[0]
    assert "Japan" in now[1]
    assert now[5] == "In Nippon, companies secured more than 600 million yuan in intended orders."


async def test_space_puts_a_text_in_again_and_a_key_takes_all(replacing):
    async with replacing() as (pilot, screen, _):
        await type_in(pilot, screen, "Japan", "Nippon")
        await pilot.press("enter", "a")
        assert "0 of 4 texts ticked" in screen_text(pilot)
        assert "Enter replace" not in footer(pilot)
        await pilot.press("space")
        assert "1 of 4 texts ticked" in screen_text(pilot)
        assert "Enter replace" in footer(pilot)
        await pilot.press("a", "a")
        assert "4 of 4 texts ticked" in screen_text(pilot)


async def test_keys_typed_ahead_never_replace_by_half_a_word(replacing, workspace):
    async with replacing() as (pilot, screen, _):
        await type_in(pilot, screen, "Japan", "Ni")
        screen.replacement.value = "Nippon"
        screen.grid.focus()
        assert not screen.check_action("replace", ())
        await shown(pilot, screen)
        await pilot.press("enter")
        await until(pilot, lambda: "4 replaced" in screen_text(pilot))
    assert not any("Ni " in text for text in targets(workspace))


async def test_a_bad_pattern_is_one_sentence_below_the_field(replacing):
    async with replacing() as (pilot, screen, _):
        await pilot.press("alt+r")
        await type_in(pilot, screen, "(Japan")
        assert "The pattern is no regular expression: missing ) at character 7." in screen_text(pilot)
        await pilot.press(")")
        await until(pilot, lambda: numbers(screen) == [1, 2, 6, 14])
        assert "no regular expression" not in screen_text(pilot)


async def test_expressions_and_case_are_toggled_by_key(replacing):
    async with replacing() as (pilot, screen, _):
        await type_in(pilot, screen, "japan")
        assert len(screen._rows) == 0
        await pilot.press("alt+c")
        await shown(pilot, screen)
        assert numbers(screen) == [1, 2, 6, 14]
        assert "[x] any case" in screen_text(pilot)
        await pilot.press("alt+r", "tab", *r"\g<0>'s")
        await shown(pilot, screen)
        assert "In [Japan -> Japan's], companies" in screen_text(pilot)


async def test_a_click_ticks_a_box(replacing):
    async with replacing() as (pilot, screen, _):
        await type_in(pilot, screen, "japan")
        await pilot.click("#any_case")
        await shown(pilot, screen)
        assert numbers(screen) == [1, 2, 6, 14]


async def test_something_is_replaced_by_nothing_only_on_purpose(replacing, workspace):
    async with replacing() as (pilot, screen, _):
        await type_in(pilot, screen, "more than ")
        await pilot.press("enter")
        assert "Enter go there" in footer(pilot)
        await pilot.press("alt+n")
        await shown(pilot, screen)
        assert "[-more than ]" in screen_text(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "replaced" in screen_text(pilot).splitlines()[0])
    assert not any("more than" in text for text in targets(workspace))


async def test_what_the_desk_refuses_is_listed_with_its_reason(replacing, workspace):
    async with replacing(person="eleanor", pass_name="translation") as (pilot, screen, _):
        await type_in(pilot, screen, "Japan", "Nippon")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: "4 refused" in screen_text(pilot))
        assert "! Eleanor has signed the pass revision: nobody" in screen_text(pilot)
        assert "0 of 4 texts ticked" in screen_text(pilot)
    assert not any("Nippon" in text for text in targets(workspace))


async def test_nobody_replaces_before_saying_who_they_are(replacing, workspace):
    async with replacing(FAIR, person=None) as (pilot, screen, _):
        await type_in(pilot, screen, "Foshan", "Fatshan")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, WhoScreen))
        assert not any("Fatshan" in text for text in targets(workspace, FAIR))
        await pilot.press("1")
        await until(pilot, lambda: "replaced" in screen_text(pilot).splitlines()[0])
    assert any("Fatshan" in text for text in targets(workspace, FAIR))


async def test_a_draft_stays_a_draft(replacing, workspace):
    async with replacing(FAIR) as (pilot, screen, _):
        await type_in(pilot, screen, "Pan-home", "Pan-furniture")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: "1 replaced" in screen_text(pilot))
        await until(pilot, lambda: "Nothing is left to replace." in screen_text(pilot))
    sixth = workspace.editions.open(FAIR, "en").segment("6")
    assert sixth.segment.target == "Pan-furniture furnishing is one of Foshan's pillar industries."
    assert sixth.draft


async def test_escape_answers_with_no_segment(replacing):
    async with replacing() as (pilot, screen, answers):
        await type_in(pilot, screen, "Japan")
        await pilot.press("escape")
        await until(pilot, lambda: answers)
    assert answers == [None]


async def test_g_goes_there_without_replacing(replacing, workspace):
    before = targets(workspace)
    async with replacing() as (pilot, screen, answers):
        await type_in(pilot, screen, "Japan", "Nippon")
        await pilot.press("enter", "down", "g")
        await until(pilot, lambda: answers)
    assert answers == [list(workspace.editions.open(DELEGATION, "en").standing.segments)[1]]
    assert targets(workspace) == before


async def test_what_is_typed_and_found_never_acts(replacing, workspace):
    workspace.review.edit(FAIR, "en", "7", "More than [red]100[/b] \u202ecompanies.", person="tang")
    async with replacing(FAIR) as (pilot, screen, _):
        await type_in(pilot, screen, "[red]", "[@click=app.quit]")
        assert "More than [[red] -> [@click=app.quit]]100[/b] ⟨U+202E⟩companies." in screen_text(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_everything_fits(replacing, size):
    async with replacing(size=size) as (pilot, screen, _):
        await type_in(pilot, screen, "Japan")
        assert "by nothing Alt+N" in screen_text(pilot)
        assert screen.grid.region.height >= 15


def test_each_stretch_says_what_becomes_of_it():
    one = Replacement("a", "Japan, Japan.", "Nippon, .", ((0, 5), (7, 12)), ((0, 6), (8, 8)), draft=False)
    assert [(change.kind, change.old, change.new) for change in changes(one)] == [
        (ChangeKind.REPLACE, "Japan", "Nippon"),
        (ChangeKind.EQUAL, ", ", ", "),
        (ChangeKind.DELETE, "Japan", ""),
        (ChangeKind.EQUAL, ".", "."),
    ]
