"""Look-ups are answered by another process, which never outlives the one that asks."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from reviewtool.model.language import Language, LanguagePair
from reviewtool.tui.lookups import Lookups

PAIR = LanguagePair(Language.parse("zh-CN"), Language.parse("en"))


async def test_the_memory_answers(desk: Path):
    lookups = Lookups(desk)
    try:
        found = await lookups.matches("展会让买卖双方有机会接着谈。", PAIR)
        assert found
        assert found[0].unit.origin
    finally:
        lookups.close()


async def test_the_checks_answer(desk: Path):
    lookups = Lookups(desk)
    try:
        assert {one.finding.check for one in await lookups.findings("furniture-fair", "en")} >= {"terms"}
    finally:
        lookups.close()


async def test_what_cannot_be_answered_is_an_empty_answer(desk: Path):
    lookups = Lookups(desk)
    try:
        assert await lookups.findings("no-such-article", "en") == ()
        assert await lookups.findings("furniture-fair", "en")
    finally:
        lookups.close()


async def test_a_process_that_was_killed_is_replaced(desk: Path):
    lookups = Lookups(desk)
    try:
        assert await lookups.findings("furniture-fair", "en")
        os.kill(lookups.process_id, signal.SIGKILL)
        assert await lookups.findings("furniture-fair", "en") == ()
        assert await lookups.findings("furniture-fair", "en")
    finally:
        lookups.close()


async def test_it_is_gone_when_it_is_closed(desk: Path):
    lookups = Lookups(desk)
    await lookups.findings("furniture-fair", "en")
    number = lookups.process_id
    lookups.close()
    assert not Path(f"/proc/{number}").exists()
