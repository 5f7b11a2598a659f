"""What was done in a pass, counted over the segments as they stand, and told in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reviewtool.model.ledger import SendBack
from reviewtool.model.policy import Pass
from reviewtool.model.signoff import Standing
from reviewtool.model.standing import SegmentStanding
from reviewtool.tui.language import _, ngettext
from reviewtool.tui.render import one_line


@dataclass(frozen=True, slots=True)
class Tally:
    """What was done in one pass.

    ``done`` segments have all that the pass needs. ``taken`` counts who wrote, confirmed or omitted the present
    texts in it, each segment once: the translators, or who corrected. ``writers`` are those of the other segments.
    ``approved`` is how many a person approved in it; ``sent_back`` counts its send-backs by MQM category, "" for none.
    """

    segments: int
    done: int
    taken: Mapping[str, int]
    writers: tuple[str, ...]
    omitted: int
    approved: Mapping[str, int]
    sent_back: Mapping[str, int]

    @property
    def untouched(self) -> int:
        """How many segments are as they came into the pass."""
        return self.segments - sum(self.taken.values())


def tally(standing: Standing, one: Pass) -> Tally:
    """What was done in this pass until now."""
    segments = list(standing.segments.values())
    takers = {each.id: _taker(each, one.name) for each in segments}
    taken = Counter(person for person in takers.values() if person)
    left = (each.writers for each in segments if not takers[each.id])
    rank = standing.policy.rank
    sent = (event for event in standing.ledger.events if isinstance(event, SendBack) and event.pass_ == one.name)
    return Tally(
        segments=len(segments),
        done=sum(each.satisfies(one) for each in segments),
        taken={person: taken[person] for person in sorted(taken, key=rank)},
        writers=tuple(sorted(frozenset().union(*left), key=rank)),
        omitted=sum(each.omitted for each in segments),
        approved=Counter(person for each in segments for person in each.approvers(one.name)),
        sent_back=Counter((event.category or "").partition("/")[0] for event in sent),
    )


def _taker(segment: SegmentStanding, pass_name: str) -> str:
    """Who last wrote, confirmed or omitted the present text in this pass; "" where nobody did."""
    takers = [event.person for event in segment.writings if event.pass_ == pass_name and event.source == segment.source]
    return takers[-1] if takers else ""


def told(standing: Standing, person: str, one: Pass) -> Iterator[str]:
    """What was done in the pass, and what of it the person did."""
    counted = tally(standing, one)
    yield _progress(counted, one) + _hands(standing, counted, person, one)
    if counted.sent_back:
        yield _sent_back(counted.sent_back)
    mine = counted.taken.get(person, 0)
    if one.is_translation:
        said = ngettext(
            "You have written or confirmed {n} segment.", "You have written or confirmed {n} segments.", mine
        )
        yield said.format(n=mine)
    else:
        approved = counted.approved.get(person, 0)
        yield _("You have approved {approved} and corrected {corrected}.").format(approved=approved, corrected=mine)


def _progress(counted: Tally, one: Pass) -> str:
    number = counted.segments
    segments = ngettext("{n} segment", "{n} segments", number).format(n=number)
    if counted.done < number:
        done = _("{segments}, {n} of them translated") if one.is_translation else _("{segments}, {n} of them approved")
        return done.format(segments=segments, n=counted.done)
    done = _("{segments}, all translated") if one.is_translation else _("{segments}, all approved")
    return done.format(segments=segments)


def _hands(standing: Standing, counted: Tally, person: str, one: Pass) -> str:
    """By whom: ``17 as Tang wrote them, 4 corrected (by you 3, Jessica 1)``, after a colon."""
    by = ", ".join(
        _("you {n}").format(n=number)
        if each == person
        else _("{name} {n}").format(name=one_line(standing.name(each)), n=number)
        for each, number in counted.taken.items()
    )
    parts = []
    if one.is_translation:
        parts += [_("by {people}").format(people=by)] if by else []
    elif counted.taken:
        writers = one_line(", ".join(standing.name(each) for each in counted.writers))
        untouched = _("{n} as {people} wrote them") if writers else _("{n} as they came")
        parts.append(untouched.format(n=counted.untouched, people=writers))
        parts.append(_("{n} corrected (by {people})").format(n=sum(counted.taken.values()), people=by))
    if counted.omitted:
        parts.append(_("{n} left out").format(n=counted.omitted))
    if not parts:
        return "."
    return f"{':' if counted.done == counted.segments else ';'} {', '.join(parts)}."


def _sent_back(counted: Mapping[str, int]) -> str:
    number = sum(counted.values())
    named = ", ".join(f"{one_line(category) or _('other')} {n}" for category, n in _others_last(counted))
    return _("Sent back on the way: {n} ({categories}).").format(n=number, categories=named)


def _others_last(counted: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda one: (not one[0], one[0]))
