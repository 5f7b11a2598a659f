"""What ``--json`` prints: the shapes that programs may rely on, made of plain lists and objects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reviewtool.model.ledger import Comment, SegmentEvent, SendBack
    from reviewtool.model.match import Match
    from reviewtool.model.signoff import PassStanding, SignatureStanding, Standing
    from reviewtool.model.standing import SegmentStanding
    from reviewtool.services.findings import EditionFinding
    from reviewtool.services.overview import EditionStatus
    from reviewtool.services.review import Outcome
    from reviewtool.services.signing import Problem, Verification

Shape = dict[str, Any]


def edition(one: EditionStatus) -> Shape:
    """How an edition stands."""
    from reviewtool.model.waiting import count

    return {
        "article": one.slug,
        "language": one.languages.target.tag,
        "title": one.title,
        "segments": one.segments,
        "states": {state.value: number for state, number in one.states.items()},
        "passes": [pass_(each) for each in one.passes],
        "final": one.final,
        "byline": "\n".join(str(line) for line in one.byline),
        "waiting": {person: count(tasks) for person, tasks in one.waiting.items()},
    }


def pass_(one: PassStanding) -> Shape:
    """How a pass stands."""
    return {
        "name": one.one.name,
        "role": one.one.role.value,
        "signatures": [signature(each) for each in one.signatures],
        "complete": one.complete,
        "blocks": [block.sentence for block in one.blocks],
    }


def signature(one: SignatureStanding) -> Shape:
    """A signature held against the present text; there are no keys yet."""
    signed = one.signature
    return {
        "id": signed.id,
        "person": signed.person,
        "name": signed.name,
        "pass": signed.pass_,
        "role": signed.role,
        "stands": one.stands,
        "differences": list(one.differences),
        "read_all": signed.read_all,
        "key": None,
    }


def segment(one: SegmentStanding, standing: Standing) -> Shape:
    """A segment with its texts, state and people."""
    return {
        "id": one.id,
        "kind": one.segment.kind.value,
        "source": one.segment.source,
        "target": one.segment.target,
        "state": standing.state(one.id).value,
        "origin": one.origin,
        "omitted": one.omitted,
        "writers": sorted(one.writers, key=standing.policy.rank),
        "approvals": [
            {"pass": each.name, "person": person}
            for each in standing.policy.revisions
            for person in one.approvers(each.name)
        ],
        "comments": comments(one),
    }


def comments(one: SegmentStanding) -> list[Shape]:
    """The remarks and send-backs on a segment, in the order they were made, each with its replies."""
    from reviewtool.model.ledger import SendBack

    threads = {thread.remark.id: thread for thread in one.threads}
    listed = []
    for event in one.versions():
        if isinstance(event, SendBack):
            answers = [thread for thread in threads.values() if thread.remark.answers == event.id]
            replies = [reply for thread in answers for reply in (thread.remark, *thread.replies)]
            listed.append(_send_back(event, event in one.sent_back, replies))
        elif event.id in threads and threads[event.id].remark.answers is None:
            thread = threads[event.id]
            listed.append({**_remark(thread.remark), "resolved": thread.resolved, "replies": _each(thread.replies)})
    return listed


def _send_back(event: SendBack, stands: bool, replies: Sequence[Comment]) -> Shape:
    return {
        **_remark(event),
        "pass": event.pass_,
        "category": event.category,
        "severity": event.severity,
        "stands": stands,
        "replies": _each(replies),
    }


def _remark(event: Comment | SendBack) -> Shape:
    from reviewtool.model.ledger import SendBack

    kind = "send-back" if isinstance(event, SendBack) else "comment"
    return {"id": event.id, "kind": kind, "person": event.person, "at": event.at, "comment": event.comment}


def _each(replies: Sequence[Comment]) -> list[Shape]:
    return [_remark(reply) for reply in replies]


def version(event: SegmentEvent, one: SegmentStanding) -> Shape:
    """One act on a segment, or one it was made of; ``text`` is the text it brought, took, or put back.

    ``parts`` are the segments that a join or split made this one of.
    """
    from reviewtool.model.ledger import Confirm, Resegment, TakeBack, fields

    said = fields(event)
    made = isinstance(event, Confirm | Resegment | TakeBack)
    return {
        "id": event.id,
        "segment": event.segment,
        "do": said["do"],
        "person": event.person,
        "pass": said.get("pass"),
        "at": event.at,
        "text": one.recorded(event.target) if made else said.get("text"),
        "origin": said.get("origin"),
        "comment": said.get("comment") or said.get("reason"),
        "parts": [segment for segment, _, _ in event.parts] if isinstance(event, Resegment) else [],
        "taken_back": event.id in one.lineage.taken_back,
    }


def outcome(one: Outcome) -> Shape:
    """What an act on several segments came to."""
    return {
        "done": list(one.done),
        "refused": [{"id": each.id, "reason": each.reason} for each in one.refused],
    }


def finding(one: EditionFinding) -> Shape:
    """What a check found, and where."""
    found = one.finding
    return {
        "id": one.id,
        "article": one.article,
        "language": one.language,
        "segment": one.segment,
        "check": found.check,
        "severity": found.severity.value,
        "message": found.message,
        "source_span": found.source_span,
        "target_span": found.target_span,
        "fix": found.fix,
    }


def verification(one: Verification) -> Shape:
    """What verifying came to."""
    return {
        "ok": one.ok,
        "problems": [_problem(each) for each in one.problems],
        "notes": [_problem(each) for each in one.notes],
    }


def _problem(one: Problem) -> Shape:
    return {"article": one.article, "language": one.language, "person": one.person, "message": one.message}


def match(one: Match) -> Shape:
    """A match from the memory; its score has two decimals and is 100 for equal texts only."""
    score = 100.0 if one.kind != "fuzzy" else min(round(one.score, 2), 99.99)
    return {
        "source": one.unit.source,
        "target": one.unit.target,
        "score": score,
        "kind": one.kind.value,
        "origin": one.unit.origin,
    }
