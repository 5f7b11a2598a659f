"""Repair of a similar match: its numbers and placeables are replaced where the new ones are certain.

Certain means: as many on both sides, and each one that changed stands exactly once in the match's source
and once in its target, with the same power of ten behind it (6亿 is no 600 million). Else nothing is
touched, and the note says what to look at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reviewtool.model.language import Language
from reviewtool.model.markup import Edge, masked, placeables

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_POWERS = {
    "万亿": 12, "萬億": 12, "百万": 6, "百萬": 6, "백만": 6, "千万": 7, "千萬": 7, "천만": 7,
    "trillion": 12, "billion": 9, "million": 6, "thousand": 3, "hundred": 2,
    "亿": 8, "億": 8, "억": 8, "万": 4, "萬": 4, "만": 4, "兆": 12, "조": 12,
    "千": 3, "천": 3, "百": 2, "백": 2, "bn": 9, "mn": 6,
}  # fmt: skip
_POWER = re.compile(rf"\s?({'|'.join(_POWERS)})(?![a-z])|\s?(million|billion|trillion)s(?![a-z])", re.IGNORECASE)
_ORDINAL = re.compile(r"(st|nd|rd|th)\b")


@dataclass(frozen=True, slots=True)
class Repaired:
    """A match's target made to fit the new source; ``notes`` are sentences on what was done or not."""

    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
    """A number or placeable at ``start:end``; ``power`` is the power of ten written after a number."""

    text: str
    start: int
    end: int
    power: int = 0

    @property
    def value(self) -> tuple[str, int]:
        return self.text, self.power


_Change = tuple[_Token, _Token, _Token]
"""The token in the match's source, in the new source, in the match's target."""


def repair(text: str, source: str, target: str, language: Language) -> Repaired:
    """Fit a match's ``target``, which translates ``source`` into ``language``, to the new source ``text``."""
    names, told = _changes("placeable", _placeables(source), _placeables(text), _placeables(target))
    numbers, said = _changes("number", _numbers(source), _numbers(text), _numbers(target))
    doubtful = next((change for change in numbers if not _keeps_grammar(change, target, language)), None)
    if doubtful:
        numbers, said = (), (_left("number", doubtful[0], doubtful[1]),)
    return Repaired(_replaced(target, (*names, *numbers)), (*told, *said))


def _placeables(text: str) -> list[_Token]:
    """Addresses, code, placeholders and the like; marks of emphasis have nothing in them to repair."""
    found = placeables(text)
    return [_Token(one.text, one.start, one.end) for one in found if one.edge is Edge.ALONE or one.destination]


def _numbers(text: str) -> list[_Token]:
    """The numbers in digits, outside of placeables."""
    plain = masked(text)
    return [_Token(found[0], *found.span(), _power(plain, found.end())) for found in _NUMBER.finditer(plain)]


def _power(text: str, end: int) -> int:
    found = _POWER.match(text, end)
    return _POWERS[(found[1] or found[2]).lower()] if found else 0


def _changes(
    kind: str, old: Sequence[_Token], new: Sequence[_Token], there: Sequence[_Token]
) -> tuple[tuple[_Change, ...], tuple[str, ...]]:
    """What is to be replaced, and the notes about it: all that changed, or nothing."""
    if len(old) != len(new):
        return (), (f"The {kind}s are not those of the match's source: check them.",)
    changed = [(before, now) for before, now in zip(old, new, strict=True) if before.value != now.value]
    changes = []
    for before, now in changed:
        places = [token for token in there if token.text == before.text]
        is_certain = sum(token.text == before.text for token in old) == 1 == len(places)
        if not is_certain or not before.power == now.power == places[0].power:
            return (), (_left(kind, before, now),)
        changes.append((before, now, places[0]))
    return tuple(changes), tuple(
        f"{kind.capitalize()} repaired: {_shown(now)} instead of {_shown(before)}." for before, now in changed
    )


def _left(kind: str, before: _Token, now: _Token) -> str:
    return f"{kind.capitalize()} not repaired: the source has {_shown(now)}, the match's source {_shown(before)}."


def _shown(token: _Token) -> str:
    return token.text if token.text.isprintable() else ascii(token.text)


def _keeps_grammar(change: _Change, target: str, language: Language) -> bool:
    """Whether the words around the number can stay: one thing is no several things, and 21st becomes no 22st."""
    before, now, there = change
    if language.east_asian:
        return True
    ordinal = _ORDINAL.match(target, there.end)
    if ordinal:
        return ordinal[1] == _ordinal(now.text)
    return "1" not in {before.text, now.text} or before.power > 0


def _ordinal(number: str) -> str:
    """The English ending of an ordinal: st for 21, th for 11."""
    if number[-2:] in {"11", "12", "13"}:
        return "th"
    return {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")


def _replaced(target: str, changes: Sequence[_Change]) -> str:
    for _, now, there in sorted(changes, key=lambda change: change[2].start, reverse=True):
        target = target[: there.start] + now.text + target[there.end :]
    return target
