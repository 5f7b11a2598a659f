"""Recall: what the desk has translated before, from its memory files and from its approved text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from reviewtool.model.language import LanguagePair
from reviewtool.model.match import Index, Match, Unit
from reviewtool.plugins.protocols import Request
from reviewtool.storage.memory import MemoryFolder, UnitCount

Approved = Callable[[LanguagePair], Iterable[Unit]]
"""Gives the approved units of all editions from a source to a target language that match the pair's."""

_Stamp = tuple[tuple[str, int, int], ...]


class Recall:
    """Looks texts up in everything the workspace remembers; nothing is loaded before the first look-up.

    Approved text goes before the memory files, and serves in the other direction too. An index is kept
    per language pair until a memory file changes or :meth:`forget` is called.
    """

    def __init__(self, folder: MemoryFolder, approved: Approved = lambda _: ()) -> None:
        self._folder = folder
        self._approved = approved
        self._indexes: dict[LanguagePair, tuple[_Stamp, Index]] = {}

    def search(
        self,
        text: str,
        languages: LanguagePair,
        limit: int = 5,
        threshold: float = 70,
        *,
        before: str = "",
        after: str = "",
    ) -> tuple[Match, ...]:
        """At most ``limit`` matches of at least ``threshold`` (0 to 100), best first.

        Raises InputError, with file and line, for a memory file that is no TMX.
        """
        index = self._index(languages)
        return index.search(text, before=before, after=after, limit=limit, threshold=threshold)

    def lookup(self, request: Request, languages: LanguagePair) -> tuple[Match, ...]:
        """The matches of a segment in its surroundings: the ``Recall`` of ``plugins.protocols``."""
        return self.search(request.text, languages, before=request.before, after=request.after)

    def forget(self) -> None:
        """Ask for approved text again at the next look-up; to be called when some was approved or changed."""
        self._indexes.clear()

    def counts(self, pairs: Iterable[LanguagePair] = ()) -> tuple[UnitCount, ...]:
        """How many units each origin has: the memory files, then the approved text of these pairs."""
        approved: dict[tuple[str, LanguagePair], int] = {}
        for pair in dict.fromkeys(pairs):
            for unit in self._approved(pair):
                approved[unit.origin, pair] = approved.get((unit.origin, pair), 0) + 1
        counted = (UnitCount(origin, pair, units) for (origin, pair), units in approved.items())
        return (*self._folder.counts(), *counted)

    def _index(self, languages: LanguagePair) -> Index:
        stamp = self._folder.stamp()
        kept = self._indexes.get(languages)
        if kept and kept[0] == stamp:
            return kept[1]
        index = Index(self._units(languages))
        self._indexes[languages] = (stamp, index)
        return index

    def _units(self, languages: LanguagePair) -> Iterator[Unit]:
        yield from self._approved(languages)
        yield from map(_turned, self._approved(LanguagePair(languages.target, languages.source)))
        yield from self._folder.units(languages)


def _turned(unit: Unit) -> Unit:
    """The unit in the other direction; its neighbours are in the wrong language there."""
    return Unit(unit.target, unit.source, unit.origin)
