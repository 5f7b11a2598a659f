"""The editor of a segment's target text, as a translator uses it."""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult

from reviewtool.tui.widgets.target_editor import TargetEditor

ENGLISH = "The fair runs from March 18 to 21."
CHINESE = "展览会于3月18日至21日举行。"
KOREAN = "박람회는 3월 18일부터 열린다."


class Desk(App[None]):
    """An application with nothing but the editor, which writes down what the editor says."""

    def __init__(self) -> None:
        super().__init__()
        self.editor = TargetEditor(placeholder="The translation")
        self.said: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.editor

    def on_mount(self) -> None:
        self.editor.focus()

    def on_target_editor_yes(self, message: TargetEditor.Yes) -> None:
        self.said.append(f"yes: {message.text}")

    def on_text_area_changed(self, message: TargetEditor.Changed) -> None:
        self.said.append(f"changed: {message.text_area.text}")


async def test_enter_says_yes_with_the_text_and_types_nothing():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", "")
        await pilot.press("H", "i", "enter")
        assert desk.said == ["changed: H", "changed: Hi", "yes: Hi"]


async def test_a_line_break_takes_a_key_of_its_own():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", "")
        await pilot.press("a", "ctrl+o", "b")
        assert desk.editor.text == "a\nb"


async def test_pasted_lines_are_text():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", "")
        desk.editor.post_message(events.Paste("展览会\r\n举行\r完\n"))
        await pilot.pause()
        assert desk.editor.text == "展览会\n举行\n完"
        assert not any(one.startswith("yes") for one in desk.said)


async def test_coming_back_to_a_segment_brings_its_steps_and_caret_back():
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.load("a", CHINESE)
        await pilot.press("right", "right", "x")
        desk.editor.load("b", KOREAN)
        desk.editor.load("a", CHINESE[:2] + "x" + CHINESE[2:])
        assert desk.editor.cursor_location == (0, 3)
        await pilot.press("ctrl+z")
        assert desk.editor.text == CHINESE
