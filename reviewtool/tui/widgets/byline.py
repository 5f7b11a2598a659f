"""The panel that answers for one edition: its byline as it stands, who signed when, and what blocks."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from reviewtool.tui.language import _
from reviewtool.tui.render import one_line


@dataclass(frozen=True, slots=True)
class Account:
    """What is said of an edition: the lines of the byline as they will print, the signers of each pass, what blocks.

    ``fault`` is why it cannot be read, empty otherwise.
    """

    title: str
    languages: str = ""
    byline: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    blocks: str = ""
    fault: str = ""


class BylinePanel(Horizontal):
    """The byline on the left, on the right what stands behind it and what is in the way."""

    DEFAULT_CSS = """
    BylinePanel { padding: 0 1; background: $surface; border: round $foreground 30%;
        border-title-color: $foreground; border-subtitle-color: $text-muted;
        & > VerticalScroll { scrollbar-size: 1 1; width: 1fr; height: 1fr; }
        & > #byline { width: auto; min-width: 20; padding-right: 3; }
        & #lines { width: auto; max-width: 40vw; height: auto; }
        & #account { width: 1fr; height: auto; }
    }
    """

    account: reactive[Account | None] = reactive(None)

    def compose(self) -> ComposeResult:
        """Two columns."""
        with VerticalScroll(id="byline", can_focus=False):
            yield Static(id="lines")
        with VerticalScroll(can_focus=False):
            yield Static(id="account")

    def watch_account(self, account: Account | None) -> None:
        """Say it."""
        self.border_title = Content(one_line(account.title)) if account else None
        self.border_subtitle = Content(one_line(account.languages)) if account else None
        self.query_one("#byline").display = account is None or not account.fault
        self.query_one("#lines", Static).update(_byline(account))
        self.query_one("#account", Static).update(_standing(account))


def _byline(account: Account | None) -> Content:
    if account is None or account.fault:
        return Content("")
    lines = [Content.styled(one_line(line), "bold") for line in account.byline]
    return Content("\n").join(lines or [Content.styled(_("No byline yet: nobody has signed."), "$text-muted")])


def _standing(account: Account | None) -> Content:
    if account is None:
        return Content("")
    if account.fault:
        return Content.styled(f"! {one_line(account.fault)}", "$text-error")
    lines = [Content.assemble((_("signed  "), "$text-muted"), one_line("; ".join(account.signed)))]
    if not account.signed:
        lines = []
    if account.blocks:
        lines.append(Content.assemble((_("blocks  "), "$text-warning"), one_line(account.blocks)))
    else:
        lines.append(Content.styled(_("Every signature stands; nothing blocks."), "$text-success"))
    return Content("\n").join(lines)
