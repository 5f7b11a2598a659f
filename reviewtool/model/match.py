"""Matches from a translation memory: units, and the search among them."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class MatchKind(StrEnum):
    """How a match fits: the same text in the same surroundings, the same text, a similar text."""

    CONTEXT = "context"
    EXACT = "exact"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class Unit:
    """A pair of texts in a memory, in the direction it is asked for.

    ``origin`` says where it comes from (``memory/desk.tmx``, ``an-article/en``); ``before`` and
    ``after`` are the neighbouring source texts where they are known.
    """

    source: str
    target: str
    origin: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A unit found for a text; ``score`` is 100 × normalised Indel similarity of the raw source texts."""

    unit: Unit
    kind: MatchKind
    score: float

    @property
    def percent(self) -> int:
        """The score as people see it, rounded down: only equal texts are 100."""
        return math.floor(self.score + 1e-9)


class Index:
    """The units of one language pair, ready to be searched; units without source or target are left out.

    Units lie in the order of their length, so that those a threshold allows are one slice. Of equal
    scores the unit given first comes first.
    """

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = sorted((unit for unit in units if unit.source and unit.target), key=_length)
        self._sources = [unit.source for unit in self._units]

    def __len__(self) -> int:
        return len(self._units)

    def search(
        self, text: str, *, before: str = "", after: str = "", limit: int = 5, threshold: float = 70
    ) -> tuple[Match, ...]:
        """At most ``limit`` matches of at least ``threshold`` (0 to 100), best first, each pair of texts once.

        A context match, whose neighbours are ``before`` and ``after`` too, goes before an exact one.
        """
        found = (
            Match(self._units[row], _kind(self._units[row], text, before, after), score)
            for row, score in self._scores(text, threshold)
        )
        best = sorted(found, key=lambda match: (-match.score, match.kind is not MatchKind.CONTEXT))
        distinct: dict[tuple[str, str], Match] = {}
        for match in best:
            distinct.setdefault((match.unit.source, match.unit.target), match)
        return tuple(distinct.values())[:limit]

    def _scores(self, text: str, threshold: float) -> list[tuple[int, float]]:
        """Row and score of every unit that reaches the threshold, best first."""
        from rapidfuzz import fuzz, process

        first, last = self._window(len(text), threshold)
        found = process.extract(text, self._sources[first:last], scorer=fuzz.ratio, limit=None, score_cutoff=threshold)
        return [(first + row, score) for _, score, row in found]

    def _window(self, length: int, threshold: float) -> tuple[int, int]:
        """The rows whose length lets them reach the threshold s: from len·s/(2−s) to len·(2−s)/s."""
        if threshold <= 0:
            return 0, len(self._units)
        share = min(threshold, 100.0) / 100
        shortest = math.floor(length * share / (2 - share))
        longest = math.ceil(length * (2 - share) / share)
        return (
            bisect_left(self._units, shortest, key=_length),
            bisect_right(self._units, longest, key=_length),
        )


def _length(unit: Unit) -> int:
    return len(unit.source)


def _kind(unit: Unit, text: str, before: str, after: str) -> MatchKind:
    if unit.source != text:
        return MatchKind.FUZZY
    known = bool(before or after)
    return MatchKind.CONTEXT if known and (unit.before, unit.after) == (before, after) else MatchKind.EXACT
