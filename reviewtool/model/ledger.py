"""The record of an edition: events, one kind a class, and the ledger that knows their order.

No rule depends on a clock. The order of one person's events is the tree their ``prev`` makes; what
somebody had seen of the others' is said by the ``heads`` of a signature.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from reviewtool.model.segment import EMPTY, text_hash

VERSION = 1


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
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


class Ledger:
    """The events of one edition, whatever the order of files and lines they came in.

    ``events`` are in an order in which everybody's own events follow each other; ``missing`` are ids
    that some ``prev`` or ``heads`` names and nobody has.
    """

    def __init__(self, events: Iterable[AnyEvent] = ()) -> None:
        known = {event.id: event for event in events}
        self._known: Mapping[str, AnyEvent] = known
        self._seen = _closures(known)
        self.events: tuple[AnyEvent, ...] = _told(known, self._seen)
        self._by_segment: dict[str, list[SegmentEvent]] = {}
        for event in self.events:
            if not isinstance(event, Sign | Withdraw):
                self._by_segment.setdefault(event.segment, []).append(event)

    def __len__(self) -> int:
        return len(self.events)

    def __contains__(self, event: str) -> bool:
        return event in self._known

    def get(self, event: str) -> AnyEvent | None:
        """The event with this id, if it is in the record."""
        return self._known.get(event)

    @cached_property
    def missing(self) -> frozenset[str]:
        """Ids that some ``prev`` or ``heads`` names and that are not in the record."""
        named = {one for event in self.events for one in event.prev}
        named |= {one for sign in self.signatures for heads in sign.heads.values() for one in heads}
        return frozenset(named - self._known.keys())

    @cached_property
    def segments(self) -> frozenset[str]:
        """The ids of all segments that any event speaks of."""
        return frozenset(self._by_segment)

    @cached_property
    def resegmented(self) -> frozenset[str]:
        """The ids of segments that somebody made of others, by joining or splitting them."""
        return frozenset(event.segment for event in self.events if isinstance(event, Resegment) and event.faithful)

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
        followed = {(event.person, one) for event in self.events for one in event.prev}
        heads: dict[str, list[str]] = {}
        for event in self.events:
            if (event.person, event.id) not in followed:
                heads.setdefault(event.person, []).append(event.id)
        return {person: tuple(sorted(ids)) for person, ids in sorted(heads.items())}

    def on(self, segment: str) -> Sequence[SegmentEvent]:
        """The events about one segment."""
        return self._by_segment.get(segment, ())

    def lineage(self, segment: str) -> Sequence[SegmentEvent]:
        """The events about one segment and about those it was made of."""
        if segment not in self.resegmented:
            return self.on(segment)
        family, waiting = {segment}, [segment]
        while waiting:
            made = [event for event in self.on(waiting.pop()) if isinstance(event, Resegment) and event.faithful]
            parts = {part for event in made for part, _, _ in event.parts} - family
            family |= parts
            waiting += parts
        return tuple(
            event for event in self.events if not isinstance(event, Sign | Withdraw) and event.segment in family
        )

    def before(self, earlier: Event, later: Event) -> bool:
        """Whether ``earlier`` comes before ``later`` in the tree of ``prev``."""
        return earlier.id != later.id and self.within(earlier, self._seen[later.id])

    def seen(self, heads: Iterable[str]) -> int:
        """Everything at or before these events, as a set to ask :meth:`within` of."""
        closure = 0
        for head in heads:
            closure |= self._seen.get(head, 0)
        return closure

    def seen_by(self, signature: Sign) -> int:
        """What the signer had seen when signing: the heads, what came before them, and the signature."""
        heads = (head for ids in signature.heads.values() for head in ids)
        return self.seen((*heads, signature.id))

    def within(self, event: Event, closure: int) -> bool:
        """Whether the event is in a set made by :meth:`seen`."""
        return bool(closure & self._seen[event.id] & _own_bit(self._seen[event.id]))


def _told(known: Mapping[str, AnyEvent], seen: Mapping[str, int]) -> tuple[AnyEvent, ...]:
    """The events in the order to tell them: by time, but never before what they follow, whatever the clock said."""
    told: dict[str, tuple[str, int, str]] = {}
    for event in sorted(known.values(), key=lambda event: seen[event.id].bit_count()):
        after = [told[one][0] for one in event.prev if one in told]
        told[event.id] = (max([event.at, *after]), seen[event.id].bit_count(), event.id)
    return tuple(sorted(known.values(), key=lambda event: told[event.id]))


def _own_bit(closure: int) -> int:
    return 1 << (closure.bit_length() - 1)


def _closures(known: Mapping[str, AnyEvent]) -> dict[str, int]:
    """For each event the set of itself and all before it, one bit an event.

    Bits are given in an order in which an event comes after all it follows, so its own bit is the
    highest of its set.
    """
    closures: dict[str, int] = {}
    stack = sorted(known, reverse=True)
    while stack:
        event = stack[-1]
        if event in closures:
            stack.pop()
            continue
        waiting = [one for one in known[event].prev if one in known and one not in closures and one != event]
        if waiting:
            stack.extend(waiting)
            continue
        own = 1 << len(closures)
        for one in known[event].prev:
            own |= closures.get(one, 0)
        closures[event] = own
        stack.pop()
    return closures
