"""Colours that can be read on what is behind them, whatever the theme.

Contrast is that of WCAG 2.2, success criterion 1.4.3.
"""

from __future__ import annotations

from textual.color import Color
from textual.style import Style

TEXT = 4.5
"""The least contrast of a text (level AA)."""

ASIDE = 3.0
"""The least contrast of what is dimmed on purpose."""

_STEPS = 10
_ENDS = (Color(0, 0, 0), Color(255, 255, 255))


def contrast(one: Color, other: Color) -> float:
    """How far two opaque colours are apart: 1 is not at all, 21 is black and white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def legible(style: Style, least: float = TEXT) -> Style:
    """The style with its foreground moved towards black or white as far as it takes to be read.

    Colours that the terminal chooses stay as they are: nobody knows how they look.
    """
    ground, ink = style.background, style.foreground
    if ground is None or ink is None or ground.ansi is not None or ink.ansi is not None or ground.a < 1:
        return style
    seen = ground + ink
    if contrast(seen, ground) >= least:
        return style
    goal = max(_ENDS, key=lambda end: contrast(end, ground))
    steps = (seen.blend(goal, step / _STEPS, alpha=1) for step in range(1, _STEPS))
    return style + Style(foreground=next((color for color in steps if contrast(color, ground) >= least), goal))


def _luminance(color: Color) -> float:
    red, green, blue = (_linear(part) for part in color.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
