"""How high each of many rows is, and so at which line it starts: exact where it is looked at, estimated elsewhere.

Measuring a row means breaking its lines, which is too slow to do for all rows of a long article before the
first one is shown. Rows are measured where they are needed, the others bit by bit, and until
:meth:`RowHeights.adopt` takes those measures over they count with the mean height of what was measured.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate


class RowHeights:
    """The heights of so many rows, each at least one line; ``measure`` tells the true height of one."""

    def __init__(self, count: int, measure: Callable[[int], int]) -> None:
        self._measure = measure
        self._measured = array("I", bytes(4 * count))  # 0 where it is not known
        self._heights = array("I", [1]) * count
        self._tops: array[int] | None = None
        self._next = 0

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def total(self) -> int:
        """How many lines all rows have."""
        return self._starts()[-1]

    def top(self, index: int) -> int:
        """The line at which a row starts."""
        return self._starts()[index]

    def height(self, index: int) -> int:
        """How many lines a row has in the layout."""
        return self._heights[index]

    def at(self, line: int) -> int:
        """The row that has this line; the nearest one where no row has it."""
        found = bisect_right(self._starts(), line) - 1
        return max(0, min(found, len(self._heights) - 1))

    def settle(self, index: int) -> bool:
        """Make the height of a row exact; whether it changed."""
        height = self._exact(index)
        if height == self._heights[index]:
            return False
        self._heights[index] = height
        self._tops = None
        return True

    def forget(self, index: int) -> None:
        """The row is another one; its height is no longer known."""
        self._measured[index] = 0
        self._next = min(self._next, index)

    def estimate(self) -> None:
        """Give every row that was not measured the mean height of those that were."""
        known = [height for height in self._measured if height]
        if not known:
            return
        mean = round(sum(known) / len(known))
        self._heights = array("I", (height or mean for height in self._measured))
        self._tops = None

    def measure(self, until: Callable[[], bool]) -> bool:
        """Measure rows that were not yet until told to stop, without a change to the layout; whether all are known."""
        while self._next < len(self._heights):
            self._exact(self._next)
            self._next += 1
            if until():
                break
        return self._next == len(self._heights)

    def adopt(self) -> bool:
        """Lay out all rows as measured; whether any height changed."""
        if self._measured == self._heights:
            return False
        self._heights = array("I", (new or old for new, old in zip(self._measured, self._heights, strict=True)))
        self._tops = None
        return True

    def _exact(self, index: int) -> int:
        height = self._measured[index]
        if not height:
            height = self._measured[index] = max(1, self._measure(index))
        return height

    def _starts(self) -> array[int]:
        if self._tops is None:
            self._tops = array("Q", accumulate(self._heights, initial=0))
        return self._tops
