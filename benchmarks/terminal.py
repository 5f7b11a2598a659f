"""A program in a real pseudo-terminal, timed from outside: when its bytes arrive, what it costs, what it holds."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

_TICKS = os.sysconf("SC_CLK_TCK")
_PATIENCE = 120.0


class Terminal:
    """A command in a pseudo-terminal of ``size`` columns and lines."""

    def __init__(self, command: Sequence[str], folder: Path, size: tuple[int, int] = (120, 40)) -> None:
        self.started = time.perf_counter()
        self._end, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
        self._program = subprocess.Popen(
            command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
        )
        os.close(theirs)
        self.written = b""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._program.kill()
        self._program.wait()
        os.close(self._end)

    def _read(self, seconds: float) -> bytes:
        ready, _, _ = select.select([self._end], [], [], seconds)
        try:
            data = os.read(self._end, 1 << 16) if ready else b""
        except OSError as error:
            raise SystemExit(f"the program has ended; the last bytes were {self.written[-2000:]!r}") from error
        self.written += data
        return data

    def until(self, *texts: str) -> float:
        """Wait until all these texts have been written; returns the time of that."""
        wanted = [text.encode() for text in texts]
        deadline = time.perf_counter() + _PATIENCE
        while any(text not in self.written for text in wanted):
            self._read(0.05)
            if time.perf_counter() > deadline:
                raise SystemExit(f"{texts} did not come; the last bytes were {self.written[-2000:]!r}")
        return time.perf_counter()

    def settle(self, quiet: float) -> float | None:
        """Read until nothing has come for so many seconds; the time of the last byte, None when there was none."""
        last = None
        while self._read(quiet):
            last = time.perf_counter()
        return last

    def press(self, key: str, quiet: float) -> tuple[float, int]:
        """Send a key; seconds until the last byte of the answer, and how many bytes there were."""
        before = len(self.written)
        sent = time.perf_counter()
        os.write(self._end, key.encode())
        last = self.settle(quiet)
        while last is None and time.perf_counter() < sent + 5:
            last = self.settle(quiet)
        return (last or time.perf_counter()) - sent, len(self.written) - before

    @property
    def processor(self) -> float:
        """Seconds of processor time of the program alone, without its children."""
        fields = Path(f"/proc/{self._program.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    @property
    def memory(self) -> float:
        """Megabytes that the program itself holds in memory (resident set)."""
        return _resident(self._program.pid)

    @property
    def children(self) -> float:
        """Megabytes that the processes it started hold."""
        listed = Path(f"/proc/{self._program.pid}/task/{self._program.pid}/children")
        started = (Path(task) / "children" for task in Path(f"/proc/{self._program.pid}/task").iterdir())
        pids = {pid for place in (listed, *started) for pid in place.read_text(encoding="utf-8").split()}
        return sum(_resident(int(pid)) for pid in pids)


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    line = next((one for one in status.splitlines() if one.startswith("VmRSS")), "VmRSS: 0 kB")
    return int(line.split()[1]) / 1024
