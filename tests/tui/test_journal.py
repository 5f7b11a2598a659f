"""What is typed is on the disk while it is typed, and is forgotten when it is saved."""

from __future__ import annotations

from pathlib import Path

from reviewtool.tui.journal import Journal
from tests.tui.conftest import session_on

FAIR = ("furniture-fair", "en")


def journal(root: Path, person: str = "tang") -> Journal:
    return Journal(session_on(root).workspace.unfinished, *FAIR, person)


def edition(root: Path):
    return session_on(root).workspace.editions.open(*FAIR)


async def test_what_is_typed_is_found_at_the_next_start(desk: Path):
    opened = edition(desk)
    first, second = list(opened.standing.segments)[:2]
    await journal(desk).write({first: "半句", second: "Half"}, opened.standing)
    assert journal(desk).recover(opened.standing).texts == {first: "半句", second: "Half"}


async def test_what_is_typed_no_more_is_forgotten(desk: Path):
    opened = edition(desk)
    first, second = list(opened.standing.segments)[:2]
    kept = journal(desk)
    await kept.write({first: "One", second: "Two"}, opened.standing)
    await kept.write({second: "Two"}, opened.standing)
    assert journal(desk).recover(opened.standing).texts == {second: "Two"}


async def test_everybody_has_a_journal_of_their_own(desk: Path):
    opened = edition(desk)
    first = next(iter(opened.standing.segments))
    await journal(desk, "tang").write({first: "Tang's"}, opened.standing)
    assert not journal(desk, "eleanor").recover(opened.standing).texts


async def test_a_segment_that_changed_meanwhile_is_told(desk: Path):
    opened = edition(desk)
    second = list(opened.standing.segments)[1]
    await journal(desk).write({second: "Mine"}, opened.standing)
    session_on(desk).workspace.review.edit(*FAIR, second, "Theirs", person="jessica", pass_name="translation")
    assert journal(desk).recover(edition(desk).standing).changed == {second}


async def test_a_segment_that_is_gone_gives_back_what_was_typed(desk: Path):
    opened = edition(desk)
    first = next(iter(opened.standing.segments))
    await journal(desk).write({first: "Lost?"}, opened.standing)
    article = desk / "articles" / "furniture-fair.md"
    article.write_text("---\ntitle: 新的标题，别的故事\nlanguage: zh-CN\n---\n\n全新的一段。\n", encoding="utf-8")
    found = journal(desk).recover(edition(desk).standing)
    assert found.gone == ["Lost?"]
    assert not found.texts


async def test_what_is_saved_meanwhile_is_dropped_at_the_next_writing(desk: Path):
    opened = edition(desk)
    second = list(opened.standing.segments)[1]
    await journal(desk).write({second: "Saved"}, opened.standing)
    session_on(desk).workspace.review.edit(*FAIR, second, "Saved", person="tang")
    again = journal(desk)
    assert not again.recover(edition(desk).standing).texts
    await again.write({}, edition(desk).standing)
    assert not session_on(desk).workspace.unfinished.all("tang")
