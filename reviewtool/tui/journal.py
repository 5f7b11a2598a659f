"""The journal: what is typed and not saved, put on the disk while it is typed, and found there at the next start."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from reviewtool.model.signoff import Standing
from reviewtool.services.unfinished import Fate, UnfinishedEdits, fate


@dataclass
class Recovered:
    """What was typed before, by segment; which of those segments have changed since; what was typed into lost ones."""

    texts: dict[str, str] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    gone: list[str] = field(default_factory=list)


class Journal:
    """The journal of one person in one edition."""

    def __init__(self, unfinished: UnfinishedEdits, slug: str, language: str, person: str) -> None:
        self._unfinished = unfinished
        self._here = (slug, language, person)
        self._kept: dict[str, str] = {}
        self._turn = asyncio.Lock()

    def recover(self, standing: Standing) -> Recovered:
        """What the journal has of this edition; what is saved meanwhile is forgotten."""
        found = Recovered()
        slug, language, person = self._here
        for edit in self._unfinished.all(person):
            if (edit.slug, edit.language) != (slug, language):
                continue
            match fate(edit, standing):
                case Fate.OPEN:
                    found.texts[edit.segment] = edit.text
                case Fate.CHANGED:
                    found.texts[edit.segment] = edit.text
                    found.changed.add(edit.segment)
                case Fate.GONE:
                    found.gone.append(edit.text)
                case Fate.SAVED:
                    pass
            self._kept[edit.segment] = edit.text
        return found

    async def write(self, typed: Mapping[str, str], standing: Standing) -> None:
        """Bring the journal in line with what is typed and not saved; StorageError when the disk says no."""
        async with self._turn:
            for segment, text in dict(typed).items():
                if self._kept.get(segment) != text:
                    await asyncio.to_thread(self._keep, standing, segment, text)
                    self._kept[segment] = text
            for segment in self._kept.keys() - typed.keys():
                await asyncio.to_thread(self._unfinished.drop, *self._here, segment)
                del self._kept[segment]

    def _keep(self, standing: Standing, segment: str, text: str) -> None:
        one = standing.segments[segment]
        self._unfinished.keep(*self._here, segment, source=one.source, target=one.target, text=text, cursor=len(text))
