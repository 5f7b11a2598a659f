"""Sign: what was done, how the name will print, what the byline will be; or what blocks, each place a jump away."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.visual import Visual
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from reviewtool.errors import ReviewtoolError
from reviewtool.model.byline import BylineLine, HouseStyle
from reviewtool.model.policy import Pass
from reviewtool.model.signoff import Standing
from reviewtool.services.editions import OpenEdition
from reviewtool.tui import commands
from reviewtool.tui.core_sentences import translated
from reviewtool.tui.language import _, ngettext
from reviewtool.tui.prospect import Prospect, after_signing, pass_to_sign, prospect, still_to_sign
from reviewtool.tui.render import SIGNS, one_line
from reviewtool.tui.screens.menu import Choice, MenuScreen
from reviewtool.tui.session import Session
from reviewtool.tui.summing_up import told
from reviewtool.tui.visuals import MUTED, Hanging, Prose, Stack, labelled
from reviewtool.tui.widgets.key_bar import KeyBar
from reviewtool.tui.widgets.tick_box import TickBox

MOST_PLACES = 100
"""How many segments are listed of one reason: who has more to do than that goes back to the edition."""
_LABEL = 13


@dataclass(frozen=True, slots=True)
class Signed:
    """The pass was signed: the edition as it is since."""

    edition: OpenEdition


@dataclass(frozen=True, slots=True)
class Jump:
    """Somebody wants to go to a segment that keeps them from signing."""

    segment: str


class SignScreen(ModalScreen[Signed | Jump | None]):
    """One person's signature on one pass; Enter gives it.

    Args:
        session: who signs.
        edition: as it is on the disk.
        pass_name: the pass whose segments the person has just finished; None: the one that waits for them.
    """

    CSS_PATH = "sign.tcss"
    PLACES = ("sign",)
    BINDINGS: ClassVar = commands.bindings(*PLACES)
    AUTO_FOCUS = ""

    def __init__(self, session: Session, edition: OpenEdition, pass_name: str | None = None) -> None:
        super().__init__()
        self._session = session
        self._edition = edition
        self._pass_name = pass_name
        self._prospect: Prospect | None = None
        self._read_all = False
        self._saving = False
        self._places: list[str] = []
        self._numbers: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        """What was done, the name, the byline, what blocks, and the two answers."""
        with Vertical(id="sign") as window:
            window.border_subtitle = Content(_("Esc: back"))
            yield Static(id="told")
            yield TickBox(_("I have read all of it  (r)"), id="read-all")
            yield Static(id="refused")
            yield OptionList(id="places", markup=False, compact=True)
            with Horizontal(id="answers"):
                yield Button(_answer(_("Sign")), id="yes", variant="primary", compact=True)
                yield Button(_answer(_("Not yet")), id="no", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Work out how signing stands."""
        self._begin()

    def person_changed(self) -> None:
        """Somebody else sits here."""
        self._pass_name = None
        self._begin()

    @property
    def _standing(self) -> Standing:
        return self._edition.standing

    @property
    def _can_sign(self) -> bool:
        return self._prospect is not None and self._prospect.is_open(read_all=self._read_all) and not self._saving

    # What is shown

    def _begin(self) -> None:
        """Everything anew, for the edition, the person and the pass as they are."""
        one = self._pass()
        self._prospect = None if one is None else prospect(self._standing, self._session.acting, one)
        self._numbers = {segment: number for number, segment in enumerate(self._standing.segments, 1)}
        self._read_all = False
        self.query_one(TickBox).ticked = False
        title = one_line(self._edition.article.title)
        said = _("Sign {pass_name}: {title}, {language}") if one else _("Sign: {title}, {language}")
        self.query_one("#sign").border_title = Content(
            said.format(pass_name=translated(one.name) if one else "", title=title, language=self._edition.language)
        )
        self._say_refused("")
        self._show()

    def _pass(self) -> Pass | None:
        if self._session.person is None:
            return None
        named = self._standing.policy.pass_named(self._pass_name) if self._pass_name else None
        return named or pass_to_sign(self._standing, self._session.person)

    def _show(self) -> None:
        """What depends on whether the person can sign."""
        found = self._prospect
        self.query_one("#told", Static).update(Stack(self._told(found)))
        self.query_one("#read-all").display = bool(found and found.unseen and not found.blockers)
        self.query_one("#yes").display = self._can_sign
        back = _("Back") if found is None or found.signed else _("Not yet")
        self.query_one("#no", Button).label = _answer(back)
        self._show_places([] if self._can_sign or found is None else list(_reasons(found)))
        self.refresh_bindings()
        places = self.query_one("#places")
        self.query_one("#yes" if self._can_sign else "#places" if places.display else "#no").focus()

    def _told(self, found: Prospect | None) -> Iterator[Visual]:
        style = self._session.workspace.settings.style
        if self._session.person is None:
            yield Content(_("Nobody has said who sits here: F12 asks."))
        elif found is None:
            yield Content(_("{name} acts in no pass of this desk.").format(name=one_line(self._session.name)))
        elif found.signature is not None and found.signed:
            signed = found.signature.signature
            yield Content(
                _("{name} signed this pass on {day}, and the signature stands.").format(
                    name=one_line(signed.name), day=one_line(signed.at[:10])
                )
            )
            yield labelled(_("Byline now"), _byline(self._edition, found.one, style), indent=_LABEL)
        else:
            yield from self._question(found, style)

    def _question(self, found: Prospect, style: HouseStyle) -> Iterator[Visual]:
        person, one = self._session.acting, found.one
        yield from (Prose(Content(line)) for line in told(self._standing, person, one))
        signing_as = BylineLine(
            one.name,
            style.label(one.name, one.role, self._edition.language),
            style.separator(one.name, self._edition.language),
            (self._standing.name(person),),
        )
        yield labelled(_("You sign as"), [one_line(str(signing_as))], indent=_LABEL)
        yield labelled(_("Key"), [_("none: this desk does not ask for one")], indent=_LABEL)
        if self._can_sign:
            then = after_signing(self._edition, person, one, read_all=self._read_all)
            yield labelled(_("After this"), _byline(then, one, style), indent=_LABEL)

    def _show_places(self, reasons: list[tuple[str, Sequence[str]]]) -> None:
        rows = [row for sentence, segments in reasons for row in self._rows(sentence, segments)]
        self._places = [segment for _, segment in rows]
        places = self.query_one("#places", OptionList)
        places.display = bool(rows)
        places.set_options([Option(line, disabled=not segment) for line, segment in rows])
        places.highlighted = next((row for row, segment in enumerate(self._places) if segment), None)

    def _rows(self, sentence: str, segments: Sequence[str]) -> Iterator[tuple[Visual, str]]:
        """A reason and its places: each line, and the segment that it leads to."""
        yield Hanging(Content.styled("! ", "$text-error"), Content.styled(one_line(sentence), "$text-error")), ""
        for segment in segments[:MOST_PLACES]:
            one = self._standing.segments[segment]
            text = one_line(one.segment.target or one.segment.source)
            number = f"{self._numbers[segment]:>5} {SIGNS[self._standing.state(segment)]} "
            yield Hanging(Content.styled(number, MUTED), Content(text)), segment
        if len(segments) > MOST_PLACES:
            yield (
                Content.styled("      " + _("and {n} more").format(n=len(segments) - MOST_PLACES), MUTED),
                "",
            )

    def _say_refused(self, sentence: str) -> None:
        refused = self.query_one("#refused", Static)
        refused.update(Content(one_line(sentence)))
        refused.display = bool(sentence)

    # What a person does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer only what can be done."""
        found = self._prospect
        match action:
            case "sign":
                return self._can_sign and self.focused is not self.query_one("#no")
            case "go":
                return self.focused is self.query_one("#places")
            case "read_all":
                return bool(found and found.unseen and not found.blockers)
            case "withdraw":
                return bool(found and found.signature)
            case "other_pass":
                return len(self._passes()) > 1
        return True

    def _passes(self) -> list[Pass]:
        """The passes in which the person may act."""
        person, policy = self._session.person, self._standing.policy
        return [one for one in policy.passes if person is not None and policy.may_act(person, one.name)]

    def on_descendant_focus(self) -> None:
        """The keys that are offered depend on where the focus is."""
        self.refresh_bindings()

    @on(Button.Pressed, "#yes")
    def action_sign(self) -> None:
        """Sign at once."""
        if self._can_sign and self._prospect is not None:
            self._saving = True
            self._sign(self._prospect.one.name, self._read_all)

    @on(Button.Pressed, "#no")
    def action_back(self) -> None:
        """Not yet."""
        if not self._saving:
            self.dismiss(None)

    def action_go(self) -> None:
        """Go to the segment under the cursor."""
        self.query_one("#places", OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to this segment."""
        if not self._saving:
            self.dismiss(Jump(self._places[event.option_index]))

    def action_read_all(self) -> None:
        """Say that all of it was read, or take that back."""
        self.query_one(TickBox).action_tick()

    def on_tick_box_changed(self, event: TickBox.Changed) -> None:
        """All of it was read, or not."""
        self._read_all = event.ticked
        self._show()

    def action_other_pass(self) -> None:
        """Choose another pass."""
        choices = [
            Choice(str(number), translated(one.name), one.name, self._pass_note(one))
            for number, one in enumerate(self._passes(), 1)
        ]
        self.app.push_screen(MenuScreen(_("Sign which pass?"), choices), self._choose)

    def _pass_note(self, one: Pass) -> str:
        signers = self._standing.passes[one.name].signers
        names = _(", ").join(each.signature.name for each in signers)
        return _("signed by {names}").format(names=names) if names else _("signed by nobody yet")

    def _choose(self, pass_name: str | None) -> None:
        if pass_name is not None:
            self._pass_name = pass_name
            self._begin()

    def action_withdraw(self) -> None:
        """Ask once, then take the signature back."""
        choices = [
            Choice("y", _("Yes, take it back"), "yes", _("the name leaves the byline")),
            Choice("n", _("No, leave it"), ""),
        ]
        self.app.push_screen(MenuScreen(_("Take your signature back?"), choices), self._withdraw_if)

    def _withdraw_if(self, answer: str | None) -> None:
        if answer and self._prospect is not None:
            self._saving = True
            self._withdraw(self._prospect.one.name)

    # Saving

    async def leave(self) -> bool:
        """Stay until a signature under way is saved."""
        while self._saving:
            await asyncio.sleep(0.01)
        return True

    @work
    async def _sign(self, pass_name: str, read_all: bool) -> None:
        """Sign; what was signed is the answer, a refusal is said and what blocks is shown."""
        edition, session = self._edition, self._session
        sign = session.workspace.signing.sign
        person, language = session.acting, edition.language.tag
        try:
            saved, standing, _new = await asyncio.to_thread(
                sign, edition.slug, language, pass_name, person=person, read_all=read_all
            )
        except ReviewtoolError as error:
            self._refused(error)
            return
        self._saving = False
        name = one_line(standing.signature.name)
        self.app.notify(_("{name} signed {pass_name}.").format(name=name, pass_name=translated(pass_name)))
        self.dismiss(Signed(saved))

    @work
    async def _withdraw(self, pass_name: str) -> None:
        edition, session = self._edition, self._session
        withdraw = session.workspace.signing.withdraw
        person, language = session.acting, edition.language.tag
        try:
            saved, _number = await asyncio.to_thread(withdraw, edition.slug, language, pass_name, person=person)
        except ReviewtoolError as error:
            self._refused(error)
            return
        self._saving = False
        self._edition = saved
        self.app.notify(_("The signature is taken back."))
        self._begin()

    def _refused(self, error: ReviewtoolError) -> None:
        """Show how the edition is now, which somebody else may have changed, and why it was refused."""
        edition, session = self._edition, self._session
        said = session.say(str(error), "error")
        self._saving = False
        with contextlib.suppress(ReviewtoolError):
            self._edition = session.workspace.editions.open(edition.slug, edition.language)
        self._begin()
        self._say_refused(said)


def _answer(text: str) -> Content:
    """What a button says, to be told apart without colours."""
    return Content(f"[ {text} ]")


def _reasons(found: Prospect) -> Iterator[tuple[str, Sequence[str]]]:
    """Why it cannot be signed, each reason with the segments where."""
    for blocker in found.blockers:
        yield _("{sentence}.").format(sentence=translated(blocker.sentence)), blocker.segments
    if found.unseen:
        yield _unseen(found), found.unseen


def _unseen(found: Prospect) -> str:
    number = len(found.unseen)
    if found.one.is_translation:
        said = ngettext(
            "{n} segment that you have neither written nor confirmed:",
            "{n} segments that you have neither written nor confirmed:",
            number,
        )
    else:
        said = ngettext(
            "{n} segment that you have neither approved nor corrected:",
            "{n} segments that you have neither approved nor corrected:",
            number,
        )
    return said.format(n=number)


def _byline(edition: OpenEdition, one: Pass, style: HouseStyle) -> Iterator[str]:
    """The byline as it stands, a line each, and who has still to sign."""
    yield from (one_line(str(line)) for line in edition.byline(style))
    wanted, able = still_to_sign(edition.standing, one)
    if edition.standing.final:
        yield _("(the edition is final)")
    elif wanted and len(able) <= wanted and able:
        yield _("({names} still to sign)").format(names=one_line(_(", ").join(able)))
    elif wanted:
        yield ngettext("({n} more signature wanted)", "({n} more signatures wanted)", wanted).format(n=wanted)
