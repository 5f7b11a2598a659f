"""The verb that searches and replaces in an edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from reviewtool.cli import output
from reviewtool.cli.call import Call

if TYPE_CHECKING:
    from reviewtool.cli.shapes import Shape
    from reviewtool.services.editions import OpenEdition
    from reviewtool.services.replacing import Replacement, ReplaceRefused


def replace(call: Call) -> int:
    """Replace a pattern in an edition's targets, or with ``--dry-run`` show what would become of them."""
    given = call.given
    edition = call.workspace.editions.open(given.slug, given.to)
    edition.record.sound()
    found = call.workspace.replacing.preview(
        edition, given.pattern, given.replacement, regex=given.regex, case=not given.ignore_case
    )
    refused = [] if given.dry_run else list(_refused(call, found))
    left = {one.segment for one in refused}
    changed = [one for one in found if one.segment not in left]
    call.answer(
        {
            "replacements": [_shape(one) for one in found],
            "done": [] if given.dry_run else [one.segment for one in changed],
            "refused": [{"id": one.segment, "reason": one.reason} for one in refused],
        },
        [*_shown(edition, changed), _counted(len(changed), len(refused), dry=given.dry_run)],
    )
    for one in refused:
        output.note(f"reviewtool: segment {one.segment}: {one.reason}.")
    return int(bool(refused))


def _refused(call: Call, found: Sequence[Replacement]) -> Iterator[ReplaceRefused]:
    """Do what was found, and give what the desk refuses of it."""
    from reviewtool.services.replacing import ReplaceRefused

    given, person = call.given, call.person
    for event in call.workspace.replacing.run(given.slug, given.to, found, person=person, pass_name=given.pass_name):
        output.progress(f"{given.slug} ({given.to}): {event.number} of {event.total} replaced")
        if isinstance(event, ReplaceRefused):
            yield event
    output.progress("")


def _shape(one: Replacement) -> Shape:
    return {"id": one.segment, "before": one.before, "after": one.after, "spans": one.spans, "draft": one.draft}


def _shown(edition: OpenEdition, replacements: Iterable[Replacement]) -> Iterator[str]:
    numbers = {segment: number for number, segment in enumerate(edition.standing.segments, start=1)}
    for one in replacements:
        yield f"{numbers[one.segment]:>3}  {one.segment}{'  draft' if one.draft else ''}"
        for sign, text in (("-", one.before), ("+", one.after)):
            yield from (f"   {sign} {line}" for line in text.split("\n"))


def _counted(changed: int, refused: int, *, dry: bool) -> str:
    segments = f"{changed} segment{'' if changed == 1 else 's'}"
    if dry:
        return f"{segments} would be changed"
    return f"{segments} changed{f', {refused} refused' if refused else ''}"
