"""Makes the pictures of the README from the sample workspace: ``python scripts/pictures.py``.

The screens are those of the application itself, on a copy of the sample. Textual's export counts characters, not
cells, so that a browser would squeeze Chinese: each run of text is set anew by its cells.
"""

from __future__ import annotations

import asyncio
import html
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.cells import cell_len

from reviewtool.storage.preferences import Configuration
from reviewtool.tui import language
from reviewtool.tui.app import ReviewtoolApp
from reviewtool.tui.session import Session
from reviewtool.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
_NOW = "2023-03-09T06:02:00.000Z"
CELL = 12.2
"""The width of a cell in Textual's export."""
_FONTS = "DejaVu Sans Mono, Noto Sans Mono CJK SC, Menlo, Consolas, monospace"
_RUN = re.compile(r'<text ([^>]*?)x="([\d.]+)"([^>]*?)textLength="[\d.]+"([^>]*)>([^<]*)</text>')
_PIECE = re.compile(
    r"[\x20-\x7e\xa0]+|[\u2500-\u257f]+|[\u3001-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff60]+|.", re.DOTALL
)
"""Characters of the same width in every font, or one alone."""


@dataclass(frozen=True)
class Picture:
    """A screen of the application: who looks, at which edition, after which keys."""

    name: str
    person: str
    keys: Sequence[str] = ()
    edition: tuple[str, str] | None = None
    size: tuple[int, int] = (120, 34)
    theme: str = "textual-dark"
    language: str = "en"


_PICTURES = (
    Picture("desk", "eleanor"),
    Picture("editor", "tang", ("ctrl+down",), ("furniture-fair", "en")),
    Picture("revision", "eleanor", ("ctrl+down", "ctrl+down", "ctrl+down"), ("newsroom-note", "en"), (120, 26)),
    Picture("chinese", "tang", (), ("furniture-fair", "en"), (80, 24), "textual-light", "zh-Hans"),
)


async def taken(picture: Picture, root: Path) -> str:
    """The picture as SVG."""
    language.choose(picture.language)
    session = Session(root, person=picture.person, now=lambda: "14:02:00")
    session.workspace = Workspace(root, clock=lambda: _NOW)
    app = ReviewtoolApp(session, Configuration(theme=picture.theme), picture.edition)
    try:
        async with app.run_test(size=picture.size) as pilot:
            await pilot.pause(2)
            for key in picture.keys:
                await pilot.press(key)
                await pilot.pause(0.2)
            await pilot.pause(1)
            return app.export_screenshot(title=f"reviewtool: {picture.name}")
    finally:
        session.lookups.close()


def set_by_cells(svg: str) -> str:
    """The same picture with its own fonts, names that do not change, and every run as wide as its cells."""
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"terminal-\d+", "terminal", svg).replace("Fira Code", _FONTS)
    return "\n".join(line.rstrip() for line in _RUN.sub(_spread, svg).splitlines()) + "\n"


def _spread(run: re.Match[str]) -> str:
    before, x, between, after, text = run.groups()
    place, pieces = float(x), []
    for piece in _PIECE.findall(html.unescape(text)):
        width = CELL * cell_len(piece)
        shown = html.escape(piece).replace("\xa0", "&#160;")
        pieces.append(f'<text {before}x="{place:.1f}"{between}textLength="{width:.1f}"{after}>{shown}</text>')
        place += width
    return "".join(pieces)


def main() -> None:
    """Take all pictures."""
    PICTURES.mkdir(exist_ok=True)
    for picture in _PICTURES:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            shutil.copy(ROOT / "reviewtool.toml", root)
            for name in ("articles", "locales", "memory"):
                shutil.copytree(ROOT / name, root / name)
            svg = asyncio.run(taken(picture, root))
        (PICTURES / f"{picture.name}.svg").write_text(set_by_cells(svg), encoding="utf-8")


if __name__ == "__main__":
    main()
