"""The verbs about the workspace as a whole: founding it, how everything stands, whether it is in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reviewtool.cli import output, shapes
from reviewtool.cli.call import Call, git_user

if TYPE_CHECKING:
    from reviewtool.model.segment import State
    from reviewtool.model.signoff import PassStanding
    from reviewtool.services.editions import Unreadable
    from reviewtool.services.overview import EditionStatus

SIGNS = {"untranslated": " ", "draft": "~", "translated": "=", "sent-back": "<", "reviewed": "+", "final": "#"}
"""One character a state, of width one in every terminal."""
_BAR = 12
_LEGEND = "~ draft   = translated   < sent back   + reviewed   # final   Tang+ has signed this text"
_WAITING = {
    "translate": "{} to translate",
    "answer": "{} sent back",
    "revise": "{} to revise",
    "see again": "{} changed since the signature",
}


def init(call: Call) -> int:
    """Make a folder a workspace."""
    from reviewtool.workspace import Workspace

    folder = call.path(call.given.folder_to_found)
    written = Workspace.found(folder, person=call.claimed or git_user(call.folder) or None)
    where = [str(path) for path in written]
    call.answer({"workspace": str(folder.absolute()), "written": where}, where)
    if not call.given.json:
        output.note(
            "The workspace is ready. Set source_language, target_languages and people in reviewtool.toml; "
            "`reviewtool add FILE` brings the first article in, `reviewtool doctor` looks whether all is in order."
        )
    return 0


def status(call: Call) -> int:
    """How the editions asked for stand."""
    return _status(call, call.given.slugs, call.given.to)


def whole_status(call: Call) -> int:
    """How all editions stand."""
    return _status(call, (), None)


def doctor(call: Call) -> int:
    """Whether the workspace is in order; exit status 1 for everything but information."""
    complaints = list(call.workspace.doctor.examine())
    call.answer(
        {"complaints": [{"severity": one.severity.value, "message": one.message} for one in complaints]},
        [f"{one.severity}: {one.message}" for one in complaints] or ["All is in order."],
    )
    return int(any(one.severity != "info" for one in complaints))


def _status(call: Call, slugs: Sequence[str], to: str | None) -> int:
    from reviewtool.services.editions import Unreadable

    editions: list[EditionStatus] = []
    unreadable: list[Unreadable] = []
    for one in call.workspace.overview.editions(slugs, to):
        if isinstance(one, Unreadable):
            unreadable.append(one)
        else:
            editions.append(one)
    if call.given.json:
        output.data({"editions": [shapes.edition(one) for one in editions]})
    elif editions or not unreadable:
        _show(call, editions)
    for one in unreadable:
        output.note(f"reviewtool: {one.slug} ({one.language}): {one.reason}")
    return 2 if unreadable else 0


def _show(call: Call, editions: Sequence[EditionStatus]) -> None:
    if not editions:
        output.note("There is no edition here yet: `reviewtool add FILE` brings an article in.")
        return
    rows = [
        (one.slug, str(one.languages.target), _bar(one.states), _done(one), _present(one), _people(one))
        for one in editions
    ]
    output.table(("Article", "Edition", "Progress", "Done", "Pass", "People"), rows)
    output.say("", _LEGEND)
    blocks = [
        f"{one.slug} ({one.languages.target}), {_present(one)}: {_blocks(one)}." for one in editions if not one.final
    ]
    waits = list(_waits(call, editions))
    for lines in (blocks, waits):
        if lines:
            output.say("", *lines)


def _bar(states: Mapping[State, int]) -> str:
    """The states in their signs, furthest first, each with its share of the bar; what is there shows at least once."""
    total = sum(states.values()) or 1
    shares = {
        sign: max(1, round(states[state] * _BAR / total))
        for state in reversed(list(states))
        if states[state] and (sign := SIGNS[state.value])
    }
    if shares:
        shares[max(shares, key=lambda sign: shares[sign])] += _BAR - sum(shares.values())
    return f"[{''.join(sign * share for sign, share in shares.items()):{_BAR}}]"


def _present_pass(one: EditionStatus) -> PassStanding | None:
    return next((each for each in one.passes if not each.complete), None)


def _present(one: EditionStatus) -> str:
    present = _present_pass(one)
    return present.one.name if present else "final"


def _done(one: EditionStatus) -> str:
    """How many segments have what the present pass needs of them."""
    present = _present_pass(one)
    left = ("untranslated", "draft") if present and present.one.is_translation else ("reviewed", "final")
    counted = sum(count for state, count in one.states.items() if state.value in left)
    done = one.segments - counted if present and present.one.is_translation else counted
    return f"{done}/{one.segments}"


def _people(one: EditionStatus) -> str:
    """Who signed, pass by pass; a plus says that the signature stands."""
    passes = [
        ", ".join(f"{signed.signature.name}{'+' if signed.stands else ''}" for signed in each.signatures)
        for each in one.passes
    ]
    return "; ".join(names for names in passes if names) or "-"


def _blocks(one: EditionStatus) -> str:
    present = _present_pass(one)
    return "; ".join(block.sentence for block in present.blocks) if present else ""


def _waits(call: Call, editions: Sequence[EditionStatus]) -> Iterator[str]:
    """For each person of the desk one line: what waits for them, and where."""
    for person in call.workspace.settings.policy.people:
        places = [
            f"{', '.join(_task(task.task.value, task.pass_name, len(task.segments)) for task in tasks)} "
            f"in {one.slug} ({one.languages.target})"
            for one in editions
            if (tasks := one.waiting.get(person.id))
        ]
        if places:
            yield f"For {person.name}: {'; '.join(places)}."


def _task(task: str, pass_name: str, segments: int) -> str:
    if task == "sign":
        return f"{pass_name} to sign"
    if task == "see again" and not segments:
        return f"{pass_name} to sign again"
    return _WAITING[task].format(segments)
