"""Texts beside labels: broken as their script wants, aligned under themselves."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.content import Content
from textual.widgets import Static

from reviewtool.tui.visuals import Hanging, Prose, Stack, labelled

CHINESE = "主办方预计成交额超过25亿元。展会吸引了9万名买家。"


async def lines(visual, width):
    """What a visual looks like in so many cells."""
    app = App()
    async with app.run_test(size=(width, 12)) as pilot:
        static = Static(visual)
        await app.mount(static)
        await pilot.pause()
        assert static.size.height == visual.get_height({}, width)
        strips = app.screen._compositor.render_strips()
        return ["".join(part.text for part in strip).rstrip() for strip in strips[: static.size.height]]


async def test_no_line_of_chinese_begins_with_a_full_stop():
    assert await lines(Prose(Content(CHINESE)), 28) == ["主办方预计成交额超过25亿元。", "展会吸引了9万名买家。"]
    for width in range(8, 40):
        assert not any(line.startswith("。") for line in await lines(Prose(Content(CHINESE)), width))


async def test_a_text_wraps_under_itself_and_not_under_its_label():
    shown = await lines(Hanging(Content("Target  "), Content("The fair drew 90,000 buyers.")), 24)
    assert shown == ["Target  The fair drew", "        90,000 buyers."]


async def test_lines_beside_a_label_stay_lines():
    shown = await lines(labelled("Byline", ["Author | Tang", "Reviser | Eleanor, Jessica"], indent=9), 40)
    assert shown == ["Byline   Author | Tang", "         Reviser | Eleanor, Jessica"]


async def test_a_wide_label_is_given_the_cells_it_needs():
    assert await lines(labelled("署名", ["作者 | 唐"], indent=2), 40) == ["署名 作者 | 唐"]


async def test_an_empty_text_takes_a_line():
    shown = await lines(Stack([Hanging(Content("a "), Content("")), Prose(Content("")), Prose(Content("b"))]), 20)
    assert shown == ["a", "", "b"]


@pytest.mark.parametrize("width", [1, 2, 3, 5])
async def test_there_is_no_width_at_which_it_breaks(width):
    assert await lines(Stack([Hanging(Content("Target  "), Content("展会。"))]), width)
