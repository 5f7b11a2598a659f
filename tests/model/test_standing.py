"""How a segment stands: writers, approvals, send-backs, decisions, states."""

import unicodedata
from dataclasses import replace

import msgspec
import pytest

from reviewtool.model.ledger import (
    Approve,
    Comment,
    Dismiss,
    Resolve,
    SendBack,
    Settle,
    TakeBack,
    event_id,
    fields,
    seal,
)
from reviewtool.model.policy import Pass, Person, Policy, Role
from reviewtool.model.segment import EMPTY, Segment, State, text_hash
from tests.model.desk import FOUNDING, Desk, merged

ORDERS = "意向订单超过6亿元。"
OVER, MORE, ABOUT = "Orders exceed 600 million yuan.", "Orders of over 600 million yuan.", "About 600 million yuan."


@pytest.fixture
def desk() -> Desk:
    """Tang, Eleanor and Jessica, one sentence, nothing done yet."""
    desk = Desk()
    desk.add(ORDERS)
    return desk


@pytest.fixture
def one(desk: Desk) -> str:
    """The sentence's id."""
    return desk.segments[0].id


def with_editor(desk: Desk) -> Desk:
    """The same desk with an editing pass in which only Jessica acts, where disputes may be settled."""
    passes = (*FOUNDING.passes, Pass("editing", Role.EDITOR, only_changed=True))
    two = frozenset({"translation", "revision"})
    people = tuple(one if one.id == "jessica" else replace(one, passes=two) for one in FOUNDING.people)
    desk.policy = Policy(people, passes, override=True)
    return desk


def approvers(desk: Desk, segment: str, pass_: str = "revision") -> tuple[str, ...]:
    return desk[segment].approvers(pass_)


# Text


def test_a_text_is_a_draft_until_a_person_takes_it(desk, one):
    assert desk[one].state is State.UNTRANSLATED
    desk.draft(one, OVER)
    assert desk[one].state is State.DRAFT
    assert desk[one].origin == "memory"
    desk.confirm("tang", one)
    assert desk[one].state is State.TRANSLATED
    assert desk[one].writers == {"tang"}


def test_an_edit_made_outside_makes_the_segment_a_draft_without_a_writer(desk, one):
    desk.write("tang", one, OVER)
    desk.put(one, MORE)
    assert desk[one].draft
    assert desk[one].writers == frozenset()
    assert desk[one].origin == "outside"


def test_a_changed_source_makes_the_text_a_draft_that_keeps_its_writers(desk, one):
    desk.write("tang", one, OVER)
    desk.change_source(one, "意向订单约6亿元。")
    assert desk[one].draft
    assert desk[one].writers == {"tang"}


def test_reflowing_and_decomposing_a_text_change_nothing(desk, one):
    desk.write("tang", one, "Café talks in Seoul.")
    desk.approve("eleanor", one)
    desk.put(one, unicodedata.normalize("NFD", "  Café talks in Seoul.\n"))
    assert approvers(desk, one) == ("eleanor",)


def test_a_text_that_still_is_the_source_says_so(desk, one):
    desk.put(one, ORDERS)
    assert desk[one].origin == "source"


def test_a_segment_is_left_out_by_a_person_for_its_present_source(desk, one):
    desk.write("tang", one, OVER)
    desk.omit("tang", one)
    assert desk[one].omitted
    assert desk[one].translated
    desk.change_source(one, "意向订单约6亿元。")
    assert not desk[one].omitted
    assert desk[one].state is State.UNTRANSLATED


def test_a_text_removed_outside_is_no_omission(desk, one):
    desk.write("tang", one, OVER)
    desk.put(one, "")
    assert desk[one].state is State.UNTRANSLATED


# Writers


def test_everybody_who_ever_wrote_or_confirmed_the_text_is_its_writer(desk, one):
    desk.write("tang", one, OVER)
    desk.change_source(one, "意向订单约6亿元。")
    desk.confirm("jessica", one)
    assert desk[one].writers == {"tang", "jessica"}
    assert desk[one].origin == "tang, jessica"


def test_a_correction_makes_its_writer_the_only_one(desk, one):
    desk.write("tang", one, OVER)
    desk.write("eleanor", one, MORE, "revision")
    assert desk[one].writers == {"eleanor"}


def test_putting_back_anothers_text_makes_nobody_a_writer(desk, one):
    desk.write("tang", one, OVER)
    desk.write("eleanor", one, MORE, "revision")
    desk.write("eleanor", one, OVER, "revision")
    assert desk[one].writers == {"tang"}
    assert desk.approve("eleanor", one) is None
    assert approvers(desk, one) == ("eleanor",)


def test_putting_back_ones_own_text_leaves_one_its_writer(desk, one):
    desk.write("tang", one, OVER)
    desk.write("tang", one, MORE)
    desk.write("tang", one, OVER)
    assert desk[one].restorable(text_hash(OVER), "tang") is None
    assert desk[one].writers == {"tang"}


def test_a_draft_put_back_has_a_writer(desk, one):
    desk.draft(one, OVER)
    desk.write("tang", one, MORE)
    desk.write("tang", one, OVER)
    assert desk[one].writers == {"tang"}


def test_a_claim_to_put_back_what_was_never_here_helps_nobody(desk, one):
    other = desk.add("3件の投資案件")
    desk.write("tang", other, OVER)
    desk.write("tang", one, MORE)
    desk.write("eleanor", one, OVER, "revision")
    forged = replace_event(desk, -1, restores=desk.events[0].id)
    assert desk[one].restoring(forged) is False
    assert desk[one].writers == {"eleanor"}


def test_a_claim_to_put_back_another_text_helps_nobody(desk, one):
    desk.write("tang", one, OVER)
    desk.write("eleanor", one, MORE, "revision")
    replace_event(desk, -1, restores=desk.events[0].id)
    assert desk[one].writers == {"eleanor"}


def replace_event(desk: Desk, place: int, **values: object):
    """Write one event of the record by hand, with other values."""
    changed = msgspec.structs.replace(desk.events[place], **values)
    desk.events[place] = msgspec.structs.replace(changed, id=event_id(fields(changed)))
    return desk.events[place]


# Approvals


def test_an_approval_counts_for_exactly_the_texts_it_names(desk, one):
    desk.write("tang", one, OVER)
    desk.approve("eleanor", one)
    assert approvers(desk, one) == ("eleanor",)
    desk.put(one, MORE)
    assert approvers(desk, one) == ()
    desk.put(one, OVER)
    desk.change_source(one, "意向订单约6亿元。")
    assert approvers(desk, one) == ()


def test_nobodys_own_words_are_approved_even_by_hand(desk, one):
    desk.write("tang", one, OVER)
    desk._on(Approve, desk[one], "tang", pass_="revision")
    assert approvers(desk, one) == ()


def test_an_approval_given_before_one_became_a_writer_is_lost(desk, one):
    desk.write("tang", one, OVER)
    desk.approve("eleanor", one)
    desk.write("eleanor", one, MORE, "revision")
    desk.put(one, OVER)
    assert approvers(desk, one) == ()


def test_a_send_back_takes_ones_own_approval_in_that_pass_away(desk, one):
    desk.write("tang", one, OVER)
    desk.approve("eleanor", one)
    desk.send_back("eleanor", one)
    assert approvers(desk, one) == ()
    desk.approve("eleanor", one)
    assert approvers(desk, one) == ("eleanor",)


def test_a_send_back_in_one_pass_leaves_ones_approval_in_another(desk, one):
    with_editor(desk).write("tang", one, OVER)
    desk.approve("jessica", one)
    desk.send_back("jessica", one, "editing")
    assert approvers(desk, one) == ("jessica",)


def test_nothing_is_approved_in_the_translation_pass_or_in_one_there_is_not(desk, one):
    desk.write("tang", one, OVER)
    for name in ("translation", "gone"):
        desk._on(Approve, desk[one], "eleanor", pass_=name)
        assert desk[one].approvals == ()


def test_of_two_machines_the_stricter_act_wins(desk, one):
    desk.write("tang", one, OVER)
    train = desk.copy()
    desk.approve("eleanor", one)
    train.send_back("eleanor", one)
    both = merged(desk, train, targets=[False])
    assert approvers(both, one) == ()
    assert [sent.person for sent in both[one].sent_back] == ["eleanor"]
    both.approve("eleanor", one)
    assert approvers(both, one) == ("eleanor",)
    assert both[one].sent_back == ()


def test_writing_on_one_machine_outweighs_approving_on_the_other(desk, one):
    desk.write("tang", one, OVER)
    train = desk.copy()
    desk.approve("eleanor", one)
    train.write("eleanor", one, MORE, "revision")
    train.put(one, OVER)
    assert approvers(merged(desk, train, targets=[True]), one) == ()


# Send-backs


def test_a_send_back_stands_until_its_sender_approves_and_outweighs_all_approvals(desk, one):
    desk.write("tang", one, OVER)
    desk.send_back("eleanor", one)
    desk.approve("jessica", one)
    assert desk[one].state is State.SENT_BACK
    assert not desk[one].satisfies(FOUNDING.revisions[0])
    desk.approve("eleanor", one)
    assert desk[one].state is State.REVIEWED


def test_a_send_back_speaks_of_the_texts_it_names(desk, one):
    desk.write("tang", one, OVER)
    desk.send_back("eleanor", one)
    desk.write("tang", one, MORE)
    assert desk[one].state is State.TRANSLATED
    desk.write("tang", one, OVER)
    assert desk[one].state is State.SENT_BACK


def test_a_send_back_whose_sender_left_is_answered_by_name(desk, one):
    desk.write("tang", one, OVER)
    desk.approve("jessica", one)
    desk.send_back("eleanor", one)
    desk.leave("eleanor")
    assert desk[one].state is State.SENT_BACK
    sent = desk[one].sent_back[0].id
    desk._on(Approve, desk[one], "jessica", pass_="revision", answers=(sent,))
    assert desk[one].state is State.REVIEWED


def test_a_send_back_whose_sender_is_here_is_not_answered_by_others(desk, one):
    desk.write("tang", one, OVER)
    desk.send_back("eleanor", one)
    desk._on(Approve, desk[one], "jessica", pass_="revision", answers=(desk[one].sent_back[0].id,))
    assert desk[one].state is State.SENT_BACK


# Decisions


def test_an_editor_settles_a_send_back(desk, one):
    with_editor(desk).write("tang", one, OVER)
    desk.send_back("eleanor", one)
    desk.approve("tang", one)
    assert desk.settle("jessica", one) is None
    assert desk[one].sent_back == ()


def test_an_editor_allows_an_own_text(desk, one):
    with_editor(desk).write("tang", one, OVER)
    desk.settle("jessica", one)
    assert desk.approve("tang", one) is None
    assert approvers(desk, one) == ("tang",)
    assert desk[one].writers == {"tang"}


def test_a_decision_speaks_of_the_texts_it_names(desk, one):
    with_editor(desk).write("tang", one, OVER)
    desk.settle("jessica", one)
    desk.approve("tang", one)
    desk.change_source(one, "意向订单约6亿元。")
    desk.confirm("tang", one)
    assert desk[one].settlements == ()
    assert desk[one].barred == {"tang"}


def test_a_decision_counts_only_where_the_workspace_allows_it(desk, one):
    with_editor(desk).write("tang", one, OVER)
    desk.settle("jessica", one)
    desk.policy = replace(desk.policy, override=False)
    assert desk[one].settlements == ()


def test_a_decision_by_hand_of_somebody_who_is_no_editor_is_none(desk, one):
    with_editor(desk).write("tang", one, OVER)
    desk._on(Settle, desk[one], "tang", reason="mine", answers=(desk.events[0].id,))
    assert desk[one].settled == frozenset()


def test_without_an_editor_anybody_who_neither_wrote_nor_sent_back_may_settle(desk, one):
    desk.policy = replace(FOUNDING, override=True)
    desk.write("tang", one, OVER)
    desk.send_back("eleanor", one)
    assert [desk[one].may_settle(person) for person in ("tang", "eleanor", "jessica")] == [False, False, True]


# What a pass needs


def test_a_pass_wants_its_approvals_of_different_people(desk, one):
    desk.policy = replace(FOUNDING, passes=(FOUNDING.passes[0], Pass("revision", Role.REVISER, approvals=2)))
    revision = desk.policy.revisions[0]
    desk.write("tang", one, OVER)
    assert desk[one].lacks(revision) == 2
    desk.approve("eleanor", one)
    desk._on(Approve, desk[one], "eleanor", pass_="revision")
    assert desk[one].lacks(revision) == 1
    desk.approve("jessica", one)
    assert desk[one].satisfies(revision)


def test_what_a_later_pass_changed_needs_approval_there_and_not_again_before(desk, one):
    with_editor(desk).write("tang", one, OVER)
    revision, editing = desk.policy.revisions
    desk.approve("eleanor", one)
    assert [desk[one].needs(revision), desk[one].needs(editing)] == [1, 0]
    desk.write("jessica", one, MORE, "editing")
    assert [desk[one].needs(revision), desk[one].needs(editing)] == [0, 1]
    assert desk[one].state is State.TRANSLATED
    desk.approve("tang", one, "editing")
    assert desk[one].state is State.REVIEWED


def test_what_a_later_pass_changed_is_changed_for_the_present_source_only(desk, one):
    with_editor(desk).write("tang", one, OVER)
    desk.write("jessica", one, MORE, "editing")
    desk.change_source(one, "意向订单约6亿元。")
    desk.confirm("tang", one)
    assert desk[one].needs(desk.policy.revisions[0]) == 1


def test_without_revision_a_translated_text_is_reviewed(desk, one):
    desk.policy = replace(FOUNDING, passes=FOUNDING.passes[:1])
    desk.write("tang", one, OVER)
    assert desk[one].state is State.REVIEWED


# Remarks and versions


def test_a_thread_is_open_until_somebody_resolves_it(desk, one):
    desk._on(Comment, desk[one], "eleanor", comment="600 or 6,000?")
    asked = desk.events[-1].id
    desk._on(Comment, desk[one], "tang", comment="600, as the chamber says.", answers=asked)
    (thread,) = desk[one].threads
    assert [reply.comment for reply in thread.replies] == ["600, as the chamber says."]
    assert not thread.resolved
    desk._on(Resolve, desk[one], "eleanor", answers=asked)
    assert desk[one].threads[0].resolved


def test_a_reply_to_a_send_back_is_a_thread_of_its_own(desk, one):
    desk.write("tang", one, OVER)
    desk.send_back("eleanor", one)
    desk._on(Comment, desk[one], "tang", comment="Checked.", answers=desk.events[-1].id)
    assert [thread.remark.comment for thread in desk[one].threads] == ["Checked."]


def test_a_finding_is_set_aside_for_exactly_these_texts(desk, one):
    desk.write("tang", one, OVER)
    desk._on(Dismiss, desk[one], "tang", finding="5c0f", reason="The source rounds.")
    assert desk[one].dismissed == {"5c0f"}
    desk.write("tang", one, MORE)
    assert desk[one].dismissed == frozenset()


def test_the_record_has_every_text_that_was_there(desk, one):
    desk.draft(one, ABOUT)
    desk.write("tang", one, OVER)
    desk.put(one, MORE)
    desk.confirm("tang", one)
    texts = [desk[one].recorded(text_hash(text)) for text in (ABOUT, OVER, MORE, "Nobody wrote this.")]
    assert texts == [ABOUT, OVER, MORE, None]
    assert len(desk[one].versions()) == 3


def test_segments_are_strangers_to_each_other(desk, one):
    twin = desk.add(ORDERS)
    desk.write("tang", one, OVER)
    desk.put(twin, OVER)
    assert desk[twin].draft
    assert desk[twin].writers == frozenset()


def test_an_empty_write_by_hand_is_no_omission():
    desk = Desk(segments=[Segment("a" * 12, ORDERS, OVER)])
    desk.confirm("tang", "a" * 12)
    replace_event(desk, -1, target=EMPTY, text="")
    desk.put("a" * 12, "")
    assert desk["a" * 12].state is State.UNTRANSLATED


def test_a_person_who_left_is_remembered(desk, one):
    desk.policy = Policy((*FOUNDING.people, Person("li", "Li")), FOUNDING.passes)
    desk.write("tang", one, OVER)
    desk.approve("li", one)
    desk.leave("li")
    assert approvers(desk, one) == ("li",)


def test_a_send_back_in_a_pass_there_is_no_more_does_not_stand(desk, one):
    desk.write("tang", one, OVER)
    desk._on(SendBack, desk[one], "eleanor", pass_="gone", comment="不对")
    assert desk[one].sent_back == ()


# Taking back


def test_an_approval_taken_back_is_missing_and_may_be_given_again(desk, one):
    desk.write("tang", one, OVER)
    desk.approve("eleanor", one)
    assert desk.undo("eleanor", one) is None
    assert approvers(desk, one) == ()
    desk.approve("eleanor", one)
    assert approvers(desk, one) == ("eleanor",)


def test_a_send_back_taken_back_stands_no_longer_and_the_approval_before_it_counts_again(desk, one):
    desk.write("tang", one, OVER)
    desk.approve("eleanor", one)
    desk.send_back("eleanor", one)
    assert desk.undo("eleanor", one) is None
    assert desk[one].state is State.REVIEWED
    assert approvers(desk, one) == ("eleanor",)


def test_acts_are_taken_back_one_after_the_other_until_none_is_left(desk, one):
    desk.draft(one, ABOUT)
    desk.confirm("tang", one)
    desk.write("tang", one, OVER)
    desk.omit("tang", one)
    seen = []
    while desk.undo("tang", one) is None:
        seen.append((desk.segment(one).target, desk[one].state))
    assert seen == [(OVER, State.TRANSLATED), (ABOUT, State.TRANSLATED), (ABOUT, State.DRAFT)]
    assert desk[one].writers == frozenset()


def test_the_first_text_taken_back_leaves_the_segment_untranslated(desk, one):
    desk.write("tang", one, OVER)
    assert desk.undo("tang", one) is None
    assert desk[one].state is State.UNTRANSLATED


def test_who_wrote_a_text_stays_its_writer_though_they_took_it_back(desk, one):
    desk.write("tang", one, OVER)
    desk.undo("tang", one)
    desk.put(one, OVER)
    assert desk[one].draft
    desk.confirm("jessica", one)
    assert desk[one].writers == {"tang", "jessica"}
    assert "nobody approves their own words" in desk.approve("tang", one)


def test_a_text_from_outside_is_kept_by_the_act_that_replaces_it(desk, one):
    desk.put(one, ABOUT)
    desk.write("tang", one, OVER)
    assert desk.undo("tang", one) is None
    assert desk.segment(one).target == ABOUT
    assert desk[one].origin == "outside"


def test_of_the_text_that_somebody_else_has_changed_nothing_is_taken_back(desk, one):
    desk.write("tang", one, OVER)
    desk.write("eleanor", one, MORE, "revision")
    assert "the text has changed since Tang last acted here" in desk.undo("tang", one)
    assert "Jessica has done nothing here" in desk.undo("jessica", one)


def test_a_text_is_taken_back_only_by_who_could_write_there(desk, one):
    desk.write("tang", one, OVER)
    people = tuple(replace(each, passes=frozenset({"revision"})) for each in FOUNDING.people)
    desk.policy = replace(FOUNDING, people=people)
    assert "Tang does not act in the pass translation" in desk.undo("tang", one)
    desk.policy = replace(FOUNDING, passes=(Pass("first", Role.TRANSLATOR), FOUNDING.passes[1]))
    assert "the pass translation is no more" in desk.undo("tang", one)


def test_a_text_that_is_nowhere_any_more_is_not_put_back(desk, one):
    desk.put(one, ABOUT)
    desk.write("tang", one, OVER)
    written = msgspec.structs.replace(desk.events.pop(), was=None, id="")
    desk.events.append(msgspec.structs.replace(written, id=event_id(fields(written))))
    assert "nothing has the text that stood before" in desk.undo("tang", one)


def test_an_approval_taken_back_on_one_machine_is_missing_though_another_gave_it_too(desk, one):
    desk.write("tang", one, OVER)
    other = desk.copy()
    desk.approve("eleanor", one)
    desk.undo("eleanor", one)
    other._on(Comment, other[one], "eleanor", comment="Good.")
    other.approve("eleanor", one)
    assert approvers(other, one) == ("eleanor",)
    assert approvers(merged(desk, other, targets=[False]), one) == ()


def test_only_ones_own_earlier_act_is_taken_back(desk, one):
    desk.write("tang", one, OVER)
    desk.approve("eleanor", one)
    approval = desk.events[-1]
    desk._on(TakeBack, desk[one], "jessica", answers=approval.id)
    desk._on(TakeBack, desk[one], "eleanor", answers="f" * 64)
    for person, prev in (("eleanor", ()), ("jessica", (approval.id,))):
        values = {"segment": one, "source": approval.source, "target": approval.target, "answers": approval.id}
        desk.events.append(seal(TakeBack, prev=prev, person=person, at=approval.at, **values))
    assert desk[one].lineage.taken_back == frozenset()
    assert approvers(desk, one) == ("eleanor",)


def test_a_decision_is_not_taken_back(desk, one):
    with_editor(desk)
    desk.write("tang", one, OVER)
    desk.send_back("eleanor", one)
    desk.settle("jessica", one)
    assert "a decision is not taken back" in desk.undo("jessica", one)


def test_a_signature_asks_its_signer_where_they_took_back_what_it_rested_on(desk, one):
    desk.write("tang", one, OVER)
    desk.sign("tang", "translation")
    desk.approve("eleanor", one)
    desk.sign("eleanor", "revision")
    desk.undo("eleanor", one)
    (signature,) = desk.standing.signatures("revision")
    assert signature.differences == (one,)
    desk.approve("eleanor", one)
    assert desk.standing.signatures("revision")[0].stands


def test_a_signature_stands_though_its_signer_takes_back_what_they_did_after_it(desk, one):
    desk.write("tang", one, OVER)
    desk.sign("tang", "translation")
    desk.approve("jessica", one)
    desk.sign("eleanor", "revision", read_all=True)
    desk.approve("eleanor", one)
    desk.undo("eleanor", one)
    assert approvers(desk, one) == ("jessica",)
    assert desk.standing.signatures("revision")[0].stands


def test_a_signature_stands_again_when_a_later_text_is_taken_back(desk, one):
    desk.write("tang", one, OVER)
    desk.sign("tang", "translation")
    desk.write("tang", one, MORE)
    assert not desk.standing.signatures("translation")[0].differences
    desk.undo("tang", one)
    assert desk.standing.signatures("translation")[0].stands
