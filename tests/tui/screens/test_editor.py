"""The editor: typing goes into the target, Enter says yes, nothing that was typed is lost."""

from __future__ import annotations

from pathlib import Path

from reviewtool.tui.screens.editor import EditorScreen
from reviewtool.tui.widgets.segment_grid import SegmentGrid
from reviewtool.tui.widgets.target_editor import TargetEditor
from reviewtool.workspace import Workspace
from tests.tui.conftest import OpenApp, screen_text, session_on, until

FAIR = ("furniture-fair", "en")
TOWN = ("old-town-guide", "zh-CN")


def standing(root: Path, place: int, edition: tuple[str, str] = FAIR):
    opened = Workspace(root).editions.open(*edition)
    return list(opened.standing.segments.values())[place - 1]


def screen(pilot) -> EditorScreen:
    assert isinstance(pilot.app.screen, EditorScreen), pilot.app.screen
    return pilot.app.screen


async def translate(pilot, edition=FAIR) -> EditorScreen:
    """Open an edition in the editor, and wait until the caret is in the target."""
    session = pilot.app.session
    pilot.app.push_screen(EditorScreen(session, session.workspace.editions.open(*edition)))
    await until(pilot, lambda: isinstance(pilot.app.screen, EditorScreen) and pilot.app.screen.query(TargetEditor))
    await until(pilot, lambda: screen(pilot).editor.segment_id)
    return screen(pilot)


async def write(pilot, text: str) -> None:
    """Type a text in place of what is there."""
    await pilot.press("ctrl+a", "shift+end")
    screen(pilot).editor.replace_all("")
    for character in text:
        await pilot.press("space" if character == " " else character)


async def test_it_opens_at_the_first_segment_that_waits_and_the_draft_is_in_the_editor(app: OpenApp):
    async with app() as pilot:
        editor = await translate(pilot)
        assert editor.index + 1 == 2
        assert editor.editor.text.startswith("A three-day furniture fair")
        assert "2  draft" in screen_text(pilot)


async def test_enter_takes_a_draft_and_goes_to_the_next_that_waits(app: OpenApp, desk: Path):
    async with app() as pilot:
        editor = await translate(pilot)
        await pilot.press("enter")
        assert editor.index + 1 == 3
        await until(pilot, lambda: "=" in editor.rows.row(1).sign)
    assert standing(desk, 2).writers == {"tang"}


async def test_what_is_typed_is_in_the_catalog_when_its_sign_says_so(app: OpenApp, desk: Path):
    async with app() as pilot:
        editor = await translate(pilot, TOWN)
        await write(pilot, "十二站走老城")
        await pilot.press("enter")
        await until(pilot, lambda: editor.rows.row(0).sign == "=")
        assert standing(desk, 1, TOWN).segment.target == "十二站走老城"
        assert "1 of 14 confirmed" in screen_text(pilot)


async def test_an_empty_text_is_no_translation(app: OpenApp, desk: Path):
    async with app() as pilot:
        editor = await translate(pilot, TOWN)
        await pilot.press("enter")
        await until(pilot, lambda: "it has no text yet" in screen_text(pilot))
        assert editor.index == 0


async def test_moving_on_without_enter_saves_nothing_and_loses_nothing(app: OpenApp, desk: Path):
    async with app() as pilot:
        editor = await translate(pilot)
        await write(pilot, "Half a")
        await pilot.press("ctrl+down")
        assert editor.rows.row(1).sign == "*"
        assert editor.rows.row(1).cells[1].text == "Half a"
        await pilot.press("ctrl+up")
        assert editor.editor.text == "Half a"
    assert standing(desk, 2).segment.target.startswith("A three-day")


async def test_what_was_typed_and_not_saved_is_there_again_at_the_next_start(app: OpenApp, desk: Path):
    async with app() as pilot:
        editor = await translate(pilot)
        await write(pilot, "A fair of four days")
        unfinished = Workspace(desk).unfinished
        await until(pilot, lambda: any(one.text == "A fair of four days" for one in unfinished.all("tang")))
    async with app() as pilot:
        editor = await translate(pilot)
        assert editor.editor.text == "A fair of four days"
        await until(pilot, lambda: "did not save is here again" in screen_text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: not Workspace(desk).unfinished.all("tang"))
    assert standing(desk, 2).segment.target == "A fair of four days"


async def test_two_segments_typed_in_are_both_kept(app: OpenApp, desk: Path):
    async with app() as pilot:
        await translate(pilot)
        await write(pilot, "One")
        await pilot.press("ctrl+down")
        await write(pilot, "Two")
        await until(pilot, lambda: {one.text for one in Workspace(desk).unfinished.all("tang")} == {"One", "Two"})


async def test_another_desk_writes_elsewhere_and_typing_goes_on(app: OpenApp, desk: Path):
    async with app() as pilot:
        editor = await translate(pilot)
        await write(pilot, "Mine")
        other = session_on(desk, "jessica").workspace
        other.review.edit(
            *FAIR,
            "18",
            "The plan is on the [fair's page](https://example.org/fair/2023).",
            person="jessica",
            pass_name="translation",
        )
        await until(pilot, lambda: "The plan is on" in editor.rows.row(17).cells[1].text)
        assert (editor.index + 1, editor.editor.text) == (2, "Mine")
        await until(pilot, lambda: "Another program changed 1 segment" in screen_text(pilot))


async def test_another_desk_writes_the_same_segment_and_both_texts_are_shown(app: OpenApp, desk: Path):
    async with app() as pilot:
        editor = await translate(pilot)
        await write(pilot, "Mine")
        session_on(desk, "jessica").workspace.review.edit(
            *FAIR, "2", "Theirs", person="jessica", pass_name="translation"
        )
        await until(pilot, lambda: editor.work.meanwhile)
        assert editor.editor.text == "Mine"
        await until(pilot, lambda: "meanwhile:" in screen_text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "which one stands?" in screen_text(pilot))
        shown = screen_text(pilot)
        assert "Mine" in shown
        assert "Theirs" in shown
        await pilot.press("m")
        await until(pilot, lambda: standing(desk, 2).segment.target == "Mine")


async def test_theirs_may_stand_too(app: OpenApp, desk: Path):
    async with app() as pilot:
        editor = await translate(pilot)
        await write(pilot, "Mine")
        session_on(desk, "jessica").workspace.review.edit(
            *FAIR, "2", "Theirs", person="jessica", pass_name="translation"
        )
        await until(pilot, lambda: editor.work.meanwhile)
        await pilot.press("enter", "t")
        await until(pilot, lambda: editor.editor.text == "Theirs")
        assert not editor.work.typed


async def test_a_term_goes_in_by_two_keys(app: OpenApp):
    async with app() as pilot:
        editor = await translate(pilot)
        await until(pilot, lambda: editor.panel.advice.terms)
        editor.editor.replace_all("At the ")
        await pilot.press("ctrl+g")
        await until(pilot, lambda: "Tanzhou exhibition hall" in screen_text(pilot))
        await pilot.press("a")
        assert editor.editor.text == "At the Tanzhou exhibition hall"


async def test_a_match_of_the_memory_goes_in_by_its_number(app: OpenApp):
    async with app(person="tang") as pilot:
        editor = await translate(pilot)
        editor.goto(editor.rows.ids[4])
        await until(pilot, lambda: editor.panel.advice.matches)
        match = editor.panel.advice.matches[0]
        await pilot.press("ctrl+g", "1")
        assert editor.editor.text == match.target


async def test_the_source_can_be_copied(app: OpenApp):
    async with app() as pilot:
        editor = await translate(pilot, TOWN)
        await pilot.press("ctrl+g", "s")
        assert editor.editor.text == "A guide to the old town, in twelve stops"


async def test_a_segment_is_left_out_on_purpose_by_two_keys(app: OpenApp, desk: Path):
    async with app() as pilot:
        await translate(pilot, TOWN)
        await pilot.press("ctrl+l", "o")
        await until(pilot, lambda: standing(desk, 1, TOWN).omitted)
        await until(pilot, lambda: "(omitted)" in screen_text(pilot))


async def test_a_sent_back_segment_shows_why_and_is_not_taken_unchanged(app: OpenApp):
    async with app() as pilot:
        editor = await translate(pilot)
        editor.goto(editor.rows.ids[2])
        await until(pilot, lambda: "Jessica: terminology, major" in screen_text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "it was sent back" in screen_text(pilot))
        assert editor.index == 2


async def test_findings_follow_what_is_typed(app: OpenApp):
    async with app() as pilot:
        editor = await translate(pilot)
        editor.goto(editor.rows.ids[6])
        await write(pilot, "The organisers expect more than 10 companies.")
        await until(pilot, lambda: any("100" in one.message for one in editor.panel.advice.findings))


async def test_the_panel_is_tabs_where_it_is_narrow(app: OpenApp):
    async with app(size=(80, 24)) as pilot:
        editor = await translate(pilot)
        assert not editor.panel.display
        await pilot.press("f6")
        assert "[Memory]" in screen_text(pilot)
        await pilot.press("f6")
        assert "[Terms]" in screen_text(pilot)
        assert "Tanzhou exhibition hall" in screen_text(pilot)


async def test_escape_goes_back_and_the_next_start_is_at_the_same_place(app: OpenApp):
    async with app() as pilot:
        editor = await translate(pilot)
        editor.goto(editor.rows.ids[7])
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, EditorScreen))
        editor = await translate(pilot)
        assert editor.index == 7


async def test_when_nothing_waits_any_more_signing_opens_by_itself(app: OpenApp, desk: Path):
    workspace = session_on(desk).workspace
    for place in range(2, 15):
        workspace.review.edit(*TOWN, str(place), f"第{place}句", person="tang")
    async with app() as pilot:
        await translate(pilot, TOWN)
        await write(pilot, "十二站走老城")
        await pilot.press("enter")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "SignScreen")
        await pilot.press("enter")
        await until(pilot, lambda: Workspace(desk).editions.open(*TOWN).standing.passes["translation"].complete)


async def test_a_click_goes_to_a_segment(app: OpenApp):
    async with app() as pilot:
        editor = await translate(pilot)
        await pilot.click(SegmentGrid, offset=(20, 8))
        assert editor.index != 1
        assert editor.editor.segment_id == editor.rows.ids[editor.index]


async def test_a_segment_is_joined_with_the_next(app: OpenApp, desk: Path):
    async with app() as pilot:
        editor = await translate(pilot, TOWN)
        editor.goto(editor.rows.ids[1])
        await pilot.press("ctrl+l", "j")
        await until(pilot, lambda: len(editor.rows) == 13)
        assert editor.rows.standing(1).segment.source.startswith("Foshan's old town is best seen on foot. The full")
    assert len(Workspace(desk).editions.open(*TOWN).standing.segments) == 13


async def test_a_segment_is_parted_at_the_caret_and_the_source_where_it_fits(app: OpenApp, desk: Path):
    session_on(desk).workspace.review.edit(*TOWN, "3", "全程共**十二站**；本文只讲前三站。", person="tang")
    async with app() as pilot:
        editor = await translate(pilot, TOWN)
        editor.goto(editor.rows.ids[2])
        await until(pilot, lambda: editor.editor.text.startswith("全程"))
        editor.editor.move_cursor((0, len("全程共**十二站**；")))
        await pilot.press("ctrl+l", "p")
        await until(pilot, lambda: "Where does the source part?" in screen_text(pilot))
        await pilot.press("1")
        await until(pilot, lambda: len(editor.rows) == 15)
        first, second = editor.rows.standing(2).segment, editor.rows.standing(3).segment
        assert (first.source, first.target) == ("The full walk has **twelve stops**;", "全程共**十二站**；")
        assert second.target == "本文只讲前三站。"


async def test_nothing_is_joined_over_what_is_typed(app: OpenApp):
    async with app() as pilot:
        editor = await translate(pilot, TOWN)
        editor.goto(editor.rows.ids[1])
        await write(pilot, "走")
        await pilot.press("ctrl+l", "j")
        await until(pilot, lambda: "typed here and not saved" in screen_text(pilot))
        assert len(editor.rows) == 14


async def test_what_the_checks_found_is_marked_where_it_is_typed(app: OpenApp):
    async with app() as pilot:
        editor = await translate(pilot)
        editor.goto(editor.rows.ids[5])
        await until(pilot, lambda: editor.editor.marks)
        marked = [editor.editor.text[one.start : one.end] for one in editor.editor.marks]
        assert marked == ["Pan-home"]
