"""How quick the terminal UI is, beside a bare Textual application with the same widgets.

Run from the repository's root: ``python -m benchmarks.ui [--json] [--quick]``. Both run in a real pseudo-terminal of
120 columns and 40 lines. Every round starts each of them anew, one after the other, and presses the same keys. A
key's time is until the last byte that follows it without a pause of 40 ms; what the side panel shows once the person
has paused is not in it, but its processor time is. The physical limit is Textual's own clock: it repaints 60 times
a second, so an answer takes 16 ms at best. Reading the edition from the disk is what the bare application has not.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.bare_ui import READY
from benchmarks.terminal import Terminal
from benchmarks.texts import sentences
from reviewtool.workspace import Workspace

SIZES = (200, 2_000, 20_000)
QUIET = 0.04
_PAUSE = 0.15
_SETTINGS = """source_language = "zh-CN"
target_languages = ["en"]
[[people]]
id = "tang"
name = "Tang"
[[people]]
id = "eleanor"
name = "Eleanor"
"""
KEYS = {"move": "\x1b[1;5B", "page": "\x1b[6~", "type": "e", "yes": "\r"}


@dataclass
class Measured:
    """One program at one size: seconds to the first full screen, per key kind the times; megabytes."""

    name: str
    segments: int
    start: list[float]
    keys: dict[str, list[float]]
    processor: dict[str, list[float]]
    memory: list[float]
    children: list[float]


def build(folder: Path, number: int) -> str:
    """A workspace in which one article of so many sentences has an English draft; returns its slug."""
    folder.joinpath("reviewtool.toml").write_text(_SETTINGS, encoding="utf-8")
    pairs = sentences(number)
    paragraphs = ["".join(source for source, _ in pairs[row : row + 4]) for row in range(0, number, 4)]
    text = "\n\n".join(paragraphs)
    workspace = Workspace(folder)
    slug = f"story-{number}"
    list(workspace.sync.add(f"{slug}.md", text.encode()))
    drafts = "\n\n".join(" ".join(target for _, target in pairs[row : row + 4]) for row in range(0, number, 4))
    for _event in workspace.drafts.paste(slug, "en", drafts):
        pass
    return slug


def run(measured: Measured, command: Sequence[str], folder: Path, ready: Sequence[str], presses: int) -> None:
    """Start a program once, press every kind of key, and add what that took."""
    with Terminal(command, folder) as terminal:
        measured.start.append(terminal.until(*ready) - terminal.started)
        time.sleep(1 + measured.segments / 10_000)
        terminal.settle(0.5)
        for kind, key in KEYS.items():
            before = terminal.processor
            for _ in range(presses):
                measured.keys[kind].append(terminal.press(key, QUIET)[0])
                time.sleep(_PAUSE)
                terminal.settle(QUIET)
            measured.processor[kind].append((terminal.processor - before) / presses)
        measured.memory.append(terminal.memory)
        measured.children.append(terminal.children)


def measure(rounds: int, presses: int, sizes: Sequence[int]) -> list[Measured]:
    """Both programs at every size, one after the other in each round."""
    found = [_nothing(name, size) for size in sizes for name in ("bare Textual", "reviewtool")]
    with tempfile.TemporaryDirectory() as place:
        folders = {size: Path(place) / str(size) for size in sizes}
        slugs = {}
        for size, folder in folders.items():
            folder.mkdir()
            slugs[size] = build(folder, size)
        for _ in range(rounds):
            for one in found:
                run(one, *_started(one, folders[one.segments], slugs[one.segments]), presses)
    return found


def _nothing(name: str, size: int) -> Measured:
    return Measured(name, size, [], {kind: [] for kind in KEYS}, {kind: [] for kind in KEYS}, [], [])


def _started(one: Measured, folder: Path, slug: str) -> tuple[list[str], Path, list[str]]:
    if one.name == "reviewtool":
        command = [sys.executable, "-m", "reviewtool", "-C", str(folder), "--as", "tang", "review", slug, "--to", "en"]
        return command, Path.cwd(), ["yes, next", "came home"]
    return [sys.executable, "-m", "benchmarks.bare_ui", str(one.segments)], Path.cwd(), [READY, "came home"]


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[math.ceil(len(values) * 0.95) - 1]


def _rows(found: Sequence[Measured]) -> list[str]:
    """The table: medians and 95th percentiles in milliseconds, and the ratio to the bare application."""
    rows = [
        f"{'':14}{'segments':>9}{'start':>8}"
        + "".join(f"{kind:>14}" for kind in KEYS)
        + f"{'cpu/key':>9}{'MB':>6}{'+MB':>6}"
    ]
    for one in found:
        keys = "".join(
            f"{statistics.median(times) * 1000:7.1f}/{_p95(times) * 1000:5.1f} " for times in one.keys.values()
        )
        processor = statistics.mean(statistics.median(times) for times in one.processor.values()) * 1000
        rows.append(
            f"{one.name:14}{one.segments:9}{statistics.median(one.start) * 1000:8.0f} {keys}"
            f"{processor:8.1f}{statistics.median(one.memory):6.0f}{statistics.median(one.children):6.0f}"
        )
    return rows


def _ratios(found: Sequence[Measured]) -> list[str]:
    by = {(one.name, one.segments): one for one in found}
    sizes = sorted({one.segments for one in found})
    lines = []
    for size in sizes:
        ours, bare = by["reviewtool", size], by["bare Textual", size]
        start = statistics.median(a / b for a, b in zip(ours.start, bare.start, strict=True))
        lines.append(f"start at {size} segments: {start:.2f} x the bare application (goal 1.5)")
    first, last = by["reviewtool", sizes[0]], by["reviewtool", sizes[-1]]
    start = statistics.median(b / a for a, b in zip(first.start, last.start, strict=True))
    lines.append(f"start at {sizes[-1]}: {start:.2f} x that at {sizes[0]} (goal 1.3)")
    for kind in KEYS:
        ratio = statistics.median(last.keys[kind]) / statistics.median(first.keys[kind])
        p95 = _p95(last.keys[kind]) * 1000
        lines.append(f"{kind} at {sizes[-1]}: {ratio:.2f} x that at {sizes[0]} (goal 1.2), p95 {p95:.1f} ms (goal 33)")
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ui", description="Measure how quick the UI is.")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--quick", action="store_true", help="two rounds of five keys, without 20,000 segments")
    given = parser.parse_args()
    found = measure(2, 5, SIZES[:2]) if given.quick else measure(5, 6, SIZES)
    if given.json:
        print(json.dumps([asdict(one) for one in found]))
        return
    print("start and keys to the last byte (median/p95) in ms; processor time in ms a key; +MB: its look-up process")
    print("\n".join([*_rows(found), *_ratios(found)]))


if __name__ == "__main__":
    main()
