"""Acts are done in the order they were asked for, each told once it is over."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual.message import Message

from reviewtool.errors import Refused, StorageError
from reviewtool.tui.acting import Act, ActFailed, Acts, ActSaved
from reviewtool.workspace import Workspace

FAIR = ("furniture-fair", "en")


class Listener:
    """A screen that only listens."""

    def __init__(self) -> None:
        self.heard: list[Message] = []

    def post_message(self, message: Message) -> bool:
        self.heard.append(message)
        return True


async def performed(acts: Acts, *asked: Act) -> None:
    worker = asyncio.create_task(acts.perform())
    for act in asked:
        acts.ask(act)
    await acts.over()
    await asyncio.sleep(0)
    worker.cancel()


async def test_acts_are_done_one_after_the_other(desk: Path):
    screen, order = Listener(), []
    edition = Workspace(desk).editions.open(*FAIR)

    def doing(number: int):
        order.append(number)
        return edition

    acts = Acts(screen, lambda: 0)
    await performed(acts, *(Act((str(number),), lambda number=number: doing(number)) for number in range(5)))
    assert order == [0, 1, 2, 3, 4]
    assert [type(one) for one in screen.heard] == [ActSaved] * 5


async def test_a_segment_is_of_concern_until_its_act_is_over(desk: Path):
    edition = Workspace(desk).editions.open(*FAIR)
    acts = Acts(Listener(), lambda: 0)
    acts.ask(Act(("one", "two"), lambda: edition))
    acts.ask(Act(("one",), lambda: edition))
    assert acts.concern("one")
    assert not acts.idle
    await performed(acts)
    assert not acts.concern("one")
    assert acts.idle


async def test_what_is_refused_is_told_and_the_next_act_is_done(desk: Path):
    edition = Workspace(desk).editions.open(*FAIR)

    def refused():
        raise Refused("nobody approves their own words")

    def broken():
        raise StorageError("the disk is full")

    screen = Listener()
    await performed(
        Acts(screen, lambda: 0), Act(("one",), refused), Act(("two",), broken), Act(("three",), lambda: edition)
    )
    first, second, third = screen.heard
    assert isinstance(first, ActFailed)
    assert (first.sentence, first.broken) == ("nobody approves their own words", False)
    assert isinstance(second, ActFailed)
    assert second.broken
    assert isinstance(third, ActSaved)


async def test_a_change_of_the_files_between_two_acts_is_told(desk: Path):
    edition, stamps = Workspace(desk).editions.open(*FAIR), [1]
    screen = Listener()
    acts = Acts(screen, lambda: stamps[0])
    await performed(acts, Act(("one",), lambda: edition))
    stamps[0] = 2
    await performed(acts, Act(("one",), lambda: edition))
    await performed(acts, Act(("one",), lambda: edition))
    assert [one.alone for one in screen.heard] == [True, False, True]
