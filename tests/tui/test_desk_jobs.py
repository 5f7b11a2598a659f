"""The long work of the desk, and what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewtool.plugins.protocols import Draft
from reviewtool.services.drafting import Drafted, Failed, Finished, Skipped, Started
from reviewtool.services.sync import Synced
from reviewtool.tui import desk_jobs
from reviewtool.tui.jobs import Progress
from reviewtool.workspace import Workspace


@pytest.fixture
def workspace(desk: Path) -> Workspace:
    return Workspace(desk)


def run(work: desk_jobs.LongWork) -> tuple[list[object], list[Progress | None]]:
    steps = list(work.events())
    return steps, [work.progress(step) for step in steps]


def synced(*, added: int = 0, changed: int = 0, gone: int = 0, written: bool = True) -> Synced:
    return Synced("fair", "zh-CN", "en", 9, added, changed, gone, moved=False, written=written)


def test_drafting_several_editions_counts_all_their_segments(workspace):
    keys = [("old-town-guide", "zh-CN"), ("furniture-fair", "en")]
    steps, progress = run(desk_jobs.drafting(workspace, keys, "tang", "memory"))
    assert progress[-1] == Progress(20, 20)
    assert desk_jobs.drafted(steps, stopped=False).startswith("4 segments drafted; 16 without a draft: ")
    assert any("Number repaired: 4 instead of 3." in one for one in desk_jobs.remarks(steps))


def test_drafting_says_why_an_engine_gave_up_and_that_it_was_stopped():
    steps = [Started(3, "deepl"), Drafted((Draft("abc", "Fair", "deepl"),)), Failed(("def",), "The quota is used up.")]
    assert desk_jobs.gave_up(steps) == "The quota is used up."
    assert desk_jobs.drafted(steps, stopped=True) == "1 segment drafted; stopped."
    assert desk_jobs.drafted([], stopped=True) == ""
    assert desk_jobs.gave_up([Started(0, "memory"), Finished(0, 0, 0)]) == ""


def test_equal_reasons_are_counted():
    steps = [Skipped("a", "too long"), Skipped("b", "too long"), Skipped("c", "odd")]
    assert desk_jobs.drafted(steps, stopped=False) == (
        "0 segments drafted; 2 without a draft: too long; 1 without a draft: odd."
    )


def test_syncing_says_what_changed(workspace):
    assert desk_jobs.synced([synced(written=False)]) == "Every catalog is in line with its article."
    assert desk_jobs.synced([synced(added=1), synced(changed=2, gone=1)]) == (
        "2 editions brought in line, 1 new segment, 2 changed, 1 gone."
    )
    steps, progress = run(desk_jobs.syncing(workspace, 4))
    assert progress == [Progress(n, 4) for n in (1, 2, 3, 4)]
    assert all(isinstance(step, Synced) for step in steps)


def test_verifying_goes_article_by_article_and_finds_records_without_article(workspace, desk):
    steps, progress = run(desk_jobs.verifying(workspace))
    assert desk_jobs.verified(steps, stopped=False) == ("4 editions verified", [])
    assert progress[-1] == Progress(5, 5)

    (desk / "articles/trade-delegation.md").unlink()
    steps, _ = run(desk_jobs.verifying(workspace))
    said, problems = desk_jobs.verified(steps, stopped=True)
    assert said == "3 editions verified, then stopped"
    assert [one.article for one in problems] == ["trade-delegation"]
