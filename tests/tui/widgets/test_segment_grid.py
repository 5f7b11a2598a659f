"""The grid of segments: moving, clicking, resizing, long lists, styles on the right characters, nothing that acts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from textual.app import App, ComposeResult
from textual.color import Color
from textual.pilot import Pilot

from reviewtool.model.visible import UNSAFE
from reviewtool.tui.legibility import contrast
from reviewtool.tui.render import Cell, Span
from reviewtool.tui.themes import HIGH_CONTRAST
from reviewtool.tui.widgets.row_painting import SIGNS, STRETCHES
from reviewtool.tui.widgets.segment_grid import GridRow, SegmentGrid
from tests.tui.conftest import screen_text

CHINESE = "展览会于3月18日至21日在潭洲展馆举行。"
ENGLISH = "The fair runs from March 18 to 21 at the Tanzhou Exhibition Centre."
LONG = "“这是一个好的开始，”商务局负责人说，“日本和韩国的企业对佛山家具、陶瓷和小家电表现出浓厚兴趣。”"


@dataclass
class Listed:
    """Rows of given cells; ``asked`` are those that were asked for to be painted."""

    cells: list[tuple[Cell, ...]]
    sign: str = "="
    badges: str = ""
    paragraphs: tuple[int, ...] = ()
    asked: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.cells)

    def texts(self, index: int) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.cells[index])

    def row(self, index: int) -> GridRow:
        self.asked.add(index)
        return GridRow(str(index + 1), self.sign, self.cells[index], self.badges)

    def starts_paragraph(self, index: int) -> bool:
        return index in self.paragraphs


@dataclass
class Many:
    """Very many rows, of one line and of several, made when they are asked for."""

    count: int
    measured: int = 0

    def __len__(self) -> int:
        return self.count

    def texts(self, index: int) -> tuple[str, ...]:
        self.measured += 1
        return f"第{index + 1}句", LONG * (index % 7 % 3)

    def row(self, index: int) -> GridRow:
        return GridRow(str(index + 1), "~", tuple(map(Cell, (f"第{index + 1}句", LONG * (index % 7 % 3)))))

    def starts_paragraph(self, index: int) -> bool:
        return index % 5 == 0


def listed(*rows: tuple[str, ...] | str, **known: object) -> Listed:
    texts = [(row,) if isinstance(row, str) else row for row in rows]
    return Listed([tuple(map(Cell, row)) for row in texts], **known)  # type: ignore[arg-type]


class Shown(App[None]):
    def __init__(self, rows: Listed | Many, **options: object) -> None:
        super().__init__()
        self.rows = rows
        self.options = options
        self.heard: list[object] = []

    def compose(self) -> ComposeResult:
        yield SegmentGrid(**self.options)  # type: ignore[arg-type]

    def on_segment_grid_moved(self, event: SegmentGrid.Moved) -> None:
        self.heard.append(event.index)

    def on_segment_grid_chosen(self, event: SegmentGrid.Chosen) -> None:
        self.heard.append(("chosen", event.index, event.by_mouse))


@asynccontextmanager
async def showing(
    rows: Listed | Many,
    *,
    size: tuple[int, int] = (60, 12),
    columns: tuple[str, ...] | None = None,
    current: int = 0,
    **options: object,
) -> AsyncIterator[Pilot[None]]:
    application = Shown(rows, **options)
    async with application.run_test(size=size) as pilot:
        grid = application.query_one(SegmentGrid)
        headings = columns if columns is not None else ("Source", "Target", "Changes")[: len(rows.texts(0))]
        grid.show(rows, columns=headings, current=current)
        grid.focus()
        await pilot.pause()
        yield pilot


def grid_of(pilot: Pilot[None]) -> SegmentGrid:
    return pilot.app.query_one(SegmentGrid)


def painted(pilot: Pilot[None]) -> list[str]:
    """The lines of the grid as they are on the screen."""
    grid = grid_of(pilot)
    return [grid.render_line(y).text for y in range(grid.size.height)]


def line_of(pilot: Pilot[None], text: str) -> int:
    return next(y for y, line in enumerate(painted(pilot)) if text in line)


def marked(pilot: Pilot[None]) -> list[int]:
    """The lines with the mark of the current row."""
    return [y for y, line in enumerate(painted(pilot)) if line.startswith(">")]


def styled(pilot: Pilot[None], wanted: Callable[[Style], object]) -> str:
    """All text on the screen whose style is wanted, from top to bottom."""
    grid = grid_of(pilot)
    segments = (segment for y in range(grid.size.height) for segment in grid.render_line(y))
    return "".join(segment.text for segment in segments if segment.style is not None and wanted(segment.style))


async def all_measured(pilot: Pilot[None]) -> None:
    grid = grid_of(pilot)
    while grid._background is not None and grid._background._active.is_set():
        await pilot.pause(0.01)


# Moving


async def test_down_and_up_move_the_mark_and_tell_where_it_is():
    async with showing(listed("一", "二", "三")) as pilot:
        await pilot.press("down", "down", "up")
        assert pilot.app.heard == [1, 2, 1]  # type: ignore[attr-defined]
        assert marked(pilot) == [line_of(pilot, "二")]


async def test_the_ends_are_the_ends():
    async with showing(listed("一", "二", "三")) as pilot:
        await pilot.press("up", "end", "down", "home")
        assert pilot.app.heard == [2, 0]  # type: ignore[attr-defined]


async def test_a_page_goes_as_far_as_the_screen_shows():
    async with showing(listed(*(f"row {number}" for number in range(100))), size=(40, 11)) as pilot:
        await pilot.press("pagedown")
        assert grid_of(pilot).current == 9
        await pilot.press("pagedown", "pageup")
        assert grid_of(pilot).current == 9
        assert marked(pilot)


async def test_moving_on_keeps_the_current_row_whole_on_the_screen():
    rows = listed(*(LONG if number % 3 else "短" for number in range(30)))
    async with showing(rows, size=(40, 12)) as pilot:
        for index in range(1, 30):
            await pilot.press("down")
            lines = painted(pilot)
            assert lines[marked(pilot)[0]].startswith(f">{index + 1:>2}")
            assert any(line.strip().endswith(("。”", "短")) for line in lines[marked(pilot)[0] :])


async def test_a_row_higher_than_the_screen_is_read_to_its_end_before_the_next_one():
    words = [f"word{number}" for number in range(100)]
    async with showing(listed("first", " ".join(words), "last"), size=(30, 10)) as pilot:
        await pilot.press("down")
        seen = []
        while grid_of(pilot).current == 1:
            seen += " ".join(painted(pilot)).split()
            await pilot.press("down")
        assert set(words) <= set(seen)
        await pilot.press("up")
        assert marked(pilot) == [line_of(pilot, "word0 ")]


async def test_a_row_that_is_cut_off_above_is_read_back_to_its_start_before_the_one_above():
    words = [f"word{number}" for number in range(100)]
    async with showing(listed("first", " ".join(words)), size=(30, 10)) as pilot:
        await pilot.press("down", "down", "down")
        assert "word0 " not in "".join(painted(pilot))
        await pilot.press("up", "up")
        assert grid_of(pilot).current == 1
        assert "word0 " in "".join(painted(pilot))
        await pilot.press("up")
        assert grid_of(pilot).current == 0


async def test_enter_chooses_the_current_row():
    async with showing(listed("一", "二")) as pilot:
        await pilot.press("down", "enter")
        assert pilot.app.heard == [1, ("chosen", 1, False)]  # type: ignore[attr-defined]


# Mouse


async def test_a_click_on_the_second_line_of_a_row_goes_to_that_row():
    async with showing(listed("一", LONG, "三"), size=(40, 12)) as pilot:
        await pilot.click(SegmentGrid, offset=(20, line_of(pilot, "2") + 1))
        assert pilot.app.heard == [1]  # type: ignore[attr-defined]


async def test_a_double_click_chooses_the_row():
    async with showing(listed("一", "二", "三")) as pilot:
        await pilot.click(SegmentGrid, offset=(12, line_of(pilot, "三")), times=2)
        assert pilot.app.heard == [2, ("chosen", 2, True)]  # type: ignore[attr-defined]


async def test_a_click_on_the_headings_or_below_the_rows_does_nothing():
    async with showing(listed("一", "二")) as pilot:
        await pilot.click(SegmentGrid, offset=(12, 0))
        await pilot.click(SegmentGrid, offset=(12, 8))
        assert pilot.app.heard == []  # type: ignore[attr-defined]


async def test_the_wheel_scrolls_and_leaves_the_current_row_alone():
    async with showing(listed(*(f"row {number}" for number in range(50)))) as pilot:
        grid = grid_of(pilot)
        grid.scroll_to(y=20, animate=False)
        await pilot.pause()
        assert marked(pilot) == []
        assert "row 20" in painted(pilot)[1]
        await pilot.press("up")
        assert grid.current == 0
        assert marked(pilot)


# What is seen


async def test_headings_stay_above_the_rows():
    async with showing(listed(*(("源", "target") for _ in range(40)))) as pilot:
        await pilot.press("end")
        assert painted(pilot)[0].split() == ["Source", "│", "Target"]


async def test_a_row_shows_number_sign_badges_and_its_texts_side_by_side():
    async with showing(listed((CHINESE, ENGLISH), sign="<", badges="!?"), size=(80, 10)) as pilot:
        first, second = painted(pilot)[1:3]
        assert first.startswith("> 1 <!? 展览会于3月18日至21日在潭洲")
        assert "│ The fair runs from March 18 to" in first
        assert second.startswith("        行。 ")


async def test_no_line_of_a_cell_starts_with_a_full_stop():
    async with showing(listed(("展览会" * 4 + "。", "x"))) as pilot:
        for width in range(28, 60):
            await pilot.resize_terminal(width, 20)
            cells = [line[8:].split("│")[0].strip() for line in painted(pilot)[1:]]
            assert "".join(cells) == "展览会" * 4 + "。"
            assert not any(cell.startswith("。") for cell in cells)


async def test_columns_are_as_wide_as_their_weights_say():
    async with showing(listed(("a", "b", "c")), size=(100, 5)) as pilot:
        grid_of(pilot).show(listed(("a", "b", "c")), columns=("A", "B", "C"), weights=(2, 1, 1))
        first, second, third = (len(part) for part in painted(pilot)[1][8:].split("│"))
        assert first > 1.8 * second
        assert abs(second - third) <= 3


async def test_every_line_is_as_wide_as_the_screen():
    rows = listed((LONG, "👨\u200d👩\u200d👧e\u0301" * 9, "❤\ufe0f 佛山"), ("a", "b", "c"), paragraphs=(0, 1))
    async with showing(rows) as pilot:
        for width in (25, 41, 60, 79):
            await pilot.resize_terminal(width, 20)
            grid = grid_of(pilot)
            inner = grid.scrollable_content_region.width
            assert {grid.render_line(y).cell_length for y in range(grid.size.height)} == {inner}


async def test_the_number_of_a_paragraphs_first_row_stands_out():
    async with showing(listed("一", "二", "三", paragraphs=(1,))) as pilot:
        bold = styled(pilot, lambda style: style.bold)
        assert "1" in bold
        assert "2" in bold
        assert "3" not in bold


async def test_a_paragraph_has_another_background_than_the_one_before():
    async with showing(listed("一", "二", "三", "四", paragraphs=(0, 2)), current=0) as pilot:
        grid = grid_of(pilot)
        grounds = [list(grid.render_line(line_of(pilot, text)))[-1].style.bgcolor for text in "二三四"]  # type: ignore[union-attr]
        assert grounds[0] != grounds[1] == grounds[2]


async def test_prose_to_be_read_is_narrow_in_the_middle_and_has_space_between_its_paragraphs():
    rows = listed("The fair opened on Tuesday. " * 8, ENGLISH)
    async with showing(rows, size=(120, 20), columns=("",), gutter=False, spacing=1, reading=True) as pilot:
        lines = painted(pilot)
        assert max(len(line.strip()) for line in lines) <= 62
        assert lines[0].index(">") == pytest.approx(29, abs=2)
        assert [line.strip() for line in lines].index("") == line_of(pilot, "The fair runs") - 1


async def test_a_grid_that_was_told_nothing_is_blank():
    application = Shown(listed("一"))
    async with application.run_test(size=(30, 5)) as pilot:
        grid_of(pilot).focus()
        await pilot.press("down", "pagedown", "end", "home", "enter")
        await pilot.click(SegmentGrid, offset=(3, 3))
        grid_of(pilot).refresh_row(0)
        assert not "".join(painted(pilot)).strip()
        assert application.heard == []


async def test_rows_shown_while_the_grid_is_hidden_are_there_when_it_is_not():
    application = Shown(listed("一"))
    async with application.run_test(size=(30, 12)) as pilot:
        grid = grid_of(pilot)
        grid.display = False
        await pilot.pause()
        grid.show(listed(*(f"row {number}" for number in range(50))), columns=("Source",), current=40)
        grid.move(1)
        await pilot.pause()
        grid.display = True
        await pilot.pause()
        assert "row 41" in painted(pilot)[marked(pilot)[0]]
        assert application.heard == [41]


# Stretches


@pytest.mark.parametrize("width", [18, 24, 31, 60])
async def test_a_stretch_is_on_its_own_characters_whatever_the_lines(width):
    text = CHINESE + ENGLISH
    inserted = text.index("潭洲展馆"), text.index("runs from")
    cell = Cell(text, (Span(*inserted, "insert"), Span(inserted[1], inserted[1] + 15, "delete")))
    async with showing(Listed([(cell,)]), size=(width, 30)) as pilot:
        assert _squeezed(styled(pilot, lambda style: style.underline)) == _squeezed(text[slice(*inserted)])
        assert _squeezed(styled(pilot, lambda style: style.strike)) == _squeezed(text[inserted[1] :][:15])


def _squeezed(text: str) -> str:
    return "".join(text.split())


async def test_stretches_may_lie_in_each_other():
    cell = Cell("12亿元订单", (Span(0, 6, "insert"), Span(0, 2, "delete")))
    async with showing(Listed([(cell,)])) as pilot:
        assert styled(pilot, lambda style: style.underline) == "12亿元订单"[:6]
        assert styled(pilot, lambda style: style.underline and style.strike) == "12"


async def test_a_stretch_that_ends_inside_a_family_takes_all_of_it():
    family = "👨\u200d👩\u200d👧"
    cell = Cell(f"一{family}二", (Span(0, 2, "insert"),))
    async with showing(Listed([(cell,)])) as pilot:
        assert styled(pilot, lambda style: style.underline) == f"一{family}"


async def test_a_style_that_nobody_knows_is_no_style():
    async with showing(Listed([(Cell("一二三", (Span(0, 1, "nonsense"),)),)])) as pilot:
        assert "一二三" in painted(pilot)[1]


# Changes


async def test_a_refreshed_row_is_painted_anew():
    rows = listed("一", "二", "三")
    async with showing(rows) as pilot:
        rows.cells[1] = (Cell("贰"),)
        rows.asked.clear()
        grid_of(pilot).refresh_row(1)
        await pilot.pause()
        assert "贰" in painted(pilot)[2]
        assert rows.asked == {1}


async def test_a_row_above_that_grows_leaves_the_current_row_where_it_is():
    rows = listed(*(f"row {number}" for number in range(60)))
    async with showing(rows, current=30) as pilot:
        before = marked(pilot)
        rows.cells[3] = (Cell(LONG * 2),)
        rows.cells[29] = (Cell(LONG),)
        grid_of(pilot).refresh_row(3)
        grid_of(pilot).refresh_row(29)
        await pilot.pause()
        assert marked(pilot) == before
        assert "row 30" in painted(pilot)[before[0]]


async def test_the_current_row_is_still_seen_whole_when_it_grows():
    rows = listed(*(f"row {number}" for number in range(60)))
    async with showing(rows, size=(30, 12)) as pilot:
        grid_of(pilot).move(10)
        rows.cells[10] = (Cell("展览会" * 12 + "。"),)
        grid_of(pilot).refresh_row(10)
        assert "".join(line[8:].strip() for line in painted(pilot)[marked(pilot)[0] :]) == "展览会" * 12 + "。"


async def test_rows_that_are_not_seen_are_refreshed_when_they_are():
    rows = Many(20_000)
    async with showing(rows, size=(80, 24)) as pilot:
        rows.measured = 0
        for index in range(len(rows)):
            grid_of(pilot).refresh_row(index)
        assert rows.measured < 100


async def test_rows_shown_anew_keep_the_current_one_in_its_place():
    rows = listed(*(f"row {number}" for number in range(60)))
    async with showing(rows, current=30) as pilot:
        await pilot.press("down", "down")
        before = marked(pilot)
        more = listed(*(LONG for _ in range(5)), *(f"row {number}" for number in range(60)))
        grid_of(pilot).show(more, columns=("Source",), current=37, anchor=True)
        await pilot.pause()
        assert marked(pilot) == before
        assert "row 32" in painted(pilot)[before[0]]
        assert pilot.app.heard == [31, 32]  # type: ignore[attr-defined]


async def test_the_current_row_stays_in_view_when_the_terminal_changes():
    rows = listed(*(f"{number} {LONG}" for number in range(60)))
    async with showing(rows, size=(100, 30), current=40) as pilot:
        for size in ((30, 10), (200, 50), (60, 12), (60, 40), (24, 6)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert len(marked(pilot)) == 1, size
            assert "40" in painted(pilot)[marked(pilot)[0]]


async def test_fewer_rows_move_the_current_one_to_the_last():
    async with showing(listed("一", "二", "三"), current=2) as pilot:
        grid_of(pilot).show(listed("一"), columns=("Source",), current=2)
        assert grid_of(pilot).current == 0
        grid_of(pilot).show(listed(), columns=("Source",))
        await pilot.press("down", "up", "end", "home", "pagedown", "pageup", "enter")
        assert painted(pilot)[0].split() == ["Source"]
        assert pilot.app.heard == []  # type: ignore[attr-defined]


async def test_another_theme_paints_in_other_colours():
    async with showing(listed("一", "二")) as pilot:
        before = grid_of(pilot).render_line(1)
        pilot.app.theme = "textual-light"
        await pilot.pause()
        after = grid_of(pilot).render_line(1)
        assert before.text == after.text
        assert [one.style for one in before] != [one.style for one in after]


async def test_every_stretch_can_be_read_in_every_theme_whether_its_row_is_the_current_one_or_not():
    names = [*STRETCHES, *(f"sign-{name}" for name in SIGNS.values()), "label", "first", "mark"]
    async with showing(listed("一", "二")) as pilot:
        pilot.app.register_theme(HIGH_CONTRAST)
        for theme in pilot.app.available_themes.values():
            pilot.app.theme = theme.name
            await pilot.pause()
            for ground in ((), ("band",), ("current",), ("band", "current")):
                for name in () if theme.ansi else names:
                    assert _contrast(grid_of(pilot)._style(*ground, name)) >= 3, (theme.name, ground, name)


def _contrast(style: Style) -> float:
    assert style.color is not None
    assert style.bgcolor is not None
    return contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))


# Many rows


async def test_twenty_thousand_rows_are_measured_only_where_they_are_seen_at_first():
    rows = Many(20_000)
    async with showing(rows, size=(80, 24)) as pilot:
        grid = grid_of(pilot)
        rows.measured = 0
        grid.show(rows, columns=("Source", "Target"))
        assert rows.measured < 300
        assert "第1句" in painted(pilot)[1]


async def test_the_last_of_twenty_thousand_rows_is_there_at_once_and_stays_in_its_place():
    async with showing(Many(20_000), size=(80, 24)) as pilot:
        await pilot.press("end")
        before = painted(pilot)
        assert "第20000句" in before[marked(pilot)[0]]
        assert "第19999句" in "".join(before)
        await all_measured(pilot)
        assert painted(pilot) == before
        await pilot.press("home")
        assert "第1句" in painted(pilot)[1]


async def test_rows_far_away_keep_their_place_when_all_above_is_measured():
    async with showing(Many(5_000), size=(80, 24)) as pilot:
        grid_of(pilot).goto(2_500)
        await pilot.pause()
        before = painted(pilot)
        await all_measured(pilot)
        assert painted(pilot) == before
        assert "第2501句" in painted(pilot)[marked(pilot)[0]]


async def test_rows_that_were_scrolled_to_are_whole_though_nobody_measured_them():
    async with showing(Many(20_000), size=(80, 40)) as pilot:
        grid_of(pilot).scroll_to(y=30_000, animate=False)
        cells = [line[11:].split("│") for line in painted(pilot)[1:]]
        starts = [y for y, (number, _) in enumerate(cells) if number.strip()]
        assert len(starts) > 5
        for top, bottom in pairwise(starts):
            index = int(cells[top][0].strip("第句 ")) - 1
            assert "".join(text.strip() for _, text in cells[top:bottom]) == LONG * (index % 7 % 3)


async def test_going_up_through_rows_that_nobody_measured_shows_each_whole():
    async with showing(Many(5_000), size=(80, 24)) as pilot:
        grid_of(pilot).goto(2_500)
        for index in range(2_499, 2_440, -1):
            grid_of(pilot).move(-1)
            assert f"第{index + 1}句" in painted(pilot)[marked(pilot)[0]]
        grid_of(pilot).page(-1)
        assert len(marked(pilot)) == 1


async def test_a_move_without_scrolling_paints_two_rows():
    rows = listed(*(f"row {number}" for number in range(10)))
    async with showing(rows, size=(60, 20)) as pilot:
        rows.asked.clear()
        await pilot.press("down")
        assert rows.asked == {0, 1}


STEPS = st.one_of(
    st.tuples(st.just("goto"), st.integers(0, 199)),
    st.tuples(st.just("move"), st.integers(-5, 5)),
    st.tuples(st.just("page"), st.sampled_from([-1, 1])),
    st.tuples(st.just("scroll"), st.integers(0, 900)),
    st.tuples(st.just("grow"), st.integers(0, 199)),
    st.tuples(st.just("resize"), st.integers(16, 120)),
    st.tuples(st.just("key"), st.sampled_from(["down", "up", "home", "end"])),
    st.tuples(st.just("wait"), st.just(0)),
)


@settings(max_examples=15, deadline=None)
@given(st.lists(STEPS, max_size=12))
def test_whatever_is_done_the_screen_shows_whole_rows_in_their_order(steps):
    asyncio.run(_rows_stay_in_order(steps))


async def _rows_stay_in_order(steps: list[tuple[str, Any]]) -> None:
    rows = listed(*("短" * (number * 7 % 31 + 1) for number in range(200)))
    async with showing(rows, size=(50, 14)) as pilot:
        grid = grid_of(pilot)
        for step, value in steps:
            match step:
                case "goto":
                    grid.goto(value)
                case "move":
                    grid.move(value)
                case "page":
                    grid.page(value)
                case "scroll":
                    grid.scroll_to(y=value, animate=False)
                case "grow":
                    rows.cells[value] = (Cell(rows.cells[value][0].text + "长" * 20),)
                    grid.refresh_row(value)
                case "resize":
                    await pilot.resize_terminal(value, 14)
                case "key":
                    await pilot.press(value)
            await pilot.pause()
            _check_order(pilot, rows)


def _check_order(pilot: Pilot[None], rows: Listed) -> None:
    """Where a number is, its row begins, and between two numbers stands all of the first one's text."""
    lines = [line[1:] for line in painted(pilot)[1:]]
    starts = [(y, int(line[: line.index("=")])) for y, line in enumerate(lines) if "=" in line]
    assert [number for _, number in starts] == [starts[0][1] + count for count in range(len(starts))]
    for (top, number), (bottom, _) in pairwise(starts):
        shown = "".join(line.rpartition("=")[2].strip() for line in lines[top:bottom])
        assert shown == rows.cells[number - 1][0].text


# Safety


async def test_nothing_unsafe_is_painted_whatever_the_rows_hand_over():
    evil = "\x1b]52;c;Zm9v\x07\x9b2J\u202e\u200b[bold]\r\t佛山"
    rows = Listed([(Cell(evil, (Span(0, 5, "insert"),)), Cell(f"{evil}\n{evil}"))], sign="\x1b", badges="\x07\u202e")
    async with showing(rows, size=(70, 12), columns=(f"Source{evil}", "Target")) as pilot:
        lines = painted(pilot)
        assert not any(UNSAFE.search(line) for line in lines)
        assert "[bold]" in "".join(lines[1:])
        assert "佛山" in screen_text(pilot)
        assert {cell_len(line) for line in lines} == {grid_of(pilot).scrollable_content_region.width}


async def test_emoji_of_several_parts_stay_what_they_are():
    family = "👨\u200d👩\u200d👧"
    async with showing(listed(f"{family} ❤\ufe0f")) as pilot:
        assert f"{family} ❤\ufe0f" in painted(pilot)[1]


async def test_a_long_number_does_not_push_the_text_aside():
    class Numbered(Listed):
        def row(self, index: int) -> GridRow:
            return super().row(index)._replace(number="1234567" if index == 1 else "1")

    rows = Numbered([(Cell("一"),), (Cell("二"),), (Cell("三"),)])
    async with showing(rows) as pilot:
        assert painted(pilot)[1].index("一") == painted(pilot)[2].index("二")
