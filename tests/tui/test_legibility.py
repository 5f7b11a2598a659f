"""Whatever the theme's colours, what is written can be read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.color import Color
from textual.style import Style

from reviewtool.tui.legibility import ASIDE, TEXT, contrast, legible

part = st.integers(min_value=0, max_value=255)
opaque = st.tuples(part, part, part).map(lambda parts: Color(*parts))
inks = st.tuples(part, part, part, st.floats(min_value=0, max_value=1)).map(lambda parts: Color(*parts))
BLACK, WHITE = Color(0, 0, 0), Color(255, 255, 255)


def test_black_on_white_has_the_contrast_that_wcag_gives_it():
    assert contrast(BLACK, WHITE) == contrast(WHITE, BLACK) == 21
    assert round(contrast(Color.parse("#777777"), WHITE), 2) == 4.48


@given(opaque, inks, st.sampled_from([TEXT, ASIDE]))
def test_every_ink_can_be_read_on_every_ground(ground, ink, least):
    shown = legible(Style(background=ground, foreground=ink), least)
    assert shown.background == ground
    assert shown.foreground is not None
    assert contrast(ground + shown.foreground, ground) >= least - 0.01


@given(opaque, inks)
def test_what_can_be_read_stays_as_it_is(ground, ink):
    once = legible(Style(background=ground, foreground=ink, bold=True))
    assert once.bold
    assert legible(once) == once


def test_a_colour_that_is_too_weak_keeps_its_hue():
    shown = legible(Style(background=WHITE, foreground=Color.parse("orange"))).foreground
    assert shown is not None
    assert shown.r > shown.g > shown.b


def test_colours_of_the_terminal_stay_as_they_are():
    style = Style(background=Color(0, 0, 0, ansi=0), foreground=Color(0, 0, 0, ansi=0))
    assert legible(style) == style
    assert legible(Style(bold=True)) == Style(bold=True)
