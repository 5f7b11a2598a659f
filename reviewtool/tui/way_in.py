"""The way into an edition: how and where it is opened for a person, by what waits for them there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from reviewtool.model.signoff import Standing
from reviewtool.model.waiting import Task, Waiting, waiting


class Mode(Enum):
    """How an edition is opened."""

    TRANSLATE = "translate"
    REVISE = "revise"


@dataclass(frozen=True, slots=True)
class WayIn:
    """How an edition is opened, and at which segment; ``sign`` is a pass that waits for a signature, if one does."""

    mode: Mode
    segment: str | None = None
    sign: str | None = None


def way_in(standing: Standing, person: str, mode: Mode | None = None) -> WayIn:
    """Where something waits for the person, in this mode if one is given.

    Where nothing does, an edition opens in its first pass that is not complete; a final one to be read.
    """
    tasks = waiting(standing).get(person, ())
    doing = [task for task in tasks if task.task is not Task.SIGN]
    chosen = mode or next((_mode(standing, task) for task in doing), None)
    if chosen is not None:
        here = [task for task in doing if _mode(standing, task) is chosen]
        return WayIn(chosen, _first(standing, here))
    sign = next((task.pass_name for task in tasks), None)
    return WayIn(mode_of(standing, sign or _present(standing)), sign=sign)


def _mode(standing: Standing, task: Waiting) -> Mode:
    if task.task in (Task.TRANSLATE, Task.ANSWER):
        return Mode.TRANSLATE
    return mode_of(standing, task.pass_name)


def mode_of(standing: Standing, pass_name: str) -> Mode:
    """The mode in which a pass is worked on."""
    return Mode.TRANSLATE if pass_name == standing.policy.translation.name else Mode.REVISE


def _present(standing: Standing) -> str:
    return next((name for name, one in standing.passes.items() if not one.complete), "")


def _first(standing: Standing, tasks: Sequence[Waiting]) -> str | None:
    """The first segment, in the article's order, that one of the tasks is about."""
    wanted = {segment for task in tasks for segment in task.segments}
    return next((segment for segment in standing.segments if segment in wanted), None)
