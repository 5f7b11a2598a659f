"""The preview: the edition as its exports print it, with the person's place in it."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from html import unescape

import pytest

from reviewtool.tui.screens.preview import PreviewScreen
from reviewtool.tui.story import LAYOUTS
from reviewtool.workspace import Workspace
from tests.tui.conftest import NOW, screen_text, until

FINAL, FAIR, NOTE, GUIDE = "trade-delegation", "furniture-fair", "newsroom-note", "old-town-guide"


@pytest.fixture
def workspace(desk):
    """The desk as another program sees it."""
    return Workspace(desk, clock=lambda: NOW)


@pytest.fixture
def preview(app):
    """Open a preview at a segment, by its number from 0; gives the pilot, the screen and its answers."""

    @asynccontextmanager
    async def opened(slug, number=0, tag="en", size=(120, 40), person="tang"):
        async with app(person=person, size=size) as pilot:
            yield pilot, *await show(pilot, slug, number, tag)

    return opened


async def show(pilot, slug, number=0, tag="en"):
    session = pilot.app.session
    edition = session.workspace.editions.open(slug, tag)
    screen, answers = PreviewScreen(session, edition, list(edition.standing.segments)[number]), []
    await pilot.app.push_screen(screen, answers.append)
    await until(pilot, lambda: screen.rows is not None)
    await pilot.pause()
    return screen, answers


def marked(screen):
    """The text of the current segment as the page has it, in every column and row where it stands."""
    found = []
    for row in screen.rows.rows_of(screen.place):
        for paragraph in screen.rows.paragraphs(row):
            stretch = paragraph.stretch(screen.place)
            found += [paragraph.text[stretch.start : stretch.end]] if stretch else []
    return found


async def test_a_final_edition_is_shown_from_headline_to_byline(preview):
    async with preview(FINAL, size=(120, 60)) as (pilot, _, _):
        shown = screen_text(pilot)
    assert "Foshan trade delegation returns from Japan and South" in shown
    assert "Foshan China 2023-03-07 18:45" in shown
    assert "[picture] The delegation's route: from Foshan to Tokyo," in shown
    assert "│ New trips are already planned" in shown
    assert "Author | Tang" in shown
    assert "Reviser | Eleanor, Jessica" in shown
    assert "Photo丨Foshan Commerce" in shown
    assert "DRAFT" not in shown


async def test_no_markup_is_to_be_seen(preview):
    async with preview(FAIR, size=(120, 70)) as (pilot, _, _):
        shown = screen_text(pilot)
    assert "more than 1.2 billion yuan" in " ".join(shown.split())
    assert "**" not in shown
    assert "](http" not in shown


async def test_what_is_not_final_says_draft_across_the_top(preview):
    async with preview(FAIR) as (pilot, _, _):
        assert "DRAFT" in screen_text(pilot).splitlines()[1]


async def test_the_byline_of_a_draft_is_as_it_stands_and_says_what_an_export_would_not_print(preview):
    async with preview(NOTE) as (pilot, _, _):
        shown = screen_text(pilot)
    assert "Author | Tang" in shown
    assert "An export of a draft leaves the names of the passes out." in shown


async def test_the_segment_the_person_came_from_is_marked_and_in_view(preview):
    async with preview(FINAL, 13, size=(80, 24)) as (pilot, screen, _):
        assert marked(screen) == ["日本和韩国并不是第一站。", "Japan and South Korea were not the first stops."]
        lines = screen_text(pilot).splitlines()
        assert any(line.startswith(">") and "日本和韩国并不是第一站。" in line for line in lines)


async def test_keys_go_from_segment_to_segment_and_enter_goes_back_with_it(preview):
    async with preview(FINAL, 3) as (pilot, screen, answers):
        await pilot.press("down", "down", "up")
        assert marked(screen)[1].startswith('"Pan-furniture" means')
        ids = screen.ids
        await pilot.press("enter")
        await pilot.pause()
    assert answers == [ids[4]]


async def test_escape_goes_back_to_where_the_person_came_from(preview):
    async with preview(FINAL, 3) as (pilot, _, answers):
        await pilot.press("down", "escape")
        await pilot.pause()
    assert answers == [None]


async def test_the_last_segment_brings_the_byline_into_view(preview):
    async with preview(FINAL, size=(80, 24)) as (pilot, screen, _):
        assert "Author | Tang" not in screen_text(pilot)
        await pilot.press("end")
        await pilot.pause()
        assert screen.place == 16
        assert "Author | Tang" in screen_text(pilot)
        await pilot.press("home")
        await pilot.pause()
        assert screen.place == 0
        assert "Foshan trade delegation returns" in screen_text(pilot)


async def test_a_page_down_and_up_again_is_where_one_was(preview):
    async with preview(FINAL, size=(80, 24)) as (pilot, screen, _):
        await pilot.press("pagedown")
        first = screen.place
        assert first > 0
        await pilot.press("pagedown")
        assert screen.place > first
        await pilot.press("pageup", "pageup", "pageup", "pageup")
        assert screen.place == 0


async def test_each_layout_has_its_key_and_the_last_one_is_remembered(preview):
    async with preview(FINAL, 1) as (pilot, screen, _):
        assert "side by side" in screen_text(pilot)
        for key, layout in zip("234", LAYOUTS[1:], strict=True):
            await pilot.press(key)
            await pilot.pause()
            assert screen.rows.layout == layout
            assert marked(screen)[-1].startswith("Eight days, two countries")
        assert "八天，两个国家" not in screen_text(pilot)
        await pilot.press("escape")
        again, _ = await show(pilot, FAIR)
        assert again.rows.layout == "target"
        await pilot.press("l")
        assert again.rows.layout == "side"


async def test_in_sequence_the_target_stands_below_the_whole_source(preview):
    async with preview(FINAL) as (pilot, screen, _):
        await pilot.press("3")
        source, target = screen.rows.rows_of(0)
        assert source == 0
        assert screen.rows.paragraphs(target - 1)[0].kind == "rule"
        assert screen.rows.paragraphs(target)[0].text.startswith("Foshan trade delegation returns")
        assert {row for place in range(17) for row in screen.rows.rows_of(place)[:1]} == set(range(target - 1)) - {1}


async def test_a_monolingual_edition_is_printed_once(preview):
    async with preview(NOTE) as (pilot, screen, _):
        await pilot.press("1")
        await pilot.pause()
        assert screen.rows.layout == "target"
        shown = screen_text(pilot)
    assert shown.count("One nearly slipped through.") == 1
    assert "printed once" in " ".join(shown.split())


async def test_what_is_untranslated_stands_there_as_its_source(preview):
    async with preview(GUIDE, 1, "zh-CN") as (pilot, screen, _):
        await pilot.press("4")
        await pilot.pause()
        assert marked(screen) == ["Foshan's old town is best seen on foot."]


async def test_the_page_holds_what_the_export_holds(preview, workspace):
    page = workspace.publishing.export(FINAL, "en", "html", layout="target").data.decode()
    body = re.sub(r"<[^>]*>", "", page[page.index("<main>") :])
    async with preview(FINAL) as (_, screen, _):
        story = screen.story
        texts = [story.paragraph(place, 1).text for place in range(len(story.pieces))]
    assert "".join("".join(texts).split()) == "".join(unescape(body).split())


async def test_what_another_program_changes_is_seen_and_the_place_is_kept(preview, workspace):
    async with preview(FAIR, 4) as (pilot, screen, _):
        here = screen.here
        first = screen.ids[0]
        workspace.review.edit(FAIR, "en", first, "Furniture fair to open in Foshan", person="tang")
        await until(pilot, lambda: "Furniture fair to open in Foshan" in screen_text(pilot))
        assert screen.here == here


async def test_a_segment_that_is_gone_leaves_the_person_where_it_was(preview, workspace, desk):
    async with preview(GUIDE, 2, "zh-CN") as (pilot, screen, _):
        article = desk / "articles" / f"{GUIDE}.md"
        text = article.read_text(encoding="utf-8")
        start = text.index(" The full walk has")
        article.write_text(text[:start] + text[text.index("\n", start) :], encoding="utf-8")
        await until(pilot, lambda: len(screen.ids) == 13)
        assert screen.place == 2


async def test_a_click_goes_to_a_sentence_and_a_double_click_back_with_it(preview):
    async with preview(FINAL, 0) as (pilot, screen, answers):
        lines = screen_text(pilot).splitlines()
        y = next(y for y, line in enumerate(lines) if '"Pan-furniture"' in line)
        x = lines[y].index('"Pan-furniture"') + 30
        await pilot.click(offset=(x, y))
        await pilot.pause()
        assert screen.place == 4
        await pilot.click(offset=(x, y), times=2)
        await pilot.pause()
        ids = screen.ids
    assert answers == [ids[4]]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_the_footer_says_the_keys_at_every_size(preview, size):
    async with preview(FINAL, size=size) as (pilot, _, _):
        footer = screen_text(pilot).splitlines()[-1]
    for each in ("Enter go there", "l layout", "e export", "Esc back", "F1 help"):
        assert each in footer


async def test_export_opens_from_here(preview):
    async with preview(FINAL) as (pilot, screen, _):
        await pilot.press("e")
        await until(pilot, lambda: pilot.app.screen is not screen)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)


async def test_an_article_that_would_act_is_only_looked_at(preview, desk):
    article = desk / "articles" / f"{GUIDE}.md"
    text = article.read_text(encoding="utf-8")
    article.write_text(text.replace("best seen on foot.", "best \u202eseen\u202c <b>on</b> foot."), encoding="utf-8")
    async with preview(GUIDE, 1, "zh-CN", size=(200, 50)) as (pilot, _, _):
        shown = screen_text(pilot)
    assert "⟨U+202E⟩seen⟨U+202C⟩ <b>on</b> foot." in " ".join(shown.split())


async def test_an_article_that_cannot_be_read_any_more_is_said_and_what_was_shown_stays(preview, desk):
    async with preview(FAIR, 4) as (pilot, screen, _):
        (desk / "articles" / f"{FAIR}.md").unlink()
        await until(pilot, lambda: screen.session.said)
        assert "furniture-fair" in screen.session.said[-1].sentence
        assert "An intended order counts" in screen_text(pilot)
        await pilot.press("down")
        assert screen.place == 5
