"""Findings as rows of a grid, gathered edition by edition, put in order, and left out by how grave they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reviewtool.model.finding import Finding, Severity
from reviewtool.model.language import LanguagePair
from reviewtool.services.editions import OpenEdition, Unreadable
from reviewtool.services.findings import Checking, EditionFinding
from reviewtool.tui.core_sentences import translated
from reviewtool.tui.render import Cell, Span, cell, one_line
from reviewtool.tui.widgets.segment_grid import GridRow
from reviewtool.workspace import Workspace

SIGNS = {Severity.ERROR: "!", Severity.WARNING: "w", Severity.INFO: "i"}
"""The sign of each severity."""
_RANK = {severity: rank for rank, severity in enumerate(SIGNS)}


class Order(StrEnum):
    """In which order findings are listed."""

    PLACE = "place"
    SEVERITY = "severity"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with the number of its segment (0: none), and the texts it is about."""

    found: EditionFinding
    number: int = 0
    source: str = ""
    target: str = ""
    languages: LanguagePair | None = None

    @property
    def edition(self) -> tuple[str, str]:
        """Slug and language tag."""
        return self.found.article, self.found.language

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return self.found.finding.severity


def gathered(
    workspace: Workspace, slug: str | None, language: str | None
) -> Iterator[tuple[Checking | Unreadable, tuple[FindingRow, ...]]]:
    """What checking tells, each time with the rows that are new; an edition that cannot be read is one too."""
    places: _Places | None = None
    for event in workspace.findings.run([] if slug is None else [slug], language):
        if isinstance(event, Unreadable):
            yield event, (_unreadable(event),)
            continue
        if event.findings and (places is None or places.edition != (event.slug, event.language)):
            places = _Places(workspace.editions.open(event.slug, event.language))
        yield event, () if places is None else tuple(map(places.row, event.findings))


def _unreadable(event: Unreadable) -> FindingRow:
    finding = Finding("unreadable", Severity.ERROR, event.reason)
    return FindingRow(EditionFinding(event.slug, event.language, "", "", finding))


def rows_of(edition: OpenEdition, findings: Iterable[EditionFinding]) -> tuple[FindingRow, ...]:
    """The findings of one edition with their texts."""
    return tuple(map(_Places(edition).row, findings))


class _Places:
    """Where the findings of one edition are."""

    def __init__(self, opened: OpenEdition) -> None:
        self.edition = (opened.slug, opened.language.tag)
        self._opened = opened
        self._numbers = {segment: number for number, segment in enumerate(opened.standing.segments, 1)}

    def row(self, found: EditionFinding) -> FindingRow:
        """A finding with its number and texts; one that is about no segment of the edition has none."""
        number = self._numbers.get(found.segment, 0)
        if not number:
            return FindingRow(found)
        segment = self._opened.standing.segments[found.segment].segment
        return FindingRow(found, number, segment.source, segment.target, self._opened.languages)


def ordered(rows: Iterable[FindingRow], order: Order, least: Severity) -> list[FindingRow]:
    """The rows that are at least so grave, in this order."""
    chosen = (row for row in rows if _RANK[row.severity] <= _RANK[least])
    if order is Order.SEVERITY:
        return sorted(chosen, key=lambda row: (_RANK[row.severity], row.edition, row.number))
    return sorted(chosen, key=lambda row: (row.edition, row.number, _RANK[row.severity]))


class FindingRows:
    """What the grid shows of findings.

    Args:
        rows: in their order.
        everywhere: whether they are of several editions, which are then named.
    """

    def __init__(self, rows: Sequence[FindingRow], *, everywhere: bool) -> None:
        self.rows = rows
        self._everywhere = everywhere

    def __len__(self) -> int:
        return len(self.rows)

    def texts(self, index: int) -> tuple[str, ...]:
        """The texts of the row's cells."""
        return tuple(one.text for one in self._cells(self.rows[index]))

    def row(self, index: int) -> GridRow:
        """A row as it is painted."""
        one = self.rows[index]
        return GridRow(str(one.number or ""), "", self._cells(one), badges=SIGNS[one.severity])

    def starts_paragraph(self, index: int) -> bool:
        """Whether it is about another segment than the one before."""
        one, last = self.rows[index], self.rows[index - 1]
        return not index or (one.edition, one.number) != (last.edition, last.number)

    def _cells(self, one: FindingRow) -> tuple[Cell, ...]:
        message = cell(f"{translated(one.found.finding.message)} [{one.found.finding.check}]")
        where = (Cell(one_line(f"{one.found.article}, {one.found.language}")),) if self._everywhere else ()
        return (*where, message, target_cell(one))


def source_cell(one: FindingRow) -> Cell:
    """The source with the place of the finding marked."""
    return cell(one.source, _span(one.found.finding.source_span))


def target_cell(one: FindingRow) -> Cell:
    """The target with the place of the finding marked."""
    return cell(one.target, _span(one.found.finding.target_span))


def _span(place: tuple[int, int] | None) -> tuple[Span, ...]:
    return () if place is None or place[0] >= place[1] else (Span(*place, "finding"),)
