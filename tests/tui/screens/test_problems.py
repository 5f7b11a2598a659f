"""What verifying found, each problem the way to its edition."""

from __future__ import annotations

from pathlib import Path

from textual.app import App

from reviewtool.services.signing import Problem
from reviewtool.tui.screens.problems import ProblemsScreen
from tests.tui.conftest import screen_text

ROOT = Path("/desk")
PROBLEMS = [
    Problem("fair", "en", "tang", "/desk/locales/en/ledger/fair/tang.jsonl:1: its hash does not fit."),
    Problem("guide", "zh-CN", "", "[b]\x1b[2J"),
]


async def test_paths_are_named_from_the_workspace_and_nothing_acts():
    app: App[None] = App()
    async with app.run_test(size=(140, 20)) as pilot:
        app.push_screen(ProblemsScreen("2 editions verified", PROBLEMS, ROOT))
        await pilot.pause()
        shown = screen_text(pilot)
        assert "2 editions verified: 2 problems" in shown
        assert "fair (en): locales/en/ledger/fair/tang.jsonl:1: its hash does not fit." in shown
        assert "guide (zh-CN): [b]␛[2J" in shown


async def test_a_problem_leads_to_its_edition():
    app: App[None] = App()
    chosen: list[str | None] = []
    async with app.run_test(size=(140, 20)) as pilot:
        app.push_screen(ProblemsScreen("2 editions verified", PROBLEMS, ROOT), chosen.append)
        await pilot.press("down", "enter")
        await pilot.pause()
    assert chosen == ["guide/zh-CN"]
