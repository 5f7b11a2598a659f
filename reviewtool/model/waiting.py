"""What waits for whom in an edition."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from weakref import WeakKeyDictionary

from reviewtool.model.policy import Pass
from reviewtool.model.signoff import Standing
from reviewtool.model.standing import SegmentStanding


class Task(StrEnum):
    """What somebody is waited for to do."""

    TRANSLATE = "translate"
    ANSWER = "answer"
    REVISE = "revise"
    SEE_AGAIN = "see again"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for a person: a task, in a pass, at these segments (none for signing)."""

    task: Task
    pass_name: str
    segments: tuple[str, ...] = ()


def waiting(standing: Standing) -> Mapping[str, tuple[Waiting, ...]]:
    """What waits for each person of the desk; people for whom nothing waits are left out."""
    translators = _translators(standing)
    found = {
        person.id: (*_asked(standing, person.id, translators), *_to_sign(standing, person.id))
        for person in standing.policy.people
    }
    return {person: tasks for person, tasks in found.items() if tasks}


def count(tasks: tuple[Waiting, ...]) -> int:
    """How many things wait: each segment once, and one for signing."""
    segments = {segment for task in tasks for segment in task.segments}
    return len(segments) + sum(1 for task in tasks if task.task is Task.SIGN)


def waits(standing: Standing, person: str) -> frozenset[str]:
    """The segments at which something waits for this person; asked again of the same standing it costs nothing."""
    return _queue(standing, person).segments


def next_waiting(standing: Standing, person: str, after: str | None, but: Collection[str] = frozenset()) -> str | None:
    """The segment to go to: the first after ``after`` that waits for this person, else the first from the top.

    ``but`` are segments to pass over, since acts on them are being saved. ``after`` itself comes last; None,
    or a segment that is gone, begins at the top. None where nothing else waits.
    """
    queue = _queue(standing, person)
    begin = bisect_right(queue.numbers, queue.order.get(after or "", -1))
    ahead = chain(range(begin, len(queue.ids)), range(begin))
    return next((queue.ids[place] for place in ahead if queue.ids[place] not in but), None)


@dataclass(frozen=True, slots=True)
class _Queue:
    """What waits for one person: the segments' ids and numbers, in the edition's order, which ``order`` gives."""

    ids: Sequence[str]
    numbers: Sequence[int]
    segments: frozenset[str]
    order: Mapping[str, int]


_queues: WeakKeyDictionary[Standing, dict[str, _Queue]] = WeakKeyDictionary()
"""What was found; a standing never changes."""


def _queue(standing: Standing, person: str) -> _Queue:
    known = _queues.setdefault(standing, {})
    if person not in known:
        order = next((one.order for one in known.values()), None)
        if order is None:
            order = {segment: number for number, segment in enumerate(standing.segments)}
        tasks = _asked(standing, person, _translators(standing))
        numbers = sorted({order[segment] for task in tasks for segment in task.segments})
        ids = tuple(standing.segments)
        found = tuple(ids[number] for number in numbers)
        known[person] = _Queue(found, numbers, frozenset(found), order)
    return known[person]


def _asked(standing: Standing, person: str, translators: Collection[str]) -> Iterator[Waiting]:
    """What waits for a person at segments."""
    policy = standing.policy
    if person in translators:
        name = policy.translation.name
        yield from _task(Task.TRANSLATE, name, [one for one in standing.segments.values() if not one.translated])
        yield from _task(
            Task.ANSWER, name, [one for one in standing.segments.values() if one.translated and one.sent_back]
        )
    for one in policy.revisions:
        yield from _task(Task.REVISE, one.name, _to_revise(standing, person, one, translators))
    for one in policy.passes:
        yield from _seeing_again(standing, person, one)


def _task(task: Task, pass_name: str, segments: list[SegmentStanding]) -> Iterator[Waiting]:
    if segments:
        yield Waiting(task, pass_name, tuple(one.id for one in segments))


def _translators(standing: Standing) -> frozenset[str]:
    """Who translates this edition: those who have begun, else all who may and are not on the other side."""
    policy = standing.policy
    name = policy.translation.name
    at_work = {event.person for one in standing.segments.values() for event in one.writings if event.pass_ == name}
    begun = frozenset(
        person.id for person in policy.people if person.id in at_work or standing.signed(person.id, translation=True)
    )
    return begun or frozenset(
        person.id
        for person in policy.people
        if policy.may_act(person.id, name) and not standing.signed(person.id, translation=False)
    )


def _to_revise(standing: Standing, person: str, one: Pass, translators: Collection[str]) -> list[SegmentStanding]:
    """The segments where this person's approval is waited for.

    It is where they may give it and are of the pass's own people, or none of those may.
    """
    policy = standing.policy
    if policy.person(person) is None:
        return []
    proper = [each.id for each in policy.people if policy.may_act(each.id, one.name) and each.id not in translators]
    is_proper = person in proper
    return [
        segment
        for segment in standing.segments.values()
        if segment.translated
        and not segment.sent_back
        and segment.lacks(one)
        and _may_approve(segment, person, one)
        and (is_proper or not any(_may_approve(segment, each, one) for each in proper))
    ]


def _may_approve(segment: SegmentStanding, person: str, one: Pass) -> bool:
    """Whether this person did not write the text and has not approved it in this pass."""
    return person not in segment.barred and not any(
        event.person == person and event.pass_ == one.name for event in segment.approvals
    )


def _seeing_again(standing: Standing, person: str, one: Pass) -> Iterator[Waiting]:
    for signature in standing.signatures(one.name):
        if signature.person == person and signature.genuine and not signature.barred and not signature.stands:
            yield Waiting(Task.SEE_AGAIN, one.name, signature.differences)


def _to_sign(standing: Standing, person: str) -> Iterator[Waiting]:
    for one in standing.policy.passes:
        if _may_sign(standing, person, one):
            yield Waiting(Task.SIGN, one.name)


def _may_sign(standing: Standing, person: str, one: Pass) -> bool:
    stands = standing.passes[one.name]
    if len(stands.signers) >= one.signers or any(signed.person == person for signed in stands.signatures):
        return False
    return not standing.objections(person, one, read_all=True)
