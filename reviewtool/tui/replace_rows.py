"""What a search finds, and what replacing would come to, as rows of a grid."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from reviewtool.model.diff import Change, ChangeKind
from reviewtool.services.editions import OpenEdition
from reviewtool.services.replacing import Hit, Replacement
from reviewtool.tui.core_sentences import translated
from reviewtool.tui.render import SIGNS, Cell, Span, cell, difference
from reviewtool.tui.widgets.segment_grid import GridRow

Found = Hit | Replacement


class ReplaceRows:
    """The segments that a search found, in the article's order.

    Args:
        edition: as it was searched.
        found: hits, or what replacing would change.
        sources: whether the hits are in the sources.
        left_out: the segments that are not to be replaced.
        refused: the reasons of those that were refused, by segment.
    """

    def __init__(
        self,
        edition: OpenEdition,
        found: Sequence[Found],
        *,
        sources: bool = False,
        left_out: Collection[str] = (),
        refused: Mapping[str, str] | None = None,
    ) -> None:
        self.found = found
        self._edition = edition
        self._sources = sources
        self._left_out = left_out
        self._refused = refused or {}
        self._numbers = {segment: number for number, segment in enumerate(edition.standing.segments, 1)}

    def __len__(self) -> int:
        return len(self.found)

    def texts(self, index: int) -> tuple[str, ...]:
        """The texts of the row's cells."""
        return tuple(one.text for one in self._cells(self.found[index]))

    def row(self, index: int) -> GridRow:
        """A row as it is painted; ``x`` behind the number says that it is ticked."""
        one = self.found[index]
        return GridRow(
            str(self._numbers[one.segment]),
            SIGNS[self._edition.standing.state(one.segment)],
            self._cells(one),
            "!" if one.segment in self._refused else "",
            marked=isinstance(one, Replacement) and one.segment not in self._left_out,
        )

    def starts_paragraph(self, index: int) -> bool:
        """Whether the row is the first of its paragraph."""
        return not index or self._paragraph(index) != self._paragraph(index - 1)

    def _paragraph(self, index: int) -> int:
        return self._edition.standing.segments[self.found[index].segment].segment.paragraph

    def _cells(self, one: Found) -> tuple[Cell, ...]:
        segment = self._edition.standing.segments[one.segment].segment
        marks = tuple(Span(start, end, "term") for start, end in one.spans)
        source = cell(segment.source, marks if self._sources else ())
        if isinstance(one, Replacement):
            target = difference(changes(one))
        else:
            target = cell(segment.target, () if self._sources else marks)
        reason = self._refused.get(one.segment)
        target = target if reason is None else _with_reason(target, reason)
        return (target,) if self._edition.languages.monolingual and not self._sources else (source, target)


def changes(one: Replacement) -> tuple[Change, ...]:
    """What becomes of the text, stretch by stretch."""
    found: list[Change] = []
    done = 0
    for (start, end), (new_start, new_end) in zip(one.spans, one.new_spans, strict=True):
        found.append(_same(one.before[done:start]))
        old, new = one.before[start:end], one.after[new_start:new_end]
        found.append(Change(ChangeKind.REPLACE if new else ChangeKind.DELETE, old, new))
        done = end
    return tuple(change for change in (*found, _same(one.before[done:])) if change.old or change.new)


def _same(text: str) -> Change:
    return Change(ChangeKind.EQUAL, text, text)


def _with_reason(text: Cell, reason: str) -> Cell:
    said = cell(translated(reason)).text
    start = len(text.text) + 1
    return Cell(f"{text.text}\n! {said}", (*text.spans, Span(start, start + len(said) + 2, "finding")))
