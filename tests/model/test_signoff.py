"""Signatures: what they are bound to, when they stand, and what keeps somebody from signing."""

import hashlib
from dataclasses import replace

import msgspec
import pytest
import rfc8785

from reviewtool.model.language import Language
from reviewtool.model.ledger import Approve, SendBack, Sign, Withdraw, event_id, fields
from reviewtool.model.policy import Pass, Person, Policy, Role
from reviewtool.model.segment import State
from reviewtool.model.signoff import SignatureStanding, Standing, digest
from tests.model.desk import ENGLISH, FOUNDING, SLUG, Desk, merged

TEXTS = (
    ("佛山代表团出访日韩", "Foshan Delegation Visits Japan and South Korea"),
    ("意向订单超过6亿元。", "Orders exceed 600 million yuan."),
    ("3个意向投资项目。", "Three projects are intended."),
)
MORE = "Orders of over 600 million yuan."
ABOUT = "意向订单约6亿元。"
TRANSLATION, REVISION = FOUNDING.passes


@pytest.fixture
def desk() -> Desk:
    """Tang has written three segments and signed nothing yet."""
    desk = Desk()
    for source, target in TEXTS:
        desk.write("tang", desk.add(source), target)
    return desk


@pytest.fixture
def one(desk: Desk) -> str:
    """The middle segment."""
    return desk.segments[1].id


def approve_all(desk: Desk, person: str, pass_: str = "revision") -> None:
    for segment in desk.segments:
        assert desk.approve(person, segment.id, pass_) is None


def final(desk: Desk) -> Desk:
    """Tang, then Eleanor and Jessica."""
    assert desk.sign("tang", "translation") == []
    for person in ("eleanor", "jessica"):
        approve_all(desk, person)
        assert desk.sign(person, "revision") == []
    assert desk.standing.final
    return desk


def signature(desk: Desk, person: str, pass_: str = "revision") -> SignatureStanding:
    return next(one for one in desk.standing.passes[pass_].signatures if one.person == person)


def signers(desk: Desk, pass_: str = "revision") -> list[str]:
    return [one.person for one in desk.standing.passes[pass_].signers]


def by_hand(desk: Desk, **values: object) -> None:
    """Change the last event of the record, its id fitting."""
    changed = msgspec.structs.replace(desk.events[-1], **values)
    desk.events[-1] = msgspec.structs.replace(changed, id=event_id(fields(changed)))


# What is signed


def test_the_digest_binds_texts_order_article_language_and_pass(desk):
    texts = desk.standing.texts
    bound = {
        "namespace": "reviewtool",
        "slug": SLUG,
        "language": "en",
        "pass": "revision",
        "segments": [list(text) for text in texts],
    }
    signed = digest(SLUG, ENGLISH, "revision", texts)
    assert signed == hashlib.sha256(rfc8785.dumps(bound)).hexdigest()
    others = {
        digest("another", ENGLISH, "revision", texts),
        digest(SLUG, Language.parse("ko"), "revision", texts),
        digest(SLUG, ENGLISH, "translation", texts),
        digest(SLUG, ENGLISH, "revision", texts[::-1]),
    }
    assert len(others | {signed}) == 5


def test_a_signature_of_another_edition_does_not_stand(desk):
    final(desk)
    elsewhere = Standing("another", ENGLISH, desk.segments, desk.ledger, desk.policy)
    assert elsewhere.passes["revision"].signers == ()
    assert "digest does not fit" in elsewhere.passes["revision"].blocks[-2].sentence


def test_a_signature_whose_list_was_changed_by_hand_does_not_stand(desk, one):
    desk.sign("tang", "translation")
    desk.put(one, MORE)
    desk.confirm("tang", one)
    desk.events.pop()
    by_hand(desk, segments=desk.standing.texts)
    assert not signature(desk, "tang", "translation").genuine
    assert signers(desk, "translation") == []


# When a signature stands


def test_an_edition_is_final_when_every_pass_is_complete(desk):
    final(desk)
    assert {desk.standing.state(segment.id) for segment in desk.segments} == {State.FINAL}
    desk.withdraw("jessica", "revision")
    assert not desk.standing.final
    assert {desk.standing.state(segment.id) for segment in desk.segments} == {State.REVIEWED}


def test_an_edit_outside_asks_every_signer_to_see_that_place(desk, one):
    final(desk).put(one, MORE)
    for person, name in (("tang", "translation"), ("eleanor", "revision"), ("jessica", "revision")):
        assert signature(desk, person, name).differences == (one,)
    assert signers(desk, "translation") == signers(desk) == []


def test_undoing_it_leaves_everything_as_it_was(desk, one):
    final(desk).put(one, MORE)
    desk.put(one, TEXTS[1][1])
    assert desk.standing.final


def test_a_changed_source_asks_every_signer_to_see_that_place(desk, one):
    final(desk).change_source(one, ABOUT)
    assert signature(desk, "tang", "translation").differences == (one,)
    assert signature(desk, "eleanor").differences == (one,)


def test_one_key_each_is_enough(desk, one):
    final(desk).change_source(one, ABOUT)
    assert desk.confirm("tang", one) is None
    assert signers(desk, "translation") == ["tang"]
    assert desk.approve("eleanor", one) is None
    assert desk.approve("jessica", one) is None
    assert desk.standing.final


def test_a_revisers_correction_leaves_the_authors_signature_standing_and_asks_the_other_reviser(desk, one):
    final(desk)
    assert desk.write("jessica", one, MORE, "revision") is None
    assert signers(desk, "translation") == ["tang"]
    assert signers(desk) == ["jessica"]
    assert signature(desk, "eleanor").differences == (one,)
    desk.approve("eleanor", one)
    assert signers(desk) == ["eleanor", "jessica"]
    assert desk.standing.final


def test_a_correction_leaves_the_authors_signature_only_where_the_source_is_the_same(desk, one):
    desk.sign("tang", "translation")
    desk.change_source(one, ABOUT)
    desk.confirm("jessica", one)
    desk.write("eleanor", one, MORE, "revision")
    assert signature(desk, "tang", "translation").differences == (one,)


def test_a_correction_signed_over_is_none_made_since(desk, one):
    desk.write("eleanor", one, MORE, "revision")
    desk.put(one, TEXTS[1][1])
    desk.confirm("tang", one)
    desk.sign("tang", "translation")
    desk.put(one, MORE)
    assert signature(desk, "tang", "translation").differences == (one,)


def test_a_change_in_the_translation_pass_asks_its_signers(desk, one):
    desk.sign("tang", "translation")
    desk.join("li")
    desk.write("li", one, MORE)
    assert signature(desk, "tang", "translation").differences == (one,)
    desk.approve("tang", one)
    assert signers(desk, "translation") == ["tang"]


def test_ones_own_later_words_against_the_text_signed_take_the_signature_away(desk, one):
    final(desk)
    desk.write("eleanor", one, MORE, "revision")
    desk.put(one, TEXTS[1][1])
    assert signers(desk) == ["jessica"]
    desk.send_back("jessica", one)
    assert signers(desk) == []
    desk.approve("jessica", one)
    assert signers(desk) == ["jessica"]


def test_sending_another_text_back_says_nothing_of_the_one_signed(desk, one):
    final(desk).write("eleanor", one, MORE, "revision")
    desk.send_back("jessica", one)
    desk.put(one, TEXTS[1][1])
    assert "jessica" in signers(desk)


def test_of_two_machines_the_act_against_the_text_wins(desk, one):
    final(desk)
    train = desk.copy()
    desk.write("eleanor", one, MORE, "revision")
    train.send_back("eleanor", one)
    both = merged(train, desk, targets=[True] * 3)
    assert signature(both, "eleanor").differences == (one,)


def test_added_removed_and_moved_segments_ask_for_a_new_signature(desk, one):
    final(desk)
    for change in (
        lambda copy: copy.add("代表团还将前往东南亚。"),
        lambda copy: copy.remove(one),
        lambda copy: copy.move(one, 0),
    ):
        copy = desk.copy()
        change(copy)
        assert signature(copy, "tang", "translation").reordered
        assert signers(copy) == signers(copy, "translation") == []


def test_signing_again_after_a_removal_asks_for_nothing(desk, one):
    final(desk).remove(one)
    assert signature(desk, "eleanor").dropped == (one,)
    assert desk.sign("tang", "translation") == []
    assert desk.sign("eleanor", "revision") == []
    assert desk.sign("jessica", "revision") == []
    assert desk.standing.final


def test_a_late_caption_is_all_that_is_new(desk):
    final(desk)
    caption = desk.add("图为代表团在东京。")
    assert signature(desk, "eleanor").differences == (caption,)
    desk.write("tang", caption, "The delegation in Tokyo.")
    assert desk.sign("tang", "translation") == []
    desk.approve("eleanor", caption)
    assert desk.sign("eleanor", "revision") == []


@pytest.mark.parametrize("other", [MORE, "Orders over 600m yuan.", "600 million yuan and more.", "RMB 600 million."])
def test_the_first_signature_that_stands_is_the_one_shown(desk, one, other):
    desk.write("tang", desk.segments[0].id, f"Headline: {other}")
    final(desk)
    first = signature(desk, "eleanor").signature.id
    desk.put(one, other)
    desk.confirm("tang", one)
    desk.approve("jessica", one)
    assert desk.sign("eleanor", "revision", read_all=True) == []
    second = signature(desk, "eleanor").signature.id
    desk.put(one, TEXTS[1][1])
    assert desk.approve("eleanor", one) is None
    assert all(desk.standing.standing_of(sign).stands for sign in desk.ledger.signatures if sign.person == "eleanor")
    assert signature(desk, "eleanor").signature.id == first != second


def test_a_signature_is_taken_back_by_its_signer_alone(desk):
    final(desk)
    desk._record(Withdraw, "tang", signature=signature(desk, "eleanor").signature.id)
    assert signers(desk) == ["eleanor", "jessica"]
    assert desk.withdraw("eleanor", "revision") == 1
    assert signers(desk) == ["jessica"]
    assert [one.person for one in desk.standing.passes["revision"].signatures] == ["jessica"]


def test_who_left_keeps_their_signature_and_name(desk):
    final(desk).leave("eleanor")
    assert desk.standing.final
    assert signature(desk, "eleanor").signature.name == desk.standing.name("eleanor") == "Eleanor"
    assert desk.standing.name("anna") == "anna"


# The order of names


def test_names_come_in_the_order_of_signing_as_the_signers_knew_it(desk):
    desk.sign("tang", "translation")
    for person in ("jessica", "eleanor"):
        approve_all(desk, person)
        desk.sign(person, "revision")
    assert signers(desk) == ["jessica", "eleanor"]


def test_of_two_who_did_not_know_of_each_other_the_desk_decides(desk):
    desk.sign("tang", "translation")
    train = desk.copy()
    for place, person in ((desk, "jessica"), (train, "eleanor")):
        approve_all(place, person)
        place.sign(person, "revision")
    assert signers(merged(desk, train, targets=[False] * 3)) == ["eleanor", "jessica"]
    assert signers(merged(train, desk, targets=[False] * 3)) == ["eleanor", "jessica"]


# Passes


def test_a_pass_wants_as_many_signatures_as_it_says(desk):
    desk.sign("tang", "translation")
    approve_all(desk, "eleanor")
    desk.sign("eleanor", "revision")
    standing = desk.standing.passes["revision"]
    assert not standing.complete
    assert [one.sentence for one in standing.blocks] == ["2 signatures wanted, 1 standing"]


def test_the_translation_wants_every_segment_confirmed_or_omitted(desk, one):
    desk.put(one, MORE)
    desk.add("代表团还将前往东南亚。")
    assert [block.sentence for block in desk.standing.gaps(TRANSLATION)] == [
        "1 segment is untranslated",
        "1 segment is a draft",
    ]
    assert desk.standing.gaps(TRANSLATION)[1].segments == (one,)


def test_a_revision_pass_wants_its_approvals_and_no_send_back(desk, one):
    approve_all(desk, "eleanor")
    desk.send_back("jessica", one)
    assert [block.sentence for block in desk.standing.gaps(REVISION)] == ["1 segment is sent back by Jessica"]
    desk.put(one, MORE)
    assert "not confirmed by a translator" in desk.standing.gaps(REVISION)[0].sentence
    desk.confirm("tang", one)
    assert [block.sentence for block in desk.standing.gaps(REVISION)] == ["1 segment lacks an approval in revision"]


def test_an_edition_without_segments_is_never_final(desk):
    desk.segments = []
    assert desk.objections("tang", "translation", read_all=True)
    assert not desk.standing.final


# Signing


def test_signing_follows_the_order_of_passes(desk):
    approve_all(desk, "eleanor")
    (objection,) = desk.objections("eleanor", "revision")
    assert objection.startswith("the pass translation comes first")


def test_nobody_signs_with_gaps(desk, one):
    desk.put(one, MORE)
    assert "1 segment is a draft" in desk.objections("tang", "translation", read_all=True)


def test_nobody_signs_in_a_pass_they_do_not_act_in(desk):
    limited = tuple(replace(person, passes=frozenset({"revision"})) for person in FOUNDING.people)
    desk.policy = replace(FOUNDING, people=limited)
    assert "does not act in the pass translation" in desk.objections("tang", "translation")[0]
    assert "does not act" in desk.objections("anna", "revision")[0]


def test_the_author_may_approve_a_correction_but_not_sign_the_revision(desk, one):
    desk.sign("tang", "translation")
    desk.write("eleanor", one, MORE, "revision")
    approve_all(desk, "jessica")
    assert desk.approve("tang", one) is None
    desk.approve("eleanor", desk.segments[0].id)
    assert "Tang has signed the translation: nobody signs both sides" in desk.objections("tang", "revision")


def test_who_has_work_standing_in_the_translation_does_not_sign_the_revision(desk, one):
    desk.write("jessica", one, MORE)
    desk.sign("tang", "translation", read_all=True)
    approve_all_but(desk, "eleanor", set())
    approve_all_but(desk, "jessica", {one})
    (objection,) = desk.objections("jessica", "revision", read_all=True)
    assert objection == "1 segment has Jessica's own work in the translation: nobody signs both sides"


def approve_all_but(desk: Desk, person: str, but: set[str]) -> None:
    for segment in desk.segments:
        if segment.id not in but:
            assert desk.approve(person, segment.id) is None


def test_who_put_a_text_back_in_the_translation_has_work_standing_there(desk, one):
    desk.write("jessica", one, MORE)
    desk.write("jessica", one, TEXTS[1][1])
    assert desk[one].writers == {"tang"}
    assert desk.standing.translates("jessica") == (one,)


def test_who_signed_a_revision_pass_does_not_sign_the_translation(desk):
    final(desk)
    desk.withdraw("tang", "translation")
    objections = desk.objections("eleanor", "translation", read_all=True)
    assert "Eleanor has signed the pass revision: nobody signs both sides (withdraw it first)" in objections


def test_after_a_merge_who_signed_the_translation_is_counted_in_no_other_pass(desk, one):
    desk.sign("tang", "translation")
    approve_all(desk, "jessica")
    approve_all(desk, "eleanor")
    train = desk.copy()
    assert desk.sign("eleanor", "revision") == []
    assert train.write("eleanor", one, MORE) is None
    train.put(one, TEXTS[1][1])
    train.confirm("tang", one)
    train.write("eleanor", train.segments[0].id, "Foshan Visits Japan and South Korea")
    assert train.sign("eleanor", "translation", read_all=True) == []
    both = merged(train, desk, targets=[False] * 3)
    both.approve("eleanor", one)
    assert "eleanor" in signers(both, "translation")
    assert signers(both) == []
    fallen = signature(both, "eleanor")
    assert fallen.barred or fallen.differences


def test_on_both_sides_after_a_merge_the_translation_counts(desk):
    approve_all(desk, "eleanor")
    for name in ("translation", "revision"):
        desk._record(
            Sign,
            "eleanor",
            pass_=name,
            role="reviser",
            name="Eleanor",
            segments=desk.standing.texts,
            heads=desk.ledger.heads,
            digest=digest(SLUG, ENGLISH, name, desk.standing.texts),
        )
    assert signers(desk, "translation") == ["eleanor"]
    assert signature(desk, "eleanor").barred
    blocks = [block.sentence for block in desk.standing.passes["revision"].blocks]
    assert "Eleanor's signature does not count: Eleanor has signed the translation" in blocks


def test_a_signer_of_the_translation_has_written_of_it(desk, one):
    assert "Eleanor has written or confirmed no segment of this translation that stands" in desk.objections(
        "eleanor", "translation", read_all=True
    )
    desk.write("eleanor", one, MORE)
    assert desk.objections("eleanor", "translation", read_all=True) == []


def test_a_text_that_only_later_passes_changed_is_still_the_translators(desk):
    for segment, (_, target) in zip(desk.segments, TEXTS, strict=True):
        desk.write("eleanor", segment.id, f"{target}!", "revision")
        desk.write("jessica", segment.id, f"{target}?", "revision")
    assert desk.sign("tang", "translation", read_all=True) == []


def test_a_text_that_the_translation_itself_replaced_is_not(desk):
    for segment, (_, target) in zip(desk.segments, TEXTS, strict=True):
        desk.write("jessica", segment.id, f"{target}!")
    assert len(desk.objections("tang", "translation", read_all=True)) == 1


def test_a_signature_is_not_empty(desk, one):
    desk.sign("tang", "translation")
    approve_all(desk, "jessica")
    for segment in (desk.segments[0].id, one):
        desk.approve("eleanor", segment)
    (objection,) = desk.objections("eleanor", "revision")
    assert objection.startswith("1 segment was not approved or read by Eleanor")
    assert desk.sign("eleanor", "revision", read_all=True) == []
    assert signature(desk, "eleanor").signature.read_all


def test_an_approval_in_another_pass_is_no_part_of_this_one(desk):
    third = Pass("reading", Role.PROOFREADER)
    desk.policy = Policy(FOUNDING.people, (TRANSLATION, replace(REVISION, signers=1), third))
    desk.sign("tang", "translation")
    approve_all(desk, "eleanor")
    desk.sign("eleanor", "revision")
    approve_all(desk, "jessica", "reading")
    assert len(desk.objections("eleanor", "reading")) == 1
    assert desk.objections("jessica", "reading") == []


def test_writing_counts_as_seeing_in_any_pass(desk, one):
    desk.sign("tang", "translation")
    desk.write("eleanor", one, MORE, "revision")
    for segment in (desk.segments[0].id, desk.segments[2].id):
        desk.approve("eleanor", segment)
    desk.approve("jessica", one)
    assert desk.objections("eleanor", "revision") == []


def test_what_was_signed_before_need_not_be_seen_again(desk, one):
    desk.sign("tang", "translation")
    approve_all(desk, "jessica")
    assert desk.sign("eleanor", "revision", read_all=True) == []
    desk.put(one, MORE)
    desk.confirm("tang", one)
    desk.approve("jessica", one)
    (objection,) = desk.objections("eleanor", "revision")
    assert objection.startswith("1 segment was not")


def test_what_was_taken_back_was_not_signed_before(desk):
    desk.sign("tang", "translation")
    approve_all(desk, "jessica")
    desk.sign("eleanor", "revision", read_all=True)
    desk.withdraw("eleanor", "revision")
    assert desk.objections("eleanor", "revision")[0].startswith("3 segments were not")


def test_signing_while_it_stands_writes_nothing(desk):
    final(desk)
    before = len(desk.events)
    assert desk.sign("eleanor", "revision") == []
    assert len(desk.events) == before


# When somebody is away


def test_another_translator_signs_after_changing_one_segment(desk, one):
    desk.join("li")
    assert "Tang" in desk.confirm("li", one)
    assert desk.objections("li", "translation", read_all=True)
    desk.write("li", one, MORE)
    assert desk.sign("li", "translation", read_all=True) == []


def test_or_after_an_editor_settled_one(desk, one):
    desk.policy = replace(FOUNDING, override=True)
    desk.join("li")
    desk.settle("jessica", one)
    assert desk.confirm("li", one) is None
    assert desk.sign("li", "translation", read_all=True) == []


def test_acts_by_hand_of_people_unknown_to_the_desk_raise_no_name(desk):
    final(desk)
    desk._on(SendBack, desk[desk.segments[0].id], "anna", pass_="revision", comment="不对")
    desk._on(Approve, desk[desk.segments[0].id], "anna", pass_="revision")
    assert desk.standing.final
    assert signers(desk) == ["eleanor", "jessica"]


def test_the_language_of_the_edition_names_people():
    people = (Person("tang", "Tang", {"zh": "唐"}), *FOUNDING.people[1:])
    standing = Standing(SLUG, Language.parse("zh-CN"), (), Desk().ledger, replace(FOUNDING, people=people))
    assert standing.name("tang") == "唐"
