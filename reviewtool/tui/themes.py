"""The theme beside Textual's own: high contrast, for tired eyes and bad projectors."""

from __future__ import annotations

from textual.theme import Theme

HIGH_CONTRAST = Theme(
    name="high-contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    boost="#2a2a2a",
    success="#00ff5f",
    warning="#ffd700",
    error="#ff5f5f",
    dark=True,
    luminosity_spread=0.3,
    text_alpha=1.0,
    variables={
        "border": "#ffffff",
        "block-cursor-background": "#ffff00",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "input-selection-background": "#00ffff 45%",
        "footer-key-foreground": "#ffff00",
    },
)
"""White and yellow on black."""
