"""What waits for whom in an edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

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
    found = {person.id: tuple(_for(standing, person.id)) for person in standing.policy.people}
    return {person: tasks for person, tasks in found.items() if tasks}


def count(tasks: tuple[Waiting, ...]) -> int:
    """How many things wait: each segment once, and one for signing."""
    segments = {segment for task in tasks for segment in task.segments}
    return len(segments) + sum(1 for task in tasks if task.task is Task.SIGN)


def _for(standing: Standing, person: str) -> Iterator[Waiting]:
    policy = standing.policy
    if person in _translators(standing):
        name = policy.translation.name
        yield from _task(Task.TRANSLATE, name, [one for one in standing.segments.values() if not one.translated])
        yield from _task(
            Task.ANSWER, name, [one for one in standing.segments.values() if one.translated and one.sent_back]
        )
    for one in policy.revisions:
        yield from _task(
            Task.REVISE,
            one.name,
            [each for each in _lacking(standing, one) if _may_revise(standing, person, one, each)],
        )
    for each in policy.passes:
        yield from _seeing_again(standing, person, each)
        if _may_sign(standing, person, each):
            yield Waiting(Task.SIGN, each.name)


def _task(task: Task, pass_name: str, segments: list[SegmentStanding]) -> Iterator[Waiting]:
    if segments:
        yield Waiting(task, pass_name, tuple(one.id for one in segments))


def _translators(standing: Standing) -> frozenset[str]:
    """Who translates this edition: those who have begun, else all who may and are not on the other side."""
    policy = standing.policy
    begun = frozenset(
        person.id
        for person in policy.people
        if standing.translates(person.id) or standing.signed(person.id, translation=True)
    )
    return begun or frozenset(
        person.id
        for person in policy.people
        if policy.may_act(person.id, policy.translation.name) and not standing.signed(person.id, translation=False)
    )


def _lacking(standing: Standing, one: Pass) -> list[SegmentStanding]:
    return [
        segment
        for segment in standing.segments.values()
        if segment.translated and not segment.sent_back and segment.lacks(one)
    ]


def _may_revise(standing: Standing, person: str, one: Pass, segment: SegmentStanding) -> bool:
    """Whether this person's approval is waited for: the pass's own people's, else anybody's who did not write it."""
    able = [
        each.id
        for each in standing.policy.people
        if each.id not in segment.barred and each.id not in segment.approvers(one.name)
    ]
    translators = _translators(standing)
    proper = [each for each in able if standing.policy.may_act(each, one.name) and each not in translators]
    return person in (proper or able)


def _seeing_again(standing: Standing, person: str, one: Pass) -> Iterator[Waiting]:
    for signature in standing.signatures(one.name):
        if signature.person == person and signature.genuine and not signature.barred and not signature.stands:
            yield Waiting(Task.SEE_AGAIN, one.name, signature.differences)


def _may_sign(standing: Standing, person: str, one: Pass) -> bool:
    stands = standing.passes[one.name]
    if len(stands.signers) >= one.signers or any(signed.person == person for signed in stands.signatures):
        return False
    return not standing.objections(person, one, read_all=True)
