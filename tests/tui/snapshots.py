"""Pictures of screens that somebody looked at and accepted, and what to say when a screen looks otherwise."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterator
from importlib.metadata import version
from itertools import zip_longest
from pathlib import Path

from rich.cells import cell_len
from textual.app import App

from scripts.pictures import CELL, set_by_cells

ACCEPTED = Path(__file__).with_name("pictures")
"""Where the accepted pictures are."""
WRITE = os.environ.get("REVIEWTOOL_SNAPSHOTS") == "write"
"""Whether the pictures are taken anew."""
_HOW = "REVIEWTOOL_SNAPSHOTS=write sh scripts/test tests/tui/test_snapshots.py"
_MADE_WITH = re.compile(r"<!-- (.*?) -->")
_RUN = re.compile(r'<text [^>]*?\bx="([\d.]+)" y="([\d.]+)"[^>]*clip-path="url\(#terminal-line[^>]*>([^<]*)</text>')


def picture(app: App[int], name: str) -> str:
    """The screen as it is now, as SVG: the same text for the same screen, and nothing in it that is fetched."""
    svg = set_by_cells(app.export_screenshot(title=name, simplify=True))
    made_with = f"Textual {version('textual')}, Rich {version('rich')}"
    return re.sub(r"<!--.*?-->", f"<!-- {made_with} -->", svg, count=1)


def same(accepted: str, taken: str) -> bool:
    """Whether a screen looks as in its picture.

    Every character and colour counts where both were made with the same versions of Textual and Rich; else the words
    alone, for themes and frames are theirs.
    """
    if _MADE_WITH.findall(accepted) == _MADE_WITH.findall(taken):
        return accepted == taken
    return words(accepted) == words(taken)


def words(svg: str) -> list[str]:
    """The lines of a picture, without colours."""
    runs: dict[float, list[tuple[float, str]]] = {}
    for x, y, text in _RUN.findall(svg):
        runs.setdefault(float(y), []).append((float(x), html.unescape(text).replace("\xa0", " ")))
    return [_line(sorted(there)) for _, there in sorted(runs.items())]


def _line(runs: list[tuple[float, str]]) -> str:
    line = ""
    for x, text in runs:
        line += " " * (round(x / CELL) - cell_len(line)) + text
    return line.rstrip()


def told(name: str, accepted: str, taken: str, place: Path) -> str:
    """What differs, in a sentence, with how to accept the picture that lies at ``place``; then the lines themselves."""
    pairs = list(zip_longest(words(accepted), words(taken), fillvalue=""))
    lines = [number for number, (before, now) in enumerate(pairs, 1) if before != now]
    what = f"differs in {_numbered(lines)}" if lines else "has the same words in other colours or styles"
    sentence = f"{name} {what}: look at {place} and, if it is right, accept it with `{_HOW}`."
    return "\n".join([sentence, *_both([pairs[number - 1] for number in lines])])


def _numbered(lines: list[int]) -> str:
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))}"


def _both(pairs: list[tuple[str, str]]) -> Iterator[str]:
    for before, now in pairs:
        yield f"- {before}"
        yield f"+ {now}"
