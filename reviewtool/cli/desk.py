"""Opening the terminal UI from the command line."""

from __future__ import annotations

import sys

from reviewtool.cli.call import Call, git_user
from reviewtool.cli.workspaces import whole_status
from reviewtool.errors import InputError


def desk(call: Call) -> int:
    """The UI; away from a terminal, and where JSON is asked for, how all editions stand."""
    if call.given.json or not _is_terminal():
        return whole_status(call)
    return _open(call, None)


def review(call: Call) -> int:
    """The UI, with one edition open."""
    if not _is_terminal():
        raise InputError("review opens the UI, which needs a terminal; `reviewtool segments` shows an edition here.")
    return _open(call, (call.given.slug, call.given.to))


def _open(call: Call, edition: tuple[str, str] | None) -> int:
    if call.terminal_ui is None:
        raise InputError("The terminal UI is not installed with this command.")
    return call.terminal_ui(call.folder, person=_person(call), edition=edition, tag=call.given.ui_language)


def _person(call: Call) -> str | None:
    """Who acts, if that is known: what was said must be somebody here, git's name may be."""
    if call.claimed:
        return call.person
    name = git_user(call.folder)
    try:
        return call.workspace.person(name) if name else None
    except InputError:
        return None


def _is_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
