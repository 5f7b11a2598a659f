"""Drafts: from the memory and from a paste, recorded as nobody's words, never over a person's."""

from __future__ import annotations

import pytest

from reviewtool.errors import InputError
from reviewtool.services.drafting import Drafted, Finished

from .conftest import TEXTS

PASTE = f"""{TEXTS[0]}

Foshan China 2023-03-07 18:45

{TEXTS[1]} {TEXTS[2]}

{TEXTS[3]}

{TEXTS[4]}

{TEXTS[5]}

Author | Tang
Reviser：Eleanor、Jessica
Photo丨Foshan Commerce
"""


def targets(desk) -> list[str]:
    return [one.target for one in desk.edition.catalog.segments]


def test_a_pasted_story_lands_sentence_by_sentence_without_dateline_and_byline(desk):
    path = desk.root / "articles/story.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("photo:", "dateline: Foshan China 2023-03-07 18:45\nphoto:"), encoding="utf-8")
    list(desk.workspace.drafts.paste("story", "en", PASTE))
    assert targets(desk) == list(TEXTS)
    assert set(desk.states) == {"draft"}
    assert desk.edition.standing.segments[desk.ids[0]].origin == "pasted"


def test_a_pasted_article_brings_its_title(desk):
    body = "\n\n".join((f"{TEXTS[1]} {TEXTS[2]}", *TEXTS[3:]))
    list(desk.workspace.drafts.paste("story", "en", f"---\ntitle: {TEXTS[0]}\nlanguage: en\n---\n\n{body}\n"))
    assert targets(desk) == list(TEXTS)


def test_a_draft_never_replaces_a_persons_words(desk):
    desk.write(1, "Eight days on the road.", "tang")
    list(desk.workspace.drafts.paste("story", "en", PASTE))
    assert targets(desk)[1] == "Eight days on the road."


def test_approved_text_drafts_the_next_story(desk):
    desk.finish()
    text = "---\ntitle: 又一篇\n---\n\n代表团一行历时九天。下一站是东南亚。\n"
    list(desk.workspace.sync.add("next.md", text.encode()))
    events = list(desk.workspace.drafts.run("next", "en"))
    origins = {draft.origin for event in events if isinstance(event, Drafted) for draft in event.drafts}
    assert "memory:exact" in origins
    assert isinstance(events[-1], Finished)
    edition = desk.workspace.editions.open("next", "en")
    assert "Southeast Asia is next." in [one.target for one in edition.catalog.segments]
    assert {event.person for event in edition.ledger.events} == {"desk"}


def test_text_that_nobody_approved_drafts_nothing(desk):
    desk.translate()
    list(desk.workspace.sync.add("next.md", "---\ntitle: 又一篇\n---\n\n下一站是东南亚。\n".encode()))
    list(desk.workspace.drafts.run("next", "en"))
    assert all(not one.target for one in desk.workspace.editions.open("next", "en").catalog.segments)


@pytest.mark.parametrize(("engine", "sentence"), [("oracle", "oracle"), (None, "threshold")])
def test_an_engine_that_is_not_there_or_ill_set_up_is_named(desk, engine, sentence):
    settings = desk.root / "reviewtool.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "\n[engines.memory]\nthreshold = 500\n", encoding="utf-8"
    )
    with pytest.raises(InputError, match=sentence):
        list(desk.open().drafts.run("story", "en", engine=engine))


def test_a_pasted_picture_brings_its_caption_alone(desk):
    text = "---\ntitle: 图\n---\n\n正文一句。\n\n![推介会](media/none.png)\n"
    list(desk.workspace.sync.add("picture.md", text.encode()))
    paste = "Picture\n\nOne sentence.\n\n![The conference](media/none.png)\n"
    list(desk.workspace.drafts.paste("picture", "en", paste))
    targets = [one.target for one in desk.workspace.editions.open("picture", "en").catalog.segments]
    assert targets == ["Picture", "One sentence.", "The conference"]
