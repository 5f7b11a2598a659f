"""Articles come in, catalogs follow them, and finished work is kept."""

from __future__ import annotations

import pytest

from reviewtool.errors import InputError
from reviewtool.services.sync import Added, Synced

from .conftest import ARTICLE, TEXTS


def article(desk, text: str) -> None:
    (desk.root / "articles/story.md").write_text(text, encoding="utf-8")


def synced(desk) -> Synced:
    (result,) = desk.workspace.sync.run(["story"])
    return result


def test_syncing_twice_changes_nothing(desk):
    desk.finish()
    before = desk.catalog.read_bytes()
    assert not synced(desk).written
    assert desk.catalog.read_bytes() == before


def test_a_new_sentence_is_untranslated_and_the_rest_stays_finished(desk):
    desk.translate()
    article(desk, ARTICLE.replace("此行走访", "代表团还参加了两场展会。此行走访"))
    result = synced(desk)
    assert (result.added, result.changed, result.gone) == (1, 0, 0)
    assert desk.states.count("translated") == 6
    assert desk.states.count("untranslated") == 1


def test_a_changed_sentence_keeps_id_and_target_and_is_a_draft(desk):
    desk.translate()
    ids = desk.ids
    article(desk, ARTICLE.replace("十余家", "二十余家"))
    assert synced(desk).changed == 1
    assert desk.ids == ids
    assert desk.states[2] == "draft"
    text = desk.catalog.read_text(encoding="utf-8")
    assert '#| msgid "此行走访了十余家机构。"' in text
    assert TEXTS[2] in text


def test_a_sentence_that_vanished_and_returned_has_its_text_as_a_draft(desk):
    desk.translate()
    old = desk.ids[5]
    article(desk, ARTICLE.replace("下一站是东南亚。\n", ""))
    assert synced(desk).gone == 1
    article(desk, ARTICLE)
    synced(desk)
    assert desk.ids[5] != old
    assert desk.edition.catalog.segments[5].target == TEXTS[5]
    assert desk.states[5] == "draft"


def test_a_moved_paragraph_keeps_its_work(desk):
    desk.translate()
    article(desk, ARTICLE.replace("下一站是东南亚。\n", "").replace("代表团一行", "下一站是东南亚。\n\n代表团一行"))
    synced(desk)
    assert set(desk.states) == {"translated"}


def test_a_story_written_in_its_own_language_starts_as_its_own_draft(desk):
    text = "---\ntitle: A day at the desk\nlanguage: en\ntargets: [en]\n---\n\nIt was short.\n"
    list(desk.workspace.sync.add("day.md", text.encode()))
    edition = desk.workspace.editions.open("day", "en")
    assert [one.target for one in edition.catalog.segments] == ["A day at the desk", "It was short."]
    assert {one.state.value for one in edition.standing.segments.values()} == {"draft"}
    desk.workspace.review.confirm("day", "en", None, person="tang")
    desk.workspace.signing.sign("day", "en", "translation", person="tang")


def test_adding_the_same_again_is_done_and_another_text_is_refused(desk):
    again = list(desk.workspace.sync.add("story.md", ARTICLE.encode()))
    assert isinstance(again[0], Added)
    assert not again[0].new
    with pytest.raises(InputError, match="already with another text"):
        list(desk.workspace.sync.add("story.md", b"---\ntitle: Another\n---\n\nText.\n"))


def test_a_missing_picture_is_a_warning(desk):
    text = "---\ntitle: 图\n---\n\n![推介会](media/none.png)\n"
    added, *_ = desk.workspace.sync.add("picture.md", text.encode())
    assert any("media/none.png" in warning for warning in added.warnings)


def test_a_picture_beside_the_article_comes_along(desk, tmp_path):
    folder = tmp_path / "in"
    (folder / "media").mkdir(parents=True)
    (folder / "media/a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    text = "---\ntitle: 图\n---\n\n![推介会](media/a.png)\n"
    added, *_ = desk.workspace.sync.add("picture.md", text.encode(), folder=folder)
    assert added.warnings == ()
    assert (desk.root / "articles/media/a.png").exists()


def test_a_picture_outside_is_not_brought_along(desk, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"\x89PNG")
    text = "---\ntitle: 图\n---\n\n![推介会](../secret.png)\n"
    list(desk.workspace.sync.add("picture.md", text.encode(), folder=folder))
    assert not list(desk.root.rglob("secret.png"))
