"""Keys take effect in the order in which they were pressed, also when several arrive together.

Textual hands a key to the widget that has the focus, and goes on to the next key before that widget, and the
bindings behind it, are done with the first. On a slow line, or while the application is busy, letters overtake the
Backspace or Enter typed before them, and a key with priority overtakes letters: text would be typed into another
segment than the one it was meant for.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from textual import events
from textual.app import App, ReturnType
from textual.message import Message

_ROUNDS = 3
_PATIENCE = 0.25


class KeysInOrder(App[ReturnType]):
    """An application in which a key or a paste waits until the one before it is done.

    Behind each key a message takes the same way through the widgets, three times: the second time it is behind the
    messages that the key's handlers have posted (yes), the third behind those that they set off (the segment is
    another). When it is back, the next key has its turn.
    """

    class Settled(Message, verbose=True):
        """It is behind everything that a key has set off."""

        def __init__(self, turn: int, rounds: int) -> None:
            self.turn, self.rounds = turn, rounds
            super().__init__()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn = 0
        self._taken = False
        self._waiting: deque[events.InputEvent | events.Paste] = deque()

    async def on_event(self, event: events.Event) -> None:
        """Let a key wait for its turn; everything else goes on at once."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._taken:
            self._waiting.append(event)
            if len(self._waiting) == 1:
                self._be_patient()
        else:
            await self._take(event)

    async def _take(self, event: events.Event) -> None:
        self._turn += 1
        self._taken = True
        await super().on_event(event)
        self._send(_ROUNDS)

    def _send(self, rounds: int) -> None:
        if not (self.focused or self.screen).post_message(self.Settled(self._turn, rounds)):
            self.call_later(self._next, self._turn)

    async def on_keys_in_order_settled(self, message: Settled) -> None:
        """Once more around, or the next key."""
        message.stop()
        if message.turn != self._turn:
            return
        if message.rounds > 1:
            self._send(message.rounds - 1)
        else:
            await self._next(message.turn)

    async def _next(self, turn: int) -> None:
        if turn != self._turn or not self._taken:
            return
        self._taken = False
        if self._waiting:
            await self._take(self._waiting.popleft())
            self._be_patient()

    def _be_patient(self) -> None:
        """Go on after a while where the message got lost with a widget that was removed."""
        if self._waiting:
            self.set_timer(_PATIENCE, lambda turn=self._turn: self._next(turn))
