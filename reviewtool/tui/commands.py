"""Every command of the UI, declared once: its keys, its place in the footer, its line in help and palette.

Screens take their ``BINDINGS`` from here. A user's configuration may give a command other keys, by its id.
What the declarations say is translated where it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from reviewtool.errors import InputError
from reviewtool.tui.language import N_


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do on a screen.

    ``id`` is ``place.name``; ``keys`` are Textual's names, several parted by commas, the first one shown.
    ``label`` is the word in the footer, empty for a command that is not in it; ``help`` is its sentence in help
    and palette. ``verb`` is the verb of the command line that does the same; a command that ``changes`` the
    record or files always has one. ``first`` commands get their keys before the widget that has the focus.
    """

    id: str
    keys: str
    help: str
    label: str = ""
    action: str = ""
    verb: str = ""
    changes: bool = False
    first: bool = False

    @property
    def place(self) -> str:
        """Where the command is: a screen, or ``everywhere``."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """The command's name in its place, by default its action's."""
        return self.id.partition(".")[2]

    @property
    def run(self) -> str:
        """The action with the name of who has it, to be run from anywhere on the screen."""
        action = self.action or self.name
        if "." in action.partition("(")[0]:
            return action
        return f"app.{action}" if self.place == "everywhere" else f"screen.{action}"

    @property
    def binding(self) -> Binding:
        """As a binding of Textual's."""
        return Binding(
            self.keys,
            self.action or self.name,
            self.label or self.help,
            show=bool(self.label),
            priority=self.first,
            tooltip=self.help,
            id=self.id,
        )


COMMANDS = (
    # Everywhere
    Command("everywhere.help", "f1", N_("Show the keys of this screen."), N_("help")),
    Command("everywhere.command_palette", "ctrl+p", N_("Search all commands."), N_("palette"), first=True),
    Command("everywhere.who", "f12", N_("Say who you are.")),
    Command("everywhere.log", "f11", N_("Show what was said until now, errors too.")),
    Command("everywhere.theme", "", N_("Choose the colours."), action="change_theme"),
    Command("everywhere.quit", "ctrl+q", N_("Leave; everything that was acknowledged is saved."), first=True),
    # Desk
    Command("desk.open", "enter", N_("Open the edition where something waits for you."), N_("open")),
    Command("desk.add", "a", N_("Add an article: a paste or a file."), N_("add"), verb="add", changes=True),
    Command(
        "desk.draft", "d", N_("Draft what is untranslated from the memory."), N_("draft"), verb="draft", changes=True
    ),
    Command("desk.findings", "k", N_("Check the edition and show the findings."), N_("check"), verb="check"),
    Command("desk.sign", "s", N_("Sign a pass of the edition."), N_("sign"), verb="sign", changes=True),
    Command("desk.export", "e", N_("Export the edition as a file."), N_("export"), verb="export", changes=True),
    Command("desk.translate", "t", N_("Open the edition to translate it."), N_("translate")),
    Command("desk.revise", "r", N_("Open the edition to revise it."), N_("revise")),
    Command("desk.preview", "f4", N_("Show the edition as it will be published.")),
    Command("desk.verify", "v", N_("Prove records, signatures and bylines."), verb="verify"),
    Command("desk.sync", "y", N_("Bring catalogs in line with changed articles."), verb="sync", changes=True),
    Command("desk.find", "slash", N_("Show only articles whose title holds some words."), N_("find")),
    Command("desk.stop", "escape", N_("Stop long work; where there is none, show all articles again.")),
    Command("desk.everything", "x", N_("Check every edition of the desk."), verb="check"),
    Command("desk.who", "w", N_("Say who you are."), N_("who"), action="app.who"),
    Command("desk.log", "l", N_("Show what was said until now, errors too."), action="app.log"),
    Command("desk.help", "question_mark", N_("Show the keys of this screen."), action="app.help"),
    # Editor and revision
    Command("edition.next", "ctrl+down,alt+down", N_("Go to the next segment."), action="move(1)", first=True),
    Command("edition.previous", "ctrl+up,alt+up", N_("Go to the segment before."), action="move(-1)", first=True),
    Command("edition.page_down", "pagedown", N_("Go down a page."), action="page(1)", first=True),
    Command("edition.page_up", "pageup", N_("Go up a page."), action="page(-1)", first=True),
    Command("edition.top", "ctrl+home", N_("Go to the first segment."), action="edge(0)", first=True),
    Command("edition.bottom", "ctrl+end", N_("Go to the last segment."), action="edge(-1)", first=True),
    Command(
        "edition.to_do", "ctrl+n,f8", N_("Go to the next segment that waits for you."), N_("next to do"), first=True
    ),
    Command("edition.segment", "ctrl+l", N_("Omit, join, split, comment, undo: what else to do with the segment.")),
    Command("edition.history", "f2", N_("Show every version of the segment."), N_("history"), verb="history"),
    Command(
        "edition.replace", "f3", N_("Search and replace in the edition."), verb="replace", changes=True, first=True
    ),
    Command("edition.preview", "f4", N_("Show the edition as it will be published."), N_("preview"), first=True),
    Command("edition.read", "f5", N_("Read the target alone, as prose."), first=True),
    Command("edition.panel", "f6", N_("Show the next part of the side panel."), first=True),
    Command("edition.findings", "f7", N_("Show the findings of the edition."), verb="check", first=True),
    Command("edition.sign", "f9", N_("Sign the pass, or see what blocks it."), verb="sign", changes=True, first=True),
    Command("edition.export", "f10", N_("Export the edition as a file."), verb="export", changes=True, first=True),
    Command("edition.other_mode", "ctrl+r", N_("Change between translating and revising."), first=True),
    Command("edition.comment", "alt+m", N_("Remark on the segment."), verb="comment", changes=True, first=True),
    Command("edition.omit", "", N_("Leave the segment out of the edition on purpose."), verb="omit", changes=True),
    Command("edition.join", "", N_("Join the segment with the next one."), verb="join", changes=True),
    Command("edition.split", "", N_("Part the segment in two, at the caret."), verb="split", changes=True),
    Command("edition.undo_act", "", N_("Take your last act on the segment back."), verb="undo", changes=True),
    Command("edition.resolve", "", N_("Close the remarks on the segment."), verb="resolve", changes=True),
    Command(
        "edition.dismiss_finding",
        "",
        N_("Set the finding of the segment aside, with a reason."),
        verb="dismiss",
        changes=True,
    ),
    Command("edition.forget_typed", "", N_("Forget what is typed in the segment and not saved.")),
    Command("edition.back", "escape", N_("Go back one step; nothing is lost.")),
    # Editor
    Command(
        "editor.yes",
        "enter",
        N_("Take the text as your translation, and go to the next that waits for you."),
        N_("yes, next"),
        verb="edit",
        changes=True,
    ),
    Command(
        "editor.save",
        "ctrl+s",
        N_("Take the text as your translation, and stay."),
        verb="edit",
        changes=True,
        first=True,
    ),
    Command(
        "editor.insert",
        "ctrl+g",
        N_("Insert a match, a term, a number, a placeable, the source."),
        N_("insert"),
        first=True,
    ),
    Command("editor.line_break", "ctrl+o", N_("Break the line inside the segment.")),
    Command("editor.undo", "ctrl+z", N_("Undo typing in this segment.")),
    Command("editor.redo", "ctrl+y", N_("Redo typing in this segment.")),
    # Revision
    Command(
        "revision.yes",
        "enter",
        N_("Approve the segment, and go to the next that waits for you."),
        N_("approve"),
        verb="approve",
        changes=True,
    ),
    Command(
        "revision.approve_paragraph",
        "A",
        N_("Approve what waits for you in this paragraph."),
        N_("paragraph"),
        verb="approve",
        changes=True,
    ),
    Command("revision.correct", "e", N_("Correct the text."), N_("correct"), verb="edit", changes=True),
    Command(
        "revision.send_back",
        "b",
        N_("Send the segment back, with a reason."),
        N_("send back"),
        verb="send-back",
        changes=True,
    ),
    Command(
        "revision.keep",
        "k",
        N_("Keep the text, and reply to the remark or send-back."),
        N_("keep"),
        verb="comment",
        changes=True,
    ),
    Command(
        "revision.remark",
        "m",
        N_("Remark on the segment."),
        N_("comment"),
        verb="comment",
        changes=True,
    ),
    Command("revision.undo", "u", N_("Take your last act on the segment back."), N_("undo"), verb="undo", changes=True),
    Command("revision.compare", "v", N_("Compare with another earlier version."), N_("compare with")),
    Command("revision.next_to_do", "n", N_("Go to the next segment that waits for you."), action="to_do"),
    Command(
        "revision.find",
        "slash",
        N_("Search and replace in the edition."),
        action="replace",
        verb="replace",
        changes=True,
    ),
    Command("revision.help", "question_mark", N_("Show the keys of this screen."), action="app.help"),
    # Sign
    Command("sign.sign", "enter", N_("Sign the pass."), N_("sign"), verb="sign", changes=True, first=True),
    Command("sign.go", "enter", N_("Go to the segment that is in the way."), N_("go there"), first=True),
    Command("sign.read_all", "r", N_("Say that you have read all of it."), N_("read all")),
    Command("sign.other_pass", "p", N_("Sign another pass."), N_("other pass")),
    Command("sign.withdraw", "w", N_("Take your signature back."), N_("take back"), verb="withdraw", changes=True),
    Command("sign.back", "escape", N_("Go back without signing."), N_("back")),
    Command("sign.who", "f12", N_("Say who you are."), action="app.who"),
    Command("sign.help", "f1,question_mark", N_("Show the keys of this screen."), action="app.help"),
    # Preview
    Command("preview.next", "down,ctrl+down,alt+down", N_("Go to the next segment."), action="move(1)"),
    Command("preview.previous", "up,ctrl+up,alt+up", N_("Go to the segment before."), action="move(-1)"),
    Command("preview.page_down", "pagedown,space", N_("Go down a page."), action="page(1)"),
    Command("preview.page_up", "pageup", N_("Go up a page."), action="page(-1)"),
    Command("preview.top", "home,ctrl+home", N_("Go to the first segment."), action="edge(0)"),
    Command("preview.bottom", "end,ctrl+end", N_("Go to the last segment."), action="edge(-1)"),
    Command("preview.go", "enter", N_("Go back, to this segment."), N_("go there")),
    Command("preview.layout", "l", N_("Show the next layout."), N_("layout"), action="layout('')"),
    Command("preview.side", "1", N_("Show source and target side by side."), action="layout('side')"),
    Command("preview.alternate", "2", N_("Show source and target in turn."), action="layout('alternate')"),
    Command("preview.sequence", "3", N_("Show the source, then the target."), action="layout('sequence')"),
    Command("preview.target", "4", N_("Show the target alone."), action="layout('target')"),
    Command("preview.export", "e,f10", N_("Export the edition as a file."), N_("export"), verb="export", changes=True),
    Command("preview.back", "escape,f4", N_("Go back to where you came from."), N_("back")),
    Command("preview.help", "question_mark", N_("Show the keys of this screen."), action="app.help"),
    # Read-through
    Command("read.next", "down,ctrl+down,alt+down", N_("Go to the next sentence."), action="move(1)"),
    Command("read.previous", "up,ctrl+up,alt+up", N_("Go to the sentence before."), action="move(-1)"),
    Command("read.page_down", "pagedown", N_("Go down a page."), action="page(1)"),
    Command("read.page_up", "pageup", N_("Go up a page."), action="page(-1)"),
    Command("read.top", "home,ctrl+home", N_("Go to the first sentence."), action="edge(0)"),
    Command("read.bottom", "end,ctrl+end", N_("Go to the last sentence."), action="edge(-1)"),
    Command("read.edit", "enter,e", N_("Change the sentence."), N_("change")),
    Command("read.source", "space", N_("Show the source of the sentence, or hide it."), N_("source")),
    Command("read.remark", "m", N_("Remark on the sentence."), N_("comment"), verb="comment", changes=True),
    Command(
        "read.send_back",
        "b",
        N_("Send the sentence back, with a reason."),
        N_("send back"),
        verb="send-back",
        changes=True,
    ),
    Command("read.back", "escape,f5", N_("Go back to where you came from."), N_("back")),
    Command("read.help", "question_mark", N_("Show the keys of this screen."), action="app.help"),
    Command("correct.save", "enter", N_("Take the text, and read on."), N_("save"), verb="edit", changes=True),
    Command("correct.line_break", "ctrl+o", N_("Break the line inside the sentence."), N_("line break")),
    # Export
    Command("export.export", "enter", N_("Export it."), N_("export"), verb="export", changes=True, first=True),
    Command("export.close", "enter", N_("Go back."), N_("done"), first=True),
    Command("export.unfinished", "u", N_("Ask for an unfinished edition, marked DRAFT."), N_("unfinished")),
    Command("export.elsewhere", "o", N_("Name another place for the file."), N_("other place")),
    Command("export.back", "escape", N_("Go back."), N_("back")),
    Command("export.help", "f1,question_mark", N_("Show the keys of this screen."), action="app.help"),
    # History
    Command(
        "history.restore", "enter", N_("Put this text back."), N_("restore"), verb="edit", changes=True, first=True
    ),
    Command("history.compare", "v", N_("Compare with this version, or no longer."), N_("compare")),
    Command("history.back", "escape,f2", N_("Go back."), N_("back")),
    Command("history.help", "f1,question_mark", N_("Show the keys of this screen."), action="app.help"),
    # Findings
    Command("findings.jump", "enter", N_("Go to the segment."), N_("go there"), first=True),
    Command("findings.fix", "f", N_("Write the fix that the check proposes."), N_("fix"), verb="edit", changes=True),
    Command(
        "findings.set_aside",
        "d",
        N_("Set the finding aside, with a reason."),
        N_("set aside"),
        verb="dismiss",
        changes=True,
    ),
    Command("findings.severity", "s", N_("Leave out what is less grave."), N_("severity")),
    Command("findings.order", "o", N_("Put the gravest first, or all in the order of the text."), N_("order")),
    Command("findings.back", "escape", N_("Stop checking; then go back."), N_("back")),
    Command("findings.again", "k", N_("Check again."), N_("check again"), verb="check"),
    Command("findings.help", "question_mark", N_("Show the keys of this screen."), action="app.help"),
    # Search and replace
    Command("replace.list", "enter,down", N_("Go down into the list."), N_("to the list"), first=True),
    Command(
        "replace.replace",
        "enter",
        N_("Replace everything that is ticked."),
        N_("replace"),
        verb="replace",
        changes=True,
        first=True,
    ),
    Command("replace.jump", "enter", N_("Go to the segment."), N_("go there"), first=True),
    Command("replace.tick", "space", N_("Take this text out, or in again."), N_("out/in")),
    Command("replace.tick_all", "a", N_("Take all texts out, or in."), N_("all")),
    Command("replace.go_there", "g", N_("Go to the segment, without replacing."), N_("go there")),
    Command("replace.fields", "slash", N_("Go up to what is looked for."), N_("find")),
    Command("replace.regex", "alt+r,ctrl+r", N_("Look for a regular expression."), action="way('regex')", first=True),
    Command(
        "replace.any_case",
        "alt+c,ctrl+t",
        N_("Take capitals and small letters for the same."),
        action="way('any_case')",
        first=True,
    ),
    Command("replace.sources", "alt+s", N_("Search the source."), action="way('sources')", first=True),
    Command(
        "replace.nothing_instead",
        "alt+n",
        N_("Replace by nothing."),
        action="way('nothing_instead')",
        first=True,
    ),
    Command("replace.back", "escape", N_("Stop replacing; then go back."), N_("back")),
    Command("replace.help", "question_mark", N_("Show the keys of this screen."), action="app.help"),
)
"""All commands, in the order in which footer, help and palette list them."""

BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}


def of(*places: str) -> tuple[Command, ...]:
    """The commands of these places, in the order of the places."""
    return tuple(command for place in places for command in COMMANDS if command.place == place)


def bindings(*places: str) -> list[BindingType]:
    """The bindings of a screen: its own commands first, so that the footer begins with them."""
    return [command.binding for command in of(*places) if command.keys]


def keymap(chosen: Mapping[str, str]) -> dict[str, str]:
    """The keys that a person chose, by command; InputError for a command that there is not."""
    unknown = sorted(set(chosen) - set(BY_ID))
    if unknown:
        raise InputError(f"There is no command {unknown[0]!r} to give keys to: `F1` in reviewtool lists their names.")
    return dict(chosen)


def shown_keys(keys: str) -> str:
    """Keys as people know them: ``^N F8`` for ``ctrl+n,f8``."""
    return " ".join(shown_key(key) for key in keys.split(",") if key)


_NAMES = {
    "slash": "/",
    "question_mark": "?",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "escape": "Esc",
    "enter": "Enter",
    "down": "Down",
    "up": "Up",
    "left": "Left",
    "right": "Right",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "space": "Space",
}


def shown_key(key: str) -> str:
    """One key as people know it: ``^N``, ``Alt+Down``, ``F8``, ``?``."""
    *modifiers, last = key.split("+")
    name = _NAMES.get(last, last.upper() if len(last) > 1 or modifiers else last)
    marks: Iterable[str] = ("^" if one == "ctrl" else f"{one.capitalize()}+" for one in modifiers)
    return "".join(marks) + name
