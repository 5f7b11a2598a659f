"""Founding a workspace, and looking whether one is in order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from reviewtool.errors import InputError
from reviewtool.model.finding import Severity
from reviewtool.plugins.protocols import Check, Engine
from reviewtool.plugins.registry import Registry
from reviewtool.services.editions import Editions, Unreadable
from reviewtool.storage import files
from reviewtool.storage.articles import slug_of
from reviewtool.storage.project import SETTINGS, Project, Settings

MERGE_LEDGERS = "locales/*/ledger/**/*.jsonl merge=union"
"""The git attribute with which two machines' ledgers merge."""
_IGNORED = ("editions/", ".reviewtool/", ".*.reviewtool-tmp")
_MOST_BYTES = 1_000_000


def found(folder: Path, *, person: tuple[str, str] | None = None) -> tuple[Path, ...]:
    """Make a folder a workspace; what is there already stays. Returns the files written.

    ``person`` is the id and name of the first person at the desk, if known. Raises InputError for a folder
    inside another workspace.
    """
    root = folder.absolute()
    outer = next((above for above in root.parents if (above / SETTINGS).is_file()), None)
    if outer is not None and not (root / SETTINGS).is_file():
        raise InputError(f"{root} is inside the workspace {outer}: a workspace cannot hold another.")
    written = []
    if not (root / SETTINGS).exists():
        files.create(root / SETTINGS, _template(person).encode(), root=root)
        written.append(root / SETTINGS)
    for name, lines in ((".gitattributes", (MERGE_LEDGERS,)), (".gitignore", _IGNORED)):
        if _add_lines(root / name, lines, root):
            written.append(root / name)
    for name in ("articles", "locales", "memory"):
        files.make_folder(root / name)
    return tuple(written)


def _template(person: tuple[str, str] | None) -> str:
    template = resources.files("reviewtool.storage").joinpath("template.toml").read_text(encoding="utf-8")
    if person is None:
        return template
    sample = '#[[people]]\n#id = "tang"\n#name = "Tang"\n#passes = ["translation"]\n'
    mine = f"[[people]]\nid = {json.dumps(person[0])}\nname = {json.dumps(person[1], ensure_ascii=False)}\n"
    return template.replace(sample, mine)


def _add_lines(path: Path, lines: tuple[str, ...], root: Path) -> bool:
    """Add what is missing to a text file; whether anything was."""
    before = files.read_bytes(path, limit=_MOST_BYTES, what="file") if path.exists() else None
    text = files.decode(before, path) if before is not None else ""
    missing = [line for line in lines if line not in text.splitlines()]
    if not missing:
        return False
    if text and not text.endswith("\n"):
        text += "\n"
    files.replace(
        path,
        (text + "\n".join(missing) + "\n").encode(),
        expected=None if before is None else files.content_hash(before),
        root=root,
    )
    return True


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something about the workspace that its people should know."""

    severity: Severity
    message: str


class Doctor:
    """Looks at a workspace as a whole; it writes nothing."""

    def __init__(
        self,
        project: Project,
        settings: Settings,
        editions: Editions,
        engines: Registry[Engine],
        checks: Registry[Check],
    ) -> None:
        self._project = project
        self._settings = settings
        self._editions = editions
        self._engines = engines
        self._checks = checks

    def examine(self) -> Iterator[Complaint]:
        """Everything there is to say."""
        yield from self._people()
        yield from self._engine()
        yield from self._git()
        yield from self._articles()
        yield from self._orphans()
        yield from self._records()

    def _people(self) -> Iterator[Complaint]:
        for sentence in self._settings.policy.shortfalls():
            yield Complaint(Severity.WARNING, f"{sentence}.")

    def _engine(self) -> Iterator[Complaint]:
        names = self._engines.names()
        if self._settings.engine not in names:
            there = ", ".join(names)
            yield Complaint(
                Severity.ERROR, f"drafting.engine {self._settings.engine!r} is not installed; there is {there}."
            )
        if set(names) <= {"memory"}:
            yield Complaint(Severity.INFO, "drafts come from the desk's memory; no machine translation is set up.")
        for name in sorted(self._settings.checks_off - set(self._checks.names())):
            yield Complaint(Severity.WARNING, f"checks.off names {name!r}, and there is no such check.")

    def _git(self) -> Iterator[Complaint]:
        path = self._project.root / ".gitattributes"
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
        if MERGE_LEDGERS not in lines:
            yield Complaint(
                Severity.WARNING,
                ".gitattributes does not say how ledgers merge; `reviewtool init` adds the line.",
            )

    def _articles(self) -> Iterator[Complaint]:
        for path in sorted(self._project.articles.glob("*.md")):
            try:
                slug_of(path.name)
            except InputError as error:
                yield Complaint(Severity.WARNING, f"{self._project.relative(path)} is passed over: {error}")

    def _orphans(self) -> Iterator[Complaint]:
        for slug, tag in self._project.orphans():
            message = f"{slug} ({tag}) has a record and no article: bring articles/{slug}.md back, or remove both."
            yield Complaint(Severity.WARNING, message)

    def _records(self) -> Iterator[Complaint]:
        for edition in self._editions.each():
            faults = [edition.reason] if isinstance(edition, Unreadable) else map(str, edition.record.faults)
            yield from (Complaint(Severity.ERROR, fault) for fault in faults)
