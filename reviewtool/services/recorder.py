"""The recorder: makes one person's events on an edition, each following the last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from reviewtool.model.ledger import AnyEvent, Event, seal
from reviewtool.model.standing import SegmentStanding
from reviewtool.services.editions import OpenEdition

Clock = Callable[[], str]
"""Gives the present time as an event's ``at`` (RFC 3339, UTC)."""

_E = TypeVar("_E", bound=Event)


class Recorder:
    """Collects one person's new events and the texts they bring, to be saved together."""

    def __init__(self, edition: OpenEdition, person: str, clock: Clock) -> None:
        self.events: list[AnyEvent] = []
        self.texts: dict[str, str] = {}
        self._person = person
        self._clock = clock
        self._prev = edition.ledger.heads.get(person, ())

    def add(self, kind: type[_E], **values: Any) -> _E:
        """A new event of this kind, following the person's last."""
        event = seal(kind, prev=self._prev, person=self._person, at=self._clock(), **values)
        self._prev = (event.id,)
        self.events.append(event)  # type: ignore[arg-type]
        return event

    def on(self, kind: type[_E], segment: SegmentStanding, **values: Any) -> _E:
        """A new event about a segment as it is, unless ``target`` says another text."""
        return self.add(kind, **{"segment": segment.id, "source": segment.source, "target": segment.target, **values})

    def put(self, segment: str, text: str) -> None:
        """The text that this act brings into the catalog."""
        self.texts[segment] = text
