"""Doing something as the person here, who is asked for first where that is not known."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import App

from reviewtool.tui.screens.who import WhoScreen
from reviewtool.tui.session import Session


def as_somebody(app: App[object], session: Session, doing: Callable[[], object]) -> None:
    """Do it as the person here; nothing is done while nobody says who they are."""
    if session.person is not None:
        doing()
        return

    def known(person: str | None) -> None:
        if person is not None:
            session.person = person
            session.workspace.preferences.remember(person=person)
            doing()

    policy = session.workspace.settings.policy
    app.push_screen(WhoScreen(policy.people, [one.name for one in policy.passes]), known)
