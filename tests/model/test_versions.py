"""The earlier versions that a reviser may compare with."""

from __future__ import annotations

from reviewtool.model.versions import Since, baselines

from .desk import Desk

FIRST, SECOND = "The order book is 12 billion yuan.", "The order book is 1.2 billion yuan."


def desk() -> tuple[Desk, str]:
    made = Desk()
    return made, made.add("意向订单金额超过12亿元。")


def text(made: Desk, segment: str, person: str, since: Since) -> str | None:
    found = next(one for one in baselines(made.standing, person) if one.since is since)
    return found.text(made[segment])


def test_a_draft_and_what_stood_before_can_always_be_compared_with():
    made, segment = desk()
    assert [one.since for one in baselines(made.standing, "eleanor")] == [Since.DRAFT, Since.BEFORE]
    assert text(made, segment, "eleanor", Since.DRAFT) is None


def test_what_a_machine_drafted_is_told_from_what_the_translator_made_of_it():
    made, segment = desk()
    made.draft(segment, FIRST)
    made.write("tang", segment, SECOND)
    assert text(made, segment, "eleanor", Since.DRAFT) == FIRST


def test_what_was_signed_is_named_by_its_signer():
    made, segment = desk()
    made.write("tang", segment, FIRST)
    made.sign("tang", "translation")
    made.write("eleanor", segment, SECOND, "revision")
    signed = [one for one in baselines(made.standing, "jessica") if one.since is Since.SIGNED]
    assert [(one.name, one.text(made[segment])) for one in signed] == [("Tang", FIRST)]


def test_what_a_person_saw_last_is_what_they_took_last():
    made, segment = desk()
    made.write("tang", segment, FIRST)
    made.approve("eleanor", segment)
    made.write("tang", segment, SECOND)
    assert text(made, segment, "eleanor", Since.SEEN) == FIRST


def test_who_wrote_the_present_text_sees_what_they_wrote_it_over():
    made, segment = desk()
    made.write("tang", segment, FIRST)
    made.write("eleanor", segment, SECOND, "revision")
    assert text(made, segment, "eleanor", Since.SEEN) == FIRST


def test_an_act_that_was_taken_back_showed_nothing():
    made, segment = desk()
    made.write("tang", segment, FIRST)
    made.approve("eleanor", segment)
    made.undo("eleanor", segment)
    seen = [one for one in baselines(made.standing, "eleanor") if one.since is Since.SEEN]
    assert all(one.text(made[segment]) is None for one in seen)


def test_the_text_before_is_another_text():
    made, segment = desk()
    made.write("tang", segment, FIRST)
    made.write("tang", segment, SECOND)
    assert text(made, segment, "eleanor", Since.BEFORE) == FIRST
