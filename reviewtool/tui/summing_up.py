"""What the work on an edition came to, in sentences for the person who is about to sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reviewtool.model.policy import Pass
from reviewtool.model.signoff import Standing
from reviewtool.model.summary import Summary, summary
from reviewtool.tui.language import _, ngettext
from reviewtool.tui.render import one_line


def told(standing: Standing, person: str, one: Pass) -> Iterator[str]:
    """What was done until this pass, what was sent back in it, and what of all that the person did."""
    found = summary(standing, one)
    yield _done(_progress(found, one), _hands(standing, found, person, one), found)
    if found.sent_back:
        yield _sent_back(found.sent_back)
    if one.is_translation:
        mine = found.written.get(person, 0) + found.omitted.get(person, 0)
        said = ngettext(
            "You have written or confirmed {n} segment.", "You have written or confirmed {n} segments.", mine
        )
        yield said.format(n=mine)
    else:
        approved, corrected = found.approvals.get(person, 0), found.corrected.get(person, 0)
        yield _("You have approved {approved} and corrected {corrected}.").format(
            approved=approved, corrected=corrected
        )


def _progress(found: Summary, one: Pass) -> str:
    segments = ngettext("{n} segment", "{n} segments", found.segments).format(n=found.segments)
    if found.approved < found.segments:
        some = _("{segments}, {n} of them translated") if one.is_translation else _("{segments}, {n} of them approved")
        return some.format(segments=segments, n=found.approved)
    every = _("{segments}, all translated") if one.is_translation else _("{segments}, all approved")
    return every.format(segments=segments)


def _done(progress: str, hands: str, found: Summary) -> str:
    """How far it is and by whose hands, in one sentence."""
    if not hands:
        return _("{sentence}.").format(sentence=progress)
    said = _("{progress}: {hands}.") if found.approved == found.segments else _("{progress}; {hands}.")
    return said.format(progress=progress, hands=hands)


def _hands(standing: Standing, found: Summary, person: str, one: Pass) -> str:
    """By whom: ``17 as Tang wrote them, 4 corrected (by you 3, Jessica 1)``."""
    parts = []
    if one.is_translation:
        parts += [_("by {people}").format(people=_counted(standing, found.written, person))] if found.written else []
    elif found.corrected:
        writers = one_line(_(", ").join(standing.name(each) for each in found.written))
        if writers:
            parts.append(_("{n} as {people} wrote them").format(n=sum(found.written.values()), people=writers))
        by = _counted(standing, found.corrected, person)
        parts.append(_("{n} corrected (by {people})").format(n=sum(found.corrected.values()), people=by))
    if found.omitted:
        parts.append(_("{n} left out").format(n=sum(found.omitted.values())))
    return _(", ").join(parts)


def _counted(standing: Standing, people: Mapping[str, int], person: str) -> str:
    """People with their numbers, the person here first: ``you 3, Jessica 1``."""
    here_first = sorted(people.items(), key=lambda one: one[0] != person)
    return _(", ").join(
        _("you {n}").format(n=number)
        if each == person
        else _("{name} {n}").format(name=one_line(standing.name(each)), n=number)
        for each, number in here_first
    )


def _sent_back(counted: Mapping[str, int]) -> str:
    categories = [(_(category) if category else _("other"), n) for category, n in _others_last(counted)]
    named = _(", ").join(f"{one_line(category)} {n}" for category, n in categories)
    return _("Sent back on the way: {n} ({categories}).").format(n=sum(counted.values()), categories=named)


def _others_last(counted: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    return sorted(counted.items(), key=lambda one: (not one[0], one[0]))
