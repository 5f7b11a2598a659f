"""What a signer is told that the work came to, in words."""

from __future__ import annotations

import pytest

from reviewtool.tui.summing_up import told
from tests.services.conftest import SETTINGS, TEXTS, Desk


@pytest.fixture
def newsroom(tmp_path):
    desk = Desk(tmp_path / "newsroom", SETTINGS.format(override="false"))
    desk.translate()
    return desk


def said(desk, person, pass_name="revision"):
    standing = desk.edition.standing
    return list(told(standing, person, standing.policy.pass_named(pass_name)))


def test_a_translation_by_one_person(newsroom):
    assert said(newsroom, "tang", "translation") == [
        "6 segments, all translated: by you 6.",
        "You have written or confirmed 6 segments.",
    ]


def test_a_translation_that_is_not_finished_and_leaves_something_out(tmp_path):
    desk = Desk(tmp_path / "newsroom", SETTINGS.format(override="false"))
    desk.write(0, TEXTS[0], "tang")
    desk.workspace.review.omit("story", "en", [desk.ids[5]], person="jessica")
    assert said(desk, "tang", "translation") == [
        "6 segments, 2 of them translated; by you 1, 1 left out.",
        "You have written or confirmed 1 segment.",
    ]


def test_a_revision_where_nothing_was_changed(newsroom):
    newsroom.approve("eleanor")
    assert said(newsroom, "eleanor") == ["6 segments, all approved.", "You have approved 6 and corrected 0."]


def test_a_revision_where_two_corrected_and_one_sent_back(newsroom):
    newsroom.workspace.review.send_back(
        "story", "en", newsroom.ids[1], "Eight days?", person="eleanor", category="accuracy/addition"
    )
    newsroom.send_back(2, "More than ten what?", "eleanor")
    newsroom.write(1, "The journey took the delegation eight days.", "tang")
    newsroom.write(4, "Intended orders: more than 1.2 billion yuan.", "eleanor", "revision")
    newsroom.write(5, "Next comes Southeast Asia.", "jessica", "revision")
    newsroom.approve("eleanor")
    newsroom.approve("jessica", [4])
    assert said(newsroom, "eleanor") == [
        "6 segments, all approved: 4 as Tang wrote them, 2 corrected (by you 1, Jessica 1).",
        "Sent back on the way: 2 (accuracy 1, other 1).",
        "You have approved 5 and corrected 1.",
    ]


def test_a_text_from_outside_is_nobodys_work(newsroom):
    newsroom.outside("Southeast Asia is next.", "Southeast Asia comes next.")
    assert said(newsroom, "tang", "translation") == [
        "6 segments, 5 of them translated; by you 5.",
        "You have written or confirmed 5 segments.",
    ]
