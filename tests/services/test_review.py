"""The acts of the desk: what they record, what they refuse, and that they are on the disk when they return."""

from __future__ import annotations

import pytest

from reviewtool.errors import InputError, Refused
from reviewtool.storage import ledgers

from .conftest import TEXTS


def test_an_edit_is_confirmed_and_its_author_is_the_writer(desk):
    edition = desk.write(1, TEXTS[1], "tang")
    one = edition.standing.segments[desk.ids[1]]
    assert one.translated
    assert one.writers == {"tang"}
    assert desk.states[1] == "translated"


def test_what_was_acknowledged_is_in_ledger_and_catalog(desk):
    desk.write(0, TEXTS[0], "tang")
    assert TEXTS[0] in desk.catalog.read_text(encoding="utf-8")
    record = ledgers.read(desk.root / "locales/en/ledger/story").sound()
    assert [event.person for event in record.events] == ["tang"]


def test_a_draft_from_outside_waits_for_a_person(desk):
    desk.outside('msgstr ""', 'msgstr "Put in by another program."')
    assert set(desk.states) == {"draft"}
    outcome = desk.workspace.review.confirm("story", "en", None, person="tang")
    assert len(outcome.done) == 6
    assert set(desk.states) == {"translated"}
    assert "fuzzy" not in desk.catalog.read_text(encoding="utf-8")


def test_a_confirmed_outside_text_is_kept_in_the_record(desk):
    desk.outside('msgstr ""', 'msgstr "Put in by another program."')
    desk.workspace.review.confirm("story", "en", [desk.ids[1]], person="tang")
    desk.write(1, TEXTS[1], "tang")
    one = desk.edition.standing.segments[desk.ids[1]]
    assert one.recorded(one.versions()[0].target) == "Put in by another program."


def test_nobody_confirms_what_another_wrote(desk):
    desk.translate()
    outcome = desk.workspace.review.confirm("story", "en", [desk.ids[0]], person="eleanor")
    assert outcome.done == ()
    assert outcome.refused[0].reason == "Tang wrote or confirmed it: approve it instead"


def test_confirming_ones_own_again_is_done_and_writes_nothing(desk):
    desk.translate()
    before = len(desk.edition.ledger)
    outcome = desk.workspace.review.confirm("story", "en", [desk.ids[0]], person="tang")
    assert outcome.done == (desk.ids[0],)
    assert len(desk.edition.ledger) == before


def test_nobody_approves_their_own_words(desk):
    desk.translate()
    outcome = desk.approve("tang", [0])
    assert outcome.refused[0].reason == "Tang wrote it: nobody approves their own words"


def test_a_draft_is_not_approved(desk):
    desk.outside('msgstr ""', 'msgstr "Drafted."')
    outcome = desk.approve("eleanor", [0])
    assert "still a draft" in outcome.refused[0].reason


def test_what_can_be_approved_is_though_the_rest_is_refused(desk):
    desk.write(1, TEXTS[1], "tang")
    outcome = desk.approve("eleanor")
    assert outcome.done == (desk.ids[1],)
    assert len(outcome.refused) == 5


def test_a_correction_needs_somebody_else_and_the_author_may_give_it(desk):
    desk.translate()
    desk.approve("eleanor")
    desk.write(1, "The delegation was on the road for eight days.", "eleanor", "revision")
    assert desk.states[1] == "translated"
    assert desk.approve("tang", [1]).done == (desk.ids[1],)
    assert desk.states[1] == "reviewed"


def test_approving_all_leaves_out_own_words_that_others_approved(desk):
    desk.translate()
    desk.write(1, "Eight days it took.", "eleanor", "revision")
    desk.approve("jessica")
    outcome = desk.approve("eleanor")
    assert outcome.refused == ()
    assert desk.ids[1] not in outcome.done


def test_putting_back_anothers_text_makes_nobody_a_writer(desk):
    desk.translate()
    desk.write(1, "Eight days it took.", "eleanor", "revision")
    edition = desk.write(1, TEXTS[1], "jessica", "revision")
    one = edition.standing.segments[desk.ids[1]]
    assert one.writers == {"tang"}
    assert one.versions()[-1].restores == one.versions()[0].id
    assert desk.approve("jessica", [1]).done


def test_a_send_back_holds_until_its_sender_approves(desk):
    desk.translate()
    desk.approve("eleanor")
    desk.send_back(4, "Which orders? They are intended only.", "jessica")
    assert desk.states[4] == "sent-back"
    assert desk.approve("jessica", [4]).done
    assert desk.states[4] == "reviewed"


def test_a_new_text_answers_a_send_back(desk):
    desk.translate()
    desk.send_back(4, "Say that they are intended.", "eleanor")
    desk.write(4, "Orders of intent exceed 1.2 billion yuan.", "tang")
    assert desk.states[4] == "translated"


def test_a_reviser_does_not_correct_a_draft(desk):
    desk.outside('msgstr ""', 'msgstr "Drafted."')
    with pytest.raises(Refused, match="still a draft"):
        desk.write(0, TEXTS[0], "eleanor", "revision")


def test_who_signed_the_translation_writes_only_there(desk):
    desk.translate()
    desk.sign("translation", "tang")
    with pytest.raises(Refused, match="writes only there"):
        desk.write(0, "Another headline", "tang", "revision")
    desk.write(0, "Another headline", "tang")
    assert desk.edition.standing.segments[desk.ids[0]].versions()[-1].pass_ == "translation"


def test_an_omitted_segment_is_approved_like_text(desk):
    desk.translate()
    desk.workspace.review.omit("story", "en", [desk.ids[5]], person="tang")
    assert desk.edition.standing.segments[desk.ids[5]].omitted
    assert desk.states[5] == "translated"
    assert desk.approve("eleanor", [5]).done
    assert desk.states[5] == "reviewed"


def test_settling_is_refused_unless_the_workspace_allows_it(desk):
    desk.translate()
    with pytest.raises(Refused, match="override = true"):
        desk.workspace.review.settle("story", "en", desk.ids[0], "It is late.", person="jessica")


def test_a_settled_send_back_stands_no_longer(lenient_desk):
    desk = lenient_desk
    desk.translate()
    desk.approve("jessica")
    desk.send_back(4, "I would put it otherwise.", "eleanor")
    desk.workspace.review.settle("story", "en", desk.ids[4], "House style.", person="jessica")
    assert desk.states[4] == "reviewed"


def test_who_sent_a_text_back_does_not_settle_it(lenient_desk):
    desk = lenient_desk
    desk.translate()
    desk.send_back(4, "I would put it otherwise.", "eleanor")
    with pytest.raises(Refused, match="may not settle"):
        desk.workspace.review.settle("story", "en", desk.ids[4], "I am right.", person="eleanor")


def test_a_settled_own_text_may_be_approved_by_its_writer(lenient_desk):
    desk = lenient_desk
    desk.translate()
    desk.workspace.review.settle("story", "en", desk.ids[0], "Nobody else reads Chinese.", person="jessica")
    assert desk.approve("tang", [0]).done == (desk.ids[0],)


def test_a_thread_is_open_until_it_is_resolved(desk):
    desk.workspace.review.comment("story", "en", desk.ids[0], "Which spelling?", person="tang")
    remark = desk.edition.standing.segments[desk.ids[0]].threads[0].remark
    desk.workspace.review.comment("story", "en", desk.ids[0], "The city's own.", person="eleanor", answers=remark.id)
    thread = desk.edition.standing.segments[desk.ids[0]].threads[0]
    assert [reply.comment for reply in thread.replies] == ["The city's own."]
    assert not thread.resolved
    desk.workspace.review.resolve("story", "en", desk.ids[0], person="tang")
    assert desk.edition.standing.segments[desk.ids[0]].threads[0].resolved


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda desk: desk.workspace.review.edit("story", "en", "0" * 12, "x", person="tang"), "no segment"),
        (lambda desk: desk.workspace.review.edit("story", "en", desk.ids[0], " ", person="tang"), "empty"),
        (lambda desk: desk.workspace.review.edit("story", "en", desk.ids[0], "a\0", person="tang"), "U.0000"),
        (lambda desk: desk.write(0, "a\nb", "tang"), "one line"),
        (lambda desk: desk.write(0, "长" * 20_000, "tang"), "longer than 50 KB"),
        (lambda desk: desk.write(0, "x", "tang", "polish"), "There is no pass 'polish'"),
        (lambda desk: desk.workspace.review.edit("other", "en", "0" * 12, "x", person="tang"), "no article"),
        (lambda desk: desk.workspace.review.edit("story", "fr", "0" * 12, "x", person="tang"), "no edition in fr"),
        (lambda desk: desk.send_back(0, "  ", "eleanor"), "Say why"),
    ],
)
def test_bad_input_gets_a_sentence_and_leaves_no_trace(desk, call, sentence):
    with pytest.raises(InputError, match=sentence):
        call(desk)
    assert len(desk.edition.ledger) == 0


def test_a_segment_is_named_by_its_number_or_the_beginning_of_its_id(desk):
    ids = desk.ids
    desk.workspace.review.edit("story", "en", "2", TEXTS[1], person="tang")
    desk.workspace.review.edit("story", "en", ids[2][:6], TEXTS[2], person="tang")
    outcome = desk.workspace.review.approve("story", "en", ["2", ids[1], ids[2][:4]], person="eleanor")
    assert outcome.done == (ids[1], ids[2])


@pytest.mark.parametrize("given", ["7", "0", "-1", "abc", "", "999"])
def test_a_segment_that_is_not_there_is_named(desk, given):
    with pytest.raises(InputError, match="no segment"):
        desk.edition.segment(given)


def test_an_act_undone_is_told_in_the_record_and_the_former_text_is_on_the_disk(desk):
    desk.outside('msgid "订单"\nmsgstr ""', 'msgid "订单"\nmsgstr "Orders from outside"')
    desk.write(3, TEXTS[3], "tang")
    edition = desk.workspace.review.undo("story", "en", desk.ids[3], person="tang")
    assert edition.standing.segments[desk.ids[3]].draft
    assert 'msgstr "Orders from outside"' in desk.catalog.read_text(encoding="utf-8")
    assert "#, fuzzy" in desk.catalog.read_text(encoding="utf-8")
    record = ledgers.read(desk.root / "locales/en/ledger/story").sound()
    write, taken_back = record.events
    assert taken_back.answers == write.id
    assert desk.open().signing.verify().ok


def test_a_first_translation_undone_leaves_no_text_and_no_draft(desk):
    before = desk.catalog.read_bytes()
    desk.write(1, TEXTS[1], "tang")
    desk.workspace.review.undo("story", "en", desk.ids[1], person="tang")
    assert desk.states[1] == "untranslated"
    assert desk.catalog.read_bytes() == before


def test_a_remark_is_not_undone_but_the_approval_before_it(desk):
    desk.translate()
    desk.approve("eleanor", [1])
    desk.workspace.review.comment("story", "en", desk.ids[1], "Eight or nine?", person="eleanor")
    desk.workspace.review.undo("story", "en", desk.ids[1], person="eleanor")
    one = desk.edition.standing.segments[desk.ids[1]]
    assert one.approvals == ()
    assert one.threads


def test_where_nothing_was_done_nothing_is_undone(desk):
    desk.translate()
    with pytest.raises(Refused, match="Eleanor has done nothing here"):
        desk.workspace.review.undo("story", "en", desk.ids[1], person="eleanor")
    desk.write(1, "Eight days it took.", "eleanor", "revision")
    with pytest.raises(Refused, match="the text has changed since Tang last acted here"):
        desk.workspace.review.undo("story", "en", desk.ids[1], person="tang")
