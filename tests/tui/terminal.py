"""A program in a real pseudo-terminal: bytes go in as a terminal sends them, what it drew comes out."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

PATIENCE = 30.0
"""Seconds after which what has not come is not waited for any longer."""


class Program:
    """A command in a pseudo-terminal of its own; ``written`` is all that it has sent there.

    Args:
        command: what is run.
        size: columns and lines.
        environment: what the program knows beside what this process does.
    """

    def __init__(
        self, command: Sequence[str], size: tuple[int, int] = (80, 24), environment: Mapping[str, str] | None = None
    ) -> None:
        self._end, theirs = pty.openpty()
        self._resize(size)
        here = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_DISABLE_KITTY_KEY": "1"}
        self._program = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**here, **terminal, **(environment or {})},
            start_new_session=True,
        )
        self._name = os.ttyname(theirs)
        os.close(theirs)
        self.written = b""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _resize(self, size: tuple[int, int]) -> None:
        fcntl.ioctl(self._end, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def _read(self) -> None:
        try:
            while data := os.read(self._end, 65536):
                self.written += data
        except OSError:  # the program has left
            return

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._program.kill()
        self._program.wait()
        self._reader.join(PATIENCE)
        os.close(self._end)

    def send(self, text: str) -> None:
        """Send bytes in one go, as a terminal does with what is pasted or typed at once."""
        os.write(self._end, text.encode())

    @property
    def waits(self) -> bool:
        """Whether the program has read all that was sent."""
        theirs = os.open(self._name, os.O_RDWR | os.O_NOCTTY)
        try:
            return struct.unpack("i", fcntl.ioctl(theirs, termios.FIONREAD, b"\0\0\0\0"))[0] == 0
        finally:
            os.close(theirs)

    def resize(self, size: tuple[int, int]) -> None:
        """Give the terminal another size, as somebody does who pulls at its window."""
        self._resize(size)
        self._program.send_signal(signal.SIGWINCH)

    @property
    def status(self) -> int | None:
        """The exit status; None while the program runs."""
        return self._program.poll()

    def until(self, seen: Callable[[], object]) -> None:
        """Wait until something is so; fails when it never is."""
        deadline = time.monotonic() + PATIENCE
        while not seen():
            if time.monotonic() > deadline or (self.status is not None and not seen()):
                raise AssertionError(f"it did not come to that; {self.account()}")
            time.sleep(0.01)

    def account(self) -> str:
        """What is known of the program when something went wrong."""
        return repr(self.written[-2000:])


class Terminal(Program):
    """Runs ``python -c SOURCE LOG``; the source writes a line to the log for each thing that happened.

    The first line of the log is ``ready``.
    """

    def __init__(self, source: str, log: Path, size: tuple[int, int] = (80, 24)) -> None:
        log.touch()
        self._log = log
        super().__init__([sys.executable, "-c", source, str(log)], size)

    def __enter__(self) -> Self:
        self.until(lambda: "ready" in self.log)
        return self

    @property
    def log(self) -> Sequence[str]:
        """What happened until now."""
        return self._log.read_text(encoding="utf-8").splitlines()

    def account(self) -> str:
        """What happened, and what was drawn last."""
        return f"it happened: {list(self.log)}\n{super().account()}"

    def until_logged(self, line: str) -> None:
        """Wait until a line is in the log."""
        self.until(lambda: line in self.log)
