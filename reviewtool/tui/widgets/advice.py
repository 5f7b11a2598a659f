"""The side panel: what helps with the current segment. Memory, terms, findings, thread; tabs where it is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widgets import Static

from reviewtool.tui.language import N_, _
from reviewtool.tui.render import CONTENT_STYLES, Cell, safe, styled

SECTIONS = (N_("Memory"), N_("Terms"), N_("Findings"), N_("Thread"))
"""What the panel shows, in this order."""


@dataclass(frozen=True, slots=True)
class MatchAdvice:
    """A match: its score, what it differs in, its target as it would be put in, and what to look at there."""

    percent: int
    source: Cell
    target: str
    origin: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermAdvice:
    """A term of the source: what to use, what not, and a note."""

    source: str
    preferred: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class FindingAdvice:
    """What a check says; ``fix`` is a text that would settle it."""

    message: str
    severity: str
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said of the segment, by whom; replies are indented."""

    name: str
    text: str
    reply: bool = False
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """All that is known about the current segment; ``matches`` None while the memory is being asked.

    ``meanwhile`` is a text that another program put in while the person was typing.
    """

    matches: Sequence[MatchAdvice] | None = None
    terms: Sequence[TermAdvice] = ()
    findings: Sequence[FindingAdvice] = ()
    thread: Sequence[Remark] = ()
    meanwhile: str | None = None


class AdvicePanel(VerticalScroll, can_focus=False):
    """Shows advice: all sections under each other, or the one of ``section`` with the others as tabs."""

    DEFAULT_CSS = """
    AdvicePanel { width: 38; background: $surface; padding: 0 1; border-left: solid $panel-lighten-2; }
    AdvicePanel.-tabs { width: 1fr; height: 7; border-left: none; border-top: solid $panel-lighten-2; }
    AdvicePanel > Static {
        width: 1fr; height: auto; link-style: bold; link-color: $foreground; link-background: $surface;
    }
    """

    advice: reactive[Advice] = reactive(Advice())
    section: reactive[str | None] = reactive(None)

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(markup=False)

    def watch_advice(self) -> None:
        """Show it."""
        self._show()

    def watch_section(self, section: str | None) -> None:
        """Show it as tabs, or whole."""
        self.set_class(section is not None, "-tabs")
        self._show()

    def _show(self) -> None:
        shown = self.query(Static)
        if not shown:
            return
        if self.section is None:
            parts = [line for name in SECTIONS for line in (_heading(name), *self._lines(name), Content(""))]
        else:
            parts = [self._tabs(), *self._lines(self.section)]
        shown.first().update(Content("\n").join([*self._meanwhile(), *parts]))
        self.scroll_home(animate=False)

    def _tabs(self) -> Content:
        return Content("  ").join(
            Content.styled(f"[{_(name)}]" if name == self.section else f" {_(name)} ", _tab_style(name == self.section))
            for name in SECTIONS
        )

    def _meanwhile(self) -> list[Content]:
        if self.advice.meanwhile is None:
            return []
        title = Content.styled(_("Changed by another program meanwhile:"), "$text-error bold")
        return [title, Content(safe(self.advice.meanwhile)), Content("")]

    def _lines(self, name: str) -> list[Content]:
        match name:
            case "Memory":
                return self._matches()
            case "Terms":
                return [_term(one) for one in self.advice.terms] or [_nothing(_("no terms in this segment"))]
            case "Findings":
                return [_finding(one) for one in self.advice.findings] or [_nothing(_("nothing found"))]
            case _:
                return [_remark(one) for one in self.advice.thread] or [_nothing(_("nothing said"))]

    def _matches(self) -> list[Content]:
        if self.advice.matches is None:
            return [_nothing(_("looking ..."))]
        lines = [line for row, one in enumerate(self.advice.matches) for line in _match(row + 1, one)]
        return lines or [_nothing(_("nothing similar in the memory"))]


def _heading(name: str) -> Content:
    return Content.styled(f"-- {_(name)} ", "$text-accent bold")


def _tab_style(chosen: bool) -> str:
    return "bold $text-accent" if chosen else "dim"


def _nothing(text: str) -> Content:
    return Content.styled(text, "dim italic")


def _match(number: int, one: MatchAdvice) -> list[Content]:
    click = Style.from_meta({"@click": f"screen.take_match({number})"})
    head = Content.assemble(
        Content.styled(f"{number} ", "bold $text-accent"),
        f"{one.percent}%  ",
        Content.styled(safe(one.origin), "dim"),
    )
    lines = [head, styled(one.source, CONTENT_STYLES), Content.styled(safe(one.target), "bold").stylize(click)]
    return [*lines, *(Content.styled(safe(note), "$text-warning") for note in one.notes)]


def _term(one: TermAdvice) -> Content:
    parts = [Content.styled(safe(one.source), "bold"), Content("  "), Content(safe("; ".join(one.preferred)))]
    if one.forbidden:
        forbidden = _("not {terms}").format(terms="; ".join(one.forbidden))
        parts.append(Content.styled(f"  {safe(forbidden)}", "$text-error"))
    if one.note:
        parts.append(Content.styled(f"  {safe(one.note)}", "dim"))
    return Content.assemble(*parts)


def _finding(one: FindingAdvice) -> Content:
    style = "$text-error" if one.severity == "error" else "$text-warning" if one.severity == "warning" else ""
    parts = [Content.styled(f"! {safe(one.message)}", style)]
    if one.fix is not None:
        parts.append(Content.styled(f"\n  ^G f: {safe(one.fix)}", "dim"))
    return Content.assemble(*parts)


def _remark(one: Remark) -> Content:
    indent = "  " if one.reply else ""
    said = Content.assemble(Content.styled(f"{indent}{safe(one.name)}: ", "bold"), safe(one.text))
    return said.stylize("dim strike") if one.resolved else said
