"""The table of editions: widths, shares, cutting, and a cursor that stays where the person put it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from reviewtool.model.segment import State
from reviewtool.tui.widgets.edition_table import EditionLine, EditionTable, cut, fitted, shares
from tests.tui.conftest import screen_text


def line(slug: str, title: str = "", **known: object) -> EditionLine:
    states = {State.DRAFT: 3, State.TRANSLATED: 2}
    return EditionLine(slug, "en", title or slug, states, done="2/5", pass_name="translation", **known)  # type: ignore[arg-type]


class Shown(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    def compose(self) -> ComposeResult:
        yield EditionTable()

    def on_edition_table_selected(self, event: EditionTable.Selected) -> None:
        self.heard.append(event.line and event.line.slug)

    def on_edition_table_opened(self, event: EditionTable.Opened) -> None:
        self.heard.append(("opened", event.line.slug))


@asynccontextmanager
async def showing(lines: list[EditionLine], size: tuple[int, int] = (80, 12)) -> AsyncIterator[Pilot[None]]:
    application = Shown()
    async with application.run_test(size=size) as pilot:
        table = application.query_one(EditionTable)
        table.show(lines)
        table.focus()
        await pilot.pause()
        yield pilot


def table_of(pilot: Pilot[None]) -> EditionTable:
    return pilot.app.query_one(EditionTable)


ALL = st.fixed_dictionaries({state: st.integers(0, 10_000) for state in State})


@given(ALL, st.integers(6, 200))
def test_a_bar_is_filled_and_shows_every_state_that_there_is(states, width):
    given_cells = shares(states, width)

    present = {state for state, number in states.items() if number}
    assert set(given_cells) == present
    assert all(cells >= 1 for cells in given_cells.values())
    assert sum(given_cells.values()) == (width if present else 0)


@given(ALL)
def test_more_segments_never_get_less_of_the_bar(states):
    cells = shares(states, 20)
    assert all(cells[more] >= cells[less] for more in cells for less in cells if states[more] > states[less])


def test_the_bar_goes_from_what_is_furthest_to_what_was_sent_back():
    states = {State.UNTRANSLATED: 8, State.DRAFT: 4, State.TRANSLATED: 4, State.SENT_BACK: 1, State.REVIEWED: 3}
    assert list(shares(states, 20)) == [
        State.REVIEWED,
        State.TRANSLATED,
        State.DRAFT,
        State.SENT_BACK,
        State.UNTRANSLATED,
    ]


@given(st.text(alphabet="aé佛山한글。🇨🇳👩‍💻 ", max_size=30), st.integers(0, 40))
def test_a_text_takes_exactly_the_cells_it_is_given(text, width):
    assert cell_len(fitted(text, width)) == width
    assert cell_len(fitted(text, width, right=True)) == width


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("潭洲展馆家具展览会", 18, "潭洲展馆家具展览会"),
        ("潭洲展馆家具展览会开幕", 18, "潭洲展馆家具展览.."),
        ("潭洲展馆家具展览会开幕", 17, "潭洲展馆家具展.."),
        ("furniture fair", 10, "furnitur.."),
        ("fair", 1, "."),
    ],
)
def test_a_text_is_cut_where_a_character_ends(text, width, shown):
    assert cut(text, width) == shown


async def test_titles_of_wide_characters_keep_the_columns_straight():
    lines = [
        line("one", "佛山经贸代表团访日韩带回12亿元订单，并将于三月在潭洲展馆"),
        line("two", "A guide to the old town"),
    ]
    async with showing(lines) as pilot:
        shown = screen_text(pilot).splitlines()
        places = {cell_len(row[: row.index("[")]) for row in shown if "[" in row}
        assert len(places) == 1
        assert ".. " in shown[1]


async def test_a_title_that_would_act_on_the_terminal_is_seen():
    async with showing([line("one", "fair\x1b]0;gone\x07[bold]\u202eright")]) as pilot:
        shown = screen_text(pilot)
        assert "␛]0;gone␇[bold]" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown


async def test_the_languages_of_one_article_share_its_title():
    lines = [line("fair", "Furniture fair"), EditionLine("fair", "ko", "Furniture fair", {})]
    async with showing(lines) as pilot:
        assert screen_text(pilot).count("Furniture fair") == 1


async def test_the_title_is_there_again_where_the_list_begins_in_the_middle_of_an_article():
    lines = [EditionLine("fair", f"l{n:02}", "Furniture fair", {}) for n in range(40)]
    async with showing(lines) as pilot:
        await pilot.press("end")
        assert "Furniture fair" in screen_text(pilot).splitlines()[1]


async def test_the_cursor_moves_by_line_page_and_edge_and_tells():
    lines = [line(f"story-{n:03}") for n in range(100)]
    async with showing(lines) as pilot:
        await pilot.press("down", "down", "up")
        assert table_of(pilot).row == 1
        await pilot.press("pagedown")
        assert table_of(pilot).row == 11
        assert "> story-011" in screen_text(pilot)
        await pilot.press("end")
        assert "> story-099" in screen_text(pilot)
        await pilot.press("down", "home", "up")
        assert table_of(pilot).row == 0
        assert pilot.app.heard[-1] == "story-000"


async def test_who_has_moved_stays_on_the_same_edition_when_others_come_before_it():
    lines = [line(f"story-{n:03}") for n in range(50)]
    async with showing(lines) as pilot:
        await pilot.press(*["down"] * 20)
        before = (
            screen_text(pilot).splitlines().index(next(row for row in screen_text(pilot).splitlines() if ">" in row))
        )
        table_of(pilot).show([line("new"), line("newer"), *lines])
        await pilot.pause()

        assert table_of(pilot).selected == lines[20]
        after = next(n for n, row in enumerate(screen_text(pilot).splitlines()) if row.startswith("> story-020"))
        assert after == before


async def test_who_has_not_moved_stands_on_the_first():
    lines = [line("fair"), line("guide")]
    async with showing(lines) as pilot:
        table_of(pilot).show([line("urgent"), *lines])
        await pilot.pause()
        assert table_of(pilot).selected == line("urgent")


async def test_a_selected_edition_that_goes_leaves_the_cursor_where_it_was():
    lines = [line("a"), line("b"), line("c")]
    async with showing(lines) as pilot:
        await pilot.press("down")
        table_of(pilot).show([lines[0], lines[2]])
        await pilot.pause()
        assert table_of(pilot).selected == lines[2]
        table_of(pilot).show([])
        await pilot.pause()
        assert table_of(pilot).selected is None
        assert pilot.app.heard[-1] is None


async def test_a_click_selects_two_open_and_the_wheel_scrolls():
    lines = [line(f"story-{n:03}") for n in range(100)]
    async with showing(lines) as pilot:
        await pilot.click(EditionTable, offset=(10, 3))
        assert table_of(pilot).row == 2
        await pilot.click(EditionTable, offset=(10, 0))
        assert table_of(pilot).row == 2
        await pilot.click(EditionTable, offset=(10, 4), times=2)
        assert pilot.app.heard[-1] == ("opened", "story-003")
        table_of(pilot).scroll_to(y=30, animate=False)
        await pilot.pause()
        await pilot.click(EditionTable, offset=(10, 1))
        assert table_of(pilot).row == 30


async def test_an_edition_that_cannot_be_read_says_why_in_its_line():
    async with showing([EditionLine("fair", "en", "fair", {}, fault="fair.po is no catalog")]) as pilot:
        assert "! fair.po is no catalog" in screen_text(pilot)


async def test_only_what_is_seen_is_drawn(monkeypatch):
    drawn: list[int] = []
    plain = EditionTable._edition

    def counted(self: EditionTable, row: int, *, first: bool) -> list[tuple[str, str]]:
        drawn.append(row)
        return plain(self, row, first=first)

    monkeypatch.setattr(EditionTable, "_edition", counted)
    async with showing([line(f"story-{n:05}") for n in range(20_000)]):
        assert max(drawn) < 20


@pytest.mark.parametrize("width", [40, 80, 97, 98, 120, 149, 150, 200])
async def test_every_width_has_room_for_title_language_and_what_waits(width):
    lines = [line("one", "佛山经贸代表团访日韩带回12亿元订单", people="Tang+; Eleanor+, Jessica+", waits=11)]
    async with showing(lines, size=(width, 10)) as pilot:
        row = screen_text(pilot).splitlines()[1]
        assert cell_len(row) <= width
        assert "en" in row
        assert width < 60 or "11" in row
