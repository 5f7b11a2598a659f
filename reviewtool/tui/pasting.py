"""Pasted text presses no key: what arrives from the terminal is told apart into keys and pasted text.

A terminal that knows bracketed paste marks pasted text; but an escape sequence inside ends the mark for Textual's
parser, and what follows would press keys. Other terminals send pasted text like keys; then its line ends would say
yes. Only the parser sees what arrived together, in one read, so this is decided there.

    guard_pastes()     # once, before the application runs
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterable

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.message import Message

_REPORT = re.compile(
    r"(\x1b\[(?:<-?\d+;-?\d+;-?\d+[Mm]|M...|[IO]|\d+;\d+R|\?[\d;]*\$?[a-z]|48;[\d:;]*t)|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\))"
)
"""What the terminal says of itself and of the mouse, between keys or pasted text."""
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)")
_ENDS = re.compile(r"[\r\n]{2,}")
_ERASING = re.compile(r"[\x08\x7f]")
_INNER_TAB = re.compile(r"\t[^\t]*[^\s\x00-\x1f]")

_LONG = 16
_DISTINCT = 4
"""More characters, and more different ones, than anyone types between two reads; a key held down is one character."""
_TOGETHER = 0.05
"""Seconds in which a read still belongs to the paste in the read before it."""


class PasteParser(XTermParser):
    """Textual's parser, for which pasted text is one ``events.Paste`` whatever is in it.

    What arrives in one read outside of a bracketed paste is pasted text when

    - it is text of several characters with a line end or, inside, a tab; one character and Enter are keys: so an
      input method that ends a Korean syllable with Enter sends them;
    - it is longer than anyone types between two reads;
    - it comes at once behind pasted text, in the same read or the next.

    Line ends alone are one Enter, however many.
    """

    def __init__(self, debug: bool = False, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(debug)
        self._clock = clock
        self._inside = False
        self._ended = False
        self._before = ""
        self._collected = ""
        self._pasted_at = float("-inf")

    def feed(self, data: str) -> Iterable[Message]:
        """Parse what one read has brought."""
        if not data or not self._is_together():
            yield from self._flush()
        if not data:
            yield from super().feed(data)
        while data:
            keys, data = self._pasted(data) if self._inside else self._typed(data)
            if keys:
                yield from (one for one in super().feed(keys) if not isinstance(one, events.Paste))
        if self._ended:
            yield from self._flush()

    def tick(self) -> Iterable[Message]:
        """Give out pasted text once nothing more of it comes, and an Escape that begins no sequence."""
        if not self._is_together():
            yield from self._flush()
        yield from super().tick()

    def _flush(self) -> Iterable[Message]:
        self._ended = False
        text, self._collected = self._collected.replace("\x00", ""), ""
        if text:
            yield events.Paste(text)

    def _is_together(self) -> bool:
        return self._inside or self._clock() - self._pasted_at < _TOGETHER

    def _collect(self, text: str) -> None:
        self._collected += text
        self._pasted_at = self._clock()

    def _pasted(self, data: str) -> tuple[str, str]:
        """Collect what is inside a bracketed paste; no keys, and the rest of the data behind its end."""
        content, end, rest = (self._collected + data).partition(BRACKETED_PASTE_END)
        self._collected = ""
        self._collect(content)
        self._inside, self._ended = not end, bool(end)
        return "", rest

    def _typed(self, data: str) -> tuple[str, str]:
        """The keys outside of a bracketed paste, up to where one starts, and the rest of the data."""
        begun = _begun(self._before, BRACKETED_PASTE_START)
        missing = BRACKETED_PASTE_START[begun:]
        if begun and data.startswith(missing):
            self._inside, self._before = True, ""
            return missing + BRACKETED_PASTE_END, data[len(missing) :]
        typed, start, rest = data.partition(BRACKETED_PASTE_START)
        keys = self._keys(typed)
        self._inside = bool(start)
        self._before = "" if start else (self._before + data)[1 - len(BRACKETED_PASTE_START) :]
        return keys, rest

    def _keys(self, data: str) -> str:
        """What of the data is keys and reports; the rest is collected."""
        pieces = _REPORT.split(data.replace(BRACKETED_PASTE_END, ""))
        text = "".join(pieces[::2])
        if text and (self._is_together() or is_pasted(text)):
            self._collect(text)
            return "".join(pieces[1::2])
        return data if _printable(text) else _ENDS.sub("\r", data)


def is_pasted(data: str) -> bool:
    """Whether what arrived in one read, unmarked, is pasted text and no keys."""
    plain = _SEQUENCE.sub("", data)
    if _ERASING.search(plain):
        return False
    printable = _printable(plain)
    if len(printable) >= _LONG and len(set(printable)) > _DISTINCT:
        return True
    if len(printable) == 1 and plain in (f"{printable}\r", f"{printable}\n"):
        return False
    return bool(printable) and ("\r" in plain or "\n" in plain or _INNER_TAB.search(plain) is not None)


def guard_pastes() -> None:
    """Let every driver of Textual's, loaded or not, parse with PasteParser from here on."""
    for module in list(sys.modules.values()):
        if module.__name__.startswith("textual.") and getattr(module, "XTermParser", None) is XTermParser:
            setattr(module, "XTermParser", PasteParser)  # noqa: B010 - mypy takes the name for a constant


def _printable(text: str) -> str:
    return "".join(character for character in text if character >= " " and not "\x7f" <= character <= "\x9f")


def _begun(text: str, mark: str) -> int:
    """How much of the beginning of a mark stands at the end of a text."""
    return next((size for size in range(len(mark) - 1, 0, -1) if text.endswith(mark[:size])), 0)
