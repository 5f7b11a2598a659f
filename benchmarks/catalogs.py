"""What one act on an open edition costs, and opening one, beside the bare work of the disk and polib.

Run from the repository's root: ``python -m benchmarks.catalogs [--json] [--quick]``. For each size a workspace is
made in a temporary folder: every segment written by Tang and approved by Eleanor. Every round does each thing once,
so that a noisy machine is noisy for all of them. "At once after another" is an act within the two seconds in which a
file's time does not yet tell a change, so that its content has to be looked at. The physical limit of saving is to
hash the catalog's bytes, write them, and make them last (``bare``); that of opening cold is polib's parse of the
catalog alone.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import importlib.util
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

from reviewtool.model.language import Language
from reviewtool.model.ledger import Approve, Write
from reviewtool.model.segment import text_hash
from reviewtool.services.recorder import Recorder
from reviewtool.storage import catalogs
from reviewtool.workspace import Workspace

SIZES = (200, 2_000, 20_000)
SLUG = "delegation"
BARE, PARSE = "bare: hash, write, fsync", "polib: parse"
GOALS = {
    "edit one segment": (BARE, 2.0),
    "approve one segment": (BARE, 2.0),
    "read the catalog alone, cold": (PARSE, 1.2),
}
"""What each is held against, and how many times its processor time it may take."""

_SETTINGS = """
source_language = "zh-CN"
target_languages = ["en"]
[[people]]
id = "tang"
name = "Tang"
[[people]]
id = "eleanor"
name = "Eleanor"
[[people]]
id = "jessica"
name = "Jessica"
[[passes]]
name = "translation"
role = "translator"
[[passes]]
name = "revision"
role = "reviser"
signers = 2
"""
_MEMORY = """
import sys
from pathlib import Path
from reviewtool.storage import catalogs
from reviewtool.workspace import Workspace
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
workspace = Workspace(Path(sys.argv[1]))
workspace.editions.open(sys.argv[3], "en") if sys.argv[3] != sys.argv[2] else None
before = resident()
edition = workspace.editions.open(sys.argv[2], "en")
edition.standing.final
print(before, resident())
"""


@dataclass(frozen=True)
class Timing:
    """One thing at one size: medians and 95th percentiles in milliseconds, and the ratio to what it is held against."""

    segments: int
    name: str
    processor: float
    processor_p95: float
    wall: float
    wall_p95: float
    against: str | None
    ratio: float | None
    goal: float | None


@dataclass(frozen=True)
class Memory:
    """The resident memory of a process, in MB, before it opened an edition and with it open."""

    segments: int
    before: float
    opened: float


class Sample:
    """A workspace with one edition of ``size`` segments, all written and approved."""

    def __init__(self, folder: Path, size: int) -> None:
        self.size = size
        self.root = folder
        self._ticks = count()
        Workspace.found(folder)
        (folder / "reviewtool.toml").write_text(_SETTINGS, encoding="utf-8")
        self.workspace = self.opened()
        article = "# 佛山经贸代表团访问日韩\n\n" + "".join(f"{_source(number)}\n\n" for number in range(1, size))
        list(self.workspace.sync.add(f"{SLUG}.md", article.encode()))
        self._write()
        self._approve()
        self.catalog = folder / f"locales/en/LC_MESSAGES/{SLUG}.po"
        self.ids = list(self.workspace.editions.open(SLUG, "en").standing.segments)

    def opened(self) -> Workspace:
        """The workspace in a new process, as it were."""
        return Workspace(self.root, clock=lambda: f"2023-03-08T10:{next(self._ticks) // 60 % 60:02}:00Z")

    def _write(self) -> None:
        with self.workspace.editions.writing(SLUG, "en") as edition:
            recorder = Recorder(edition, "tang", lambda: "2023-03-06T09:00:00Z")
            for number, one in enumerate(edition.standing.segments.values()):
                text = _target(number)
                recorder.on(
                    Write, one, pass_="translation", text=text, from_=one.target, target=text_hash(text), restores=None
                )
                recorder.put(one.id, text)
            self.workspace.editions.save(edition, recorder.events, recorder.texts)

    def _approve(self) -> None:
        with self.workspace.editions.writing(SLUG, "en") as edition:
            recorder = Recorder(edition, "eleanor", lambda: "2023-03-07T09:00:00Z")
            for one in edition.standing.segments.values():
                recorder.on(Approve, one, pass_="revision")
            self.workspace.editions.save(edition, recorder.events, {})

    def read_catalog(self, _: Workspace) -> object:
        """The catalog as it is read when an edition is opened."""
        return catalogs.read(self.catalog, slug=SLUG, language=Language("en"))

    def settle(self) -> None:
        """Make every file old enough for its time to tell a change, as if the last act was a while ago."""
        for path in self.root.rglob("*"):
            if path.is_file():
                facts = path.stat()
                os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns - 10_000_000_000))


def _source(number: int) -> str:
    return f"第{number}项：代表团走访十余家机构，意向金额{number}万元。"


def _target(number: int) -> str:
    return f"Item {number}: the delegation visited more than ten institutions; {number} ten thousand yuan intended."


def bare(path: Path, data: bytes) -> None:
    """What no way of saving can be cheaper than: the bytes hashed, written, and made to last."""
    hashlib.sha256(data).hexdigest()
    temporary = path.with_suffix(".new")
    number = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.write(number, data)
    os.fsync(number)
    os.close(number)
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


@dataclass(frozen=True)
class Thing:
    """Something to measure; ``prepare`` is done before, and what it returns is handed over."""

    do: Callable[[Workspace], object]
    prepare: Callable[[], Workspace]


class Acts:
    """What people do, each time in another place of the edition."""

    def __init__(self, sample: Sample) -> None:
        self._sample = sample
        self._turns = count(sample.size // 2)

    def _place(self) -> str:
        return self._sample.ids[next(self._turns) % self._sample.size]

    def edit(self, workspace: Workspace) -> None:
        """Tang writes a text that was never there."""
        text = f"Another text, of which there is none yet: {time.time_ns()}."
        workspace.review.edit(SLUG, "en", self._place(), text, person="tang", pass_name="translation")

    def approve(self, workspace: Workspace) -> None:
        """Jessica approves."""
        workspace.review.approve(SLUG, "en", [self._place()], person="jessica", pass_name="revision")

    def approve_unnamed(self, workspace: Workspace) -> None:
        """Jessica approves and does not say in which pass."""
        workspace.review.approve(SLUG, "en", [self._place()], person="jessica")

    def just_acted(self) -> Workspace:
        """The workspace in a process that has just saved a segment."""
        self.edit(self._sample.workspace)
        _states(self._sample.workspace)
        return self._sample.workspace

    def looked_at(self) -> Workspace:
        """The workspace in a process that saved a segment a while ago and has looked at the files since."""
        self.edit(self._sample.workspace)
        time.sleep(2.1)
        _states(self._sample.workspace)
        return self._sample.workspace

    def just_opened(self) -> Workspace:
        """The workspace in a process that has opened the edition and looked at all of it."""
        workspace = self._sample.opened()
        _states(workspace)
        return workspace


def _states(workspace: Workspace) -> object:
    return workspace.editions.open(SLUG, "en").standing.passes


def _open(workspace: Workspace) -> object:
    return workspace.editions.open(SLUG, "en")


def things(sample: Sample) -> dict[str, Thing]:
    """What is done in each round, by name."""
    acts, data, spare = Acts(sample), sample.catalog.read_bytes(), sample.root / "bare.po"
    found = {
        BARE: Thing(lambda _: bare(spare, data), sample.opened),
        "edit one segment": Thing(acts.edit, acts.looked_at),
        "edit one segment, at once after another": Thing(acts.edit, acts.just_acted),
        "edit one segment, first after opening": Thing(acts.edit, acts.just_opened),
        "approve one segment": Thing(acts.approve, acts.looked_at),
        "approve one segment, pass not named": Thing(acts.approve_unnamed, acts.looked_at),
        "open, nothing changed": Thing(_open, acts.looked_at),
        "open, just changed by this process": Thing(_open, acts.just_acted),
        "read the catalog alone, cold": Thing(sample.read_catalog, sample.opened),
        "open, cold": Thing(_open, sample.opened),
        "open cold and all states": Thing(_states, sample.opened),
    }
    polibs = _polib(sample.catalog, sample.root / "polib.po") if importlib.util.find_spec("polib") else {}
    return found | {name: Thing(do, sample.opened) for name, do in polibs.items()}


def _polib(path: Path, other: Path) -> dict[str, Callable[[Workspace], object]]:
    import polib

    def save(_: Workspace) -> None:
        catalog = polib.pofile(str(path))
        catalog[len(catalog) // 2].msgstr = "Another text."
        catalog.save(str(other))

    return {PARSE: lambda _: polib.pofile(str(path)), "polib: load and save": save}


def once(thing: Thing) -> tuple[float, float]:
    """Processor and wall time of doing it once, in milliseconds."""
    workspace = thing.prepare()
    gc.collect()
    wall, processor = time.perf_counter(), time.process_time()
    result = thing.do(workspace)
    taken = (time.process_time() - processor) * 1000, (time.perf_counter() - wall) * 1000
    del result
    return taken


def measure(size: int, rounds: int) -> tuple[list[Timing], Memory]:
    """Everything at one size, ``rounds`` times; the first round is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        sample = Sample(Path(folder), size)
        wanted = things(sample)
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in wanted}
        for _ in range(rounds + 1):
            for name, thing in wanted.items():
                taken[name].append(once(thing))
        memory = _memory(sample)
    middles = {name: statistics.median(processor for processor, _ in times[1:]) for name, times in taken.items()}
    return [_timing(size, name, times[1:], middles) for name, times in taken.items()], memory


def _memory(sample: Sample) -> Memory:
    """An edition's memory, in a process of its own."""
    sample.settle()
    small = "small"
    list(sample.workspace.sync.add("small.md", "# 开幕\n".encode()))
    command = [sys.executable, "-c", _MEMORY, str(sample.root), SLUG, small]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return Memory(sample.size, round(float(said[0]), 1), round(float(said[1]), 1))


def _timing(size: int, name: str, times: Sequence[tuple[float, float]], middles: dict[str, float]) -> Timing:
    processor = sorted(processor for processor, _ in times)
    wall = sorted(wall for _, wall in times)
    against, goal = GOALS.get(name, (None, None))
    if "cold" in name or name.startswith("polib"):
        against = PARSE
    elif name != BARE:
        against = BARE
    ratio = round(middles[name] / middles[against], 2) if against in middles else None
    return Timing(size, name, middles[name], _p95(processor), statistics.median(wall), _p95(wall), against, ratio, goal)


def _p95(ordered: Sequence[float]) -> float:
    return ordered[math.ceil(len(ordered) * 0.95) - 1]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.catalogs", description="Measure what saving one segment and opening an edition cost."
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--quick", action="store_true", help="five rounds; else fifteen")
    parser.add_argument("--size", type=int, action="append", help="a number of segments; may be given several times")
    given = parser.parse_args()
    measured = [measure(size, 5 if given.quick else 15) for size in given.size or SIZES]
    timings = [one for found, _ in measured for one in found]
    memory = [one for _, one in measured]
    missing = [] if importlib.util.find_spec("polib") else ["polib"]
    if given.json:
        print(json.dumps({"timings": [*map(asdict, timings)], "memory": [*map(asdict, memory)], "missing": missing}))
        return
    _print(timings, memory)
    for name in missing:
        print(f"{name}: not installed here, not measured")


def _print(timings: Sequence[Timing], memory: Sequence[Memory]) -> None:
    print(f"{'segments, milliseconds':48}{'processor':>11}{'p95':>9}{'wall':>9}{'p95':>9}{'ratio':>8}{'goal':>6}")
    for one in timings:
        ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
        goal = "" if one.goal is None else f"{one.goal:.1f}"
        print(
            f"{one.segments:>7,} {one.name:40}{one.processor:11.2f}{one.processor_p95:9.2f}"
            f"{one.wall:9.2f}{one.wall_p95:9.2f}{ratio:>8}{goal:>6}"
        )
    for used in memory:
        print(f"{used.segments:>7,} memory in MB: {used.before} before, {used.opened} with the edition open")


if __name__ == "__main__":
    main()
