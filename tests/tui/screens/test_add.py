"""Adding an article: by paste and by path, and what happens when it cannot be taken."""

from __future__ import annotations

import pytest
from textual import events

from reviewtool.tui.screens.add import AddScreen
from reviewtool.tui.screens.desk import DeskScreen
from reviewtool.workspace import Workspace
from tests.tui.conftest import screen_text, until

STORY = """佛山新展馆3月20日开幕

泛家居是佛山的支柱产业之一。主办方预计参展企业超过90家。

意向订单要到双方签订合同才算落实。
"""


async def adding(pilot) -> AddScreen:
    await pilot.press("a")
    await until(pilot, lambda: isinstance(pilot.app.screen, AddScreen))
    return pilot.app.screen


async def paste(pilot, text: str) -> None:
    pilot.app.screen.editor.post_message(events.Paste(text))
    await pilot.pause()


def said(pilot) -> list[str]:
    return [one.sentence for one in pilot.app.session.said]


def prose(pilot) -> str:
    return " ".join(screen_text(pilot).split())


async def test_three_keys_and_the_paste_lead_to_the_first_segment_of_a_drafted_story(app, desk):
    async with app(person="tang") as pilot:
        await pilot.press("a")
        await paste(pilot, STORY)
        await pilot.press("enter")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "EditorScreen")

        edition = pilot.app.screen.edition
        assert edition.article.title == "佛山新展馆3月20日开幕"
        assert pilot.app.screen.one.id == next(iter(edition.standing.segments))
        texts = [one.segment.target for one in edition.standing.segments.values()]
        assert "Pan-home furnishing is one of Foshan's pillar industries." in texts
        assert any("3 segments drafted" in one for one in said(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, DeskScreen))
        await until(pilot, lambda: pilot.app.screen.table.selected.slug == edition.slug)
        assert (desk / "articles" / f"{edition.slug}.md").is_file()


async def test_what_a_paste_will_become_is_shown_before_it_comes_in(app, desk):
    before = sorted((desk / "articles").iterdir())
    async with app() as pilot:
        await adding(pilot)
        await paste(pilot, STORY)
        await until(pilot, lambda: "zh-CN > en 4 segments articles/article-1.md" in prose(pilot))
        await paste(pilot, "\n展会为期四天。")
        await until(pilot, lambda: "5 segments" in prose(pilot))
        assert sorted((desk / "articles").iterdir()) == before


async def test_the_language_of_a_paste_is_told_from_its_script(app):
    async with app() as pilot:
        await adding(pilot)
        await paste(pilot, "Furniture fair opens in March\n\nThe fair opens on March 18.")
        await until(pilot, lambda: "articles/furniture-fair-opens-in-march.md" in prose(pilot))
        assert "en > no language" in prose(pilot)


async def test_names_on_a_pass_are_left_out_and_said(app):
    async with app() as pilot:
        await adding(pilot)
        await paste(pilot, "佛山新展馆开幕\n审校 | Eleanor\n\n展会为期四天。\n")
        await until(pilot, lambda: "names on a pass come from signatures alone" in prose(pilot))


async def test_a_name_that_is_typed_is_the_articles(app, desk):
    async with app() as pilot:
        await adding(pilot)
        await paste(pilot, STORY)
        await pilot.press("tab", "tab", *"new-hall")
        await until(pilot, lambda: "articles/new-hall.md" in prose(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "EditorScreen")
        assert (desk / "articles/new-hall.md").is_file()


async def test_a_file_comes_in_by_its_path_with_its_pictures(app, desk, tmp_path):
    folder = tmp_path / "desktop"
    (folder / "media").mkdir(parents=True)
    (folder / "media/hall.png").write_bytes((desk / "articles/media/delegation-route.png").read_bytes())
    (folder / "hall.md").write_text("# 新展馆\n\n![新展馆](media/hall.png)\n\n展会为期四天。\n")
    async with app(person="tang") as pilot:
        screen = await adding(pilot)
        await pilot.press("tab")
        screen.path_line.value = str(folder / "hall.md")
        await until(pilot, lambda: "articles/hall.md" in prose(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "EditorScreen")
        assert (desk / "articles/media/hall.png").is_file()


async def test_a_path_is_completed(app, tmp_path, monkeypatch):
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories/hall.md").write_text("# 新展馆\n")
    monkeypatch.chdir(tmp_path)
    async with app() as pilot:
        screen = await adding(pilot)
        await pilot.press("tab", *"sto")
        await until(pilot, lambda: screen.path_line._suggestion == "stories/")
        await pilot.press("right", *"h")
        await until(pilot, lambda: screen.path_line._suggestion == "stories/hall.md")
        await pilot.press("right")
        await until(pilot, lambda: "articles/hall.md" in prose(pilot))


@pytest.mark.parametrize(
    ("path", "sentence"),
    [("/nowhere/story.md", "There is no file /nowhere/story.md."), ("", "There is nothing to add yet")],
)
async def test_what_cannot_be_added_is_one_sentence_and_the_window_stays(app, path, sentence):
    async with app() as pilot:
        screen = await adding(pilot)
        await pilot.press("tab")
        screen.path_line.value = path
        await pilot.press("enter")
        await until(pilot, lambda: sentence in prose(pilot))
        assert pilot.app.screen is screen


async def test_a_disk_that_says_no_loses_nothing(app, desk):
    (desk / "articles/media").rename(desk / "media")
    for article in (desk / "articles").iterdir():
        article.unlink()
    (desk / "articles").rmdir()
    (desk / "articles").write_text("a file where the folder should be")
    async with app() as pilot:
        screen = await adding(pilot)
        await paste(pilot, STORY)
        await pilot.press("enter")
        await until(pilot, lambda: "! " in screen_text(pilot))
        assert pilot.app.screen is screen
        assert screen.editor.text.strip() == STORY.strip()


async def test_an_article_that_is_here_already_is_said_and_selected(app, desk):
    async with app() as pilot:
        await adding(pilot)
        await paste(pilot, (desk / "articles/newsroom-note.md").read_text())
        await until(pilot, lambda: "here already" in prose(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, DeskScreen))
        assert said(pilot) == ["newsroom-note is here already."]
        assert pilot.app.screen.table.selected.slug == "newsroom-note"


async def test_what_was_left_in_the_window_is_there_again_and_a_paste_takes_its_place(app):
    async with app() as pilot:
        await adding(pilot)
        await paste(pilot, STORY)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, DeskScreen)
        screen = await adding(pilot)
        assert screen.editor.text.strip() == STORY.strip()
        await paste(pilot, "展会为期四天。")
        assert screen.editor.text == "展会为期四天。"


async def test_a_paste_that_would_act_is_only_shown(app):
    async with app() as pilot:
        await adding(pilot)
        await paste(pilot, "# Fair \x1b]52;c;aGk=\x07 [bold]\u202eopens\n\nIt opens.")
        await until(pilot, lambda: "segments" in prose(pilot) or "! " in prose(pilot))
        shown = screen_text(pilot)
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert "[bold]" in shown


async def test_adding_needs_nobody_and_asks_who_translates(app, desk):
    async with app(person=None) as pilot:
        await pilot.press("escape", "a")
        await paste(pilot, STORY)
        await pilot.press("enter")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "WhoScreen")
        await pilot.press("1")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "EditorScreen")
        ledger = Workspace(desk).editions.open("article-1", "en").ledger
        assert {event.person for event in ledger.events} == {"desk"}
