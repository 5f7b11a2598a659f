"""What the command line says: data on standard output, all else on standard error, nothing that acts on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from reviewtool.errors import StorageError
from reviewtool.model.visible import escaped, visible


def prepare() -> None:
    """Make both streams write UTF-8 whatever the locale says; what UTF-8 cannot say is escaped."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def say(*lines: str) -> None:
    """Data as text, on standard output."""
    for line in lines:
        print(_fitting(visible(line, lines=True), sys.stdout))  # noqa: T201


def note(*lines: str) -> None:
    """Everything that is not data, on standard error."""
    for line in lines:
        print(_fitting(visible(line, lines=True), sys.stderr), file=sys.stderr)  # noqa: T201


def data(value: object) -> None:
    """Data as JSON on one line, on standard output."""
    import json

    print(escaped(json.dumps(value, ensure_ascii=False)))  # noqa: T201


def raw(content: bytes) -> None:
    """Bytes as they are, on standard output."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        raise StorageError("The standard output is closed, so nothing can be written there; give a file with -o.")
    buffer.write(content)


def progress(sentence: str) -> None:
    """Where long work is: one line on standard error, replaced by the next; nothing where that is no terminal."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{visible(sentence)}")
        sys.stderr.flush()


def flush() -> None:
    """Write out what is still held back, so that a full disk or a closed pipe is known now."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


def abandon() -> None:
    """Send what is still held back nowhere, so that the interpreter has nothing to complain of at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (AttributeError, OSError, ValueError):
            continue
    os.close(nowhere)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table: on a terminal its first and last columns are folded to fit, elsewhere it is aligned and never cut."""
    cells = [[visible(cell) for cell in row] for row in rows]
    if sys.stdout is not None and sys.stdout.isatty():
        _fold(headings, cells)
    else:
        say(*_aligned([list(headings), *cells]))


def _fold(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, heading in enumerate(headings):
        shown.add_column(heading, overflow="fold", no_wrap=0 < number < len(headings) - 1)
    for row in rows:
        shown.add_row(*(Text(cell) for cell in row))
    Console(file=sys.stdout, markup=False, highlight=False, emoji=False).print(shown)


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _fitting(text: str, stream: TextIO | None) -> str:
    """The text with long lines wrapped at words on a terminal, each under its own indent; elsewhere as it is."""
    if stream is None or not stream.isatty():
        return text
    import shutil

    width = shutil.get_terminal_size().columns
    return "\n".join(line if _width(line) <= width else _wrapped(line, width) for line in text.split("\n"))


def _wrapped(line: str, width: int) -> str:
    from rich.console import Console
    from rich.text import Text

    words = line.lstrip(" ")
    indent = line[: len(line) - len(words)]
    if " " not in words or width < 2 * len(indent) + 2:
        return line
    lines = Text(words).wrap(Console(width=width), width - len(indent))
    return "\n".join(indent + one.plain.rstrip() for one in lines)


def _width(text: str) -> int:
    """Columns on a terminal: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
