"""The ways out of an open edition: to the other screens, and back to where one was."""

from __future__ import annotations

from functools import partial

from reviewtool.model.ledger import SendBack
from reviewtool.model.standing import SegmentStanding
from reviewtool.tui.language import _
from reviewtool.tui.screens.ask import AskScreen
from reviewtool.tui.screens.edition import EditionScreen


class WaysOut(EditionScreen):
    """The part of an edition's screen that opens other screens and takes up what they answer."""

    def action_history(self) -> None:
        """Show every version of the segment."""
        from reviewtool.tui.screens.history import HistoryScreen

        if self.one is not None:
            self.app.push_screen(HistoryScreen(self.session, self.edition, self.one.id), self.restore)

    def restore(self, text: str | None) -> None:
        """Put an earlier text into the editor."""
        if text is not None:
            self.editor.replace_all(text)

    def action_preview(self) -> None:
        """Show the edition as it will be published."""
        from reviewtool.tui.screens.preview import PreviewScreen

        if self.one is not None:
            self.app.push_screen(PreviewScreen(self.session, self.edition, self.one.id), self._came_back)

    def action_read(self) -> None:
        """Read the target alone."""
        from reviewtool.tui.screens.read import ReadScreen

        if self.one is not None:
            self.app.push_screen(ReadScreen(self.session, self.edition, self.one.id), self._came_back)

    def _came_back(self, segment: str | None) -> None:
        self._recover()
        self.goto(segment)
        self.beside("watch", partial(self._watch, ours=True))

    def action_findings(self) -> None:
        """Show the findings of the edition."""
        from reviewtool.tui.screens import findings

        def jump(place: findings.Place | None) -> None:
            self._came_back(place.segment if place else None)

        self.app.push_screen(findings.FindingsScreen(self.session, *self._here), jump)

    def action_replace(self) -> None:
        """Search and replace in the edition."""
        from reviewtool.tui.screens.replace import ReplaceScreen

        name = self.acting.name if self.acting else None
        self.app.push_screen(ReplaceScreen(self.session, self.edition, name), self._came_back)

    async def action_sign(self) -> None:
        """Sign the pass, or see what blocks it."""
        from reviewtool.tui.screens.sign import Jump, Signed, SignScreen

        def signed(outcome: Signed | Jump | None) -> None:
            match outcome:
                case Jump(segment):
                    self.goto(segment)
                case Signed(edition):
                    self.acts.seen = self._stamp()
                    self._take(edition, None)
                    self.beside("back", self.action_back)

        await self.acts.over()
        self.app.push_screen(SignScreen(self.session, self.edition, self.acting.name if self.acting else None), signed)

    def action_export(self) -> None:
        """Export the edition."""
        from reviewtool.tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen(self.session, self.edition))

    async def action_other_mode(self) -> None:
        """Change between translating and revising, at the same segment."""
        await self.leave()
        self.app.switch_screen(self.other_mode(self.one.id if self.one else None))

    def other_mode(self, segment: str | None) -> EditionScreen:
        """The other of the two screens."""
        raise NotImplementedError

    # Remarks

    def action_comment(self) -> None:
        """Remark on the segment, or reply to what was said last."""
        one = self.one
        if one is None:
            return
        answers = open_remark(one)
        title = _("Reply") if answers else _("Remark on segment {number}").format(number=self.index + 1)

        def said(text: str | None) -> None:
            if text is not None:
                comment = self.session.workspace.review.comment
                self.do(
                    [one.id], partial(comment, *self._here, one.id, text, person=self.session.acting, answers=answers)
                )

        self.app.push_screen(AskScreen(title, about=one.segment.source), said)


def open_remark(one: SegmentStanding) -> str | None:
    """The send-back that stands, or the last thread that is open: what a reply is to."""
    if one.sent_back:
        last: SendBack = one.sent_back[-1]
        return last.id
    unresolved = [thread.remark.id for thread in one.threads if not thread.resolved]
    return unresolved[-1] if unresolved else None
