"""How long the command line takes to start, beside a bare interpreter and what people know.

Run from the repository's root: ``python -m benchmarks.start [--json] [--quick]``. Every round runs each command
once, so that a noisy machine is noisy for all of them. The physical limit is the bare interpreter,
``python -c pass``; the goals are ratios to its processor time.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent
"""The sample workspace."""
BARE = "python -c pass"
GOALS = {"reviewtool --help": 4.0, "reviewtool status": 8.0}
"""How many times the bare interpreter's processor time a command may take."""

_POLIB = "import pathlib, polib; [polib.pofile(path) for path in pathlib.Path('locales').glob('*/LC_MESSAGES/*.po')]"


@dataclass(frozen=True)
class Timing:
    """One command: medians and 95th percentiles in milliseconds, the ratio to the bare interpreter, and the goal."""

    name: str
    processor: float
    processor_p95: float
    wall: float
    wall_p95: float
    ratio: float
    goal: float | None


def commands() -> tuple[dict[str, list[str]], list[str]]:
    """The commands to compare by name, and the names of those that are not there."""
    python = sys.executable
    found = {
        BARE: [python, "-c", "pass"],
        "reviewtool --help": [python, "-m", "reviewtool", "--help"],
        "reviewtool status": [python, "-m", "reviewtool", "status"],
        "argparse alone": [python, "-c", "import argparse"],
    }
    missing = []
    if subprocess.run([python, "-c", "import polib"], capture_output=True, check=False).returncode:
        missing.append("polib, reading the same catalogs")
    else:
        found["polib, reading the same catalogs"] = [python, "-c", _POLIB]
    git = shutil.which("git")
    if git:
        found["git --version"] = [git, "--version"]
    else:
        missing.append("git --version")
    return found, missing


def once(command: Sequence[str]) -> tuple[float, float]:
    """Processor and wall time of one run, in milliseconds."""
    before = time.perf_counter()
    process = subprocess.Popen(command, cwd=SAMPLE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - before
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return (usage.ru_utime + usage.ru_stime) * 1000, wall * 1000


def measure(rounds: int) -> tuple[list[Timing], list[str]]:
    """Every command, ``rounds`` times, one after the other in each round; the first round is not counted."""
    wanted, missing = commands()
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in wanted}
    for _ in range(rounds + 1):
        for name, command in wanted.items():
            taken[name].append(once(command))
    bare = statistics.median(processor for processor, _ in taken[BARE][1:])
    return [_timing(name, times[1:], bare) for name, times in taken.items()], missing


def _timing(name: str, times: Sequence[tuple[float, float]], bare: float) -> Timing:
    processor = sorted(processor for processor, _ in times)
    wall = sorted(wall for _, wall in times)
    middle = statistics.median(processor)
    return Timing(
        name, middle, _p95(processor), statistics.median(wall), _p95(wall), round(middle / bare, 2), GOALS.get(name)
    )


def _p95(ordered: Sequence[float]) -> float:
    return ordered[math.ceil(len(ordered) * 0.95) - 1]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.start", description="Measure how fast it starts.")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--quick", action="store_true", help="five rounds; else twenty-five")
    given = parser.parse_args()
    timings, missing = measure(5 if given.quick else 25)
    if given.json:
        print(json.dumps({"timings": [asdict(one) for one in timings], "missing": missing}))
        return
    print(f"{'milliseconds':34}{'processor':>11}{'p95':>8}{'wall':>8}{'p95':>8}{'ratio':>8}{'goal':>6}")
    for one in timings:
        goal = "" if one.goal is None else f"{one.goal:.0f}"
        print(
            f"{one.name:34}{one.processor:11.1f}{one.processor_p95:8.1f}{one.wall:8.1f}{one.wall_p95:8.1f}"
            f"{one.ratio:8.2f}{goal:>6}"
        )
    for name in missing:
        print(f"{name}: not installed here, not measured")


if __name__ == "__main__":
    main()
