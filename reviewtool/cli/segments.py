"""The verbs on segments: showing them, and every act of the desk on their texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reviewtool.cli import output, shapes
from reviewtool.cli.call import Call
from reviewtool.cli.workspaces import SIGNS
from reviewtool.errors import InputError

if TYPE_CHECKING:
    from reviewtool.model.signoff import Standing
    from reviewtool.model.standing import SegmentStanding
    from reviewtool.services.editions import OpenEdition
    from reviewtool.services.review import Outcome

_DID = {
    "draft": "draft",
    "write": "wrote",
    "confirm": "confirmed",
    "omit": "left it out",
    "approve": "approved",
    "send-back": "sent it back",
    "take-back": "took it back",
    "join": "joined segments",
    "split": "split a segment",
    "settle": "settled",
    "comment": "remarked",
    "resolve": "closed a remark",
    "dismiss": "set a finding aside",
}


def segments(call: Call) -> int:
    """The segments of an edition, in the article's order."""
    edition = _edition(call)
    standing = edition.standing
    states = call.given.states or ()
    every = [one for one in standing.segments.values() if not states or standing.state(one.id) in states]
    call.answer(
        {"segments": [shapes.segment(one, standing) for one in every]},
        (line for one in every for line in _shown(one, standing)),
    )
    return 0


def history(call: Call) -> int:
    """Everything done to one segment, in the order to tell it."""
    edition = _edition(call)
    one = edition.segment(call.given.segment)
    versions = [shapes.version(event, one) for event in one.versions()]
    call.answer(
        {"segment": one.id, "versions": versions},
        (line for version in versions for line in _told(version, edition.standing)),
    )
    return 0


def edit(call: Call) -> int:
    """Write a segment's target text."""
    given = call.given
    text = _without_line_end(call.text("-")) if given.text == "-" else given.text
    saved = call.workspace.review.edit(
        given.slug, given.to, given.segment, text, person=call.person, pass_name=given.pass_name
    )
    return _answer(call, saved)


def confirm(call: Call) -> int:
    """Take drafts as one's own translation."""
    given = call.given
    outcome = call.workspace.review.confirm(
        given.slug, given.to, _chosen(call), person=call.person, pass_name=given.pass_name
    )
    return _outcome(call, outcome, "confirmed")


def approve(call: Call) -> int:
    """Approve segments."""
    given = call.given
    outcome = call.workspace.review.approve(
        given.slug, given.to, _chosen(call), person=call.person, pass_name=given.pass_name
    )
    return _outcome(call, outcome, "approved")


def omit(call: Call) -> int:
    """Leave segments out."""
    given = call.given
    if not given.segments:
        raise InputError("omit: name the segments to leave out with --segment ID.")
    outcome = call.workspace.review.omit(
        given.slug, given.to, given.segments, person=call.person, pass_name=given.pass_name
    )
    return _outcome(call, outcome, "left out")


def send_back(call: Call) -> int:
    """Send a segment back."""
    given = call.given
    saved = call.workspace.review.send_back(
        given.slug,
        given.to,
        given.segment,
        given.comment,
        person=call.person,
        pass_name=given.pass_name,
        category=given.category,
        severity=given.severity,
    )
    return _answer(call, saved)


def join(call: Call) -> int:
    """Make one segment of two."""
    given = call.given
    joined = call.workspace.segmentation.join(
        given.slug, given.to, given.segment, person=call.person, pass_name=given.pass_name
    )
    (segment,) = joined.segments
    return _answer(call, joined.edition, segment)


def split(call: Call) -> int:
    """Make two segments of one."""
    given = call.given
    parts = call.workspace.segmentation.split(
        given.slug,
        given.to,
        given.segment,
        given.after,
        target_at=given.target_after,
        person=call.person,
        pass_name=given.pass_name,
    )
    standing = parts.edition.standing
    every = [standing.segments[segment] for segment in parts.segments]
    call.answer(
        {"segments": [shapes.segment(each, standing) for each in every]},
        (line for each in every for line in _shown(each, standing)),
    )
    return 0


def undo(call: Call) -> int:
    """Take one's last act on a segment back."""
    given = call.given
    saved = call.workspace.review.undo(given.slug, given.to, given.segment, person=call.person)
    return _answer(call, saved)


def comment(call: Call) -> int:
    """Remark on a segment."""
    given = call.given
    saved = call.workspace.review.comment(
        given.slug, given.to, given.segment, given.comment, person=call.person, answers=given.answers
    )
    return _answer(call, saved)


def resolve(call: Call) -> int:
    """Close remarks on a segment."""
    given = call.given
    saved = call.workspace.review.resolve(given.slug, given.to, given.segment, person=call.person, thread=given.thread)
    return _answer(call, saved)


def settle(call: Call) -> int:
    """Decide a dispute on a segment."""
    given = call.given
    saved = call.workspace.review.settle(
        given.slug, given.to, given.segment, given.reason, person=call.person, answers=given.answers or ()
    )
    return _answer(call, saved)


def _edition(call: Call) -> OpenEdition:
    edition = call.workspace.editions.open(call.given.slug, call.given.to)
    edition.record.sound()
    return edition


def _chosen(call: Call) -> list[str] | None:
    """The segments named; None for all that need it."""
    if bool(call.given.segments) == call.given.all:
        raise InputError("name the segments with --segment ID, or give --all; one of the two.")
    return None if call.given.all else call.given.segments


def _without_line_end(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")


# Answers


def _answer(call: Call, edition: OpenEdition, segment: str | None = None) -> int:
    one = edition.segment(call.given.segment if segment is None else segment)
    call.answer(shapes.segment(one, edition.standing), _shown(one, edition.standing))
    return 0


def _outcome(call: Call, outcome: Outcome, did: str) -> int:
    refused = f", {len(outcome.refused)} refused" if outcome.refused else ""
    call.answer(shapes.outcome(outcome), [f"{len(outcome.done)} {did}{refused}"])
    for one in outcome.refused:
        output.note(f"reviewtool: segment {one.id}: {one.reason}.")
    return int(bool(outcome.refused))


def _shown(one: SegmentStanding, standing: Standing) -> Iterator[str]:
    """A segment for people: one line about it, its texts, and what is open on it."""
    state = standing.state(one.id).value
    writers = [standing.name(person) for person in sorted(one.writers, key=standing.policy.rank)]
    people = f"   by {', '.join(writers)}" if writers else f"   {one.origin}" if one.origin else ""
    approvers = [standing.name(each["person"]) for each in shapes.segment(one, standing)["approvals"]]
    approved = f", approved by {', '.join(dict.fromkeys(approvers))}" if approvers else ""
    omitted = "   left out" if one.omitted else ""
    number = list(standing.segments).index(one.id) + 1
    kind = one.segment.kind.value
    yield f"{number:>3}  {one.id}  {SIGNS[state]} {state:12} {kind:9}{people}{approved}{omitted}".rstrip()
    if one.segment.previous_source is not None:
        yield from _indented(f"changed, was: {one.segment.previous_source}")
    yield from _indented(one.segment.source)
    if one.segment.target:
        yield from _indented(one.segment.target)
    for sent in one.sent_back:
        yield from _indented(f"< {standing.name(sent.person)}: {sent.comment}")
    for thread in one.threads:
        if not thread.resolved:
            yield from _indented(f"? {standing.name(thread.remark.person)}: {thread.remark.comment}")


def _told(version: shapes.Shape, standing: Standing) -> Iterator[str]:
    did = _DID[version["do"]]
    where = version["pass"] or version["origin"]
    undone = ", taken back since" if version["taken_back"] else ""
    yield f"{version['at']}  {standing.name(version['person'])} {did}{f' ({where})' if where else ''}{undone}"
    for text in (version["text"], version["comment"]):
        if text:
            yield from _indented(text)


def _indented(text: str) -> Iterator[str]:
    return (f"     {line}" for line in text.split("\n"))
