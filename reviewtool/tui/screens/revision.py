"""The revision: source, what stands now, and what changed; one key approves and goes to the next that waits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from reviewtool.model import acts
from reviewtool.model.ledger import Approve
from reviewtool.model.policy import Pass
from reviewtool.model.segment import State, same_text
from reviewtool.model.standing import SegmentStanding
from reviewtool.model.versions import Baseline, Since, baselines
from reviewtool.services.editions import OpenEdition
from reviewtool.tui import commands
from reviewtool.tui.language import _, ngettext
from reviewtool.tui.rows import EditionRows
from reviewtool.tui.screens.ask import AskScreen
from reviewtool.tui.screens.edition import EditionScreen
from reviewtool.tui.screens.segment_menu import SegmentMenu
from reviewtool.tui.screens.send_back import Reason, SendBackScreen
from reviewtool.tui.screens.ways_out import open_remark
from reviewtool.tui.widgets.segment_grid import SegmentGrid
from reviewtool.tui.widgets.target_editor import TargetEditor

_BY_LETTER = frozenset({"yes", "approve_paragraph", "correct", "send_back", "keep", "remark", "undo", "compare"})
"""What is done by a letter, or by Enter, while nothing is corrected."""
_LOOKED_AT = 400
"""How many segments are looked at to find a version that has anything to show."""


class RevisionScreen(SegmentMenu):
    """Revising: every segment is compared with its source, and approved, corrected or sent back."""

    PLACES: ClassVar[tuple[str, ...]] = ("revision", "correct", "edition")
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings(*PLACES)]

    _pass: Pass | None = None
    _baselines: tuple[Baseline, ...] = ()
    _baseline: Baseline | None = None
    _correcting = False

    def prepare(self) -> None:
        """Find the pass that the person acts in, and the versions there are to compare with."""
        standing = self.edition.standing
        self._pass = acts.acting_pass(standing, self.session.acting, revision=True)
        kept = self._baseline
        self._baselines = baselines(standing, self.session.acting)
        same = [one for one in self._baselines if kept and (one.since, one.name) == (kept.since, kept.name)]
        self._baseline = same[0] if same else self._first_baseline()

    def _first_baseline(self) -> Baseline:
        """The first version that differs from what stands now; where none does, the first there is."""
        ones = list(self.edition.standing.segments.values())[:_LOOKED_AT]
        for baseline in self._baselines:
            if any(baseline.text(one) not in (None, one.segment.target) for one in ones):
                return baseline
        return self._baselines[0]

    def make_rows(self) -> EditionRows:
        """Source, target, and what changed since the version that is compared with."""
        acting = self._pass or self.edition.standing.policy.translation
        return EditionRows(self.edition, self.work, self.session.acting, acting=acting, baseline=self._baseline)

    @property
    def acting(self) -> Pass | None:
        """The revision pass that the person acts in."""
        return self._pass

    def waits(self, one: SegmentStanding) -> bool:
        """Whether the person has still to see the segment: to approve it, or for a signature of theirs."""
        acting, person = self.acting, self.session.acting
        if acting is None or not one.translated or one.sent_back:
            return False
        if person in one.barred:
            return self.edition.standing.asks(person, one.id)
        return not acts.already(self.edition.standing, person, acting, one, Approve)

    def columns(self) -> tuple[Sequence[str], Sequence[int]]:
        """Source, now, and what the third column compares with."""
        third = _compared(self._baseline)
        if self.edition.languages.monolingual:
            return (_("Now"), third), (1, 1)
        source = _("Source {language}").format(language=self.edition.languages.source)
        return (source, _("Now"), third), (3, 4, 4)

    def progress(self) -> str:
        """What the person has done, and what is still to do."""
        sent, total = self.count(State.SENT_BACK), len(self.rows)
        done = self.count(State.REVIEWED) + self.count(State.FINAL)
        said = [_("{done} of {total} approved").format(done=done, total=total)]
        if sent:
            said.append(ngettext("{n} sent back", "{n} sent back", sent).format(n=sent))
        return _(", ").join(said)

    def on_mount(self) -> None:
        """Keys go to the grid; the editor comes when something is corrected."""
        super().on_mount()
        self.editor.display = False
        self.grid.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """While something is corrected, letters are letters; nothing is saved while nothing is corrected."""
        if action in ("save", "line_break"):
            return self._correcting
        return not (self._correcting and action in _BY_LETTER)

    def segment_shown(self) -> None:
        """Leave a correction where it is when the cursor moves on."""
        if self._correcting and self.one is not None and self.editor.segment_id != self.one.id:
            self._stop_correcting()
        super().segment_shown()

    # Approving

    def action_yes(self) -> None:
        """Approve the segment, and go on."""
        one, acting = self.one, self.acting
        if one is None or acting is None:
            self.notify(_("This desk has no revision pass, so there is nothing to approve."), severity="warning")
            return
        standing, person = self.edition.standing, self.session.acting
        if not acts.already(standing, person, acting, one, Approve) and not self.acts.concern(one.id):
            if person in one.barred and not standing.asks(person, one.id):
                self.move_on()
                return
            reason = acts.approving(standing, person, acting, one)
            if reason is not None:
                self.say_of(one.id, reason)
                return
            self._approve([one.id])
        self.move_on()

    def on_segment_grid_chosen(self, event: SegmentGrid.Chosen) -> None:
        """Enter in the grid is yes; a double click opens the text."""
        event.stop()
        if event.by_mouse:
            self.action_correct()
        else:
            self.action_yes()

    def action_approve_paragraph(self) -> None:
        """Approve what waits in this paragraph."""
        if self.one is None or self.acting is None:
            return
        paragraph = self.one.segment.paragraph
        ones = [self.rows.standing(place) for place in range(len(self.rows))]
        waiting = [one.id for one in ones if one.segment.paragraph == paragraph and self.waits(one)]
        if not waiting:
            self.notify(_("Nothing waits for you in this paragraph."))
            return
        self._approve(waiting)
        self.move_on()

    def _approve(self, segments: Sequence[str]) -> None:
        name = self.acting.name if self.acting else None
        approve = self.session.workspace.review.approve
        self.do(segments, partial(approve, *self._here, segments, person=self.session.acting, pass_name=name))

    # Correcting

    def action_correct(self) -> None:
        """Open the text to correct it."""
        one, acting = self.one, self.acting
        if one is None or acting is None:
            return
        reason = acts.writing(self.edition.standing, self.session.acting, acting, one)
        if reason is not None:
            self.say_of(one.id, reason)
            return
        self._correcting = True
        self.load(one)
        self.editor.display = True
        self.editor.focus()
        self.refresh_bindings()

    def on_target_editor_yes(self, event: TargetEditor.Yes) -> None:
        """The correction is done."""
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        """Take the correction, and go on."""
        one, text = self.one, self.editor.text
        if one is None:
            return
        self._stop_correcting()
        if same_text(text, one.segment.target):
            return
        self.work.typed[one.id] = text
        name = self.acting.name if self.acting else None
        edit = self.session.workspace.review.edit
        self.do([one.id], partial(edit, *self._here, one.id, text, person=self.session.acting, pass_name=name))
        self.move_on()

    def action_line_break(self) -> None:
        """Break the line in the correction."""
        self.editor.action_line_break()

    def _stop_correcting(self) -> None:
        self._correcting = False
        self.editor.display = False
        self.grid.focus()
        self.refresh_bindings()

    async def action_back(self) -> None:
        """Leave the correction, what was typed kept; else go back to the desk."""
        if self._correcting:
            self._stop_correcting()
        else:
            await super().action_back()

    def restore(self, text: str | None) -> None:
        """Put an earlier text into the editor, as a correction."""
        if text is not None:
            self.action_correct()
            if self._correcting:
                self.editor.replace_all(text)

    # Sending back, keeping

    def action_send_back(self) -> None:
        """Send the segment back, with a reason."""
        one, acting = self.one, self.acting
        if one is None or acting is None:
            return
        reason = acts.sending_back(self.edition.standing, self.session.acting, acting, one)
        if reason is not None:
            self.say_of(one.id, reason)
            return

        def sent(why: Reason | None) -> None:
            if why is None:
                return
            send = partial(
                self.session.workspace.review.send_back,
                *self._here,
                one.id,
                why.comment,
                person=self.session.acting,
                pass_name=acting.name,
                category=why.category,
                severity=why.severity,
            )
            self.do([one.id], send)
            self.move_on()

        self.app.push_screen(SendBackScreen(one.segment.target), sent)

    def action_keep(self) -> None:
        """Keep the text, with a reply to what was said; approve it where that is the person's to do."""
        one = self.one
        if one is None:
            return

        def kept(reply: str | None) -> None:
            if reply is not None:
                self.do([one.id], partial(self._keep, one.id, reply, open_remark(one)))
                self.move_on()

        self.app.push_screen(AskScreen(_("Keep the text, and reply"), about=one.segment.target), kept)

    def _keep(self, segment: str, reply: str, answers: str | None) -> OpenEdition:
        review, person = self.session.workspace.review, self.session.acting
        edition = review.comment(*self._here, segment, reply, person=person, answers=answers)
        one, acting = edition.standing.segments[segment], self.acting
        if acting is None or acts.approving(edition.standing, person, acting, one) is not None:
            return edition
        return review.approve(*self._here, [segment], person=person, pass_name=acting.name).edition

    def action_remark(self) -> None:
        """Remark on the segment."""
        self.action_comment()

    def action_undo(self) -> None:
        """Take the person's last act on the segment back."""
        self.action_undo_act()

    # Comparing

    def action_compare(self) -> None:
        """Compare with the next of the versions there are."""
        place = self._baselines.index(self._baseline) if self._baseline in self._baselines else -1
        self._baseline = self._baselines[(place + 1) % len(self._baselines)]
        self.rows = self.make_rows()
        self._show_rows(self.index, anchor=True)

    def other_mode(self, segment: str | None) -> EditionScreen:
        """The editor of the same edition."""
        from reviewtool.tui.screens.editor import EditorScreen

        return EditorScreen(self.session, self.edition, segment)


def _compared(baseline: Baseline | None) -> str:
    """What the third column shows."""
    match baseline:
        case Baseline(since=Since.SEEN):
            return _("Since you last saw it")
        case Baseline(since=Since.SIGNED, name=name):
            return _("Since {name} signed").format(name=name)
        case Baseline(since=Since.DRAFT):
            return _("Since the draft")
        case _:
            return _("Since the version before")
