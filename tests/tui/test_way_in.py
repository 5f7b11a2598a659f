"""The way into an edition, for each person of the sample workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewtool.model.signoff import Standing
from reviewtool.tui.way_in import Mode, WayIn, way_in
from reviewtool.workspace import Workspace


@pytest.fixture
def workspace(desk: Path) -> Workspace:
    return Workspace(desk)


def standing(workspace: Workspace, slug: str, tag: str = "en") -> Standing:
    return workspace.editions.open(slug, tag).standing


def test_a_translator_comes_to_the_first_segment_that_is_open_or_sent_back(workspace):
    edition = standing(workspace, "furniture-fair")
    first = next(one.id for one in edition.segments.values() if not one.translated or one.sent_back)
    assert way_in(edition, "tang") == WayIn(Mode.TRANSLATE, first)


def test_a_reviser_comes_to_the_first_segment_that_waits_for_them(workspace):
    edition = standing(workspace, "newsroom-note")
    first = next(one.id for one in edition.segments.values() if one.lacks(edition.policy.revisions[0]))
    assert way_in(edition, "jessica") == WayIn(Mode.REVISE, first)


def test_who_has_only_to_sign_comes_to_the_window_to_sign(workspace):
    workspace.review.approve("newsroom-note", "en", None, person="jessica")
    edition = standing(workspace, "newsroom-note")
    assert way_in(edition, "jessica") == WayIn(Mode.REVISE, None, "revision")


def test_where_nothing_waits_an_edition_opens_in_its_present_pass(workspace):
    assert way_in(standing(workspace, "newsroom-note"), "tang") == WayIn(Mode.REVISE)
    assert way_in(standing(workspace, "trade-delegation"), "tang") == WayIn(Mode.REVISE)
    assert way_in(standing(workspace, "old-town-guide", "zh-CN"), "nobody") == WayIn(Mode.TRANSLATE)


def test_a_mode_that_is_asked_for_leads_to_what_waits_in_it(workspace):
    edition = standing(workspace, "furniture-fair")
    assert way_in(edition, "tang", Mode.REVISE) == WayIn(Mode.REVISE, None)
    assert way_in(edition, "jessica", Mode.REVISE).segment is not None


def test_who_has_to_see_a_translation_again_comes_back_to_it_as_translator(workspace):
    article = workspace.project.article("trade-delegation")
    article.write_text(article.read_text().replace("八天，两个国家", "九天，两个国家"))
    edition = standing(Workspace(workspace.project.root), "trade-delegation")
    assert way_in(edition, "tang").mode is Mode.TRANSLATE
    assert way_in(edition, "eleanor").mode is Mode.REVISE
    assert way_in(edition, "eleanor").segment == way_in(edition, "tang").segment is not None
