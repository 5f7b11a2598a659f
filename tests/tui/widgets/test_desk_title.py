"""The first line of the desk: what has no room is left out, the remark first."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from reviewtool.tui.widgets.desk_title import DeskTitle
from tests.tui.conftest import screen_text

REMARK = "drafts: memory; no machine translation set up, see doctor"


class Shown(App[None]):
    def compose(self) -> ComposeResult:
        title = DeskTitle()
        title.desk, title.person, title.languages = "佛山 desk", "Tang", "zh-CN > en, ko"
        title.remark, title.short_remark = REMARK, "drafts: memory"
        yield title


@pytest.mark.parametrize(("width", "remark"), [(120, REMARK), (80, "drafts: memory"), (50, "")])
async def test_the_remark_is_as_long_as_there_is_room(width, remark):
    async with Shown().run_test(size=(width, 3)) as pilot:
        line = screen_text(pilot).splitlines()[0]
        assert line.startswith(" reviewtool  佛山 desk")
        assert line.endswith("Tang   zh-CN > en, ko")
        assert line.count("drafts") == bool(remark)
        assert remark in line
