"""The record of an edition: events, one kind a class, and the ledger that knows their order.

No rule depends on a clock. The order of one person's events is the tree their ``prev`` makes; what
somebody had seen of the others' is said by the ``heads`` of a signature.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, TypeVar

import msgspec

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
    """A person wrote this text; ``from_`` is the hash before, ``restores`` the event whose text it puts back."""

    pass_: str
    text: str
    from_: str
    restores: str | None = None


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
    """A person leaves the segment out on purpose; ``target`` is the hash of no text."""

    pass_: str
    from_: str


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


Writing = Write | Confirm | Omit
"""The acts that make a person a writer of a segment's text."""

AnyEvent = Draft | Write | Confirm | Omit | Approve | SendBack | Settle | Comment | Resolve | Dismiss | Sign | Withdraw

KINDS: Mapping[str, type[Event]] = {
    str(kind.__struct_config__.tag): kind
    for kind in (
        Draft,
        Write,
        Confirm,
        Omit,
        Approve,
        SendBack,
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
    """The events of one edition, whatever the order of files and lines they came in."""

    order: ClassVar[str] = "set"

    def __init__(self, events: Iterable[AnyEvent] = ()) -> None:
        raise NotImplementedError
