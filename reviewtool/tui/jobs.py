"""Jobs: long work of a service, run step by step in a thread, told to the screen that started it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, get_current_worker

from reviewtool.errors import ReviewtoolError
from reviewtool.tui.widgets.job_bar import JobBar

_E = TypeVar("_E")
_GROUP = "job"


@dataclass
class JobStep(Message):
    """One event of the service's; what it reports is saved."""

    job: str
    event: object


@dataclass
class JobEnded(Message):
    """The work is over: done, stopped by the person, or failed with a sentence."""

    job: str
    stopped: bool = False
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is, as the bar shows it."""

    done: int
    total: int


class Jobs(Generic[_E]):
    """Runs one job at a time for a screen.

    Args:
        screen: gets the messages; its :class:`JobBar` shows the progress.
    """

    def __init__(self, screen: Screen[object]) -> None:
        self._screen = screen
        self._worker: Worker[None] | None = None

    @property
    def running(self) -> bool:
        """Whether a job is under way."""
        return self._worker is not None and self._worker.is_running

    def start(
        self, job: str, what: str, events: Callable[[], Iterator[_E]], progress: Callable[[_E], Progress | None]
    ) -> bool:
        """Run the generator that ``events`` makes; False when another job is still under way."""
        if self.running:
            return False
        bar = self._screen.query_one(JobBar)
        bar.done, bar.total, bar.what = 0, 0, what

        def work() -> None:
            self._screen.post_message(self._run(job, events, progress, bar))

        self._worker = self._screen.run_worker(work, thread=True, group=_GROUP, exit_on_error=True)
        return True

    def stop(self) -> bool:
        """Stop after the step under way; False when there is no job."""
        if not self.running or self._worker is None:
            return False
        self._worker.cancel()
        return True

    def ended(self) -> None:
        """Take the bar away; to be called when the screen hears :class:`JobEnded`."""
        self._screen.query_one(JobBar).what = ""

    def _run(
        self, job: str, events: Callable[[], Iterator[_E]], progress: Callable[[_E], Progress | None], bar: JobBar
    ) -> JobEnded:
        worker = get_current_worker()
        try:
            for event in events():
                far = progress(event)
                if far is not None:
                    self._screen.app.call_from_thread(_show, bar, far)
                self._screen.post_message(JobStep(job, event))
                if worker.is_cancelled:
                    return JobEnded(job, stopped=True)
        except ReviewtoolError as error:
            return JobEnded(job, failure=str(error))
        return JobEnded(job)


def _show(bar: JobBar, far: Progress) -> None:
    bar.done, bar.total = far.done, far.total
