"""The read-through: the target alone as prose; what is changed here is changed in the edition, by its rules."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest

from reviewtool.tui.screens.ask import AskScreen
from reviewtool.tui.screens.menu import MenuScreen
from reviewtool.tui.screens.read import ReadScreen
from reviewtool.tui.screens.send_back import SendBackScreen
from reviewtool.workspace import Workspace
from tests.tui.conftest import NOW, screen_text, until

FINAL, FAIR, NOTE, GUIDE = "trade-delegation", "furniture-fair", "newsroom-note", "old-town-guide"


@pytest.fixture
def workspace(desk):
    """The desk as another program sees it."""
    return Workspace(desk, clock=lambda: NOW)


@pytest.fixture
def reading(app):
    """Read an edition from a segment on, by its number from 0; gives the pilot, the screen and its answers."""

    @asynccontextmanager
    async def opened(slug, number=0, tag="en", size=(80, 24), person="eleanor"):
        async with app(person=person, size=size) as pilot:
            session = pilot.app.session
            edition = session.workspace.editions.open(slug, tag)
            screen, answers = ReadScreen(session, edition, list(edition.standing.segments)[number]), []
            if person is None:
                await pilot.press("escape")
            await pilot.app.push_screen(screen, answers.append)
            await until(pilot, lambda: screen.rows is not None)
            await pilot.pause()
            yield pilot, screen, answers

    return opened


def sentence(screen):
    """The current sentence as it is on the page, signs and all."""
    (paragraph,) = screen.rows.paragraphs(screen.rows.rows_of(screen.place)[-1])
    stretch = paragraph.stretch(screen.place)
    return paragraph.text[stretch.start : stretch.end]


def target(workspace, slug, number, tag="en"):
    return list(workspace.editions.open(slug, tag).standing.segments.values())[number].segment.target


def state(workspace, slug, number, tag="en"):
    standing = workspace.editions.open(slug, tag).standing
    return str(standing.state(list(standing.segments)[number]))


async def typed(pilot, text):
    for character in text:
        await pilot.press("space" if character == " " else character)


async def test_the_target_is_read_as_prose_without_its_source(reading):
    async with reading(FINAL) as (pilot, _, _):
        shown = screen_text(pilot)
    assert "Eight days, two countries and more than 1.2 billion yuan in" in shown
    assert "八天，两个国家" not in shown
    assert "| Eleanor" not in shown, "the byline stands at the end"


async def test_down_and_up_go_by_sentence(reading):
    async with reading(FINAL, 1) as (pilot, screen, _):
        await pilot.press("down")
        assert sentence(screen).startswith("It set out on February 26")
        await pilot.press("up")
        assert sentence(screen).startswith("Eight days")


async def test_what_is_not_done_has_a_sign_and_what_is_untranslated_shows_its_source_in_brackets(reading):
    async with reading(FAIR, 1) as (pilot, screen, _):
        assert sentence(screen).startswith("~ A three-day furniture fair")
        await pilot.press("down")
        assert sentence(screen).startswith("< On March 5")
        await pilot.press("down", "down")
        assert sentence(screen) == "The fair gives buyers and sellers a chance to carry on their talks."
        await pilot.press("down", "down", "down")
        assert sentence(screen) == "[日期]"
        assert "[日期]" in screen_text(pilot)


async def test_space_shows_the_source_of_the_sentence_below_and_hides_it(reading):
    async with reading(FINAL, 1) as (pilot, _, _):
        assert "八天" not in screen_text(pilot)
        await pilot.press("space")
        await pilot.pause()
        assert "八天，两个国家，超过12亿元的意向订单" in screen_text(pilot)
        await pilot.press("down")
        await pilot.pause()
        assert "代表团2月26日启程" in screen_text(pilot)
        await pilot.press("space")
        await pilot.pause()
        assert "代表团2月26日启程" not in screen_text(pilot)


async def test_enter_opens_the_sentence_and_enter_saves_it(reading, workspace):
    async with reading(FAIR, 4) as (pilot, screen, _):
        await pilot.press("enter")
        assert screen.is_correcting
        await pilot.press("end")
        await typed(pilot, " Yes.")
        await pilot.press("enter")
        assert not screen.is_correcting
        await until(pilot, lambda: "their talks. Yes." in " ".join(screen_text(pilot).split()))
        await until(pilot, lambda: screen.acts.idle)
        assert screen.place == 4
    assert target(workspace, FAIR, 4).endswith("carry on their talks. Yes.")
    assert workspace.unfinished.all("eleanor") == ()


async def test_a_draft_that_is_right_is_taken_by_enter_twice(reading, workspace):
    async with reading(FAIR, 5, person="tang") as (pilot, screen, _):
        assert sentence(screen).startswith("~ ")
        await pilot.press("e", "enter")
        await until(pilot, lambda: not sentence(screen).startswith(("~", "*")))
    assert state(workspace, FAIR, 5) == "translated"


async def test_opening_a_confirmed_sentence_and_taking_it_as_it_is_records_nothing(reading, workspace):
    before = workspace.editions.open(FAIR, "en").ledger.events
    async with reading(FAIR, 4) as (pilot, screen, _):
        await pilot.press("e", "enter")
        await pilot.pause()
        assert screen.acts.idle
    assert workspace.editions.open(FAIR, "en").ledger.events == before


async def test_the_footer_says_what_can_be_done_now(reading):
    async with reading(FAIR, 4) as (pilot, _, _):
        footer = screen_text(pilot).splitlines()[-1]
        for each in ("Enter change", "Space source", "M comment", "B send back", "Esc back"):
            assert each.casefold() in footer.casefold()
        await pilot.press("e")
        await pilot.pause()
        footer = screen_text(pilot).splitlines()[-1]
        assert "Enter save" in footer
        assert "send back" not in footer


async def test_while_a_sentence_is_open_letters_are_text(reading):
    async with reading(FAIR, 4) as (pilot, screen, _):
        await pilot.press("e")
        await typed(pilot, "mbe")
        await pilot.press("space", "down")
        assert screen.editor.text.startswith("mbe ")
        assert screen.place == 4


async def test_a_text_that_is_refused_is_said_and_not_lost(reading, workspace):
    async with reading(FAIR, 4) as (pilot, screen, _):
        await pilot.press("e", "ctrl+u", "ctrl+k", "enter")
        await until(pilot, lambda: screen.session.said)
        assert "the text is empty" in screen.session.said[-1].sentence
        await until(pilot, lambda: sentence(screen).startswith("* "))
    assert target(workspace, FAIR, 4).startswith("The fair gives")


async def test_escape_keeps_what_is_typed_and_it_is_here_again(reading, workspace):
    async with reading(FAIR, 4) as (pilot, screen, answers):
        await pilot.press("e", "X", "escape")
        assert not screen.is_correcting
        assert sentence(screen).startswith("* The fair gives")
        await pilot.press("e")
        assert screen.editor.text.startswith("XThe fair gives")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: answers)
        assert "is kept" in screen.session.said[-1].sentence
    kept = workspace.unfinished.of(FAIR, "en", "eleanor")
    assert kept is not None
    assert kept.text.startswith("XThe fair gives")
    async with reading(FAIR, 4) as (pilot, screen, _):
        assert sentence(screen).startswith("* ")


async def test_a_remark_is_recorded_and_its_sign_is_seen(reading, workspace):
    async with reading(FINAL, 6) as (pilot, screen, _):
        await pilot.press("m")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen))
        await typed(pilot, "too short")
        await pilot.press("enter")
        await until(pilot, lambda: sentence(screen).startswith("? South Korea"))
    threads = list(workspace.editions.open(FINAL, "en").standing.segments.values())[6].threads
    assert [each.remark.comment for each in threads] == ["too short"]


async def test_a_sentence_is_sent_back_with_a_reason(reading, workspace):
    async with reading(FAIR, 4) as (pilot, screen, _):
        await pilot.press("b")
        await until(pilot, lambda: isinstance(pilot.app.screen, SendBackScreen))
        await typed(pilot, "stiff")
        await pilot.press("enter")
        await until(pilot, lambda: sentence(screen).startswith("< The fair"))
    assert state(workspace, FAIR, 4) == "sent-back"


async def test_what_the_desk_refuses_is_said_in_its_words(reading, workspace):
    async with reading(FAIR, 5) as (pilot, screen, _):
        await pilot.press("b")
        await until(pilot, lambda: isinstance(pilot.app.screen, SendBackScreen))
        await typed(pilot, "no")
        await pilot.press("enter")
        await until(pilot, lambda: screen.session.said)
        assert screen.session.said[-1].severity == "warning"
        assert "Segment" in screen.session.said[-1].sentence
    assert state(workspace, FAIR, 5) == "draft"


async def test_what_somebody_else_writes_meanwhile_is_shown_beside_what_is_typed(reading, workspace):
    async with reading(FAIR, 4) as (pilot, screen, _):
        await pilot.press("e", "X")
        workspace.review.edit(FAIR, "en", screen.ids[4], "The fair lets both sides talk on.", person="jessica")
        await until(pilot, lambda: sentence(screen).endswith("The fair lets both sides talk on."))
        assert screen.is_correcting
        assert screen.editor.text.startswith("XThe fair gives")
        assert "it reads: The fair lets both sides talk on." in screen.session.said[-1].sentence


async def test_what_changes_outside_is_seen_with_the_place_kept(reading, workspace):
    async with reading(FAIR, 4) as (pilot, screen, _):
        workspace.review.edit(FAIR, "en", screen.ids[3], "An order counts once it is signed.", person="jessica")
        await until(pilot, lambda: "An order counts once it is signed." in screen_text(pilot))
        assert screen.place == 4


async def test_going_back_takes_the_reader_s_place_along(reading):
    async with reading(FINAL, 1) as (pilot, screen, answers):
        await pilot.press("down", "down", "escape")
        await until(pilot, lambda: answers)
        assert answers == [screen.ids[3]]


async def test_nobody_changes_anything_before_it_is_known_who_they_are(reading):
    async with reading(FAIR, 4, person=None) as (pilot, screen, _):
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, MenuScreen))
        assert not screen.is_correcting


async def test_a_story_in_its_own_language_is_read_and_changed_like_any_other(reading, workspace):
    async with reading(NOTE, 4, person="jessica") as (pilot, screen, _):
        await pilot.press("e", "end", "backspace", "!", "enter")
        await until(pilot, lambda: "One nearly slipped through!" in screen_text(pilot))
        await pilot.press("space")
        await until(pilot, lambda: screen.acts.idle)
    assert target(workspace, NOTE, 4) == "One nearly slipped through!"


@pytest.mark.parametrize("text", ["最适合步行游览佛山老城。", "포산 구시가지는 걸어서 보는 것이 가장 좋습니다."])
async def test_a_sentence_that_was_missing_is_written_in_any_script(reading, workspace, text):
    async with reading(GUIDE, 1, "zh-CN") as (pilot, screen, _):
        assert sentence(screen) == "[Foshan's old town is best seen on foot.]"
        await pilot.press("e")
        screen.editor.insert_text(text)
        await pilot.press("enter")
        await until(pilot, lambda: sentence(screen) == text)
        assert text in screen_text(pilot)
    assert target(workspace, GUIDE, 1, "zh-CN") == text


async def test_a_click_goes_to_a_sentence_and_a_double_click_opens_it(reading):
    async with reading(FAIR, 0, size=(120, 40)) as (pilot, screen, _):
        lines = screen_text(pilot).splitlines()
        y = next(y for y, line in enumerate(lines) if "The fair gives buyers" in line)
        x = lines[y].index("The fair gives buyers") + 3
        await pilot.click(offset=(x, y))
        await pilot.pause()
        assert screen.place == 4
        await pilot.click(offset=(x, y), times=2)
        await pilot.pause()
        assert screen.is_correcting
        assert screen.editor.text.startswith("The fair gives")


async def test_leaving_the_desk_in_the_middle_of_a_sentence_loses_nothing(reading, workspace):
    async with reading(FAIR, 4) as (pilot, _, _):
        await pilot.press("e", "X", "ctrl+q")
        await pilot.pause()
    assert workspace.unfinished.of(FAIR, "en", "eleanor").text.startswith("XThe fair gives")
