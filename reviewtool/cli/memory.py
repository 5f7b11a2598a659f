"""The verbs about the desk's memory."""

from __future__ import annotations

from collections.abc import Iterator

from reviewtool.cli import output, shapes
from reviewtool.cli.call import Call


def search(call: Call) -> int:
    """Look a text up; the best matches first."""
    from reviewtool.model.language import Language, LanguagePair

    languages = LanguagePair(Language.parse(call.given.source), Language.parse(call.given.to))
    text = call.text("-").strip() if call.given.text == "-" else call.given.text
    matches = [shapes.match(one) for one in call.workspace.recall.search(text, languages)]
    call.answer({"matches": matches}, _told(matches))
    return 0


def _told(matches: list[shapes.Shape]) -> Iterator[str]:
    for one in matches:
        yield f"{int(one['score']):3}  {one['kind']}  {one['origin']}"
        yield f"     {one['source']}"
        yield f"     {one['target']}"
    if not matches:
        yield "Nothing similar was found."


def bring_in(call: Call) -> int:
    """Copy memories into the workspace after reading all of them."""
    imported = [call.workspace.memory.add(call.path(name)) for name in call.given.files]
    shape = [{"path": str(one.path), "units": one.units, "new": one.is_new} for one in imported]
    lines = [f"{one.path.name}: {one.units} units{'' if one.is_new else ', here already'}" for one in imported]
    call.answer({"imported": shape}, lines)
    return 0


def stats(call: Call) -> int:
    """How many units each origin has for each pair of languages."""
    pairs = [edition.languages for edition in call.workspace.editions.all()]
    counts = call.workspace.recall.counts(pairs)
    shape = [
        {
            "origin": one.origin,
            "source": str(one.languages.source),
            "target": str(one.languages.target),
            "units": one.units,
        }
        for one in counts
    ]
    if call.given.json or not counts:
        call.answer({"origins": shape}, ["The memory is empty: `reviewtool memory import FILE` brings one in."])
        return 0
    output.table(("Origin", "Languages", "Units"), [(one.origin, str(one.languages), str(one.units)) for one in counts])
    return 0
