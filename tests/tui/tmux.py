"""The program in tmux: what a person at a real terminal presses, pastes and sees, and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.tui.terminal import PATIENCE

_NAMES = {
    **{name: name.capitalize() for name in ("enter", "escape", "down", "up", "home", "end", "space", "tab")},
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
    "pagedown": "PageDown",
    "pageup": "PageUp",
    "question_mark": "?",
    "slash": "/",
}
_MODIFIERS = {"ctrl": "C-", "alt": "M-"}


class Pane:
    """``reviewtool`` on a workspace, in a tmux server of its own.

    Keys have the names of ``tui/commands.py``. Each is sent alone, and what it does is waited for on the screen: what
    arrives together is taken for pasted text.

    Args:
        tmux: the path of tmux.
        root: the workspace.
        size: columns and lines.
        person: who sits there.
    """

    def __init__(self, tmux: str, root: Path, size: tuple[int, int] = (120, 40), person: str = "tang") -> None:
        self.keys = 0
        """How many keys were pressed; a paste is one."""
        self.pressed: set[str] = set()
        self._tmux = tmux
        self._root = root
        self._size = size
        self._person = person
        # A socket's path has to be short, which pytest's folders are not.
        self._sockets = tempfile.TemporaryDirectory(prefix="reviewtool-")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.runs:
            self._call("kill-server")
        self._sockets.cleanup()

    def start(self) -> None:
        """Start the program, and wait until the desk is there."""
        columns, lines = map(str, self._size)
        command = [sys.executable, "-m", "reviewtool", "-C", str(self._root), "--as", self._person]
        self._call("-f", os.devnull, "new-session", "-d", "-x", columns, "-y", lines, *command, "--ui-language", "en")
        self.shows("Articles")

    def _call(self, *arguments: str, text: str | None = None) -> str:
        kept = ("PATH", "PYTHONPATH", "VIRTUAL_ENV")
        here = {name: os.environ[name] for name in kept if name in os.environ}
        home = {"HOME": self._sockets.name, "XDG_CONFIG_HOME": self._sockets.name, "TMUX_TMPDIR": self._sockets.name}
        utf8 = {"LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
        call = [self._tmux, "-u", *arguments]
        done = subprocess.run(call, env=here | home | utf8, input=text, capture_output=True, encoding="utf-8")
        if done.returncode:
            raise AssertionError(f"tmux {arguments[0]}: {done.stderr}")
        return done.stdout

    # What a person sees

    @property
    def screen(self) -> str:
        """What is on the screen now, line by line."""
        return self._call("capture-pane", "-p")

    def shows(self, *texts: str, gone: str = "") -> None:
        """Wait until all of this is on the screen, and something else no longer."""
        without = f" without {gone!r}" if gone else ""
        self.until(lambda: self._shows(texts, gone), f"{texts}{without}")

    def until(self, seen: Callable[[], object], what: str = "it") -> None:
        """Wait until something is so; fails when it never is."""
        deadline = time.monotonic() + PATIENCE
        while not seen():
            if time.monotonic() > deadline:
                raise AssertionError(f"waited for {what}; on the screen is:\n{self.screen}")
            time.sleep(0.01)

    def _shows(self, texts: Sequence[str], gone: str) -> bool:
        shown = self.screen
        return all(text in shown for text in texts) and not (gone and gone in shown)

    # What a person does

    def press(self, key: str, *shows: str, gone: str = "") -> None:
        """Press a key, and wait for what it does."""
        self._send(key)
        self.shows(*shows, gone=gone)

    def type(self, text: str, *shows: str) -> None:
        """Type a text, and wait until it is there, or this is."""
        for character in text:
            self._send("space" if character == " " else character)
        self.shows(*(shows or (text,)))

    def _send(self, key: str) -> None:
        self.keys += 1
        self.pressed.add(key)
        *modifiers, last = key.split("+")
        name = "".join(_MODIFIERS[one] for one in modifiers) + _NAMES.get(last, last)
        self._call("send-keys", *(("-l", name) if len(name) == 1 else (name,)))

    def paste(self, text: str, *shows: str) -> None:
        """Paste a text, as a terminal that marks what is pasted, and wait for what it does."""
        self.keys += 1
        self._call("load-buffer", "-", text=text)
        self._call("paste-buffer", "-p")
        self.shows(*shows)

    # How it ends

    @property
    def runs(self) -> bool:
        """Whether the program runs: tmux leaves with it."""
        try:
            return bool(self._call("list-panes"))
        except AssertionError:
            return False

    def leave(self) -> None:
        """Leave the program by its key."""
        self._send("ctrl+q")
        self.until(lambda: not self.runs, "its end")

    def kill(self) -> None:
        """Kill the program, so that it can do nothing more."""
        os.kill(int(self._call("display-message", "-p", "#{pane_pid}")), signal.SIGKILL)
        self.until(lambda: not self.runs, "its end")
