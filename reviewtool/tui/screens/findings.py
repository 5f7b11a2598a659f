"""Findings of an edition or of the whole desk: what the checks say, the way there, fixes by key, dismissals."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any, ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.visual import Visual
from textual.widgets import Static

from reviewtool.errors import InputError, ReviewtoolError
from reviewtool.model.diff import difference as compared
from reviewtool.model.finding import Severity
from reviewtool.services.editions import OpenEdition, Unreadable
from reviewtool.services.findings import Checking
from reviewtool.storage.preferences import Place
from reviewtool.tui import commands
from reviewtool.tui.core_sentences import translated
from reviewtool.tui.finding_rows import (
    FindingRow,
    FindingRows,
    Order,
    gathered,
    ordered,
    rows_of,
    source_cell,
    target_cell,
)
from reviewtool.tui.jobs import JobEnded, Jobs, JobStep, Progress
from reviewtool.tui.language import _, ngettext
from reviewtool.tui.render import CONTENT_STYLES, Cell, content, difference, one_line, styled
from reviewtool.tui.screens.ask import AskScreen
from reviewtool.tui.session import Session
from reviewtool.tui.somebody import as_somebody
from reviewtool.tui.visuals import MUTED, Hanging, Stack
from reviewtool.tui.widgets.job_bar import JobBar
from reviewtool.tui.widgets.key_bar import KeyBar
from reviewtool.tui.widgets.segment_grid import SegmentGrid
from reviewtool.tui.widgets.title_line import TitleLine

__all__ = ["FindingsScreen", "Place"]

Step = tuple[Checking | Unreadable, tuple[FindingRow, ...]]

_SOON = 0.2
"""Seconds after which findings that have come in are shown."""
_BREATH = 10
"""How many times as long as showing them took is left to the keys before they are shown again."""
_STYLES = {**CONTENT_STYLES, "muted": MUTED}


class FindingsScreen(Screen[Any]):
    """What the checks find; answers with the place to go to.

    Args:
        session: the workspace and who acts.
        slug: the article, None for every edition of the desk.
        language: the edition's language tag.
    """

    CSS_PATH = "findings.tcss"
    PLACES = ("findings",)
    BINDINGS: ClassVar = commands.bindings(*PLACES)
    AUTO_FOCUS = "SegmentGrid"

    title_line = getters.query_one(TitleLine)
    grid = getters.query_one(SegmentGrid)

    def __init__(self, session: Session, slug: str | None, language: str | None) -> None:
        super().__init__()
        self._session = session
        self._slug = slug
        self._language = language
        self._jobs: Jobs[Step] = Jobs(self)
        self._found: list[FindingRow] = []
        self._rows = FindingRows((), everywhere=slug is None)
        self._order = Order.PLACE
        self._least = Severity.INFO
        self._soon: Timer | None = None
        self._took = 0.0
        self._checking = False
        self._saving = False
        self._stopped = False

    def compose(self) -> ComposeResult:
        """Title, findings, and the texts of the one under the cursor."""
        yield TitleLine()
        yield SegmentGrid()
        yield Static(id="nothing")
        yield Static(id="texts")
        yield JobBar()
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin to check."""
        self.action_again()

    # Checking

    def action_again(self) -> None:
        """Check everything anew."""
        if self._checking:
            return
        self._found, self._checking, self._stopped = [], True, False
        workspace = self._session.workspace
        self._jobs.start("check", _("Checking"), lambda: gathered(workspace, self._slug, self._language), self._far)
        self._show()

    def _far(self, step: Step) -> Progress | None:
        match step[0]:
            case Checking() as told if self._slug is None:
                return Progress(told.number, told.articles)
            case Checking() as told:
                return Progress(told.segment, told.segments)
            case _unreadable:
                return None

    def on_job_step(self, message: JobStep) -> None:
        """Something was found, or nothing; it is shown soon."""
        rows: tuple[FindingRow, ...] = message.event[1]  # type: ignore[index]
        self._found.extend(rows)
        if rows and self._soon is None:
            self._soon = self.set_timer(max(_SOON, _BREATH * self._took), self._show)

    def on_job_ended(self, message: JobEnded) -> None:
        """All is checked, or somebody stopped it."""
        self._jobs.ended()
        self._checking, self._stopped = False, message.stopped
        if message.failure:
            self.app.notify(message.failure, severity="error")
        self._show()

    # What is shown

    @property
    def _row(self) -> FindingRow | None:
        rows = self._rows.rows
        return rows[self.grid.current] if self.grid.current < len(rows) else None

    def _show(self) -> None:
        """Everything anew, with the cursor on the finding it was on."""
        began = perf_counter()
        self._soon = None
        current = self._row
        rows = ordered(self._found, self._order, self._least)
        self._rows = FindingRows(rows, everywhere=self._slug is None)
        place = next((row for row, one in enumerate(rows) if one is current), min(self.grid.current, len(rows) - 1))
        finding, target = _("Finding"), _("Target")
        columns = (finding, target) if self._slug is not None else (_("Edition"), finding, target)
        weights = (5, 4) if self._slug is not None else (2, 5, 4)
        self.grid.show(self._rows, columns=columns, weights=weights, current=max(0, place), anchor=True)
        self._show_nothing()
        self._show_title()
        self._show_texts()
        self._took = perf_counter() - began

    def _show_title(self) -> None:
        counted = Counter(row.severity for row in self._found)
        errors, warnings, notes = (counted[severity] for severity in Severity)
        where = _("every edition") if self._slug is None else one_line(f"{self._slug}, {self._language}")
        said = [
            ngettext("{n} error", "{n} errors", errors).format(n=errors),
            ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings),
            ngettext("{n} note", "{n} notes", notes).format(n=notes) if notes else "",
            {Severity.ERROR: _("errors alone"), Severity.WARNING: _("without notes")}.get(self._least, ""),
            _("the gravest first") if self._order is Order.SEVERITY else "",
            _("stopped") if self._stopped else "",
        ]
        self.title_line.show(_("Findings: {where}").format(where=where), said)

    def _show_nothing(self) -> None:
        nothing = self.query_one("#nothing", Static)
        is_empty = not len(self._rows)
        nothing.display, self.grid.display = is_empty, not is_empty
        if is_empty:
            nothing.update(content(self._why_empty(), MUTED))
            self.set_focus(None)
        elif self.focused is None:
            self.grid.focus()

    def _why_empty(self) -> str:
        if self._checking:
            return _("Checking ...")
        if self._found:
            return _("Nothing so grave was found; s shows the rest.")
        return _("Nothing was found until it was stopped.") if self._stopped else _("Nothing was found.")

    def _show_texts(self) -> None:
        row = self._row
        texts = self.query_one("#texts", Static)
        texts.display = row is not None and bool(row.number)
        texts.update(Stack(self._texts(row)) if row is not None else "")
        self.refresh_bindings()

    def _texts(self, row: FindingRow) -> Iterator[Visual]:
        """Source and target with the place marked, and what the fix would change."""
        yield _line(_("Source"), source_cell(row))
        yield _line(_("Target"), target_cell(row))
        fix = row.found.finding.fix
        if fix is not None and row.languages is not None:
            yield _line(_("Fix"), difference(compared(row.target, fix, row.languages.target)))

    def on_segment_grid_moved(self) -> None:
        """Another finding's texts."""
        self._show_texts()

    # What a person does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer only what can be done."""
        row = self._row if self.is_mounted else None
        match action:
            case "jump":
                return row is not None and (bool(row.number) or self._slug is None)
            case "fix":
                return row is not None and row.found.finding.fix is not None and not self._saving
            case "set_aside":
                return row is not None and bool(row.number) and not self._saving
            case "again":
                return not self._checking
        return True

    def action_jump(self) -> None:
        """Go to the segment."""
        row = self._row
        if row is not None:
            self.dismiss(Place(row.found.article, row.found.language, row.found.segment))

    def on_segment_grid_chosen(self) -> None:
        """The same by the mouse."""
        if self.check_action("jump", ()):
            self.action_jump()

    async def action_back(self) -> None:
        """Stop checking; when nothing is under way, go back."""
        if self._checking:
            self._jobs.stop()
        elif await self.leave():
            self.dismiss(None)

    def action_severity(self) -> None:
        """Leave notes out, then warnings too, then nothing."""
        self._least = {Severity.INFO: Severity.WARNING, Severity.WARNING: Severity.ERROR}.get(
            self._least, Severity.INFO
        )
        self._show()

    def action_order(self) -> None:
        """Put the gravest first, or all in the order of the text."""
        self._order = Order.PLACE if self._order is Order.SEVERITY else Order.SEVERITY
        self._show()
        self.grid.goto(0)

    def action_fix(self) -> None:
        """Write the fix as the person here."""
        row = self._row
        if row is not None and row.found.finding.fix is not None:
            as_somebody(self.app, self._session, lambda: self._save(row, self._fixed))

    def action_set_aside(self) -> None:
        """Ask why, and set the finding aside."""
        row = self._row

        def answered(reason: str | None) -> None:
            if reason is not None and row is not None:
                self._save(row, lambda one: self._set_aside(one, reason))

        if row is not None:
            ask = AskScreen(_("Why is it right?"), about=translated(row.found.finding.message))
            as_somebody(self.app, self._session, lambda: self.app.push_screen(ask, answered))

    # Saving

    async def leave(self) -> bool:
        """Check no further, and stay until what is being saved is saved."""
        self._jobs.stop()
        while self._saving:
            await asyncio.sleep(0.01)
        return True

    @work
    async def _save(self, row: FindingRow, act: Callable[[FindingRow], OpenEdition]) -> None:
        """Do an act on a segment beside the keys, then see what the checks say of the segment."""
        if self._saving:
            return
        self._saving = True
        self.refresh_bindings()
        try:
            anew = await asyncio.to_thread(self._checked_after, row, act)
        except ReviewtoolError as error:
            self.app.notify(str(error), severity="error")
        else:
            kept = [one for one in self._found if (one.edition, one.number) != (row.edition, row.number)]
            self._found = [*kept, *anew]
        finally:
            self._saving = False
        self._show()

    def _checked_after(self, row: FindingRow, act: Callable[[FindingRow], OpenEdition]) -> tuple[FindingRow, ...]:
        saved = act(row)
        return rows_of(saved, self._session.workspace.findings.on(saved, row.found.segment))

    def _fixed(self, row: FindingRow) -> OpenEdition:
        """Write the fix, unless the text is another one by now."""
        workspace, found = self._session.workspace, row.found
        edition = workspace.editions.open(found.article, found.language)
        present = edition.standing.segments.get(found.segment)
        if present is None or present.segment.target != row.target or found.finding.fix is None:
            raise InputError(_("The text was changed meanwhile: check again."))
        return workspace.review.edit(
            found.article, found.language, found.segment, found.finding.fix, person=self._session.acting
        )

    def _set_aside(self, row: FindingRow, reason: str) -> OpenEdition:
        found = row.found
        return self._session.workspace.review.dismiss(
            found.article, found.language, found.segment, found.id, reason, person=self._session.acting
        )


def _line(label: str, text: Cell) -> Visual:
    head = Content.styled(label, MUTED)
    return Hanging(head, styled(text, _STYLES), indent=max(8, head.cell_length + 1))
