"""The acts on a segment and on those it was made of: which of them count, and whose words a text is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewtool.model.history import History
from reviewtool.model.ledger import (
    AnyEvent,
    Confirm,
    Draft,
    Omit,
    Resegment,
    Revocable,
    SegmentEvent,
    Split,
    TakeBack,
    Write,
    Writing,
)
from reviewtool.model.once import once
from reviewtool.model.segment import EMPTY, text_hash


class Lineage:
    """What the record says of one segment, whatever its texts are now.

    ``own`` are the events about it, ``events`` those about the segments it was made of too; ``history`` knows
    which of them come before which. Of nearly every segment all events count and no others matter; where that
    is known, it ``is_plain``.
    """

    __slots__ = ("__dict__", "_history", "_is_plain", "events", "own", "segment")

    def __init__(
        self,
        segment: str,
        own: tuple[SegmentEvent, ...],
        events: tuple[SegmentEvent, ...],
        history: History[AnyEvent],
        *,
        is_plain: bool,
    ) -> None:
        self.segment = segment
        self.own = own
        self.events = events
        self._history = history
        self._is_plain = is_plain

    # What counts

    @once
    def _undone(self) -> dict[str, Revocable]:
        """The acts taken back, by the events that take them back: a person's own, on that segment, before it."""
        known = {event.id: event for event in self.events if isinstance(event, Revocable)}
        return {
            event.id: act
            for event in self.events
            if isinstance(event, TakeBack)
            and (act := known.get(event.answers)) is not None
            and (act.person, act.segment) == (event.person, event.segment)
            and self._history.before(act, event)
        }

    def undone_by(self, event: SegmentEvent) -> Revocable | None:
        """The act that this event takes back, if it does."""
        return self._undone.get(event.id)

    @once
    def taken_back(self) -> frozenset[str]:
        """The ids of the acts that were taken back."""
        return frozenset() if self._is_plain else frozenset(act.id for act in self._undone.values())

    @once
    def _made(self) -> dict[tuple[str, str], list[Resegment]]:
        """The joins and splits by the segment and target they made."""
        made: dict[tuple[str, str], list[Resegment]] = {}
        for event in self.events:
            if isinstance(event, Resegment) and event.faithful:
                made.setdefault((event.segment, event.target), []).append(event)
        return made

    @once
    def _carrying(self) -> frozenset[str]:
        """The ids of joins and splits of what persons had taken: these carry it on, others make a draft."""
        acts = (act for act in self.events if act.id not in self.taken_back and _takes(act))
        taken = {(act.segment, act.source, act.target) for act in acts}
        waiting = [event for events in self._made.values() for event in events if _divides(event)]
        carrying: set[str] = set()
        while True:
            left = []
            for event in waiting:
                if taken.issuperset(event.before):
                    carrying.add(event.id)
                    taken.add((event.segment, event.source, event.target))
                else:
                    left.append(event)
            if len(left) == len(waiting):
                return frozenset(carrying)
            waiting = left

    def counts(self, event: SegmentEvent) -> bool:
        """Whether the event counts: not what was taken back, nor a join or split that carries nothing on."""
        if self._is_plain:
            return True
        return event.id in self._carrying if isinstance(event, Resegment) else event.id not in self.taken_back

    @property
    def acts(self) -> tuple[SegmentEvent, ...]:
        """The events about this segment that count."""
        if self._is_plain:
            return self.own
        return tuple(event for event in self.own if self.counts(event))

    # Whose words

    def traced(self, target: str) -> Iterator[tuple[str, str]]:
        """The segments with their texts in which the words of this text here came to be, this one first."""
        waiting, seen = [(self.segment, target)], set[tuple[str, str]]()
        while waiting:
            place = waiting.pop()
            if place not in seen:
                seen.add(place)
                yield place
                waiting += [(part, text) for event in self._made.get(place, ()) for part, _, text in event.before]

    def writings(self, target: str) -> tuple[Writing, ...]:
        """All acts of writing whose text is this one or a part of it, whatever the source was.

        Who wrote a text is its writer though they took it back; who took one back that was there is not.
        """
        found = [event for event in self._of(target) if isinstance(event, Writing)]
        return tuple([event for event in found if isinstance(event, Write) or self.counts(event)])

    def drafts(self, target: str) -> tuple[Draft, ...]:
        """All drafts whose text is this one or a part of it."""
        return tuple([event for event in self._of(target) if isinstance(event, Draft)])

    def _of(self, target: str) -> Iterable[SegmentEvent]:
        """The events that name this text here, or a part of it where it came to be."""
        if self._is_plain:
            return (event for event in self.own if event.target == target)
        places = set(self.traced(target))
        return (event for event in self.events if (event.segment, event.target) in places)

    def restoring(self, event: SegmentEvent) -> bool:
        """Whether an act of writing brings nobody's words but such as were taken here before.

        It puts a text back, or joins or splits texts.
        """
        if isinstance(event, Resegment):
            return True
        if not isinstance(event, Write) or event.restores is None:
            return False
        return any(
            one.id == event.restores and (one.segment, one.target) == (event.segment, event.target)
            for one in self.events
            if self._restorable(one)
        )

    def restorable(self, target: str, person: str) -> str | None:
        """The act whose text a write of this target by ``person`` would put back.

        One that a person took here; None where there is none, or where it has words of the person's own,
        which makes them no less its writer.
        """
        if any(act.person == person and not self.restoring(act) for act in self.writings(target)):
            return None
        acts = (event for event in self.own if event.target == target and self._restorable(event))
        return next((event.id for event in acts if not (isinstance(event, Write) and self.restoring(event))), None)

    def _restorable(self, event: SegmentEvent) -> bool:
        return isinstance(event, Write) or (isinstance(event, Confirm | Resegment) and self.counts(event))

    # Texts

    def recorded(self, target: str) -> str | None:
        """The text with this hash, where the record has it."""
        texts = (text for named, text in self._texts() if named == target and text is not None)
        return next((text for text in texts if text_hash(text) == target), None)

    def _texts(self) -> Iterator[tuple[str, str | None]]:
        for event in self.events:
            if isinstance(event, Draft | Write | Confirm):
                yield event.target, event.text
            if isinstance(event, Write | Omit):
                yield event.from_, event.was
            if isinstance(event, Resegment):
                yield event.target, event.texts[1]


def _takes(act: SegmentEvent) -> bool:
    """Whether it is an act of writing that takes a text, or that there is none."""
    return isinstance(act, Omit) if act.target == EMPTY else isinstance(act, Write | Confirm)


def _divides(event: Resegment) -> bool:
    """Whether it is no split that cut the source and not the target."""
    return not isinstance(event, Split) or event.halves
