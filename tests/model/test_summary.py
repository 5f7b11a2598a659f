"""What a signer is told that the work came to."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reviewtool.model.ledger import SendBack
from reviewtool.model.segment import State
from reviewtool.model.summary import Summary, summary

from .desk import FOUNDING, Desk

SOURCES = ("代表团一行历时八天。", "此行走访了十余家机构。", "意向订单金额超过12亿元。", "下一站是东南亚。")
TARGETS = ("They travelled for eight days.", "They visited ten institutions.", "1.2 billion yuan.", "Asia is next.")
TRANSLATION, REVISION = FOUNDING.passes


def translated() -> Desk:
    made = Desk()
    for source, target in zip(SOURCES, TARGETS, strict=True):
        made.write("tang", made.add(source), target)
    return made


def ids(made: Desk) -> list[str]:
    return [one.id for one in made.segments]


def revised(made: Desk) -> Summary:
    return summary(made.standing, REVISION)


def send_back(made: Desk, number: int, category: str | None, person: str = "eleanor") -> None:
    made._on(SendBack, made[ids(made)[number]], person, pass_="revision", comment="12亿?", category=category)


def test_an_untouched_edition_has_nothing_to_tell():
    made = Desk()
    for source in SOURCES:
        made.add(source)
    assert revised(made) == Summary(4, 0, 4, {}, {}, {}, {}, {})


def test_the_founding_story():
    """All approved: some as Tang wrote them, some corrected by Eleanor, one by Jessica."""
    made = translated()
    one, two, three, four = ids(made)
    made.write("eleanor", two, "They went to ten institutions.", "revision")
    made.write("jessica", three, "More than 1.2 billion yuan.", "revision")
    for segment in (one, three, four):
        made.approve("eleanor", segment)
    made.approve("jessica", two)
    made.approve("jessica", four)
    found = revised(made)
    assert (found.segments, found.approved, found.unconfirmed) == (4, 4, 0)
    assert found.written == {"tang": 2}
    assert found.corrected == {"eleanor": 1, "jessica": 1}
    assert found.approvals == {"eleanor": 3, "jessica": 2}
    assert list(found.approvals) == ["eleanor", "jessica"]


def test_a_correction_that_was_put_back_is_the_translators_again():
    made = translated()
    made.write("eleanor", ids(made)[0], "Eight days.", "revision")
    assert revised(made).corrected == {"eleanor": 1}
    made.write("jessica", ids(made)[0], TARGETS[0], "revision")
    assert (revised(made).written, revised(made).corrected) == ({"tang": 4}, {})


def test_of_two_corrections_the_one_that_stands_counts():
    made = translated()
    made.write("eleanor", ids(made)[0], "Eight days.", "revision")
    made.write("jessica", ids(made)[0], "Eight days in all.", "revision")
    assert revised(made).corrected == {"jessica": 1}


def test_what_was_left_out_is_told_apart():
    made = translated()
    made.omit("tang", ids(made)[3])
    made.omit("eleanor", ids(made)[2], "revision")
    found = revised(made)
    assert (found.written, found.corrected, found.omitted) == ({"tang": 2}, {}, {"tang": 1, "eleanor": 1})


def test_a_text_from_outside_or_for_another_source_is_nobodys():
    made = translated()
    made.put(ids(made)[0], "Nine days.")
    made.change_source(ids(made)[1], "此行走访了二十余家机构。")
    found = revised(made)
    assert (found.unconfirmed, found.written) == (2, {"tang": 2})
    made.confirm("eleanor", ids(made)[1])
    assert revised(made).written == {"tang": 2, "eleanor": 1}


def test_what_was_sent_back_is_counted_by_dimension_also_when_it_was_answered():
    made = translated()
    for number, category in enumerate(("accuracy/mistranslation", "accuracy", None, "style")):
        send_back(made, number, category)
    made.write("tang", ids(made)[0], "They were away for eight days.")
    found = revised(made)
    assert found.sent_back == {"accuracy": 2, "": 1, "style": 1}
    assert next(iter(found.sent_back)) == "accuracy"
    assert found.approved == 0
    assert summary(made.standing, TRANSLATION).sent_back == {}


def test_the_translation_is_approved_where_it_is_confirmed():
    made = translated()
    made.draft(made.add("最后一句。"), "A last sentence.")
    assert summary(made.standing, TRANSLATION).approved == 4
    assert summary(made.standing, TRANSLATION).unconfirmed == 1


def test_who_left_the_desk_is_still_named():
    made = translated()
    made.write("eleanor", ids(made)[0], "Eight days.", "revision")
    made.leave("eleanor")
    assert revised(made).corrected == {"eleanor": 1}


@given(st.integers(0, 10**6), st.integers(0, 40))
def test_each_segment_is_counted_once(seed, steps):
    chance = random.Random(seed)
    made = Desk(replace(FOUNDING, override=True))
    for source in SOURCES:
        made.add(source)
    for _ in range(steps):
        person, segment, text = chance.choice(["tang", "eleanor"]), chance.choice(ids(made)), chance.choice(TARGETS)
        match chance.randrange(6):
            case 0:
                made.write(person, segment, text)
            case 1:
                made.write(person, segment, text, "revision")
            case 2:
                made.put(segment, text)
            case 3:
                made.change_source(segment, chance.choice(SOURCES))
            case 4:
                made.omit(person, segment)
            case _:
                made.approve(person, segment)
    found = revised(made)
    states = [one.state for one in made.standing.segments.values()]
    confirmed = sum(sum(each.values()) for each in (found.written, found.corrected, found.omitted))
    assert found.unconfirmed + confirmed == found.segments == 4
    assert found.unconfirmed == sum(1 for state in states if state in (State.UNTRANSLATED, State.DRAFT))
    assert found.approved == states.count(State.REVIEWED)
