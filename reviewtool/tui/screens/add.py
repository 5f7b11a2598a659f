"""Add an article: what is pasted, or a file; what it will become is shown before it comes in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, Static, TextArea

from reviewtool.errors import InputError, ReviewtoolError
from reviewtool.services import sync
from reviewtool.storage import articles, files
from reviewtool.tui.core_sentences import translated
from reviewtool.tui.language import _, ngettext
from reviewtool.tui.render import one_line, safe
from reviewtool.tui.session import Session
from reviewtool.tui.widgets.plain_line import PlainLine
from reviewtool.tui.widgets.target_editor import TargetEditor

_PAUSE = 0.15
"""Seconds without a change after which it is looked at what the text would become."""


@dataclass(frozen=True, slots=True)
class Added:
    """An article that is at the desk now, and the languages of its editions; ``new`` False: it was there already."""

    slug: str
    languages: tuple[str, ...]
    new: bool = True


@dataclass(frozen=True, slots=True)
class _Coming:
    """An article that may come in: what it becomes, what is odd about it, and what brings it in."""

    slug: str
    title: str
    language: str
    targets: tuple[str, ...]
    segments: int
    warnings: tuple[str, ...]
    there: bool
    bring_in: Callable[[], Iterator[sync.Added | sync.Synced]]


class AddScreen(ModalScreen[Added | None]):
    """Takes a pasted article, or the path of one; answers with what came in, None for Esc.

    Nothing that was typed or pasted is lost when it cannot be taken: the window stays and says why.

    Args:
        session: the open workspace.
        text: what stands in the window at first.
    """

    CSS_PATH = "add.tcss"
    BINDINGS: ClassVar = [Binding("escape", "dismiss(None)", show=False)]
    AUTO_FOCUS = "TargetEditor"

    editor = getters.query_one(TargetEditor)
    path_line = getters.query_one("#path", PlainLine)
    name_line = getters.query_one("#name", PlainLine)
    becomes = getters.query_one("#becomes", Static)

    def __init__(self, session: Session, text: str = "") -> None:
        super().__init__()
        self.session = session
        self.text = text
        """What stands in the window, to be had also when it is gone."""
        self._adding = False

    def compose(self) -> ComposeResult:
        """The paste, a path, a name, and what it will become."""
        with Vertical(id="add") as window:
            window.border_title = Content(_("Add an article"))
            window.border_subtitle = Content(_("Enter: add it   ^O: new line   Tab: a file instead   Esc: back"))
            yield TargetEditor(placeholder=_("Paste the article here, its headline first: a news page or Markdown."))
            with Horizontal(classes="asked"):
                yield Static(Content(_("or a file")))
                yield PlainLine(placeholder=_("path of a text or Markdown file"), id="path", suggester=_Paths())
            with Horizontal(classes="asked"):
                yield Static(Content(_("its name")))
                yield PlainLine(placeholder=_("made of the headline"), id="name")
            yield Static(id="becomes")

    def on_mount(self) -> None:
        """Begin with what was left here, all of it selected: a paste takes its place."""
        self.editor.load("article", self.text)
        self.editor.select_all()
        if self.text:
            self._look()

    # What it will become

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Look at the text once nothing has changed for a moment."""
        event.stop()
        self.text = event.text_area.text
        self._look()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look at the file, or at the name."""
        event.stop()
        self._look()

    def _look(self) -> None:
        async def look() -> None:
            await asyncio.sleep(_PAUSE)
            await self._found_out()

        if not self._adding:
            self.run_worker(look(), group="look", exclusive=True)

    async def _found_out(self) -> _Coming | None:
        """What would come in; None when nothing can, and then it is said why."""
        asked = self._asked_for()
        if asked is None:
            self._tell("")
            return None
        try:
            coming = await asyncio.to_thread(asked)
        except ReviewtoolError as error:
            self._tell(str(error))
            return None
        self._show(coming)
        return coming

    def _asked_for(self) -> Callable[[], _Coming] | None:
        """How to find out what would come in: the file while its line has the focus, else the paste."""
        path, text = self.path_line.value.strip(), self.editor.text
        name = self.name_line.value.strip() or None
        if path and (self.path_line.has_focus or not text.strip()):
            return lambda: self._of_file(Path(path).expanduser(), name)
        if text.strip():
            return lambda: self._of_paste(text, name)
        return None

    def _of_paste(self, text: str, name: str | None) -> _Coming:
        workspace = self.session.workspace
        proposal = workspace.sync.propose(text, slug=name)
        return self._coming(
            proposal.slug,
            proposal.text.encode(),
            proposal.warnings,
            there=proposal.there,
            bring_in=lambda: workspace.sync.paste(text, slug=name),
        )

    def _of_file(self, path: Path, name: str | None) -> _Coming:
        if not path.is_file():
            raise InputError(_("There is no file {path}.").format(path=path))
        data = files.read_bytes(path, limit=articles.MOST_BYTES, what="the article")
        workspace = self.session.workspace
        slug = articles.slug_of(name or path.name)
        return self._coming(
            slug,
            data,
            (),
            there=workspace.project.article(slug).exists(),
            bring_in=lambda: workspace.sync.add(path.name, data, slug=slug, folder=path.parent.absolute()),
        )

    def _coming(
        self,
        slug: str,
        data: bytes,
        warnings: tuple[str, ...],
        *,
        there: bool,
        bring_in: Callable[[], Iterator[sync.Added | sync.Synced]],
    ) -> _Coming:
        settings = self.session.workspace.settings
        article = articles.parse(
            data,
            name=slug,
            slug=slug,
            default_language=settings.source,
            front=settings.front,
            sentences=settings.by_sentence,
        )
        return _Coming(
            slug,
            article.title,
            article.language.tag,
            tuple(one.tag for one in self.session.workspace.editions.languages(article)),
            len(article.passages),
            tuple(dict.fromkeys((*warnings, *article.warnings))),
            there,
            bring_in,
        )

    def _show(self, coming: _Coming) -> None:
        segments = ngettext("{n} segment", "{n} segments", coming.segments).format(n=coming.segments)
        targets = _(", ").join(coming.targets) or _("no language")
        lines = [
            Content.styled(one_line(coming.title) or _("without a headline"), "bold"),
            Content(f"{coming.language} > {targets}   {segments}   articles/{coming.slug}.md"),
            *(Content.styled(f"~ {one_line(translated(warning))}", "$text-warning") for warning in coming.warnings),
        ]
        if coming.there:
            lines.append(Content.styled(_("An article of this name is here already."), "$text-warning"))
        self.becomes.update(Content("\n").join(lines))
        self.name_line.placeholder = coming.slug

    def _tell(self, sentence: str) -> None:
        """Say what is in the way."""
        self.becomes.update(Content.styled(f"! {one_line(translated(sentence))}", "$text-error") if sentence else "")

    # Adding

    def on_target_editor_yes(self, event: TargetEditor.Yes) -> None:
        """Add the paste."""
        event.stop()
        self._begin()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Add the file, or the paste by its name."""
        event.stop()
        self._begin()

    def _begin(self) -> None:
        if not self._adding:
            self._adding = True
            self.run_worker(self._add(), group="look", exclusive=True)

    async def _add(self) -> None:
        try:
            coming = await self._found_out()
            if coming is not None:
                await self._bring_in(coming)
            elif self._asked_for() is None:
                self._tell(_("There is nothing to add yet: paste an article, or give the path of a file."))
        finally:
            self._adding = False

    async def _bring_in(self, coming: _Coming) -> None:
        try:
            events = await asyncio.to_thread(lambda: list(coming.bring_in()))
        except ReviewtoolError as error:
            self._tell(str(error))
            return
        added = next(event for event in events if isinstance(event, sync.Added))
        for warning in added.warnings:
            self.notify(f"{added.slug}: {translated(warning)}", severity="warning")
        self.dismiss(Added(added.slug, coming.targets, added.new))


class _Paths(Suggester):
    """Completes the path of an article's file, folder by folder."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The first folder or text file whose name goes on like this."""
        folder, slash, begun = value.rpartition("/")
        try:
            there = sorted(Path(folder + slash or ".").expanduser().iterdir())
        except (OSError, RuntimeError):
            return None
        for path in there:
            if path.name.startswith(begun) and begun and safe(path.name) == path.name and _may_be_an_article(path):
                return f"{folder}{slash}{path.name}{'/' if path.is_dir() else ''}"
        return None


def _may_be_an_article(path: Path) -> bool:
    return path.is_dir() or path.suffix in (".md", ".markdown", ".txt")
