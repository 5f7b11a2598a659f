"""The rows of an edition, as the segment grid takes them: made when they are painted, never all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from reviewtool.model.diff import difference as compared
from reviewtool.model.finding import Finding, Severity
from reviewtool.model.policy import Pass
from reviewtool.model.standing import SegmentStanding
from reviewtool.model.versions import Baseline
from reviewtool.services.editions import OpenEdition
from reviewtool.tui.language import _
from reviewtool.tui.render import SAVING, SIGNS, Cell, Span, cell, difference
from reviewtool.tui.widgets.segment_grid import GridRow


@dataclass
class Work:
    """What a screen knows of an edition beside what is on disk.

    ``concern`` says whether an act on a segment is under way, ``typed`` are texts that are not saved, ``meanwhile``
    the texts that another program put in where something is typed, ``findings`` what the checks say.
    """

    concern: Callable[[str], bool]
    typed: dict[str, str] = field(default_factory=dict)
    meanwhile: dict[str, str] = field(default_factory=dict)
    findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)

    def unsaved(self, segment: str) -> bool:
        """Whether something of the segment is not saved yet."""
        return segment in self.typed or self.concern(segment)


class EditionRows:
    """Source and target of each segment and, in a revision, what changed and what is said of it.

    Args:
        edition: as it is now.
        work: what is not saved, and what was found.
        person: who looks.
        acting: the revision pass; None shows source and target alone.
        baseline: the version that changes are shown since.
    """

    def __init__(
        self,
        edition: OpenEdition,
        work: Work,
        person: str,
        *,
        acting: Pass | None = None,
        baseline: Baseline | None = None,
    ) -> None:
        self.ids: Sequence[str] = tuple(edition.standing.segments)
        self.places: Mapping[str, int] = {segment: place for place, segment in enumerate(self.ids)}
        self.edition = edition
        self._work = work
        self._person = person
        self._acting = acting
        self._baseline = baseline

    def __len__(self) -> int:
        return len(self.ids)

    def standing(self, index: int) -> SegmentStanding:
        """The segment of a row."""
        return self.edition.standing.segments[self.ids[index]]

    def neighbours(self, segment: str) -> tuple[str, str]:
        """The source texts before and after a segment, empty at the ends."""
        place = self.places[segment]
        before = self.standing(place - 1).segment.source if place else ""
        after = self.standing(place + 1).segment.source if place + 1 < len(self) else ""
        return before, after

    def starts_paragraph(self, index: int) -> bool:
        """Whether the row is the first of its paragraph."""
        if index == 0:
            return False
        return self.standing(index).segment.paragraph != self.standing(index - 1).segment.paragraph

    def texts(self, index: int) -> tuple[str, ...]:
        """The texts of a row's cells, to lay it out."""
        return tuple(one.text for one in self._cells(self.standing(index)))

    def row(self, index: int) -> GridRow:
        """A row as it is painted."""
        one = self.standing(index)
        return GridRow(str(index + 1), self._sign(one), self._cells(one), self._badges(one))

    def _sign(self, one: SegmentStanding) -> str:
        return SAVING if self._work.unsaved(one.id) else SIGNS[self.edition.standing.state(one.id)]

    def _badges(self, one: SegmentStanding) -> str:
        findings = self._work.findings.get(one.id, ()) if one.segment.target else ()
        found = any(each.severity is not Severity.INFO for each in findings)
        asked = any(not thread.resolved for thread in one.threads)
        return f"{'!' if found else ' '}{'?' if asked else ' '}"

    def _cells(self, one: SegmentStanding) -> tuple[Cell, ...]:
        typed = self._work.typed.get(one.id)
        findings = () if typed is not None else self._work.findings.get(one.id, ())
        source = cell(one.segment.source, marked(findings, source=True))
        if typed is not None:
            target = cell(typed)
        elif one.omitted:
            target = _note(_("omitted"))
        else:
            target = cell(one.segment.target, marked(findings, source=False))
        if self.edition.languages.monolingual and self._acting is None:
            return (target,) if self._baseline is None else (target, self._changes(one))
        if self._acting is None:
            return source, target
        third = self._remarked(one, self._acting)
        return (target, third) if self.edition.languages.monolingual else (source, target, third)

    def _remarked(self, one: SegmentStanding, acting: Pass) -> Cell:
        """The third column: what changed, and below it what is said of the segment."""
        changes = self._changes(one)
        notes = [
            _sent_back(self.edition, sent.person, sent.category, sent.severity, sent.comment) for sent in one.sent_back
        ]
        if self._person in one.barred and one.lacks(acting):
            notes.append(_("yours: somebody else approves it"))
        elif self._person in one.barred:
            notes.append(_("yours"))
        if not notes:
            return changes
        said = "\n".join(notes)
        start = len(changes.text) + 1 if changes.text else 0
        text = f"{changes.text}\n{said}" if changes.text else said
        below = cell(said)
        return Cell(text[:start] + below.text, (*changes.spans, Span(start, start + len(below.text), "muted")))

    def _changes(self, one: SegmentStanding) -> Cell:
        before = self._baseline.text(one) if self._baseline else None
        if before is None or before == one.segment.target:
            return Cell("")
        return difference(compared(before, one.segment.target, self.edition.language))


def _note(text: str) -> Cell:
    return Cell(f"({text})", (Span(0, len(text) + 2, "muted"),))


def marked(findings: Sequence[Finding], *, source: bool) -> tuple[Span, ...]:
    """Where the findings are in one of the texts, in order and apart from each other."""
    found = sorted(span for one in findings if (span := one.source_span if source else one.target_span))
    spans: list[Span] = []
    for start, end in found:
        if not spans or start >= spans[-1].end:
            spans.append(Span(start, end, "finding"))
    return tuple(spans)


def _sent_back(edition: OpenEdition, person: str, category: str | None, severity: str | None, comment: str) -> str:
    kind = _(", ").join(_(one) for one in (category, severity) if one)
    name = edition.standing.name(person)
    said = _("{name}, {kind}: {comment}") if kind else _("{name}: {comment}")
    return said.format(name=name, kind=kind, comment=comment)
