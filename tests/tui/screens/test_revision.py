"""The revision: one key for yes, nobody approves their own words, everything can be compared."""

from __future__ import annotations

from pathlib import Path

from reviewtool.model.segment import State
from reviewtool.tui.screens.revision import RevisionScreen
from reviewtool.tui.widgets.segment_grid import SegmentGrid
from reviewtool.workspace import Workspace
from tests.tui.conftest import OpenApp, screen_text, session_on, until

FAIR = ("furniture-fair", "en")
TOWN = ("old-town-guide", "zh-CN")


def standing(root: Path, place: int, edition: tuple[str, str] = FAIR):
    opened = Workspace(root).editions.open(*edition)
    return list(opened.standing.segments.values())[place - 1]


async def revise(pilot, edition=FAIR) -> RevisionScreen:
    """Open an edition to revise it."""
    session = pilot.app.session
    pilot.app.push_screen(RevisionScreen(session, session.workspace.editions.open(*edition)))
    await until(pilot, lambda: isinstance(pilot.app.screen, RevisionScreen) and pilot.app.screen.query(SegmentGrid))
    await pilot.pause()
    return pilot.app.screen


async def test_enter_approves_and_goes_to_the_next_that_waits(app: OpenApp, desk: Path):
    async with app(person="eleanor") as pilot:
        revision = await revise(pilot)
        first = revision.index
        await pilot.press("enter")
        assert revision.index != first
        await until(pilot, lambda: "eleanor" in standing(desk, first + 1).approvers("revision"))


async def test_a_clean_article_is_as_many_keys_as_segments_and_one_to_sign(app: OpenApp, desk: Path):
    workspace = session_on(desk).workspace
    for place in range(1, 15):
        workspace.review.edit(*TOWN, str(place), f"第{place}句", person="tang")
    workspace.signing.sign(*TOWN, "translation", person="tang")
    async with app(person="eleanor") as pilot:
        await revise(pilot, TOWN)
        for _ in range(14):
            await pilot.press("enter")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "SignScreen")
        await pilot.press("enter")
        signed = lambda: Workspace(desk).editions.open(*TOWN).standing.passes["revision"].signers  # noqa: E731
        await until(pilot, signed)
        assert [one.person for one in signed()] == ["eleanor"]


async def test_ones_own_words_are_not_ones_own_to_approve(app: OpenApp, desk: Path):
    async with app(person="tang") as pilot:
        revision = await revise(pilot)
        own = [place for place in range(18) if "tang" in revision.rows.standing(place).barred]
        revision.goto(revision.rows.ids[own[0]])
        await pilot.press("enter")
        await pilot.pause()
        assert not standing(desk, own[0] + 1).approvers("revision") or "tang" not in standing(
            desk, own[0] + 1
        ).approvers("revision")


async def test_a_draft_cannot_be_approved(app: OpenApp):
    async with app(person="eleanor") as pilot:
        revision = await revise(pilot)
        revision.goto(revision.rows.ids[5])
        await pilot.press("enter")
        await until(pilot, lambda: "it is still a draft" in screen_text(pilot))
        assert revision.index == 5


async def test_a_correction_is_written_and_needs_somebody_else(app: OpenApp, desk: Path):
    async with app(person="eleanor") as pilot:
        revision = await revise(pilot)
        place = revision.index
        await pilot.press("e")
        revision.editor.replace_all("The fair lets both sides go on talking.")
        await pilot.press("enter")
        await until(pilot, lambda: standing(desk, place + 1).writers == {"eleanor"})
        await until(pilot, lambda: "yours: somebody else" in revision.rows.row(place).cells[2].text)
        assert "[" in revision.rows.row(place).cells[2].text.partition("yours")[0]


async def test_letters_are_letters_while_something_is_corrected(app: OpenApp, desk: Path):
    async with app(person="eleanor") as pilot:
        revision = await revise(pilot)
        place = revision.index
        await pilot.press("e")
        revision.editor.replace_all("")
        await pilot.press("b", "k", "m", "u", "A", "e")
        assert revision.editor.text == "bkmuAe"
        assert "Enter save  ^O line break" in screen_text(pilot).splitlines()[-1]
        assert "b send back" not in screen_text(pilot)
        await pilot.press("escape")
        assert "b send back" in screen_text(pilot).splitlines()[-1]
        assert isinstance(pilot.app.screen, RevisionScreen)
        assert revision.rows.row(place).sign == "*"
        assert standing(desk, place + 1).state is State.TRANSLATED


async def test_sending_back_takes_a_reason_and_if_one_likes_two_digits(app: OpenApp, desk: Path):
    async with app(person="eleanor") as pilot:
        revision = await revise(pilot)
        place = revision.index
        await pilot.press("b")
        await pilot.press(*"scale", "tab", "2", "tab", "3", "enter")
        await until(pilot, lambda: standing(desk, place + 1).sent_back)
        sent = standing(desk, place + 1).sent_back[0]
        assert (sent.comment, sent.category, sent.severity) == ("scale", "accuracy", "major")
        await until(pilot, lambda: "Eleanor, accuracy, major: scale" in revision.rows.row(place).cells[2].text)


async def test_keeping_replies_and_approves(app: OpenApp, desk: Path):
    async with app(person="eleanor") as pilot:
        revision = await revise(pilot)
        place = revision.index
        await pilot.press("k", *"fine", "enter")
        await until(pilot, lambda: "eleanor" in standing(desk, place + 1).approvers("revision"))
        assert [thread.remark.comment for thread in standing(desk, place + 1).threads] == ["fine"]


async def test_v_walks_through_the_versions(app: OpenApp):
    async with app(person="eleanor") as pilot:
        await revise(pilot)
        seen = set()
        for _ in range(4):
            seen.add(next(line for line in screen_text(pilot).splitlines() if "Since" in line)[-40:])
            await pilot.press("v")
        assert len(seen) >= 3


async def test_a_paragraph_is_approved_at_once(app: OpenApp, desk: Path):
    async with app(person="eleanor") as pilot:
        revision = await revise(pilot)
        paragraph = revision.one.segment.paragraph
        await pilot.press("A")
        places = [row for row in range(18) if revision.rows.standing(row).segment.paragraph == paragraph]
        translated = [row for row in places if revision.rows.standing(row).translated]
        await until(
            pilot,
            lambda: all(
                "eleanor" in standing(desk, row + 1).approvers("revision")
                for row in translated
                if not standing(desk, row + 1).sent_back
            ),
        )


async def test_an_open_remark_has_its_sign(app: OpenApp):
    async with app(person="eleanor") as pilot:
        revision = await revise(pilot)
        place = revision.index
        await pilot.press("m", *"which", "enter")
        await until(pilot, lambda: "?" in revision.rows.row(place).badges)


async def test_u_takes_an_approval_back(app: OpenApp, desk: Path):
    async with app(person="eleanor") as pilot:
        revision = await revise(pilot)
        place = revision.index
        await pilot.press("enter")
        await until(pilot, lambda: "eleanor" in standing(desk, place + 1).approvers("revision"))
        revision.goto(revision.rows.ids[place])
        await pilot.press("u")
        await until(pilot, lambda: "eleanor" not in standing(desk, place + 1).approvers("revision"))
        await until(pilot, lambda: revision.waits(revision.rows.standing(place)))


async def test_the_cursor_stays_while_something_is_corrected(app: OpenApp, desk: Path):
    async with app(person="eleanor") as pilot:
        revision = await revise(pilot)
        place = revision.index
        await pilot.press("e", "ctrl+end", "ctrl+down", "pagedown", "x")
        assert revision.index == place
        assert revision.editor.text.endswith("x")


async def test_an_approval_does_not_lift_what_somebody_else_sent_back(app: OpenApp, desk: Path):
    async with app(person="eleanor") as pilot:
        revision = await revise(pilot)
        revision.goto(revision.rows.ids[2])
        await pilot.press("enter")
        await until(
            pilot, lambda: "it stays sent back until Jessica approves it" in " ".join(screen_text(pilot).split())
        )


async def test_the_history_of_an_act_that_was_taken_back_can_be_read(app: OpenApp, desk: Path):
    async with app(person="eleanor") as pilot:
        revision = await revise(pilot)
        place = revision.index
        await pilot.press("enter")
        await until(pilot, lambda: "eleanor" in standing(desk, place + 1).approvers("revision"))
        revision.goto(revision.rows.ids[place])
        await pilot.press("u")
        await until(pilot, lambda: "eleanor" not in standing(desk, place + 1).approvers("revision"))
        await pilot.press("f2")
        await until(pilot, lambda: "took an act back" in screen_text(pilot))


async def test_who_signed_the_translation_is_not_asked_to_sign_a_revision(app: OpenApp, desk: Path):
    workspace = session_on(desk).workspace
    for place in range(1, 15):
        workspace.review.edit(*TOWN, str(place), f"第{place}句", person="tang")
    workspace.signing.sign(*TOWN, "translation", person="tang")
    workspace.review.edit(*TOWN, "14", "第十四句", person="eleanor", pass_name="revision")
    async with app(person="tang") as pilot:
        revision = await revise(pilot, TOWN)
        revision.goto(revision.rows.ids[13])
        await pilot.press("enter")
        await until(pilot, lambda: "tang" in standing(desk, 14, TOWN).approvers("revision"))
        await until(pilot, lambda: any("any more" in one.sentence for one in pilot.app.session.said))
        assert isinstance(pilot.app.screen, RevisionScreen)
