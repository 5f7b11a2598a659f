"""What else can be done with a segment: omit, join, split, undo, remark, resolve, dismiss a finding."""

from __future__ import annotations

from functools import partial

from reviewtool.tui.language import _
from reviewtool.tui.screens.ask import AskScreen
from reviewtool.tui.screens.edition import EditionScreen
from reviewtool.tui.screens.menu import Choice, MenuScreen


class SegmentMenu(EditionScreen):
    """The part of an edition's screen that offers, by one key and another, the rarer acts on a segment."""

    def action_segment(self) -> None:
        """Offer the acts."""
        if self.one is None:
            return
        choices = [
            Choice("o", _("omit it: leave it out of the edition on purpose"), "omit"),
            Choice("u", _("undo: take your last act on it back"), "undo_act"),
            Choice("m", _("remark on it, or reply"), "comment"),
            Choice("r", _("resolve the remarks on it"), "resolve"),
            Choice("d", _("dismiss its finding, with a reason"), "dismiss_finding"),
            Choice("h", _("every version of it"), "history"),
            *([Choice("x", _("forget what is typed and not saved"), "forget_typed")] if self._typed_here() else []),
        ]
        title = _("Segment {number}").format(number=self.index + 1)
        self.app.push_screen(MenuScreen(title, choices), self._chosen)

    def _typed_here(self) -> bool:
        return self.one is not None and self.one.id in self.work.typed

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

        self.app.push_screen(AskScreen(_("Dismiss: why is it right?"), about=found[0].finding.message), dismissed)

    def action_forget_typed(self) -> None:
        """Take the text that is saved again."""
        one = self.one
        if one is not None:
            self.work.typed.pop(one.id, None)
            self.work.meanwhile.pop(one.id, None)
            self.editor.replace_all(one.segment.target)
            self.segment_shown()
