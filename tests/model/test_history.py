"""Which events come before which, held against the plain reading of ``prev``."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from reviewtool.model.history import History


@dataclass(frozen=True)
class Event:
    id: str
    prev: tuple[str, ...]
    at: str


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Events in the order they were made: lines, forks, merges, several beginnings, and some that follow what is lost.

    Most follow the last one, as most do.
    """
    events: list[Event] = []
    for number in range(draw(st.integers(1, 40))):
        names = [one.id for one in events]
        ways = [st.just(tuple(names[-1:]))] * 4
        ways += [st.lists(st.sampled_from([*names, "lost"]), max_size=3, unique=True).map(tuple)]
        ways += [st.just(tuple(names[-2:-1]))]
        events.append(Event(f"e{number:02}", draw(st.one_of(ways)), draw(st.sampled_from("2135"))))
    return events


def plainly(events: list[Event]) -> dict[str, set[str]]:
    """For each event itself and all before it."""
    known = {one.id: one for one in events}
    seen: dict[str, set[str]] = {}
    for event in events:
        seen[event.id] = {event.id}.union(*(seen[one] for one in event.prev if one in known))
    return seen


@given(histories(), st.randoms(use_true_random=False))
def test_an_event_comes_before_another_where_a_path_of_prev_leads_to_it(events, chance):
    seen = plainly(events)
    history = History(chance.sample(events, len(events)))
    for later in events:
        for earlier in events:
            expected = earlier.id in seen[later.id]
            assert history.before(earlier, later) is (expected and earlier != later)
            assert history.within(earlier, history.seen([later.id])) is expected


@given(histories(), st.data())
def test_what_several_heads_have_seen_is_what_any_of_them_has(events, data):
    heads = data.draw(st.lists(st.sampled_from([*(one.id for one in events), "lost"])))
    seen = plainly(events)
    expected = set().union(*(seen.get(head, set()) for head in heads))
    history = History(events)
    closure = history.seen(heads)
    assert {one.id for one in events if history.within(one, closure)} == expected


@given(histories(), st.randoms(use_true_random=False))
def test_nothing_is_told_before_what_it_follows_and_the_order_of_lines_means_nothing(events, chance):
    seen = plainly(events)
    history = History(events)
    told = sorted(events, key=history.telling)
    for place, one in enumerate(told):
        assert seen[one.id] & {later.id for later in told[place:]} == {one.id}
    assert sorted(events, key=History(chance.sample(events, len(events))).telling) == told


@given(histories(), st.data())
def test_a_history_that_went_on_is_the_one_made_of_all(events, data):
    cut = data.draw(st.integers(0, len(events)))
    history = History(events[:cut])
    early = {one.id: history.seen([one.id]) for one in events[:cut]}
    history.extend(data.draw(st.permutations(events[cut:])))
    whole = History(events)
    assert len(history) == len(events)
    assert [history.get(one.id) for one in events] == events
    assert sorted(history, key=history.telling) == sorted(whole, key=whole.telling)
    assert early == {one.id: history.seen([one.id]) for one in events[:cut]}
    for later in events:
        assert [history.before(one, later) for one in events] == [whole.before(one, later) for one in events]
