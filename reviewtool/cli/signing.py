"""The verbs about signatures and what rests on them: bylines, verifying, exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewtool.cli import output, shapes
from reviewtool.cli.call import Call
from reviewtool.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


def sign(call: Call) -> int:
    """Sign a pass of an edition."""
    given = call.given
    edition, standing, new = call.workspace.signing.sign(
        given.slug, given.to, given.pass_name, person=call.person, read_all=given.read_all
    )
    signed = standing.signature
    read_all = ", all of it read" if signed.read_all else ""
    call.answer(
        shapes.signature(standing),
        [
            f"{signed.name} signed {signed.pass_} of {edition.slug} ({edition.language}){read_all}"
            if new
            else f"{signed.name}'s signature on {signed.pass_} of {edition.slug} ({edition.language}) stands already"
        ],
    )
    for block in edition.standing.passes[signed.pass_].blocks:
        output.note(f"reviewtool: {signed.pass_} is not complete: {block.sentence}.")
    return 0


def withdraw(call: Call) -> int:
    """Take signatures back; where there is none nothing is done."""
    given = call.given
    _, number = call.workspace.signing.withdraw(given.slug, given.to, given.pass_name, person=call.person)
    said = "taken back" if number else "there was no signature to take back"
    call.answer({"withdrawn": number}, [f"{given.slug} ({given.to}), {given.pass_name}: {said}"])
    return 0


def byline(call: Call) -> int:
    """Exactly the lines of the byline."""
    edition = call.workspace.editions.open(call.given.slug, call.given.to)
    lines = call.workspace.overview.status(edition).byline
    printed = [str(line) for line in lines]
    parts = [{"role": line.role, "label": line.label, "names": list(line.names)} for line in lines]
    call.answer({"byline": "\n".join(printed), "lines": parts}, printed)
    return 0


def verify(call: Call) -> int:
    """Prove what the bylines say; exit status 1 when there is a problem."""
    result = call.workspace.signing.verify(call.given.slugs, call.given.to)
    editions = "1 edition" if result.editions == 1 else f"{result.editions} editions"
    lines = [
        *(f"{one.article} ({one.language}): {one.message}" for one in result.problems),
        *(f"{one.article} ({one.language}), noted: {one.message}" for one in result.notes),
        f"{editions}, {len(result.problems) or 'no'} problem{'' if len(result.problems) == 1 else 's'}",
    ]
    call.answer(shapes.verification(result), lines)
    return int(not result.ok)


def export(call: Call) -> int:
    """Write an edition out; the path is printed, or with ``-o -`` the edition itself."""
    given = call.given
    to_stdout = given.output == "-"
    if to_stdout and given.json:
        raise InputError("export: -o - prints the edition itself, which cannot be JSON; leave one of the two out.")
    publishing = call.workspace.publishing
    place = call.path(given.output) if given.output and not to_stdout else None
    exported = publishing.export(
        given.slug,
        given.to,
        given.form,
        layout=given.layout,
        unfinished=given.unfinished,
        folder=call.folder if to_stdout else place and place.parent,
    )
    for warning in exported.warnings:
        output.note(f"reviewtool: {given.slug}: {warning}")
    if to_stdout:
        output.raw(exported.data)
        return 0
    path = publishing.store(exported, place)
    where = _from_here(path)
    shape = {"path": where, "layout": exported.layout, "final": exported.final, "warnings": list(exported.warnings)}
    call.answer(shape, [where])
    return 0


def _from_here(path: Path) -> str:
    """The path as it can be used from where the command was given."""
    here = type(path).cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
