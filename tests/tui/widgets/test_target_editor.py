"""The editor of a segment's target text, as a translator uses it."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Button

from reviewtool.model.visible import UNSAFE
from reviewtool.tui.graphemes import boundaries
from reviewtool.tui.render import Span
from reviewtool.tui.widgets.segment_document import pictured
from reviewtool.tui.widgets.target_editor import HIGHEST, LOWEST, TargetEditor, joined, moved

ENGLISH = "The fair runs from March 18 to 21."
CHINESE = "展览会于3月18日至21日举行。"
KOREAN = "박람회는 3월 18일부터 열린다."
FAMILY, FLAG, CONJUNCT = "👨‍👩‍👧‍👦", "🇨🇳", "क्षि"
HOSTILE = "\x1b]52;c;aGk=\x07\x1b[2J\x9b1m \u202edesrever\u202c zero\u200bwidth\r\x85\u2028\x00"


class Desk(App[None]):
    """An application with the editor and a button, which writes down what the editor says and which keys it leaves."""

    CSS = "TargetEditor { dock: bottom; }"

    def __init__(self) -> None:
        super().__init__()
        self.editor = TargetEditor(placeholder="The translation")
        self.said: list[str] = []
        self.left: list[str] = []

    def compose(self) -> ComposeResult:
        yield Button("another")
        yield self.editor

    def on_mount(self) -> None:
        self.editor.focus()

    def on_target_editor_yes(self, message: TargetEditor.Yes) -> None:
        self.said.append(f"yes: {message.text}")

    def on_text_area_changed(self, message: TargetEditor.Changed) -> None:
        self.said.append(f"changed: {message.text_area.text}")

    def on_key(self, event: events.Key) -> None:
        self.left.append(event.key)

    @property
    def drawn(self) -> list[str]:
        return [self.editor.render_line(y).text.rstrip() for y in range(self.editor.size.height)]


async def paste(pilot: Pilot[None], text: str) -> None:
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


def styled(desk: Desk, text: str) -> list[str]:
    """The colours of the segments that hold a text, without doubles."""
    strips = [desk.editor.render_line(y) for y in range(desk.editor.size.height)]
    return [str(part.style) for strip in strips for part in strip if text in part.text]


# Saying yes, and breaking lines


@pytest.mark.parametrize("key", ["enter", "ctrl+j", "ctrl+enter"])
async def test_enter_says_yes_with_the_text_and_types_nothing(key):
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", "")
        await pilot.press("H", "i", key)
        assert desk.said == ["changed: H", "changed: Hi", "yes: Hi"]


async def test_a_line_break_has_a_key_of_its_own():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", "")
        await pilot.press("a", "ctrl+o", "b")
        assert desk.editor.text == "a\nb"


async def test_a_segment_of_one_line_takes_no_line_break():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", "", one_line=True)
        await pilot.press("a", "ctrl+o", "b")
        assert desk.editor.text == "ab"


async def test_a_read_only_segment_takes_no_text_but_can_be_said_yes_to():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", CHINESE)
        desk.editor.read_only = True
        await pilot.press("x", "ctrl+o", "backspace", "ctrl+w", "ctrl+k")
        await paste(pilot, "text")
        desk.editor.insert_text("text")
        desk.editor.replace_all("text")
        await pilot.press("enter")
        assert desk.said == [f"yes: {CHINESE}"]


# Typing


@pytest.mark.parametrize("character", ["\u3000", "\u00a0", "—", "丨", "\u200d", "\u200c", "𠮷"])
async def test_everything_a_keyboard_or_an_input_method_sends_can_be_typed(character):
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", "")
        for one in ("展", character, "a"):
            desk.post_message(events.Key(one, one))
            await pilot.pause()
        assert desk.editor.text == f"展{character}a"


async def test_keys_with_alt_or_ctrl_type_nothing():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", "")
        desk.post_message(events.Key("alt+m", "m"))
        desk.post_message(events.Key("ctrl+g", "\x07"))
        await pilot.pause()
        assert (desk.editor.text, desk.left) == ("", ["alt+m", "ctrl+g"])


COMMANDS = ["ctrl+down", "ctrl+up", "alt+down", "alt+up", "ctrl+g", "ctrl+n", "ctrl+r", "ctrl+s", "ctrl+l"]
COMMANDS += ["pagedown", "pageup", "ctrl+home", "ctrl+end", "escape", *(f"f{number}" for number in range(1, 13))]


async def test_the_keys_of_the_screen_reach_the_screen():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", CHINESE)
        await pilot.press(*COMMANDS)
        assert desk.left == COMMANDS
        assert desk.editor.text == CHINESE


async def test_tab_leaves_the_editor():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", "")
        await pilot.press("tab")
        assert not desk.editor.has_focus
        assert desk.editor.text == ""


# Pasting


async def test_pasted_lines_are_text():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", "")
        await paste(pilot, "展览会\r\n举行\r完\n")
        assert desk.said == ["changed: 展览会\n举行\n完"]


async def test_pasted_text_replaces_what_is_selected_and_is_one_step():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", ENGLISH)
        await pilot.press("ctrl+shift+right")
        await paste(pilot, "This\n")
        assert desk.editor.text == ENGLISH.replace("The", "This")
        await pilot.press("ctrl+z")
        assert desk.editor.text == ENGLISH


async def test_lines_pasted_into_one_line_are_joined_as_their_script_wants():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", "", one_line=True)
        await paste(pilot, "佛山经贸代表团\r\n访日韩\n")
        assert desk.editor.text == "佛山经贸代表团访日韩"


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ("The fair\n  opens", "The fair opens"),
        ("展览会\n开幕", "展览会开幕"),
        ("박람회가\n열린다", "박람회가 열린다"),
        ("展览会\nopens", "展览会 opens"),
        ("\n\nThe fair\n\nopens\n", "The fair opens"),
        ("\n", ""),
        (" 18 ", " 18 "),
    ],
)
def test_lines_are_joined_with_a_space_but_where_scripts_have_none(lines, line):
    assert joined(lines) == line


async def test_pasted_controls_are_left_out():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", "")
        await paste(pilot, "a\x1b[31mb")
        assert desk.editor.text == "a[31mb"


async def test_what_was_cut_can_be_put_back():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", CHINESE)
        await pilot.press("shift+right", "shift+right", "ctrl+x")
        assert desk.editor.text == CHINESE[2:]
        await pilot.press("ctrl+v")
        assert desk.editor.text == CHINESE


async def test_cutting_nothing_cuts_nothing():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", CHINESE)
        await pilot.press("ctrl+x")
        assert desk.editor.text == CHINESE


# Segments and their steps


async def test_coming_back_to_a_segment_brings_its_steps_and_caret_back():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", CHINESE)
        await pilot.press("right", "right", "x", "left", "y")
        left = desk.editor.text
        desk.editor.load("b", KOREAN)
        await pilot.press("z", "ctrl+z", "ctrl+z")
        assert desk.editor.text == KOREAN
        desk.editor.load("a", left)
        assert desk.editor.cursor_location == (0, 3)
        await pilot.press("ctrl+z", "ctrl+z")
        assert desk.editor.text == CHINESE
        await pilot.press("ctrl+y", "ctrl+y")
        assert desk.editor.text == left


async def test_a_text_that_came_from_elsewhere_can_be_undone_to_what_was_typed():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", CHINESE)
        await pilot.press("x")
        typed = desk.editor.text
        desk.editor.load("b", KOREAN)
        desk.editor.load("a", ENGLISH)
        assert (desk.editor.text, desk.editor.dirty) == (ENGLISH, False)
        await pilot.press("ctrl+z")
        assert (desk.editor.text, desk.editor.dirty) == (typed, True)


async def test_loading_says_nothing_and_typing_does():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", CHINESE)
        desk.editor.load("b", KOREAN)
        desk.editor.load("a", ENGLISH)
        await pilot.pause()
        assert desk.said == []
        await pilot.press("x")
        assert desk.said == [f"changed: {desk.editor.text}"]


async def test_histories_of_long_ago_are_let_go():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("first", CHINESE)
        await pilot.press("x")
        typed = desk.editor.text
        for number in range(250):
            desk.editor.load(str(number), "")
        desk.editor.load("first", typed)
        await pilot.press("ctrl+z")
        assert desk.editor.text == typed
        assert len(desk.editor._held) <= 200


async def test_a_text_is_dirty_while_it_is_another_than_the_saved_one():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", "cafe\u0301")
        assert not desk.editor.dirty
        await pilot.press("end", "s")
        assert desk.editor.dirty
        desk.editor.saved("another segment's", "b")
        assert desk.editor.dirty
        desk.editor.saved(" cafés\n")
        assert not desk.editor.dirty


async def test_a_match_put_in_place_of_all_is_one_step():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", "")
        await pilot.press("a")
        desk.editor.replace_all(CHINESE)
        await pilot.press("b")
        assert desk.editor.text == f"{CHINESE}b"
        await pilot.press("ctrl+z")
        assert desk.editor.text == CHINESE
        await pilot.press("ctrl+z")
        assert desk.editor.text == "a"


async def test_a_number_is_inserted_where_the_caret_is_as_a_step_of_its_own():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", "from to 21")
        await pilot.press("ctrl+right", "space")
        desk.editor.insert_text("1")
        desk.editor.insert_text("8")
        await pilot.press(",")
        steps = []
        for _ in range(3):
            steps.append(desk.editor.text)
            await pilot.press("ctrl+z")
        assert steps == ["from 18, to 21", "from 18 to 21", "from 1 to 21"]


# The caret


@pytest.mark.parametrize("cluster", [FAMILY, FLAG, CONJUNCT, "e\u0301", "한", "❤️"])
async def test_the_caret_and_deletions_go_by_what_people_see(cluster):
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", f"展{cluster}览")
        await pilot.press("right", "right")
        assert desk.editor.cursor_location == (0, 1 + len(cluster))
        await pilot.press("shift+left")
        assert desk.editor.selected_text == cluster
        await pilot.press("right", "backspace")
        assert desk.editor.text == "展览"
        await pilot.press("ctrl+z", "home", "right", "delete")
        assert desk.editor.text == "展览"


async def test_a_joiner_typed_between_two_people_makes_them_one_and_the_caret_goes_behind():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", "👨👩")
        await pilot.press("right")
        desk.post_message(events.Key("\u200d", "\u200d"))
        await pilot.pause()
        assert desk.editor.text == "👨\u200d👩"
        assert desk.editor.cursor_location == (0, 3)


async def test_a_click_on_either_half_of_a_character_lands_before_it():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", f"展{FAMILY}{FLAG}览")
        await pilot.pause()
        before_family, before_flag = 1, 1 + len(FAMILY)
        for x, column in ((2, before_family), (3, before_family), (4, before_flag), (5, before_flag)):
            await pilot.click(TargetEditor, offset=(desk.editor.gutter.left + x, 0))
            assert desk.editor.cursor_location == (0, column)


async def test_words_are_deleted_by_script():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", "展览会 opens soon。")
        await pilot.press("end")
        seen = []
        for _ in range(5):
            await pilot.press("ctrl+w")
            seen.append(desk.editor.text)
        assert seen == ["展览会 opens soon", "展览会 opens ", "展览会 ", "展", ""]


async def test_the_line_is_deleted_to_its_ends_however_it_is_wrapped():
    desk = Desk()
    async with desk.run_test(size=(30, 12)) as pilot:
        desk.editor.load("a", CHINESE * 3 + "\n" + KOREAN)
        await pilot.press("right", "right", "ctrl+k")
        assert desk.editor.text == CHINESE[:2] + "\n" + KOREAN
        await pilot.press("ctrl+k")
        assert desk.editor.text == CHINESE[:2] + KOREAN
        await pilot.press("ctrl+u")
        assert desk.editor.text == KOREAN


async def test_end_of_a_wrapped_line_stays_on_it():
    desk = Desk()
    async with desk.run_test(size=(24, 12)) as pilot:
        desk.editor.load("a", f"展览会于三月举行吗{FAMILY}并且还有别的")
        await pilot.pause()
        await pilot.press("end")
        assert desk.editor.wrapped_document.location_to_offset(desk.editor.cursor_location).y == 0
        await pilot.press("down", "up", "end", "right")
        assert desk.editor.wrapped_document.location_to_offset(desk.editor.cursor_location).y == 1


# What is shown


async def test_the_terminal_cursor_is_where_the_caret_is_drawn_also_when_the_editor_grows():
    desk = Desk()
    async with desk.run_test(size=(26, 12)) as pilot:
        desk.editor.load("a", "展" * 11 * 2)
        await pilot.press("ctrl+down", "down", "down")
        await paste(pilot, "览会")
        await pilot.pause()
        region = desk.editor.scrollable_content_region
        assert desk.editor.size.height == 3
        assert desk.cursor_position == (region.x + 4, region.bottom - 1)


async def test_the_terminal_cursor_follows_the_editor_when_the_screen_changes_around_it():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.styles.dock = "none"
        desk.editor.load("a", CHINESE)
        await pilot.press("right")
        await pilot.pause()
        assert desk.cursor_position == (desk.editor.region.x + 3, desk.editor.region.y)
        desk.query_one(Button).display = False
        await pilot.pause()
        await pilot.pause()
        assert desk.cursor_position == (3, 0)


async def test_nothing_in_a_text_acts_and_the_text_is_the_same():
    desk = Desk()
    async with desk.run_test(size=(120, 12)) as pilot:
        desk.editor.load("a", HOSTILE)
        await pilot.press("end", "x", "backspace", "shift+home", "left")
        assert desk.editor.text == HOSTILE
        assert desk.drawn[0].strip() == "␛]52;c;aGk=␇␛[2J␦1m ⇄desrever⇄ zero␦width␍␤␤␀"


async def test_an_emoji_under_the_caret_stays_whole():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", f"展{FAMILY}览")
        desk.editor.marks = [Span(2, 3, "finding")]
        await pilot.press("right")
        assert len(styled(desk, FAMILY)) == 1
        assert styled(desk, FAMILY) != styled(desk, "览")


async def test_marks_stay_with_their_words():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", ENGLISH)
        plain = styled(desk, "March")
        desk.editor.marks = [Span(19, 24, "finding"), Span(25, 27, "number"), Span(0, 3, "no such style")]
        assert styled(desk, "March") != plain
        await pilot.press("x")
        assert [one.start for one in desk.editor.marks] == [20, 26, 1]
        desk.editor.load("b", KOREAN)
        assert desk.editor.marks == ()


def test_typing_into_a_mark_takes_it_off_and_beside_it_leaves_it():
    text = "from 18 to Tang"
    number, term = Span(5, 7, "number"), Span(11, 15, "term")
    assert moved([number, term], text, "from 128 to Tang") == (Span(12, 16, "term"),)
    assert moved([number, term], text, "from 18, to Tang") == (number, Span(12, 16, "term"))
    assert moved([number, term], text, "from 18 to Tan") == (number,)
    assert moved([number, term], text, "") == ()


async def test_an_empty_segment_says_what_belongs_there_and_none_of_it_is_markup():
    desk = Desk()
    async with desk.run_test():
        desk.editor.placeholder = "[b]The[/nope] translation\x1b[2J"
        desk.editor.load("a", "")
        assert desk.drawn[0].strip() == "[b]The[/nope] translation␛[2J"


async def test_the_editor_is_as_high_as_its_text_from_two_lines_to_six():
    desk = Desk()
    async with desk.run_test(size=(40, 24)) as pilot:
        for text, height in (("", LOWEST), (ENGLISH * 3, 4), (CHINESE * 20, HIGHEST)):
            desk.editor.load("a", text)
            await pilot.pause()
            assert desk.editor.outer_size.height == desk.editor.wanted_height(40) == height
        assert desk.editor.wanted_height(200) < HIGHEST


# Laws

TEXTS = st.text(
    st.one_of(
        st.sampled_from(f"展览，한글 ab\n\r\t\x1b\x85\u2028\u202e\u200b\u200d\ufe0f{FAMILY}{FLAG}{CONJUNCT}"),
        st.characters(codec="utf-8"),
    ),
    max_size=50,
)
ACTIONS = ["cursor_left", "cursor_right", "cursor_up", "cursor_down", "cursor_word_left", "cursor_word_right"]
ACTIONS += ["cursor_line_start", "cursor_line_end"]
ACTIONS += [f"{action}(True)" for action in ACTIONS]
ACTIONS += ["delete_left", "delete_right", "delete_word_left", "delete_word_right", "delete_to_start_of_line"]
ACTIONS += ["delete_to_end_of_line", "undo", "redo", "line_break", "cut", "paste"]
STEPS = st.one_of(st.sampled_from(ACTIONS), st.sampled_from(FAMILY + FLAG + CONJUNCT + "展한\u0301"), TEXTS)


@settings(max_examples=20)
@given(st.lists(TEXTS, min_size=1, max_size=20), st.integers(20, 60))
def test_any_text_comes_back_as_it_was_and_is_drawn_safely(texts, width):
    async def story() -> None:
        desk = Desk()
        async with desk.run_test(size=(width, 12)):
            for number, text in enumerate(texts):
                desk.editor.load(str(number), text)
                assert desk.editor.text == text
                rows = [desk.editor.render_line(y) for y in range(desk.editor.size.height)]
                assert all(row.cell_length == desk.editor.scrollable_content_region.width for row in rows)
                found = set(UNSAFE.findall("".join(row.text for row in rows)))
                assert found <= set(UNSAFE.findall(pictured(text)))
                assert all(one >= "\u200c" and one not in "\u200e\u200f\u2028\u2029\u202e" for one in found)

    asyncio.run(story())


@settings(max_examples=20)
@given(TEXTS, st.lists(STEPS, max_size=40))
def test_whatever_is_done_the_caret_stands_between_characters_and_all_can_be_undone(text, steps):
    async def story() -> None:
        desk = Desk()
        async with desk.run_test(size=(30, 12)):
            editor = desk.editor
            editor.load("a", text)
            for step in steps:
                if step in ACTIONS:
                    await editor.run_action(step)
                else:
                    editor.insert_text(step)
                for row, column in editor.selection:
                    assert column in boundaries(pictured(editor.document[row]))
                editor.render_line(0)
            last = editor.text
            while editor.history.undo_stack:
                editor.undo()
            assert editor.text == text
            while editor.history.redo_stack and editor.text != last:
                editor.redo()
            assert editor.text == last

    asyncio.run(story())
