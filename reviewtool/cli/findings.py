"""The verbs about the checks' findings."""

from __future__ import annotations

from collections.abc import Iterator

from reviewtool.cli import shapes
from reviewtool.cli.call import Call

_SIGNS = {"error": "!", "warning": "w", "info": "i"}


def check(call: Call) -> int:
    """Run the checks; exit status 1 when an error stands, with ``--strict`` a warning too."""
    found = [shapes.finding(one) for one in call.workspace.findings.check(call.given.slugs, call.given.to)]
    call.answer({"findings": found}, _told(found))
    grave = {"error", "warning"} if call.given.strict else {"error"}
    return int(any(one["severity"] in grave for one in found))


def dismiss(call: Call) -> int:
    """Set a finding aside, with the reason."""
    one = call.workspace.findings.dismiss(call.given.finding, call.given.reason, person=call.person)
    call.answer(shapes.finding(one), [f"{one.id} is set aside: {one.finding.message}"])
    return 0


def _told(found: list[shapes.Shape]) -> Iterator[str]:
    for one in found:
        where = " ".join(part for part in (one["article"], f"({one['language']})", one["segment"]) if part)
        yield f"{one['severity']}: {where}: {one['message']} [{one['check']} {one['id']}]"
        if one["fix"] is not None:
            yield f"    fix: {one['fix']}"
    counts = {severity: sum(1 for one in found if one["severity"] == severity) for severity in _SIGNS}
    said = [f"{number} {severity}{'s' if number > 1 else ''}" for severity, number in counts.items() if number]
    yield ", ".join(said) or "Nothing was found."
