"""What each act asks before it is recorded: every refusal of the desk, and what stays open."""

from dataclasses import replace

import pytest

from reviewtool.model import acts
from reviewtool.model.policy import Pass, Person, Policy, Role
from reviewtool.model.segment import Kind
from tests.model.desk import FOUNDING, Desk

ORDERS = "意向订单超过6亿元。"
ABOUT = "意向订单约6亿元。"
OVER, MORE = "Orders exceed 600 million yuan.", "Orders of over 600 million yuan."


@pytest.fixture
def desk() -> Desk:
    """The founding desk with a headline and one sentence, nothing done yet."""
    desk = Desk()
    desk.add("佛山代表团出访日韩", kind=Kind.HEADLINE)
    desk.add(ORDERS)
    return desk


@pytest.fixture
def head(desk: Desk) -> str:
    return desk.segments[0].id


@pytest.fixture
def one(desk: Desk) -> str:
    return desk.segments[1].id


def translated(desk: Desk) -> Desk:
    """Tang has written everything."""
    for segment in desk.segments:
        desk.write("tang", segment.id, f"{segment.source} in English")
    return desk


def signed(desk: Desk) -> Desk:
    """Tang has written and signed."""
    assert translated(desk).sign("tang", "translation") == []
    return desk


# Writing


def test_a_person_writes_only_in_the_passes_they_act_in(desk, one):
    limited = Person("tang", "Tang", passes=frozenset({"translation"}))
    desk.policy = replace(FOUNDING, people=(limited, *FOUNDING.people[1:]))
    assert desk.write("tang", one, OVER) is None
    assert "does not act in the pass revision" in desk.write("tang", one, MORE, "revision")


def test_a_stranger_writes_nowhere(desk, one):
    assert "does not act" in desk.write("anna", one, OVER)


def test_a_draft_is_not_corrected_in_a_revision_pass(desk, one):
    assert "it has no text" in desk.write("eleanor", one, OVER, "revision")
    desk.draft(one, OVER)
    assert "still a draft" in desk.write("eleanor", one, MORE, "revision")


def test_who_signed_the_translation_writes_only_there(desk, one):
    signed(desk)
    assert "writes only there" in desk.write("tang", one, MORE, "revision")
    assert desk.write("tang", one, MORE) is None


def test_taking_the_signature_back_opens_the_other_passes(desk, one):
    signed(desk).withdraw("tang", "translation")
    assert desk.write("tang", one, MORE, "revision") is None


def test_who_signed_a_revision_pass_writes_no_translation(desk, one):
    signed(desk)
    for segment in desk.segments:
        desk.approve("eleanor", segment.id)
    assert desk.sign("eleanor", "revision") == []
    assert "both sides" in desk.write("eleanor", one, MORE)
    assert desk.write("eleanor", one, MORE, "revision") is None


def test_a_pass_changes_only_its_kinds_of_segment(desk, head, one):
    headlines = Pass("editing", Role.EDITOR, only_changed=True, kinds=frozenset({Kind.HEADLINE}))
    desk.policy = replace(FOUNDING, passes=(*FOUNDING.passes, headlines))
    translated(desk)
    assert "changes no paragraph" in desk.write("jessica", one, MORE, "editing")
    assert desk.write("jessica", head, "Foshan Delegation Visits Japan, Korea", "editing") is None


# Confirming


def test_a_draft_is_confirmed_by_its_translator(desk, one):
    desk.draft(one, OVER)
    assert desk.confirm("tang", one) is None


def test_no_text_is_no_text_to_confirm(desk, one):
    assert "write it, or omit it" in desk.confirm("tang", one)


def test_anothers_text_is_approved_not_confirmed(desk, one):
    translated(desk)
    assert "Tang wrote or confirmed it: approve it instead" in desk.confirm("eleanor", one)


def test_ones_own_text_is_already_confirmed(desk, one):
    translated(desk)
    before = len(desk.events)
    assert desk.confirm("tang", one) is None
    assert len(desk.events) == before


def test_when_the_source_changed_any_translator_confirms(desk, one):
    translated(desk).change_source(one, ABOUT)
    assert desk.confirm("jessica", one) is None


def test_a_writer_confirms_their_own_words_though_another_was_first(desk, one):
    signed(desk).change_source(one, ABOUT)
    desk.confirm("jessica", one)
    assert desk.confirm("tang", one) is None
    assert desk[one].writers == {"tang", "jessica"}


def test_what_an_editor_allowed_may_be_confirmed_by_another(desk, one):
    desk.policy = replace(FOUNDING, override=True)
    translated(desk)
    assert desk.settle("eleanor", one) is None
    assert desk.confirm("jessica", one) is None


def test_where_there_is_no_pass_to_approve_in_another_confirms(desk, one):
    desk.policy = replace(FOUNDING, passes=FOUNDING.passes[:1])
    translated(desk)
    assert desk.confirm("jessica", one) is None


def test_a_draft_is_confirmed_in_no_revision_pass(desk, one):
    desk.draft(one, OVER)
    assert "once a translator has written or confirmed it" in desk.confirm("eleanor", one, "revision")


def test_a_correction_made_outside_is_confirmed_in_its_pass(desk, one):
    translated(desk).put(one, MORE)
    assert desk.confirm("eleanor", one, "revision") is None


def test_one_confirms_anew_what_came_back_after_one_signed_another_text(desk, one):
    desk.write("tang", one, OVER)
    desk.write("tang", one, MORE)
    signed(desk)
    newest = desk.segment(one).target
    desk.put(one, OVER)
    assert desk.confirm("tang", one) is None
    assert desk.standing.passes["translation"].signers
    desk.put(one, newest)
    assert not desk.standing.passes["translation"].signers


def test_one_confirms_anew_what_a_signature_alone_left_behind(desk, one):
    translated(desk)
    tangs = desk.segment(one).target
    desk.write("jessica", one, OVER)
    assert desk.sign("tang", "translation", read_all=True) == []
    desk.put(one, tangs)
    assert not desk.standing.passes["translation"].signers
    desk.confirm("tang", one)
    assert desk.standing.passes["translation"].signers


# Omitting


def test_a_segment_is_omitted_by_a_translator_or_once_it_is_translated(desk, one):
    assert "it has no text" in desk.omit("eleanor", one, "revision")
    assert desk.omit("tang", one) is None
    assert desk[one].omitted


def test_a_reviser_omits_what_is_translated(desk, one):
    translated(desk)
    assert desk.omit("eleanor", one, "revision") is None


def test_anothers_omission_is_approved_and_ones_own_is_already_done(desk, one):
    desk.omit("tang", one)
    before = len(desk.events)
    assert "Tang omitted it: approve it instead" in desk.omit("eleanor", one, "revision")
    assert desk.omit("tang", one) is None
    assert len(desk.events) == before


def test_an_omission_is_taken_anew_when_the_source_changed(desk, one):
    desk.omit("tang", one)
    desk.change_source(one, ABOUT)
    desk.omit("jessica", one)
    assert desk.omit("tang", one) is None
    assert {event.person for event in desk[one].writings if event.source == desk[one].source} == {"tang", "jessica"}


# Approving and sending back


def test_nobody_approves_their_own_words(desk, one):
    translated(desk)
    assert "nobody approves their own words" in desk.approve("tang", one)


def test_a_draft_cannot_be_approved_or_sent_back(desk, one):
    assert "it has no text" in desk.approve("eleanor", one)
    desk.draft(one, OVER)
    assert "still a draft" in desk.approve("eleanor", one)
    assert "still a draft" in desk.send_back("eleanor", one)


def test_the_translation_pass_approves_and_sends_back_nothing(desk, one):
    translated(desk)
    assert "confirms" in desk.approve("eleanor", one, "translation")
    assert "write it anew" in desk.send_back("eleanor", one, "translation")


def test_the_author_approves_a_revisers_correction(desk, one):
    signed(desk)
    desk.write("eleanor", one, MORE, "revision")
    assert desk.approve("tang", one) is None


def test_approving_is_open_to_all_and_sending_back_to_those_of_the_pass(desk, one):
    limited = Person("tang", "Tang", passes=frozenset({"translation"}))
    desk.policy = replace(FOUNDING, people=(limited, *FOUNDING.people[1:]))
    translated(desk)
    desk.write("eleanor", one, MORE, "revision")
    assert desk.approve("tang", one) is None
    assert "does not act in the pass revision" in desk.send_back("tang", one)


def test_revising_may_begin_before_the_translation_is_done(desk, one):
    desk.write("tang", one, OVER)
    assert desk.approve("eleanor", one) is None
    assert desk.write("jessica", one, MORE, "revision") is None


def test_an_approval_given_is_given(desk, one):
    translated(desk)
    desk.approve("eleanor", one)
    before = len(desk.events)
    assert desk.approve("eleanor", one) is None
    assert len(desk.events) == before


# Settling


def test_settling_is_for_workspaces_that_allow_it(desk, one):
    translated(desk)
    assert "override = true" in desk.settle("jessica", one)


def test_a_draft_needs_no_decision(desk, one):
    desk.policy = replace(FOUNDING, override=True)
    desk.draft(one, OVER)
    assert "still a draft" in desk.settle("jessica", one)


def test_only_editors_settle_where_there_are_some(desk, one):
    editing = Pass("editing", Role.EDITOR, only_changed=True)
    people = tuple(replace(person, passes=frozenset({"translation", "revision"})) for person in FOUNDING.people[:2])
    desk.policy = Policy((*people, FOUNDING.people[2]), (*FOUNDING.passes, editing), override=True)
    translated(desk)
    assert "editing" in desk.settle("eleanor", one)
    assert desk.settle("jessica", one) is None


def test_without_editors_who_wrote_or_sent_back_does_not_settle(desk, one):
    desk.policy = replace(FOUNDING, override=True)
    translated(desk)
    desk.send_back("eleanor", one)
    for person in ("tang", "eleanor"):
        assert "they wrote or sent back the text" in desk.settle(person, one)
    assert desk.settle("jessica", one) is None


# The pass one acts in


def pass_of(desk: Desk, person: str, *, revision: bool = False) -> str | None:
    found = acts.acting_pass(desk.standing, person, revision=revision)
    return found.name if found else None


def test_one_goes_on_in_the_pass_of_ones_last_act(desk, one):
    translated(desk)
    desk.write("eleanor", one, MORE, "revision")
    assert pass_of(desk, "eleanor") == "revision"
    assert pass_of(desk, "tang") == "translation"


def test_who_did_nothing_yet_begins_in_the_first_pass_that_is_not_complete(desk):
    assert pass_of(desk, "jessica") == "translation"
    signed(desk)
    assert pass_of(desk, "jessica") == "revision"


def test_when_all_is_complete_it_is_the_last_pass(desk):
    signed(desk)
    for person in ("eleanor", "jessica"):
        for segment in desk.segments:
            desk.approve(person, segment.id)
        assert desk.sign(person, "revision") == []
    desk.join("li")
    assert desk.standing.final
    assert pass_of(desk, "li") == "revision"


def test_who_signed_the_translation_writes_there_whatever_they_approved(desk, one):
    signed(desk)
    desk.write("eleanor", one, MORE, "revision")
    desk.approve("tang", one)
    assert pass_of(desk, "tang") == "translation"
    assert pass_of(desk, "tang", revision=True) == "revision"


def test_who_acts_in_no_revision_pass_may_yet_approve_there(desk):
    desk.policy = replace(FOUNDING, people=(Person("tang", "Tang", passes=frozenset({"translation"})),))
    assert pass_of(desk, "tang", revision=True) == "revision"


def test_who_acts_nowhere_has_no_pass(desk):
    assert pass_of(desk, "anna") is None


def test_a_desk_without_revision_has_no_pass_to_approve_in(desk):
    desk.policy = replace(FOUNDING, passes=FOUNDING.passes[:1])
    assert pass_of(desk, "tang", revision=True) is None
