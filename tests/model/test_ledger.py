"""The record: events, their ids, and the tree that orders them."""

import random
import string

import msgspec
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from reviewtool.model.ledger import (
    KINDS,
    AnyEvent,
    Approve,
    Comment,
    Ledger,
    Sign,
    Withdraw,
    Write,
    canonical,
    event_id,
    fields,
    seal,
)
from reviewtool.model.segment import text_hash

SOURCE, TARGET = text_hash("意向订单超过6亿元。"), text_hash("Orders exceed 600 million yuan.")
ON = {"segment": "5f1d7a54c3b2", "source": SOURCE, "target": TARGET}

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(string.printable, max_size=8), inner),
    max_leaves=12,
)


def remark(text: str, *, person: str = "tang", prev: tuple[str, ...] = (), at: str = "2023-03-07T10:45:00Z") -> Comment:
    return seal(Comment, prev=prev, person=person, at=at, comment=text, **ON)


def signature(person: str, *, heads: dict[str, tuple[str, ...]], prev: tuple[str, ...] = ()) -> Sign:
    return seal(
        Sign,
        prev=prev,
        person=person,
        at="2023-03-07T18:45:00Z",
        pass_="revision",
        role="reviser",
        name=person.title(),
        segments=((ON["segment"], SOURCE, TARGET),),
        heads=heads,
        digest="0" * 64,
    )


# Events


@given(VALUES)
def test_canonical_json_is_that_of_rfc_8785(value):
    assert canonical(value) == rfc8785.dumps(value)


def test_a_line_has_the_words_of_the_record_and_sorted_keys():
    event = seal(
        Write, prev=(), person="tang", at="2023-03-07T10:45:00Z", pass_="translation", text="Café", from_=SOURCE, **ON
    )
    record = fields(event)
    assert list(msgspec.json.decode(canonical(record))) == [
        "at", "do", "from", "id", "pass", "person", "prev", "segment", "source", "target", "text", "v",
    ]  # fmt: skip
    assert record["do"] == "write"
    assert record["v"] == 1


def test_the_id_is_the_hash_of_everything_but_itself():
    event = remark("请核对数字")
    assert event.id == event_id(fields(event))
    assert event_id({**fields(event), "id": "other"}) == event.id
    for key in ("person", "at", "comment", "segment", "source", "target"):
        assert event_id({**fields(event), key: "other"}) != event.id


def test_an_event_comes_back_from_its_line_as_it_was():
    for event in (remark("숫자를 확인하세요"), signature("eleanor", heads={"tang": ("1" * 64,)})):
        again = msgspec.json.decode(canonical(fields(event)), type=AnyEvent)
        assert again == event


def test_every_kind_is_known_by_its_word():
    assert set(KINDS) == {
        "draft", "write", "confirm", "omit", "approve", "send-back", "take-back", "join", "split", "settle",
        "comment", "resolve", "dismiss", "sign", "withdraw",
    }  # fmt: skip


# Order


def test_equal_lines_are_one_event_and_their_order_means_nothing():
    first = remark("一")
    second = remark("二", prev=(first.id,))
    other = remark("三", person="eleanor")
    events = [first, second, other]
    told = [event.id for event in Ledger(events).events]
    for seed in range(5):
        lines = [*events, first, other]
        random.Random(seed).shuffle(lines)
        assert [event.id for event in Ledger(lines).events] == told


def test_what_follows_is_told_after_whatever_the_clock_said():
    first = remark("一", at="2023-03-09T00:00:00Z")
    second = remark("二", prev=(first.id,), at="2023-03-01T00:00:00Z")
    third = remark("三", person="eleanor", at="2023-03-05T00:00:00Z")
    assert [event.comment for event in Ledger([second, third, first]).events] == ["三", "一", "二"]


def test_before_is_said_by_the_tree_alone():
    first = remark("一", at="2023-03-09T00:00:00Z")
    second = remark("二", prev=(first.id,), at="2023-03-01T00:00:00Z")
    third = remark("三", prev=(second.id,), at="2023-03-01T00:00:00Z")
    aside = remark("四", prev=(first.id,))
    ledger = Ledger([aside, third, second, first])
    assert ledger.before(first, third)
    assert not ledger.before(third, first)
    assert not ledger.before(first, first)
    assert not ledger.before(second, aside)
    assert not ledger.before(aside, second)


# Heads


def test_a_persons_head_is_their_last_event():
    first = remark("一")
    second = remark("二", prev=(first.id,))
    assert Ledger([second, first]).heads == {"tang": (second.id,)}


def test_two_machines_leave_two_heads_until_one_event_follows_both():
    first = remark("一")
    desk, train = remark("二", prev=(first.id,)), remark("三", prev=(first.id,))
    assert Ledger([first, desk, train]).heads == {"tang": tuple(sorted([desk.id, train.id]))}
    both = remark("四", prev=(desk.id, train.id))
    assert Ledger([first, desk, train, both]).heads == {"tang": (both.id,)}


def test_nobody_takes_anothers_head_away():
    tangs = remark("一")
    eleanors = remark("二", person="eleanor", prev=(tangs.id,))
    assert Ledger([tangs, eleanors]).heads == {"tang": (tangs.id,), "eleanor": (eleanors.id,)}


def test_what_a_signer_had_seen_are_the_heads_and_all_before_them():
    first = remark("一")
    second = remark("二", prev=(first.id,))
    third = remark("三", prev=(second.id,))
    sign = signature("eleanor", heads={"tang": (second.id,)})
    ledger = Ledger([first, second, third, sign])
    seen = ledger.seen_by(sign)
    assert [ledger.within(event, seen) for event in (first, second, third, sign)] == [True, True, False, True]


def test_a_signer_had_seen_their_own_acts_even_where_the_heads_do_not_say_so():
    first = remark("一", person="eleanor")
    sign = signature("eleanor", heads={}, prev=(first.id,))
    ledger = Ledger([first, sign])
    assert ledger.within(first, ledger.seen_by(sign))


def test_what_is_named_and_not_there_is_missing():
    lost, unseen = remark("一"), remark("二", person="jessica")
    after = remark("三", prev=(lost.id,))
    sign = signature("eleanor", heads={"tang": (after.id,), "jessica": (unseen.id,)})
    assert Ledger([after, sign]).missing == {lost.id, unseen.id}
    assert Ledger([lost, after, sign, unseen]).missing == frozenset()


# Looking things up


def test_a_signature_is_withdrawn_by_its_signer_alone():
    sign = signature("eleanor", heads={})
    by = {
        person: seal(Withdraw, prev=(), person=person, at="2023-03-07T19:00:00Z", signature=sign.id)
        for person in ("tang", "eleanor")
    }
    assert Ledger([sign, by["tang"]]).withdrawn == frozenset()
    assert Ledger([sign, by["eleanor"]]).withdrawn == {sign.id}


def test_only_signatures_can_be_withdrawn():
    said = remark("一")
    back = seal(Withdraw, prev=(said.id,), person="tang", at="2023-03-07T19:00:00Z", signature=said.id)
    assert Ledger([said, back]).withdrawn == frozenset()


def test_events_are_found_by_their_segment():
    here = remark("一")
    there = seal(
        Approve, prev=(), person="eleanor", at="2023-03-07T19:00:00Z", pass_="revision", **{**ON, "segment": "0" * 12}
    )
    ledger = Ledger([here, there, signature("eleanor", heads={}, prev=(there.id,))])
    assert list(ledger.on(here.segment)) == [here]
    assert list(ledger.on("f" * 12)) == []
    assert ledger.segments == {here.segment, there.segment}
    assert ledger.get(here.id) == here
    assert here.id in ledger
    assert "f" * 64 not in ledger
    assert len(ledger) == 3
