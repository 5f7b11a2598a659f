"""What was done to one segment, in the order to tell it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from reviewtool.model.ledger import (
    AnyEvent,
    Approve,
    Comment,
    Confirm,
    Dismiss,
    Draft,
    Omit,
    Resolve,
    SendBack,
    Settle,
    Sign,
    Withdraw,
    Write,
)
from reviewtool.model.policy import DESK
from reviewtool.model.segment import EMPTY
from reviewtool.model.signoff import Standing
from reviewtool.model.standing import SegmentStanding
from reviewtool.services.editions import OpenEdition
from reviewtool.tui.core_sentences import translated
from reviewtool.tui.language import N_, _


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done to a segment.

    ``at`` is local time, empty for what no event names. ``target`` is the hash of the text that it brought or speaks
    of, ``text`` that text where the record has it; ``brings`` says that it put the text there. ``notes`` say the pass,
    the origin, whether it still counts; ``remark`` is what was said. ``earlier_source``: it was for another source.
    """

    at: str
    who: str
    did: str
    target: str
    text: str | None
    notes: tuple[str, ...] = ()
    remark: str = ""
    brings: bool = False
    earlier_source: bool = False


def entries(edition: OpenEdition, segment: str) -> tuple[Entry, ...]:
    """Everything done to a segment, signatures that hold it included; a text from outside comes last."""
    one = edition.standing.segments[segment]
    events = (event for event in edition.ledger.events if _concerns(edition.standing, event, segment))
    told = [_entry(edition.standing, one, event) for event in events]
    if one.target != EMPTY and not any(each.target == one.target and each.brings for each in told):
        told.append(_from_outside(one))
    return tuple(told)


def before(told: Sequence[Entry], row: int) -> str | None:
    """The text in whose place this entry put another; None where it put none, or there was none."""
    if not told[row].brings:
        return None
    earlier = next((each for each in reversed(told[:row]) if each.brings), None)
    return None if earlier is None or earlier.target == told[row].target else earlier.text


def local(at: str) -> str:
    """The time of an event as people here say it; as it was written where it is no time."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return at


def _concerns(standing: Standing, event: AnyEvent, segment: str) -> bool:
    if isinstance(event, Sign):
        return any(signed == segment for signed, _source, _target in event.segments)
    if isinstance(event, Withdraw):
        signature = standing.ledger.get(event.signature)
        return isinstance(signature, Sign) and _concerns(standing, signature, segment)
    return event.segment == segment


def _entry(standing: Standing, one: SegmentStanding, event: AnyEvent) -> Entry:
    source, target = _spoken_of(standing, one, event)
    return Entry(
        at=local(event.at),
        who=_("the desk") if event.person == DESK else standing.name(event.person),
        did=_did(one, event),
        target=target,
        text=one.segment.target if target == one.target else one.recorded(target),
        notes=tuple(note for note in _notes(standing, one, event) if note),
        remark=_remark(event),
        brings=isinstance(event, Draft | Write | Confirm | Omit),
        earlier_source=source != one.source,
    )


def _from_outside(one: SegmentStanding) -> Entry:
    if one.source == one.target:
        return Entry("", "", _("the source as it is"), one.target, one.segment.target, brings=True)
    return Entry("", _("another program"), _("changed it"), one.target, one.segment.target, brings=True)


def _spoken_of(standing: Standing, one: SegmentStanding, event: AnyEvent) -> tuple[str, str]:
    """The hashes of the source and target that an event brought, took or signed."""
    if isinstance(event, Withdraw):
        signature = standing.ledger.get(event.signature)
        assert isinstance(signature, Sign)
        return _spoken_of(standing, one, signature)
    if isinstance(event, Sign):
        return next((source, target) for segment, source, target in event.segments if segment == one.id)
    return event.source, event.target


_DID: Mapping[type[AnyEvent], str] = {
    Draft: N_("drafted it"),
    Write: N_("wrote it"),
    Confirm: N_("confirmed it"),
    Omit: N_("left it out"),
    Approve: N_("approved it"),
    SendBack: N_("sent it back"),
    Settle: N_("settled it"),
    Comment: N_("remarked"),
    Resolve: N_("closed a remark"),
    Dismiss: N_("set a finding aside"),
    Sign: N_("signed"),
    Withdraw: N_("took the signature back"),
}


def _did(one: SegmentStanding, event: AnyEvent) -> str:
    if isinstance(event, Write) and one.restoring(event):
        return _("put an earlier text back")
    if isinstance(event, Comment) and event.answers is not None:
        return _("replied")
    return _(_DID[type(event)])


def _notes(standing: Standing, one: SegmentStanding, event: AnyEvent) -> Iterator[str]:
    yield translated(getattr(event, "pass_", ""))
    match event:
        case Draft():
            yield event.origin
        case SendBack():
            yield from (_(said) for said in (event.category, event.severity) if said)
            yield _("stands") if event in one.sent_back else _("answered")
        case Approve():
            yield "" if event in one.approvals else _("counts no longer")
        case Sign():
            yield _signature_note(standing, event)


def _signature_note(standing: Standing, event: Sign) -> str:
    if event.id in standing.ledger.withdrawn:
        return _("taken back")
    return "" if standing.standing_of(event).stands else _("stands no longer")


def _remark(event: AnyEvent) -> str:
    match event:
        case SendBack() | Comment():
            return event.comment
        case Settle() | Dismiss():
            return event.reason
        case _other:
            return ""
