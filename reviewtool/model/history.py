"""The history of an edition: its events, and which of them come before which in the tree of ``prev``.

A history only grows, so the ledgers of one edition before and after an act can share it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar


class Following(Protocol):
    """What follows others: ``prev`` are the ids of those directly before it."""

    @property
    def id(self) -> str:
        """Its own id."""

    @property
    def prev(self) -> tuple[str, ...]:
        """The ids of those directly before it, known or not."""

    @property
    def at(self) -> str:
        """What some clock said (RFC 3339, UTC)."""


_E = TypeVar("_E", bound=Following)


@dataclass(slots=True)
class _Chain:
    """Events each of which follows just the one before it; ``base`` is the set of all before the first."""

    base: int
    before: int
    members: array[int] = field(default_factory=lambda: array("I"))
    _mask: int = 0
    _masked: int = 0

    def upto(self, number: int) -> int:
        """The set of the members up to this number, with all before them."""
        if self._masked < len(self.members):
            bits = bytearray(self.members[-1] // 8 + 1)
            for one in self.members[self._masked :]:
                bits[one >> 3] |= 1 << (one & 7)
            self._mask |= int.from_bytes(bits, "little")
            self._masked = len(self.members)
        mask = self._mask if number == self.members[-1] else self._mask & ((2 << number) - 1)
        return self.base | mask


class History(Generic[_E]):
    """Events, numbered so that each comes after all it follows.

    Sets of events are whole numbers with one bit an event. Nearly every event follows one other, so only
    where branches begin or meet is the set of all before kept; within a chain the place says it.
    """

    def __init__(self, events: Iterable[_E] = ()) -> None:
        self._numbers: dict[str, int] = {}
        self._events: list[_E] = []
        self._chains: list[_Chain] = []
        self._chain = array("I")
        self._place = array("I")
        self._late: dict[int, str] = {}
        self.extend(events)

    def __len__(self) -> int:
        return len(self._events)

    def __iter__(self) -> Iterator[_E]:
        return iter(self._events)

    def extend(self, events: Iterable[_E]) -> None:
        """The history goes on with these events, in whatever order they come; none of it may follow them."""
        for event in _in_order({event.id: event for event in events}):
            self._add(event)

    def unknown(self, names: Iterable[str], size: int) -> Iterator[str]:
        """Those of the ids that none of the first ``size`` events has."""
        return (one for one in names if self._numbers.get(one, size) >= size)

    def get(self, event: str, size: int | None = None) -> _E | None:
        """The event with this id, if it is here, or among the first ``size``."""
        number = self._numbers.get(event)
        return None if number is None or (size is not None and number >= size) else self._events[number]

    def telling(self, event: _E) -> tuple[str, int, str]:
        """A sort key for telling: by time, but never before what it follows, whatever the clock said."""
        number = self._numbers[event.id]
        before = self._chains[self._chain[number]].before + self._place[number]
        return self._late.get(number, event.at), before, event.id

    def _add(self, event: _E) -> None:
        prev = {self._numbers[one] for one in event.prev if one in self._numbers}
        number = len(self._events)
        chain = self._continued(prev)
        members = self._chains[chain].members
        for one in prev:
            told = self._late.get(one) or self._events[one].at
            if told > event.at:
                self._late[number] = max(told, self._late.get(number, told))
        self._chain.append(chain)
        self._place.append(len(members))
        members.append(number)
        self._events.append(event)
        self._numbers[event.id] = number

    def _continued(self, prev: set[int]) -> int:
        """The chain that an event after these belongs to: that of the only one, if it is its last, or a new one."""
        if len(prev) == 1:
            (last,) = prev
            if self._chains[self._chain[last]].members[-1] == last:
                return self._chain[last]
        base = 0
        for one in prev:
            base |= self._upto(one)
        self._chains.append(_Chain(base, base.bit_count()))
        return len(self._chains) - 1

    def _upto(self, number: int) -> int:
        return self._chains[self._chain[number]].upto(number)

    def before(self, earlier: _E, later: _E) -> bool:
        """Whether ``earlier`` comes before ``later`` in the tree of ``prev``."""
        first, second = self._numbers[earlier.id], self._numbers[later.id]
        if self._chain[first] == self._chain[second]:
            return first < second
        return bool(self._chains[self._chain[second]].base >> first & 1)

    def seen(self, heads: Iterable[str]) -> int:
        """Everything at or before these events, as a set to ask :meth:`within` of; unknown ones are nothing."""
        closure = 0
        for head in heads:
            if head in self._numbers:
                closure |= self._upto(self._numbers[head])
        return closure

    def within(self, event: _E, closure: int) -> bool:
        """Whether the event is in a set made by :meth:`seen`."""
        return bool(closure >> self._numbers[event.id] & 1)


def _in_order(known: Mapping[str, _E]) -> Iterator[_E]:
    """The events, each after all it follows."""
    waiting = dict(known)
    for first in known:
        stack = [first] if first in waiting else []
        while stack:
            event = stack[-1]
            before = [one for one in known[event].prev if one in waiting and one != event]
            if before and event in waiting:
                stack += before
                continue
            stack.pop()
            if waiting.pop(event, None) is not None:
                yield known[event]
