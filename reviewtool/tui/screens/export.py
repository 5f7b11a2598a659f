"""Export: format and layout, where the file goes, and the edition written there; Enter repeats the last one."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.visual import Visual
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reviewtool.errors import ReviewtoolError
from reviewtool.services.editions import OpenEdition
from reviewtool.storage.preferences import ExportChoice
from reviewtool.tui import commands
from reviewtool.tui.core_sentences import translated
from reviewtool.tui.language import _
from reviewtool.tui.render import one_line
from reviewtool.tui.screens.ask import AskScreen
from reviewtool.tui.session import Session
from reviewtool.tui.visuals import MUTED, Hanging, Prose, Stack, labelled
from reviewtool.tui.widgets.key_bar import KeyBar
from reviewtool.tui.widgets.tick_box import TickBox

_LABEL = 9


class ExportScreen(ModalScreen[Path | None]):
    """Writes an edition as a file; answers with where it is.

    Args:
        session: the workspace.
        edition: as it is on the disk.
    """

    CSS_PATH = "export.tcss"
    PLACES = ("export",)
    BINDINGS: ClassVar = commands.bindings(*PLACES)
    AUTO_FOCUS = ""

    def __init__(self, session: Session, edition: OpenEdition) -> None:
        super().__init__()
        self._session = session
        self._edition = edition
        self._choices: list[ExportChoice] = []
        self._elsewhere: Path | None = None
        self._unfinished = False
        self._writing = False
        self._written: Path | None = None

    def compose(self) -> ComposeResult:
        """How the edition stands, the forms it can take, where it goes."""
        with Vertical(id="export") as window:
            title = _("Export: {title}, {language}")
            window.border_title = Content(
                title.format(title=one_line(self._edition.article.title), language=self._edition.language)
            )
            yield Static(id="standing")
            yield OptionList(id="forms", markup=False, compact=True)
            yield TickBox(_("unfinished: marked DRAFT, without names  (u)"), id="unfinished")
            yield Static(id="place")
            yield Static(id="said")
        yield KeyBar()

    def on_mount(self) -> None:
        """Offer every form, the one chosen last first."""
        publishing = self._session.workspace.publishing
        last = self._session.workspace.preferences.read().export
        self._choices = [
            ExportChoice(form, layout) for form in publishing.formats() for layout in publishing.layouts(form)
        ]
        forms = self.query_one("#forms", OptionList)
        forms.set_options([Option(_form(one)) for one in self._choices])
        forms.highlighted = self._choices.index(last) if last in self._choices else 0
        self._show()

    # What is shown

    @property
    def _final(self) -> bool:
        return self._edition.standing.final

    @property
    def _choice(self) -> ExportChoice | None:
        row = self.query_one("#forms", OptionList).highlighted
        return None if row is None else self._choices[row]

    @property
    def _can_write(self) -> bool:
        ready = self._final or self._unfinished
        return ready and self._choice is not None and not self._writing and self._written is None

    def _place(self) -> Path | None:
        if self._elsewhere is not None or self._choice is None:
            return self._elsewhere
        return self._session.workspace.publishing.place(self._edition, self._choice.format, self._choice.layout)

    def _show(self) -> None:
        self.query_one("#standing", Static).update(Stack(self._standing()))
        self.query_one("#unfinished").display = not self._final and self._written is None
        forms = self.query_one("#forms")
        is_ready = self._final or self._unfinished
        forms.display = is_ready and self._written is None
        self.query_one("#place").display = is_ready
        self.set_focus(forms if forms.display else None)
        self._show_place()
        self.refresh_bindings()

    def _standing(self) -> Iterator[Visual]:
        """What the export will say of the edition: its byline, or that it is a draft and why."""
        if self._final or self._unfinished:
            style = self._session.workspace.settings.style
            lines = [one_line(str(line)) for line in self._edition.byline(style, draft=not self._final)]
            yield labelled(_("Byline"), lines or [_("none: nobody's name stands on a draft")], indent=_LABEL)
            return
        yield Content.styled(_("Not final yet; an unfinished edition is asked for with u."), "bold")
        for one in self._edition.standing.passes.values():
            for block in one.blocks:
                said = _("{name}: {sentences}").format(
                    name=translated(one.one.name), sentences=translated(block.sentence)
                )
                yield Hanging(Content.styled("! ", "$text-error"), Content(one_line(said)))

    def _show_place(self) -> None:
        place = self._place()
        if place is None:
            return
        lines = [one_line(self._session.workspace.project.relative(place))]
        if self._written is None and place.exists():
            lines.append(_("(replaces the one that is there)"))
        label = _("Written") if self._written is not None else _("To")
        self.query_one("#place", Static).update(labelled(label, lines, indent=_LABEL))

    def _say(self, lines: Iterable[str], style: str = "") -> None:
        said = self.query_one("#said", Static)
        rows = [Prose(Content.styled(one_line(line), style)) for line in lines]
        said.update(Stack(rows))
        said.display = bool(rows)

    # What a person does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer only what can be done."""
        is_over = self._written is not None
        match action:
            case "export":
                return self._can_write
            case "unfinished":
                return not self._final and not is_over
            case "elsewhere":
                return not is_over
            case "close":
                return is_over
        return True

    def on_option_list_option_highlighted(self) -> None:
        """Another form goes to another place."""
        if self._choices:
            self._show_place()

    def action_unfinished(self) -> None:
        """Ask for a draft, or take that back."""
        self.query_one(TickBox).action_tick()

    def on_tick_box_changed(self, event: TickBox.Changed) -> None:
        """A draft is asked for, or not."""
        self._unfinished = event.ticked
        self._say([])
        self._show()

    def action_elsewhere(self) -> None:
        """Ask for another place."""
        place = self._place()
        text = self._session.workspace.project.relative(place) if place else ""
        about = _("A path; what does not begin with / is below the workspace's folder.")
        self.app.push_screen(AskScreen(_("Where to?"), about=about, text=text), self._goes_to)

    def _goes_to(self, text: str | None) -> None:
        if text is not None:
            self._elsewhere = self._session.workspace.project.root / Path(text).expanduser()
            self._show()

    def action_close(self) -> None:
        """It was read where the file is."""
        self.dismiss(self._written)

    def action_back(self) -> None:
        """Leave."""
        if not self._writing:
            self.dismiss(self._written)

    # Writing

    def action_export(self) -> None:
        """Write the edition."""
        if self._can_write and self._choice is not None:
            self._writing = True
            self._say([_("Writing ...")], MUTED)
            self._write(self._choice, self._elsewhere)

    async def leave(self) -> bool:
        """Stay until what is being written is there."""
        while self._writing:
            await asyncio.sleep(0.01)
        return True

    @work
    async def _write(self, choice: ExportChoice, elsewhere: Path | None) -> None:
        try:
            path, warnings = await asyncio.to_thread(self._written_by, choice, elsewhere)
        except ReviewtoolError as error:
            self._refused(error)
            return
        self._session.workspace.preferences.remember(export=choice)
        self._writing, self._written = False, path
        self._elsewhere = path
        self._say([f"~ {translated(warning)}" for warning in warnings], "$text-warning")
        self._show()

    def _written_by(self, choice: ExportChoice, elsewhere: Path | None) -> tuple[Path, tuple[str, ...]]:
        publishing = self._session.workspace.publishing
        exported = publishing.export(
            self._edition.slug,
            self._edition.language.tag,
            choice.format,
            layout=choice.layout,
            unfinished=self._unfinished,
            folder=elsewhere and elsewhere.parent,
        )
        return publishing.store(exported, elsewhere), exported.warnings

    def _refused(self, error: ReviewtoolError) -> None:
        """Say why, and show the edition as it is now: somebody may have changed it."""
        session = self._session
        said = session.say(str(error), "error")
        self._writing = False
        with contextlib.suppress(ReviewtoolError):
            self._edition = session.workspace.editions.open(self._edition.slug, self._edition.language)
        self._say([said], "$text-error")
        self._show()


def _form(choice: ExportChoice) -> Content:
    """A line of the list: ``html  side by side``."""
    layouts = {
        "side": _("side by side"),
        "alternate": _("paragraph by paragraph in turn"),
        "sequence": _("one text after the other"),
        "target": _("the translation alone"),
    }
    form = one_line(choice.format)
    said = layouts.get(choice.layout, one_line(choice.layout))
    return Content.assemble((form + " " * max(1, 8 - cell_len(form)), "bold"), said)
