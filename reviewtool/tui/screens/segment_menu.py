"""What else can be done with a segment: omit, join, split, undo, remark, resolve, dismiss a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from reviewtool.services.editions import OpenEdition
from reviewtool.tui import commands
from reviewtool.tui.core_sentences import translated
from reviewtool.tui.language import _
from reviewtool.tui.screens.ask import AskScreen
from reviewtool.tui.screens.menu import Choice, MenuScreen
from reviewtool.tui.screens.ways_out import WaysOut

_CLAUSE = re.compile(r"[，、。；：！？…,;:.!?][”’」』）\"')]*\s*")
_MOST_CUTS = 9
_OFFERED = {
    "o": "omit",
    "j": "join",
    "p": "split",
    "u": "undo_act",
    "m": "comment",
    "r": "resolve",
    "d": "dismiss_finding",
    "h": "history",
    "x": "forget_typed",
}
"""The acts of the menu by their keys in it."""


class SegmentMenu(WaysOut):
    """The part of an edition's screen that offers, by one key and another, the rarer acts on a segment."""

    def action_segment(self) -> None:
        """Offer the acts."""
        if self.one is None:
            return
        typed = self.one.id in self.work.typed
        choices = [
            Choice(key, _(commands.BY_ID[f"edition.{name}"].help), name)
            for key, name in _OFFERED.items()
            if typed or name != "forget_typed"
        ]
        title = _("Segment {number}").format(number=self.index + 1)
        self.app.push_screen(MenuScreen(title, choices), self._chosen)

    async def _chosen(self, name: str | None) -> None:
        if name is not None:
            await self.run_action(name)

    def action_omit(self) -> None:
        """Leave the segment out of the edition."""
        if self.one is None:
            return
        name = self.acting.name if self.acting else None
        omit = self.session.workspace.review.omit
        segment = self.one.id
        self.do([segment], partial(omit, *self._here, [segment], person=self.session.acting, pass_name=name))
        self.move_on()

    def action_undo_act(self) -> None:
        """Take the person's last act on the segment back."""
        if self.one is not None:
            undo = self.session.workspace.review.undo
            self.do([self.one.id], partial(undo, *self._here, self.one.id, person=self.session.acting))

    def action_join(self) -> None:
        """Make one segment of this and the next."""
        if self.one is None:
            return
        following = self.rows.ids[self.index + 1 : self.index + 2]
        segments = [self.one.id, *following]
        if self._has_typed(segments):
            return
        self.do(segments, partial(self._join, self.one.id))

    def _join(self, segment: str) -> OpenEdition:
        join, name = self.session.workspace.segmentation.join, self.acting.name if self.acting else None
        return join(*self._here, segment, person=self.session.acting, pass_name=name).edition

    def action_split(self) -> None:
        """Make two segments of this one: the target at the caret, the source where it fits."""
        one = self.one
        if one is None or self._has_typed([one.id]):
            return
        target_at = self._caret()
        wanted = None
        if target_at is not None:
            wanted = self.session.workspace.segmentation.cut_for(self.edition, one.id, target_at)
        choices = _cuts(one.segment.source, wanted)

        def chosen(value: str | None) -> None:
            if value is not None:
                self.do([one.id], partial(self._split, one.id, int(value), target_at))

        title = _("Where does the source part?")
        self.app.push_screen(MenuScreen(title, choices, empty=_("There is no place to part it.")), chosen)

    def _split(self, segment: str, at: int, target_at: int | None) -> OpenEdition:
        name = self.acting.name if self.acting else None
        split = self.session.workspace.segmentation.split
        return split(*self._here, segment, at, person=self.session.acting, target_at=target_at, pass_name=name).edition

    def _caret(self) -> int | None:
        """Where the caret is in the target; None where nothing is open to be typed in, or it is at an end."""
        if not self.editor.display:
            return None
        at = self.editor.caret
        return at if 0 < at < len(self.editor.text) else None

    def _has_typed(self, segments: Sequence[str]) -> bool:
        """Whether something is typed in these segments that is not saved; says so."""
        typed = any(segment in self.work.typed for segment in segments)
        if typed:
            self.notify(_("Something is typed here and not saved: say yes to it, or forget it, first."))
        return typed

    def action_resolve(self) -> None:
        """Close the remarks on the segment."""
        if self.one is None:
            return
        if all(thread.resolved for thread in self.one.threads):
            self.notify(_("There is no open remark on this segment."))
            return
        resolve = self.session.workspace.review.resolve
        self.do([self.one.id], partial(resolve, *self._here, self.one.id, person=self.session.acting))

    def action_dismiss_finding(self) -> None:
        """Set the first finding aside, with a reason."""
        one = self.one
        if one is None:
            return
        found = self.session.workspace.findings.on(self.edition, one.id)
        if not found:
            self.notify(_("Nothing was found in this segment."))
            return

        def dismissed(reason: str | None) -> None:
            if reason is not None:
                dismiss = self.session.workspace.review.dismiss
                self.do(
                    [one.id], partial(dismiss, *self._here, one.id, found[0].id, reason, person=self.session.acting)
                )

        self.app.push_screen(
            AskScreen(_("Dismiss: why is it right?"), about=translated(found[0].finding.message)), dismissed
        )

    def action_forget_typed(self) -> None:
        """Take the text that is saved again."""
        one = self.one
        if one is not None:
            self.work.typed.pop(one.id, None)
            self.work.meanwhile.pop(one.id, None)
            self.editor.replace_all(one.segment.target)
            self.segment_shown()


def _cuts(source: str, wanted: int | None) -> list[Choice]:
    """Where a source may be cut: the place that fits best first, then the ends of clauses."""
    places = dict.fromkeys([*([wanted] if wanted else []), *_ends_of_clauses(source)])
    shown = list(places)[:_MOST_CUTS]
    return [Choice(str(number), _cut(source, at), str(at)) for number, at in enumerate(shown, start=1)]


def _ends_of_clauses(source: str) -> Iterator[int]:
    for found in _CLAUSE.finditer(source):
        if found.end() < len(source):
            yield found.end()


def _cut(source: str, at: int) -> str:
    return f"{source[:at].rstrip()}  |  {source[at:]}"
