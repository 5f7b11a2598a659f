"""Matches from a translation memory."""

from __future__ import annotations

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
