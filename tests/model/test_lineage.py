"""Joins and splits: whose words the new segments hold, and what of the old ones counts on."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from reviewtool.model.ledger import Comment, Join, Resolve, Split, event_id, fields
from reviewtool.model.policy import Pass, Role
from reviewtool.model.segment import EMPTY, Kind, State
from tests.model.desk import FOUNDING, Desk, merged

DAYS, VISITS = "The delegation travelled for eight days.", "It visited ten institutions."


@pytest.fixture
def desk() -> Desk:
    """Tang, Eleanor and Jessica, two sentences of one paragraph, nothing done yet."""
    desk = Desk()
    desk.add("代表团历时八天。")
    desk.add("走访了十家机构。")
    return desk


def both(desk: Desk, *people: str) -> tuple[str, str]:
    """The two sentences translated by these people; their ids."""
    first, second = (one.id for one in desk.segments)
    desk.write(people[0], first, DAYS)
    desk.write(people[-1], second, VISITS)
    return first, second


def only(desk: Desk) -> str:
    (one,) = desk.segments
    return one.id


def test_a_joined_segment_is_translated_by_who_wrote_its_parts_and_by_nobody_else(desk):
    first, _ = both(desk, "tang", "eleanor")
    desk.approve("jessica", first)
    assert desk.unite("jessica", first, "revision") is None
    one = desk[only(desk)]
    assert one.segment.target == f"{DAYS} {VISITS}"
    assert one.state is State.TRANSLATED
    assert one.writers == {"tang", "eleanor"}
    assert one.approvals == ()


def test_who_wrote_a_part_does_not_approve_the_whole_and_who_joined_may(desk):
    first, _ = both(desk, "tang")
    desk.unite("eleanor", first, "revision")
    assert "nobody approves their own words" in desk.approve("tang", only(desk))
    assert desk.approve("eleanor", only(desk)) is None
    assert desk[only(desk)].state is State.REVIEWED


def test_a_draft_stays_one_whatever_it_is_joined_with(desk):
    first, second = (one.id for one in desk.segments)
    desk.write("tang", first, DAYS)
    desk.draft(second, VISITS)
    desk.unite("tang", first)
    one = desk[only(desk)]
    assert one.state is State.DRAFT
    assert one.writers == {"tang"}
    assert desk.confirm("jessica", one.id) is None
    assert desk[one.id].writers == {"tang", "jessica"}


def test_two_machine_drafts_are_one_that_anybody_may_confirm(desk):
    for one in list(desk.segments):
        desk.draft(one.id, DAYS)
    desk.unite("tang", desk.segments[0].id)
    assert desk[only(desk)].state is State.DRAFT
    assert desk[only(desk)].origin == "memory"
    assert desk.confirm("eleanor", only(desk)) is None
    assert desk[only(desk)].writers == {"eleanor"}


def test_what_was_left_out_may_be_joined_and_split(desk):
    first, second = (one.id for one in desk.segments)
    desk.omit("tang", first)
    desk.omit("tang", second)
    desk.unite("tang", first)
    assert desk[only(desk)].omitted
    desk.divide("tang", only(desk), 8)
    assert [desk[one.id].omitted for one in desk.segments] == [True, True]
    assert desk.write("tang", desk.segments[0].id, DAYS) is None
    desk.unite("tang", desk.segments[0].id)
    assert desk[only(desk)].state is State.TRANSLATED


def test_both_halves_of_a_split_are_translated_where_the_target_was_divided_too(desk):
    first, _ = both(desk, "tang")
    desk.divide("eleanor", first, 3, len("The delegation"), "revision")
    assert [(one.source, one.target) for one in desk.segments][:2] == [
        ("代表团", "The delegation"),
        ("历时八天。", "travelled for eight days."),
    ]
    assert [desk[one.id].state for one in desk.segments[:2]] == [State.TRANSLATED] * 2
    assert [desk[one.id].writers for one in desk.segments[:2]] == [{"tang"}] * 2


def test_a_target_that_was_not_divided_is_a_draft_and_its_second_half_untranslated(desk):
    first, _ = both(desk, "tang")
    desk.divide("tang", first, 3)
    halves = [desk[one.id] for one in desk.segments[:2]]
    assert [one.state for one in halves] == [State.DRAFT, State.UNTRANSLATED]
    assert halves[0].writers == {"tang"}


def test_joined_again_after_a_split_the_words_are_still_their_writers(desk):
    first, _ = both(desk, "tang", "eleanor")
    desk.unite("jessica", first, "revision")
    whole = only(desk)
    desk.divide("jessica", whole, 8, len(DAYS), "revision")
    assert [desk[one.id].writers for one in desk.segments] == [{"tang", "eleanor"}] * 2
    desk.unite("jessica", desk.segments[0].id, "revision")
    again = desk[only(desk)]
    assert again.id != whole
    assert again.writers == {"tang", "eleanor"}
    assert again.state is State.TRANSLATED


def test_a_joined_text_that_is_put_back_makes_nobody_its_writer(desk):
    first, _ = both(desk, "tang")
    desk.unite("tang", first)
    desk.write("eleanor", only(desk), "Eight days, ten institutions.", "revision")
    assert desk.write("jessica", only(desk), f"{DAYS} {VISITS}", "revision") is None
    assert desk[only(desk)].writers == {"tang"}
    assert desk.approve("jessica", only(desk)) is None


def test_a_correction_of_a_joined_text_has_one_writer_and_is_undone_to_it(desk):
    first, _ = both(desk, "tang")
    desk.unite("tang", first)
    desk.write("eleanor", only(desk), "Eight days, ten institutions.", "revision")
    assert desk[only(desk)].writers == {"eleanor"}
    assert desk.undo("eleanor", only(desk)) is None
    assert desk[only(desk)].writers == {"tang"}
    assert "joining is undone by splitting" in desk.undo("tang", only(desk))


def test_joining_in_a_later_pass_spares_no_earlier_one_its_approvals(desk):
    desk.policy = replace(FOUNDING, passes=(*FOUNDING.passes, Pass("proof", Role.PROOFREADER)))
    first, second = both(desk, "tang")
    for one in (first, second):
        desk.approve("eleanor", one)
        desk.approve("eleanor", one, "proof")
    desk.unite("jessica", first, "proof")
    revision, proof = desk.policy.revisions
    assert (desk[only(desk)].lacks(revision), desk[only(desk)].lacks(proof)) == (1, 1)


def test_a_translator_whose_sentences_were_joined_signs_them_still_and_no_revision(desk):
    first, _ = both(desk, "tang")
    desk.unite("jessica", first, "revision")
    assert desk.sign("jessica", "translation", read_all=True) == [
        "Jessica has written or confirmed no segment of this translation that stands"
    ]
    assert desk.sign("tang", "translation", read_all=True) == []
    desk.approve("eleanor", only(desk))
    other = desk.copy()
    other.withdraw("tang", "translation")
    assert "1 segment has Tang's own work in the translation: nobody signs both sides" in other.objections(
        "tang", "revision", read_all=True
    )


def test_a_join_takes_the_signatures_off_until_the_signers_have_seen_it(desk):
    first, second = both(desk, "tang")
    desk.sign("tang", "translation")
    for one in (first, second):
        desk.approve("eleanor", one)
    desk.sign("eleanor", "revision")
    desk.unite("tang", first)
    assert not any(one.stands for name in desk.standing.passes for one in desk.standing.signatures(name))
    assert desk.sign("tang", "translation") == []
    assert "1 segment lacks an approval in revision" in desk.sign("eleanor", "revision")
    desk.approve("eleanor", only(desk))
    assert desk.sign("eleanor", "revision") == []


def test_remarks_on_the_parts_are_open_on_the_whole(desk):
    first, _ = both(desk, "tang")
    desk._on(Comment, desk[first], "jessica", comment="One sentence?", answers=None)
    remark = desk.events[-1]
    desk.unite("tang", first)
    (thread,) = desk[only(desk)].threads
    assert (thread.remark, thread.resolved) == (remark, False)
    desk._on(Resolve, desk[only(desk)], "tang", answers=remark.id)
    assert desk[only(desk)].threads[0].resolved


def test_who_may_not_write_there_neither_joins_nor_splits(desk):
    first, second = both(desk, "tang")
    desk.draft(second, "By machine.")
    assert "it is still a draft" in desk.unite("eleanor", first, "revision")
    desk.confirm("tang", second)
    desk.sign("tang", "translation")
    assert "Tang has signed the translation and writes only there" in desk.unite("tang", first, "revision")
    assert "Tang has signed the translation" in desk.divide("tang", first, 3, 3, "revision")
    assert "nothing follows it in its line" in desk.unite("tang", second)


def test_a_headline_stays_one_segment():
    desk = Desk()
    desk.add("佛山。东京。", kind=Kind.HEADLINE)
    desk.add("第一句。")
    assert "a headline stays one segment" in desk.divide("tang", desk.segments[0].id, 3)
    assert "nothing follows it in its line" in desk.unite("tang", desk.segments[0].id)


def test_two_machines_that_joined_the_same_are_of_one_mind(desk):
    first, _ = both(desk, "tang")
    other = desk.copy()
    desk.unite("tang", first)
    other._ticks = desk.copy()._ticks
    other.segments = list(desk.segments)
    made = desk.events[-1]
    values = {"pass_": made.pass_, "parts": made.parts, "texts": made.texts}
    other._on(Join, desk[only(desk)], "eleanor", **values)
    both_sides = merged(desk, other, targets=[False])
    assert both_sides[only(desk)].writers == {"tang"}
    assert both_sides[only(desk)].state is State.TRANSLATED


def forged(desk: Desk, **values: object) -> None:
    """The last event, changed by hand and sealed again."""
    event = msgspec.structs.replace(desk.events.pop(), id="", **values)
    desk.events.append(msgspec.structs.replace(event, id=event_id(fields(event))))


def test_a_join_that_brings_words_of_its_own_counts_for_nothing(desk):
    first, _ = both(desk, "tang")
    desk.unite("jessica", first, "revision")
    desk.put(only(desk), "Jessica's own words.")
    made = desk[only(desk)]
    forged(desk, target=made.target, texts=(made.segment.source, made.segment.target))
    assert desk[only(desk)].state is State.DRAFT
    assert desk[only(desk)].writers == frozenset()


@pytest.mark.parametrize("whole", [True, False])
def test_a_split_that_brings_words_of_its_own_or_has_two_parts_counts_for_nothing(desk, whole):
    first, second = both(desk, "tang")
    parts = [(one.id, one.source, one.target) for one in desk.segments]
    desk.divide("jessica", first, 3, len("The delegation"), "revision")
    made = desk.segments[1]
    assert desk[made.id].state is State.TRANSLATED
    if whole:
        forged(desk, parts=tuple(parts))
    else:
        desk.put(made.id, "took its time.")
        forged(desk, target=desk[made.id].target, texts=(made.source, "took its time."))
    assert desk[made.id].state is State.DRAFT
    assert desk[second].state is State.TRANSLATED


def test_parts_that_are_made_of_each_other_carry_nothing(desk):
    first, second = (one.id for one in desk.segments)
    for one, other in ((first, second), (second, first)):
        desk.change_source(one, "同。")
        desk.put(one, "Same.")
        values = {"pass_": "translation", "parts": ((other, "同。", "Same."),), "texts": ("同。", "Same.")}
        desk._on(Join, desk[one], "tang", **values)
    assert [desk[one].state for one in (first, second)] == [State.DRAFT] * 2
    assert desk[first].writers == frozenset()
    assert desk[first].target != EMPTY


def test_a_long_row_of_joins_and_splits_is_followed_to_its_end(desk):
    both(desk, "tang", "eleanor")
    for _ in range(40):
        assert desk.unite("jessica", desk.segments[0].id, "revision") is None
        assert desk.divide("jessica", desk.segments[0].id, 8, len(DAYS), "revision") is None
    assert [desk[one.id].writers for one in desk.segments] == [{"tang", "eleanor"}] * 2
    assert {type(event) for event in desk[desk.segments[0].id].versions()} >= {Join, Split}
