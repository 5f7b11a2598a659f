"""Prose on the screen: the current sentence is marked and in view, and a click finds its sentence."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult

from reviewtool.tui.prose import Paragraph, placed
from reviewtool.tui.widgets.prose_grid import ProseGrid
from tests.tui.conftest import screen_text

LONG = [f"Sentence number {number} says a little more." for number in range(60)]
CHINESE = ["展会为期四天。", "观众请从3号门入场。", "入场免费，但须登记。"]


class Page:
    """Paragraphs of sentences, numbered through; each paragraph is a row."""

    def __init__(self, *rows: list[str], first: str = "", between: str = " ") -> None:
        self._rows, self._paragraphs, number = {}, [], 0
        for row, sentences in enumerate(rows):
            texts = list(enumerate(sentences, number))
            self._paragraphs.append(
                placed(Paragraph("paragraph", between.join(sentences), first=first, rest=" " * len(first)), texts)
            )
            self._rows.update({segment: row for segment, _ in texts})
            number += len(sentences)

    def __len__(self) -> int:
        return len(self._paragraphs)

    def paragraphs(self, row: int) -> tuple[Paragraph, ...]:
        return (self._paragraphs[row],)

    def space_below(self, row: int) -> int:
        return 1

    def rows_of(self, segment: int) -> tuple[int, ...]:
        return (self._rows[segment],)


class Reader(App[None]):
    def __init__(self, page: Page, now: int = 0) -> None:
        super().__init__()
        self._page, self._now = page, now
        self.pointed: list[tuple[int, bool]] = []

    def compose(self) -> ComposeResult:
        yield ProseGrid()

    def on_mount(self) -> None:
        self.query_one(ProseGrid).read(self._page, self._now)

    def on_prose_grid_pointed(self, event: ProseGrid.Pointed) -> None:
        self.pointed.append((event.segment, event.twice))


@asynccontextmanager
async def reader(page, now=0, size=(50, 12)):
    app = Reader(page, now)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot, app.query_one(ProseGrid)


def flat(pilot):
    return " ".join(screen_text(pilot).replace(">", " ").split())


async def test_every_sentence_of_a_paragraph_higher_than_the_screen_comes_into_view():
    async with reader(Page(LONG)) as (pilot, grid):
        for number in (0, 1, 30, 59, 12, 11, 58):
            grid.point(number)
            await pilot.pause()
            assert LONG[number] in flat(pilot)
            assert any(line.lstrip().startswith(">") for line in screen_text(pilot).splitlines())


async def test_it_begins_with_the_sentence_asked_for():
    async with reader(Page(LONG, LONG), 100) as (pilot, grid):
        assert grid.now == 100
        assert LONG[40] in flat(pilot)


async def test_pages_go_through_a_long_paragraph_and_back():
    async with reader(Page(LONG, CHINESE)) as (pilot, grid):
        seen = [grid.now]
        while grid.paged(1) != grid.now:
            grid.point(grid.paged(1))
            await pilot.pause()
            seen.append(grid.now)
        assert seen == sorted(set(seen))
        assert seen[-1] >= 59
        assert len(seen) > 4
        while grid.paged(-1) != grid.now:
            grid.point(grid.paged(-1))
        assert grid.now == 0


@pytest.mark.parametrize("first", ["", "12. "])
async def test_a_click_finds_the_sentence_under_it_in_wide_characters_too(first):
    async with reader(Page(CHINESE, first=first, between="")) as (pilot, grid):
        cells = [0, 2 * len(CHINESE[0]), 2 * (len(CHINESE[0]) + len(CHINESE[1])) - 1]
        start = grid.region.x + 2 + len(first)
        for number, (cell, width) in enumerate(zip(cells, (4, 3, 4), strict=True)):
            await pilot.click(offset=(start + cell + width, 0))
            await pilot.pause()
            assert pilot.app.pointed[-1] == (number, False)


async def test_lines_hang_below_the_text_and_not_below_the_marker():
    async with reader(Page(LONG[:3], first="- ")) as (pilot, _):
        lines = screen_text(pilot).splitlines()
    assert lines[0].startswith("> - Sentence")
    assert lines[1].startswith("    ")


async def test_a_narrower_screen_keeps_the_sentence_in_view():
    async with reader(Page(LONG, LONG), 77, size=(80, 24)) as (pilot, _):
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        assert LONG[17] in flat(pilot)


async def test_nothing_to_read_is_no_harm():
    async with reader(Page()) as (pilot, grid):
        grid.point(3)
        await pilot.click(offset=(5, 5))
        await pilot.pause()
        assert grid.paged(1) == 0
        assert pilot.app.pointed == []
