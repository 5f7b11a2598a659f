"""Acts on segments, done in the order they were asked for, beside the keys: the cursor need not wait for the disk."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message
from textual.widget import Widget

from reviewtool.errors import ReviewtoolError, StorageError
from reviewtool.services.editions import OpenEdition
from reviewtool.services.review import Outcome, Refusal

Doing = Callable[[], OpenEdition | Outcome]
"""Does something to an edition and gives it as it is then; all of it is on the disk when it returns."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something to be done to these segments; ``said`` is said when it is saved."""

    segments: tuple[str, ...]
    doing: Doing
    said: str = ""


@dataclass
class ActSaved(Message):
    """An act is on the disk. ``alone`` is False where another program had changed the files before it."""

    act: Act
    edition: OpenEdition
    refused: tuple[Refusal, ...]
    alone: bool


@dataclass
class ActFailed(Message):
    """An act was not done, and why; ``broken`` where not a rule but the disk said no."""

    act: Act
    sentence: str
    broken: bool


class Acts:
    """The acts of one screen.

    Args:
        screen: hears of each act what became of it.
        stamp: what the edition's files look like.
    """

    def __init__(self, screen: Widget, stamp: Callable[[], object]) -> None:
        self._screen = screen
        self._queue: asyncio.Queue[Act] = asyncio.Queue()
        self._under_way: Counter[str] = Counter()
        self._stamp = stamp
        self.seen = stamp()
        """What the files looked like when the edition that is shown was read."""

    def ask(self, act: Act) -> None:
        """Have an act done when its turn comes."""
        self._under_way.update(act.segments)
        self._queue.put_nowait(act)

    def concern(self, segment: str) -> bool:
        """Whether an act on the segment is not saved yet."""
        return self._under_way[segment] > 0

    @property
    def idle(self) -> bool:
        """Whether everything that was asked for is over."""
        return not self._under_way.total()

    async def over(self) -> None:
        """Wait until everything that was asked for is over."""
        await self._queue.join()

    async def perform(self) -> None:
        """Do what is asked for, until cancelled."""
        while True:
            act = await self._queue.get()
            try:
                message = await asyncio.to_thread(self._attempt, act)
            finally:
                self._under_way.subtract(act.segments)
                self._queue.task_done()
            self._screen.post_message(message)

    def _attempt(self, act: Act) -> Message:
        alone = self._stamp() == self.seen
        try:
            result = act.doing()
        except ReviewtoolError as error:
            return ActFailed(act, str(error), isinstance(error, StorageError))
        self.seen = self._stamp()
        if isinstance(result, Outcome):
            return ActSaved(act, result.edition, result.refused, alone)
        return ActSaved(act, result, (), alone)
