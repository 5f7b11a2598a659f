"""The panel that answers for an edition, at every width."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from reviewtool.tui.widgets.byline import Account, BylinePanel
from tests.tui.conftest import screen_text

FINAL = Account(
    "佛山经贸代表团访问日韩",
    "zh-CN > en",
    byline=("Author | Tang", "Reviser | Eleanor, Jessica", "Photo丨Foshan Commerce"),
    signed=("translation Tang+ 03-07", "revision Eleanor+ 03-08, Jessica+ 03-09"),
)


class Shown(App[None]):
    CSS = "BylinePanel { height: 1fr; }"

    def __init__(self, account: Account) -> None:
        super().__init__()
        self._account = account

    def compose(self) -> ComposeResult:
        panel = BylinePanel()
        panel.account = self._account
        yield panel


async def shown(account: Account, size: tuple[int, int] = (100, 8)) -> str:
    async with Shown(account).run_test(size=size) as pilot:
        await pilot.pause()
        return screen_text(pilot)


async def test_the_byline_stands_beside_what_is_behind_it():
    text = await shown(FINAL, (120, 8))
    assert "Author | Tang                signed  translation Tang+ 03-07; revision Eleanor+ 03-08" in text
    assert "Reviser | Eleanor, Jessica   Every signature stands; nothing blocks." in text
    assert "Photo丨Foshan Commerce" in text
    assert "佛山经贸代表团访问日韩" in text
    assert "zh-CN > en" in text


async def test_in_a_narrow_column_it_stands_above():
    lines = (await shown(FINAL, (58, 14))).splitlines()
    assert "Reviser | Eleanor, Jessica" in lines[2]
    assert "signed  translation Tang+ 03-07" in lines[5]


async def test_nobody_has_signed():
    account = Account("Fair", blocks="translation: 6 segments are untranslated; 1 signature wanted, none standing")
    text = await shown(account, (80, 6))
    assert "Nobody has signed yet." in text
    assert "blocks  translation: 6 segments are" in text
    assert "nothing blocks" not in text


async def test_what_cannot_be_read_says_why():
    text = await shown(Account("fair", "en", fault="fair.po, line 1: this is no catalog"))
    assert "! fair.po, line 1: this is no catalog" in text
    assert "Nobody" not in text


async def test_names_that_would_act_are_only_shown():
    text = await shown(Account("Fair", byline=("Author | T\x1b[31mang\u202e",), blocks="[red]x"))
    assert "T␛[31mang⟨U+202E⟩" in text
    assert "[red]x" in text
    assert "\x1b" not in text


@pytest.mark.parametrize("width", [30, 69, 70, 71, 120])
async def test_no_line_is_wider_than_the_panel(width):
    account = Account(
        "佛山" * 60,
        byline=("Reviser | " + "Eleanor, Jessica, " * 9,),
        blocks="translation: 6 segments are untranslated; " * 9,
    )
    text = await shown(account, (width, 9))
    assert {cell_len(line) for line in text.splitlines()} == {width}
