"""Add an article: what is pasted, or a file; what it will become is shown before it comes in."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from reviewtool.errors import InputError, ReviewtoolError
from reviewtool.model.segment import text_hash
from reviewtool.services import sync
from reviewtool.storage import articles, files
from reviewtool.storage.project import is_slug
from reviewtool.tui.language import _, ngettext
from reviewtool.tui.render import one_line
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
    """An article that may come in: how it is called, its bytes, and where it lay."""

    name: str
    data: bytes
    title: str
    slug: str
    language: str
    targets: tuple[str, ...]
    segments: int
    folder: Path | None = None


class AddScreen(ModalScreen[Added | None]):
    """Takes a pasted article, or the path of one; answers with what came in, None for Esc.

    Nothing that was typed or pasted is lost when it cannot be taken: the window stays and says why.
    """

    CSS_PATH = "add.tcss"
    BINDINGS: ClassVar = [Binding("escape", "dismiss(None)", show=False)]
    AUTO_FOCUS = "TargetEditor"

    editor = getters.query_one(TargetEditor)
    path_line = getters.query_one(PlainLine)
    becomes = getters.query_one("#becomes", Static)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._adding = False

    def compose(self) -> ComposeResult:
        """The paste, a path, and what it will become."""
        with Vertical(id="add") as window:
            window.border_title = Content(_("Add an article"))
            window.border_subtitle = Content(_("Enter: add it   ^O: new line   Tab: a file instead   Esc: back"))
            yield TargetEditor(placeholder=_("Paste the article here, as Markdown or plain text: the headline first."))
            with Horizontal(id="file"):
                yield Static(Content(_("or a file")))
                yield PlainLine(placeholder=_("path of a Markdown or text file"))
            yield Static(id="becomes")

    def on_mount(self) -> None:
        """Begin empty."""
        self.editor.load("article", "")

    # What it will become

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Look at the text once nothing has changed for a moment."""
        event.stop()
        self._look()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look at the file."""
        event.stop()
        self._look()

    def _look(self) -> None:
        async def look() -> None:
            await asyncio.sleep(_PAUSE)
            await self._propose()

        self.run_worker(look(), group="look", exclusive=True)

    async def _propose(self) -> _Coming | None:
        """What would come in; None when nothing can, and then it is said why."""
        coming = self._asked_for()
        if coming is None:
            self._tell("")
            return None
        try:
            found = await asyncio.to_thread(coming)
        except ReviewtoolError as error:
            self._tell(str(error))
            return None
        self._show(found)
        return found

    def _asked_for(self) -> Callable[[], _Coming] | None:
        """How to find out what would come in: the file while its line has the focus, else the paste."""
        path, text = self.path_line.value.strip(), self.editor.text
        if path and (self.path_line.has_focus or not text.strip()):
            return lambda: self._of_file(Path(path).expanduser())
        if text.strip():
            return lambda: self._of_paste(text)
        return None

    def _of_file(self, path: Path) -> _Coming:
        if not path.is_file():
            raise InputError(_("There is no file {path}.").format(path=path))
        data = files.read_bytes(path, limit=articles.MOST_BYTES, what="the article")
        return self._parsed(path.name, articles.slug_of(path.name), data, path.parent.absolute())

    def _of_paste(self, text: str) -> _Coming:
        slug = _slug_for(text)
        return self._parsed(f"{slug}.md", slug, text.encode(), None)

    def _parsed(self, name: str, slug: str, data: bytes, folder: Path | None) -> _Coming:
        settings = self.session.workspace.settings
        article = articles.parse(
            data,
            name=name,
            slug=slug,
            default_language=settings.source,
            front=settings.front,
            sentences=settings.by_sentence,
        )
        targets = tuple(one.tag for one in self.session.workspace.editions.languages(article))
        return _Coming(name, data, article.title, slug, article.language.tag, targets, len(article.passages), folder)

    def _show(self, coming: _Coming) -> None:
        segments = ngettext("{n} segment", "{n} segments", coming.segments).format(n=coming.segments)
        languages = f"{coming.language} > {', '.join(coming.targets) or _('no language')}"
        self.becomes.update(
            Content("\n").join(
                [
                    Content.styled(one_line(coming.title) or _("without a headline"), "bold"),
                    Content(f"{languages}   {segments}   articles/{coming.slug}.md"),
                ]
            )
        )

    def _tell(self, sentence: str) -> None:
        """Say what is in the way."""
        self.becomes.update(Content.styled(f"! {one_line(sentence)}", "$text-error") if sentence else "")

    # Adding

    def on_target_editor_yes(self, event: TargetEditor.Yes) -> None:
        """Add the paste."""
        event.stop()
        self._begin()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Add the file."""
        event.stop()
        self._begin()

    def _begin(self) -> None:
        if not self._adding:
            self._adding = True
            self.run_worker(self._add(), group="add")

    async def _add(self) -> None:
        try:
            coming = await self._propose()
            if coming is not None:
                await self._bring_in(coming)
            elif self._asked_for() is None:
                self._tell(_("There is nothing to add yet: paste an article, or give the path of a file."))
        finally:
            self._adding = False

    async def _bring_in(self, coming: _Coming) -> None:
        workspace = self.session.workspace
        try:
            events = await asyncio.to_thread(
                lambda: list(workspace.sync.add(coming.name, coming.data, slug=coming.slug, folder=coming.folder))
            )
        except ReviewtoolError as error:
            self._tell(str(error))
            return
        new = True
        for event in events:
            if isinstance(event, sync.Added):
                new = event.new
                for warning in event.warnings:
                    self.notify(f"{event.slug}: {warning}", severity="warning")
        self.dismiss(Added(coming.slug, coming.targets, new))


def _slug_for(text: str) -> str:
    """A name for a paste: the words of its first line where they can be one, else a number made of it."""
    first = next((line for line in text.splitlines() if line.strip() and line.strip() != "---"), "")
    words = re.sub(r"[^a-z0-9]+", "-", first.removeprefix("title:").lower()).strip("-")[:60].strip("-")
    return words if is_slug(words) and len(words) * 2 > len(first) else f"story-{text_hash(text)[:8]}"
