"""The record of an edition: events, one kind a class, and the ledger that knows their order.

No rule depends on a clock. The order of one person's events is the tree their ``prev`` makes; what
somebody had seen of the others' is said by the ``heads`` of a signature.
"""

from __future__ import annotations

import hashlib
import json
from bisect import insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from reviewtool.model.history import History
from reviewtool.model.segment import EMPTY, text_hash

VERSION = 1


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """What every event has.

    ``id`` is the SHA-256 of the canonical JSON of everything but itself (:func:`seal`); ``prev`` are the
    person's last events known when it was written: one, or several after two machines were merged.
    ``at`` (RFC 3339, UTC) is information only.
    """

    v: int
    id: str
    prev: tuple[str, ...]
    person: str
    at: str


class OnSegment(Event, frozen=True, kw_only=True):
    """An event about one segment, with the hashes of the source and target it speaks of."""

    segment: str
    source: str
    target: str


class Draft(OnSegment, frozen=True, kw_only=True, tag_field="do", tag="draft"):
    """An engine, the memory or a paste put this text in, unconfirmed; ``origin`` says which."""

    text: str
    origin: str


class Write(
    OnSegment,
    frozen=True,
    kw_only=True,
    tag_field="do",
    tag="write",
    rename={"from_": "from", "pass_": "pass"},
):
    """A person wrote this text; ``from_`` is the hash before, ``restores`` the event whose text it puts back.

    ``was`` is the text before, where the record has it nowhere.
    """

    pass_: str
    text: str
    from_: str
    restores: str | None = None
    was: str | None = None


class Confirm(OnSegment, frozen=True, kw_only=True, tag_field="do", tag="confirm", rename={"pass_": "pass"}):
    """A person takes the standing text as their own translation; ``text`` where the record has it nowhere yet."""

    pass_: str
    text: str | None = None


class Omit(
    OnSegment,
    frozen=True,
    kw_only=True,
    tag_field="do",
    tag="omit",
    rename={"from_": "from", "pass_": "pass"},
):
    """A person leaves the segment out on purpose; ``target`` is the hash of no text, the rest as in Write."""

    pass_: str
    from_: str
    was: str | None = None


class Approve(OnSegment, frozen=True, kw_only=True, tag_field="do", tag="approve", rename={"pass_": "pass"}):
    """In this pass exactly this source and target are right; ``answers`` names send-backs it settles."""

    pass_: str
    answers: tuple[str, ...] = ()


class SendBack(OnSegment, frozen=True, kw_only=True, tag_field="do", tag="send-back", rename={"pass_": "pass"}):
    """In this pass they are not right, for the reason in ``comment``; category and severity are MQM's."""

    pass_: str
    comment: str
    category: str | None = None
    severity: str | None = None


class TakeBack(OnSegment, frozen=True, kw_only=True, tag_field="do", tag="take-back"):
    """A person takes an own act on this segment back, by its event id; ``target`` is the text that stands after it."""

    answers: str


class Resegment(OnSegment, frozen=True, kw_only=True, rename={"pass_": "pass"}):
    """What joins and splits have: a segment with its first texts, and what it was made of.

    ``parts`` are the segments that are gone, each with the source and target it had; ``texts`` are source
    and target of this one.
    """

    pass_: str
    parts: tuple[tuple[str, str, str], ...]
    texts: tuple[str, str]

    @property
    def faithful(self) -> bool:
        """Whether its texts hold nothing but what the parts had, white space apart; else it counts for nothing."""
        return (text_hash(self.texts[0]), text_hash(self.texts[1])) == (self.source, self.target) and all(
            self._holds([part[side] for part in self.parts], self.texts[side - 1]) for side in (1, 2)
        )

    @property
    def before(self) -> tuple[tuple[str, str, str], ...]:
        """The parts with the hashes of their texts."""
        return tuple((segment, text_hash(source), text_hash(target)) for segment, source, target in self.parts)

    def _holds(self, before: Sequence[str], after: str) -> bool:
        raise NotImplementedError


class Join(Resegment, frozen=True, kw_only=True, tag_field="do", tag="join", rename={"pass_": "pass"}):
    """A person made this segment of several that followed each other."""

    def _holds(self, before: Sequence[str], after: str) -> bool:
        return "".join("".join(before).split()) == "".join(after.split())


class Split(Resegment, frozen=True, kw_only=True, tag_field="do", tag="split", rename={"pass_": "pass"}):
    """A person made this segment of a piece of another, its only part; each piece has its event."""

    def _holds(self, before: Sequence[str], after: str) -> bool:
        return len(before) == 1 and after in before[0]

    @property
    def halves(self) -> bool:
        """Whether the target was divided as the source was: this piece has some of it, and not all."""
        _, _, whole = self.parts[0]
        return self.target not in (EMPTY, text_hash(whole)) or text_hash(whole) == EMPTY


class Settle(OnSegment, frozen=True, kw_only=True, tag_field="do", tag="settle"):
    """An editor decides a dispute or allows an own text: the events it ``answers`` stand no longer in the way."""

    reason: str
    answers: tuple[str, ...]


class Comment(OnSegment, frozen=True, kw_only=True, tag_field="do", tag="comment"):
    """A remark on the segment; ``answers`` names the remark or send-back it replies to."""

    comment: str
    answers: str | None = None


class Resolve(OnSegment, frozen=True, kw_only=True, tag_field="do", tag="resolve"):
    """A remark is dealt with."""

    answers: str


class Dismiss(OnSegment, frozen=True, kw_only=True, tag_field="do", tag="dismiss"):
    """A finding on exactly these texts is set aside, for a reason."""

    finding: str
    reason: str


class Sign(Event, frozen=True, kw_only=True, tag_field="do", tag="sign", rename={"pass_": "pass"}):
    """One person's statement that a pass is done, bound to the text.

    ``segments`` is the ordered list of (segment, source, target); ``heads`` maps every person to their
    last events the signer had seen; ``name`` is the name as it prints; ``digest`` see ``signoff.digest``.
    """

    pass_: str
    role: str
    name: str
    segments: tuple[tuple[str, str, str], ...]
    heads: dict[str, tuple[str, ...]]
    digest: str
    read_all: bool = False


class Withdraw(Event, frozen=True, kw_only=True, tag_field="do", tag="withdraw"):
    """Takes an own signature back, by its event id."""

    signature: str


Writing = Write | Confirm | Omit | Join | Split
"""The acts by which a person takes a segment's text as right; all but joins and splits make them its writer."""

Revocable = Write | Confirm | Omit | Approve | SendBack
"""The acts that their person can take back."""

SegmentEvent = (
    Draft | Write | Confirm | Omit | Approve | SendBack | TakeBack | Join | Split | Settle | Comment | Resolve | Dismiss
)
"""The events that are about one segment."""

AnyEvent = SegmentEvent | Sign | Withdraw
KINDS: Mapping[str, type[Event]] = {
    str(kind.__struct_config__.tag): kind
    for kind in (
        Draft,
        Write,
        Confirm,
        Omit,
        Approve,
        SendBack,
        TakeBack,
        Join,
        Split,
        Settle,
        Comment,
        Resolve,
        Dismiss,
        Sign,
        Withdraw,
    )
}

_E = TypeVar("_E", bound=Event)


def canonical(value: object) -> bytes:
    """RFC 8785 JSON of a value made of strings, whole numbers, booleans, lists and ASCII-keyed objects."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fields(event: Event) -> dict[str, Any]:
    """The event as the JSON object a ledger line holds."""
    record: dict[str, Any] = msgspec.to_builtins(event)
    return record


def event_id(record: Mapping[str, object]) -> str:
    """The id an event's JSON object must have."""
    return hashlib.sha256(canonical({key: value for key, value in record.items() if key != "id"})).hexdigest()


def seal(kind: type[_E], **values: Any) -> _E:
    """A new event of this kind with its id computed; ``v`` is the present version."""
    unsealed = kind(v=VERSION, id="", **values)
    return msgspec.structs.replace(unsealed, id=event_id(fields(unsealed)))


_UNSETTLING = (TakeBack, Resegment)
"""The events for which others, or they themselves, may not count."""


class Ledger:
    """The events of one edition, whatever the order of files and lines they came in.

    ``events`` are in an order in which everybody's own events follow each other; ``missing`` are ids
    that some ``prev`` or ``heads`` names and nobody has.
    """

    def __init__(self, events: Iterable[AnyEvent] = ()) -> None:
        self.history: History[AnyEvent] = History(events)
        self.events: tuple[AnyEvent, ...] = tuple(sorted(self.history, key=self.history.telling))
        by_segment: dict[str, list[SegmentEvent]] = {}
        for event in self.events:
            if not isinstance(event, Sign | Withdraw):
                by_segment.setdefault(event.segment, []).append(event)
        self._by_segment = {segment: tuple(about) for segment, about in by_segment.items()}

    def extended(self, events: Iterable[AnyEvent]) -> Ledger:
        """The ledger with events that were recorded after these: equal to one made of all, but sooner made."""
        added = {event.id: event for event in events if event.id not in self}
        if not self.missing.isdisjoint(added):
            return Ledger((*self.events, *added.values()))
        ledger = Ledger()
        # A history that has gone on already belongs to another ledger's future.
        ledger.history = self.history if len(self.history) == len(self) else History(self.events)
        ledger.history.extend(added.values())
        ledger.events = _told((*self.events, *added.values()), ledger.history, known=len(self))
        ledger._by_segment = dict(self._by_segment)
        for event in added.values():
            if not isinstance(event, Sign | Withdraw):
                about = (*ledger.on(event.segment), event)
                ledger._by_segment[event.segment] = _told(about, ledger.history, known=len(about) - 1)
        ledger.missing = self.missing | ledger._unknown(added.values())
        ledger.heads = _heads(self.heads, added.values())
        if not any(isinstance(event, Sign | Withdraw) for event in added.values()):
            ledger.signatures, ledger.withdrawn = self.signatures, self.withdrawn
        if not any(isinstance(event, Resegment) for event in added.values()):
            ledger.resegmented, ledger._made_of = self.resegmented, self._made_of
        ledger.unsettled = self.unsettled | ledger._unsettled_by(added.values())
        return ledger

    def __len__(self) -> int:
        return len(self.events)

    def __contains__(self, event: object) -> bool:
        return isinstance(event, str) and self.get(event) is not None

    def get(self, event: str) -> AnyEvent | None:
        """The event with this id, if it is in the record."""
        # The history may have gone on since.
        return self.history.get(event, len(self))

    @cached_property
    def missing(self) -> frozenset[str]:
        """Ids that some ``prev`` or ``heads`` names and that are not in the record."""
        return self._unknown(self.events)

    def _unknown(self, events: Iterable[AnyEvent]) -> frozenset[str]:
        named = {one for event in events for one in event.prev}
        named |= {one for event in events if isinstance(event, Sign) for heads in event.heads.values() for one in heads}
        return frozenset(self.history.unknown(named, len(self)))

    @cached_property
    def segments(self) -> frozenset[str]:
        """The ids of all segments that any event speaks of."""
        return frozenset(self._by_segment)

    @cached_property
    def resegmented(self) -> frozenset[str]:
        """The ids of segments that somebody made of others, by joining or splitting them."""
        return frozenset(event.segment for event in self.events if isinstance(event, Resegment) and event.faithful)

    @cached_property
    def unsettled(self) -> frozenset[str]:
        """The ids of segments of whose events some may not count: by a take-back, join or split in their lineage."""
        return self._unsettled_by(self.events)

    def _unsettled_by(self, events: Iterable[AnyEvent]) -> frozenset[str]:
        return self.descent(event.segment for event in events if isinstance(event, _UNSETTLING))

    @cached_property
    def signatures(self) -> tuple[Sign, ...]:
        """All signatures ever made, withdrawn ones too."""
        return tuple(event for event in self.events if isinstance(event, Sign))

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """The ids of signatures that their signers took back."""
        return frozenset(
            event.signature
            for event in self.events
            if isinstance(event, Withdraw)
            and isinstance(signature := self.get(event.signature), Sign)
            and signature.person == event.person
        )

    @cached_property
    def heads(self) -> dict[str, tuple[str, ...]]:
        """Everybody's last events: one each, or several after two machines were merged."""
        return _heads({}, self.events)

    def on(self, segment: str) -> tuple[SegmentEvent, ...]:
        """The events about one segment."""
        return self._by_segment.get(segment, ())

    def family(self, segment: str) -> frozenset[str]:
        """A segment with those it was made of, by any number of joins and splits."""
        family, waiting = {segment}, [segment]
        while waiting:
            made = [event for event in self.on(waiting.pop()) if isinstance(event, Resegment) and event.faithful]
            parts = {part for event in made for part, _, _ in event.parts} - family
            family |= parts
            waiting += parts
        return frozenset(family)

    def lineage(self, segment: str) -> tuple[SegmentEvent, ...]:
        """The events about one segment and about those it was made of."""
        if segment not in self.resegmented:
            return self.on(segment)
        events = (event for one in self.family(segment) for event in self.on(one))
        return tuple(sorted(events, key=self.history.telling))

    def descent(self, segments: Iterable[str]) -> frozenset[str]:
        """These segments with all that were made of them: those whose lineage holds events about them."""
        found = set(segments)
        waiting = list(found) if self._made_of else []
        while waiting:
            made = self._made_of.get(waiting.pop(), frozenset()) - found
            found |= made
            waiting += made
        return frozenset(found)

    @cached_property
    def _made_of(self) -> Mapping[str, frozenset[str]]:
        """The segments that were made of each by one join or split."""
        made: dict[str, set[str]] = {}
        for segment in self.resegmented:
            for event in self.on(segment):
                if isinstance(event, Resegment) and event.faithful:
                    for part, _, _ in event.parts:
                        made.setdefault(part, set()).add(segment)
        return {part: frozenset(segments) for part, segments in made.items()}

    def before(self, earlier: AnyEvent, later: AnyEvent) -> bool:
        """Whether ``earlier`` comes before ``later`` in the tree of ``prev``."""
        return self.history.before(earlier, later)

    def seen(self, heads: Iterable[str]) -> int:
        """Everything at or before these events, as a set to ask :meth:`within` of."""
        return self.history.seen(head for head in heads if head in self)

    def seen_by(self, signature: Sign) -> int:
        """What the signer had seen when signing: the heads, what came before them, and the signature."""
        heads = (head for ids in signature.heads.values() for head in ids)
        return self.seen((*heads, signature.id))

    def within(self, event: AnyEvent, closure: int) -> bool:
        """Whether the event is in a set made by :meth:`seen`."""
        return self.history.within(event, closure)


_T = TypeVar("_T", bound=AnyEvent)


def _told(events: Iterable[_T], history: History[AnyEvent], *, known: int) -> tuple[_T, ...]:
    """The events in the order to tell them; the first ``known`` are in it already."""
    told = list(events)
    added = told[known:]
    del told[known:]
    for event in added:
        if told and history.telling(told[-1]) > history.telling(event):
            insort(told, event, key=history.telling)
        else:
            told.append(event)
    return tuple(told)


def _heads(before: Mapping[str, Iterable[str]], events: Collection[AnyEvent]) -> dict[str, tuple[str, ...]]:
    """Everybody's last events, when those of ``before`` were the last before these events."""
    followed = {(event.person, one) for event in events for one in event.prev}
    last = [(person, one) for person, ids in before.items() for one in ids]
    last += [(event.person, event.id) for event in events]
    heads: dict[str, list[str]] = {}
    for person, one in last:
        if (person, one) not in followed:
            heads.setdefault(person, []).append(one)
    return {person: tuple(sorted(ids)) for person, ids in sorted(heads.items())}
