"""An application in a real pseudo-terminal: bytes go in as a terminal sends them, what it drew comes out."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

PATIENCE = 30.0
"""Seconds after which what has not come is not waited for any longer."""


class Terminal:
    """Runs ``python -c SOURCE LOG``; the source writes a line to the log for each thing that happened.

    ``written`` is all that the program has sent to the terminal. The first line of the log is ``ready``.
    """

    def __init__(self, source: str, log: Path, size: tuple[int, int] = (80, 24)) -> None:
        log.touch()
        self._log = log
        self._end, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "TEXTUAL_DISABLE_KITTY_KEY": "1",
        }
        self._program = subprocess.Popen(
            [sys.executable, "-c", source, str(log)],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            start_new_session=True,
        )
        os.close(theirs)
        self.written = b""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        try:
            while data := os.read(self._end, 65536):
                self.written += data
        except OSError:  # the program has left
            return

    def __enter__(self) -> Terminal:
        self.until(lambda: "ready" in self.log)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._program.kill()
        self._program.wait()
        self._reader.join(PATIENCE)
        os.close(self._end)

    @property
    def log(self) -> Sequence[str]:
        """What happened until now."""
        return self._log.read_text(encoding="utf-8").splitlines()

    def send(self, text: str) -> None:
        """Send bytes in one go, as a terminal does with what is pasted or typed at once."""
        os.write(self._end, text.encode())

    def until(self, seen: Callable[[], object]) -> None:
        """Wait until something is so; fails when it never is."""
        deadline = time.monotonic() + PATIENCE
        while not seen():
            if time.monotonic() > deadline or self._program.poll() is not None:
                raise AssertionError(
                    f"it did not come to that; it happened: {list(self.log)}\n{self.written[-2000:]!r}"
                )
            time.sleep(0.01)

    def until_logged(self, line: str) -> None:
        """Wait until a line is in the log."""
        self.until(lambda: line in self.log)
