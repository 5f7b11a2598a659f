"""What waits for whom, and where to go next."""

from __future__ import annotations

import gc
import random
import weakref
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewtool.model.policy import Pass, Person, Policy, Role
from reviewtool.model.waiting import Task, count, next_waiting, waiting, waits

from .desk import FOUNDING, Desk

SOURCES = ("代表团一行历时八天。", "此行走访了十余家机构。", "意向订单金额超过12亿元。", "下一站是东南亚。")
TARGETS = ("They travelled for eight days.", "They visited ten institutions.", "1.2 billion yuan.", "Asia is next.")
LIMITED = Policy(
    (
        Person("tang", "Tang", passes=frozenset({"translation"})),
        Person("eleanor", "Eleanor", passes=frozenset({"revision"})),
        Person("jessica", "Jessica", passes=frozenset({"revision"})),
    ),
    FOUNDING.passes,
)


def desk(policy: Policy = FOUNDING) -> Desk:
    made = Desk(policy)
    for source in SOURCES:
        made.add(source)
    return made


def translated(policy: Policy = FOUNDING) -> Desk:
    made = desk(policy)
    for one, target in zip(ids(made), TARGETS, strict=True):
        made.write("tang", one, target)
    return made


def ids(made: Desk) -> list[str]:
    return [one.id for one in made.segments]


def numbers(made: Desk, person: str) -> list[int]:
    """The numbers of the segments that wait for somebody."""
    waiting_there = waits(made.standing, person)
    return [number for number, one in enumerate(ids(made)) if one in waiting_there]


def tasks(made: Desk, person: str) -> list[tuple[Task, int]]:
    return [(one.task, len(one.segments)) for one in waiting(made.standing).get(person, ())]


# What waits


def test_an_untouched_edition_waits_for_everybody_who_may_translate():
    assert all(numbers(desk(), person) == [0, 1, 2, 3] for person in ("tang", "eleanor", "jessica"))
    assert numbers(desk(LIMITED), "eleanor") == []


def test_once_somebody_has_begun_the_rest_waits_for_them_alone():
    made = desk()
    made.write("tang", ids(made)[1], TARGETS[1])
    assert numbers(made, "tang") == [0, 2, 3]
    assert numbers(made, "eleanor") == [1]


def test_a_draft_waits_like_a_gap():
    made = translated()
    made.put(ids(made)[2], "1.3 billion yuan.")
    assert numbers(made, "tang") == [2]
    assert numbers(made, "eleanor") == [0, 1, 3]


def test_what_was_sent_back_waits_for_the_translator_and_no_longer_for_revisers():
    made = translated()
    made.send_back("eleanor", ids(made)[2])
    assert tasks(made, "tang")[0] == (Task.ANSWER, 1)
    assert numbers(made, "jessica") == [0, 1, 3]


def test_what_one_approved_waits_for_another_only_while_it_lacks_approvals():
    made = translated()
    made.approve("eleanor", ids(made)[0])
    assert numbers(made, "eleanor") == numbers(made, "jessica") == [1, 2, 3]
    twice = replace(FOUNDING, passes=(FOUNDING.passes[0], replace(FOUNDING.passes[1], approvals=2)))
    made.policy = twice
    assert numbers(made, "eleanor") == [1, 2, 3]
    assert numbers(made, "jessica") == [0, 1, 2, 3]


def test_a_correction_waits_for_the_other_reviser():
    made = translated()
    for one in ids(made):
        made.approve("eleanor", one)
    made.write("eleanor", ids(made)[2], "Over 1.2 billion yuan.", "revision")
    assert numbers(made, "eleanor") == []
    assert numbers(made, "jessica") == [2]
    assert numbers(made, "tang") == []


def test_where_none_of_the_pass_may_approve_everybody_else_is_asked():
    alone = replace(LIMITED, people=LIMITED.people[:2])
    made = translated(alone)
    for one in ids(made):
        made.approve("eleanor", one)
    made.write("eleanor", ids(made)[2], "Over 1.2 billion yuan.", "revision")
    assert numbers(made, "tang") == [2]


def test_what_changed_since_one_signed_waits_for_the_signer():
    made = translated()
    made.sign("tang", "translation")
    for one in ids(made):
        made.approve("eleanor", one)
    made.sign("eleanor", "revision")
    made.write("jessica", ids(made)[0], "They were away for eight days.", "revision")
    assert tasks(made, "eleanor") == [(Task.REVISE, 1), (Task.SEE_AGAIN, 1)]
    assert numbers(made, "eleanor") == [0]
    assert count(waiting(made.standing)["eleanor"]) == 1


def test_signing_waits_at_no_segment():
    made = translated()
    assert tasks(made, "tang") == [(Task.SIGN, 0)]
    assert numbers(made, "tang") == []
    assert next_waiting(made.standing, "tang", None) is None


def test_nothing_waits_for_a_stranger():
    assert waits(translated().standing, "nobody") == frozenset()
    assert waits(desk().standing, "nobody") == frozenset()


# Where to go next


@pytest.fixture
def half() -> Desk:
    """Of four segments the first and the last wait for Eleanor."""
    made = translated()
    made.approve("eleanor", ids(made)[1])
    made.approve("eleanor", ids(made)[2])
    return made


def go(made: Desk, after: int | None, *but: int) -> int | None:
    there = ids(made)
    found = next_waiting(
        made.standing, "eleanor", None if after is None else there[after], frozenset(there[one] for one in but)
    )
    return None if found is None else there.index(found)


def test_the_next_is_the_first_one_after_where_you_are(half):
    assert (go(half, 0), go(half, 1), go(half, 2)) == (3, 3, 3)


def test_after_the_last_it_goes_on_from_the_top(half):
    assert go(half, 3) == 0


def test_from_nowhere_it_begins_at_the_top(half):
    assert go(half, None) == 0
    assert next_waiting(half.standing, "eleanor", "a segment that is gone") == ids(half)[0]


def test_what_is_being_saved_is_passed_over(half):
    assert go(half, 0, 0, 3) is None
    assert go(half, 3, 3) == 0
    assert go(half, 3, 0) == 3


def test_the_only_one_left_is_the_one_you_are_at(half):
    half.approve("eleanor", ids(half)[0])
    assert go(half, 3) == 3


def test_it_is_known_without_asking_twice_and_forgotten_with_the_standing(half):
    standing = half.standing
    assert waits(standing, "eleanor") is waits(standing, "eleanor")
    assert waits(standing, "jessica") is not waits(standing, "eleanor")
    gone = weakref.ref(standing)
    del standing
    gc.collect()
    assert gone() is None


# Laws, on desks where anything may have happened

ACTS = ("write", "confirm", "approve", "send_back", "omit", "sign", "put", "correct")
PEOPLE = ("tang", "eleanor", "jessica")


def happened(seed: int, steps: int) -> Desk:
    chance = random.Random(seed)
    passes = (*FOUNDING.passes, Pass("reading", Role.PROOFREADER, only_changed=True))
    made = desk(chance.choice([FOUNDING, LIMITED, replace(FOUNDING, passes=passes)]))
    for _ in range(steps):
        _happen(made, chance)
    return made


def _happen(made: Desk, chance: random.Random) -> None:
    person, segment = chance.choice(PEOPLE), chance.choice(ids(made))
    text = chance.choice(TARGETS)
    match chance.choice(ACTS):
        case "write":
            made.write(person, segment, text)
        case "correct":
            made.write(person, segment, text, "revision")
        case "put":
            made.put(segment, text)
        case "sign":
            made.sign(person, chance.choice(made.policy.passes).name, read_all=True)
        case act:
            getattr(made, act)(person, segment)


def asked_to_revise(made: Desk, person: str, one: Pass) -> set[str]:
    """The rule as it is written: the pass's own people who may approve it, else anybody who may."""
    standing = made.standing
    begun = {p for p in PEOPLE if standing.translates(p) or standing.signed(p, translation=True)}
    translators = begun or {
        p
        for p in PEOPLE
        if made.policy.may_act(p, made.policy.translation.name) and not standing.signed(p, translation=False)
    }
    found = set()
    for segment in standing.segments.values():
        able = {p for p in PEOPLE if p not in segment.barred and p not in segment.approvers(one.name)}
        proper = {p for p in able if made.policy.may_act(p, one.name) and p not in translators}
        if segment.translated and not segment.sent_back and segment.lacks(one) and person in (proper or able):
            found.add(segment.id)
    return found


@given(st.integers(0, 10**6), st.integers(0, 40))
def test_revising_waits_for_whom_the_rule_names(seed, steps):
    made = happened(seed, steps)
    found = waiting(made.standing)
    for person in PEOPLE:
        for one in made.policy.revisions:
            listed = {
                segment
                for task in found.get(person, ())
                if task.task is Task.REVISE and task.pass_name == one.name
                for segment in task.segments
            }
            assert listed == asked_to_revise(made, person, one)


@given(st.integers(0, 10**6), st.integers(0, 40))
def test_the_queue_is_what_waits_and_going_through_it_meets_each_once(seed, steps):
    made = happened(seed, steps)
    standing = made.standing
    for person in PEOPLE:
        queue = waits(standing, person)
        assert queue == {one for task in waiting(standing).get(person, ()) for one in task.segments}
        met: list[str] = []
        here = next_waiting(standing, person, None)
        while here is not None and here not in met:
            met.append(here)
            here = next_waiting(standing, person, here)
        assert met == [one for one in ids(made) if one in queue]
        assert here == (met[0] if met else None)
