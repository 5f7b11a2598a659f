"""What signing would come to is what signing comes to."""

from __future__ import annotations

import pytest

from reviewtool.services.signing import SigningRefused
from reviewtool.tui.prospect import after_signing, pass_to_sign, prospect, still_to_sign
from tests.services.conftest import SETTINGS, Desk


@pytest.fixture
def newsroom(tmp_path):
    """Tang's translation, signed, and Eleanor's approvals of it."""
    desk = Desk(tmp_path / "newsroom", SETTINGS.format(override="false"))
    desk.translate()
    desk.sign("translation", "tang")
    desk.approve("eleanor")
    return desk


def revision(desk):
    return desk.edition.standing.policy.pass_named("revision")


def lines(desk, edition):
    return [str(line) for line in edition.byline(desk.workspace.settings.style)]


def test_the_byline_that_is_shown_before_is_the_one_that_is_there_after(newsroom):
    foretold = lines(newsroom, after_signing(newsroom.edition, "eleanor", revision(newsroom)))
    assert foretold == ["Author | Tang", "Reviser | Eleanor", "Photo | Foshan Commerce"]
    newsroom.sign("revision", "eleanor")
    assert newsroom.byline() == foretold


def test_foretelling_records_nothing(newsroom):
    after_signing(newsroom.edition, "eleanor", revision(newsroom))
    assert newsroom.byline() == ["Author | Tang", "Photo | Foshan Commerce"]


def test_names_are_foretold_in_the_order_in_which_they_print(newsroom):
    newsroom.sign("revision", "jessica", read_all=True)
    foretold = lines(newsroom, after_signing(newsroom.edition, "eleanor", revision(newsroom)))
    newsroom.sign("revision", "eleanor")
    assert "Reviser | Jessica, Eleanor" in foretold
    assert newsroom.byline() == foretold


def test_who_approved_all_can_sign(newsroom):
    found = prospect(newsroom.edition.standing, "eleanor", revision(newsroom))
    assert found.is_open(read_all=False)
    assert (found.blockers, found.unseen) == ((), ())


def test_who_approved_nothing_can_sign_when_they_have_read_all(newsroom):
    found = prospect(newsroom.edition.standing, "jessica", revision(newsroom))
    assert list(found.unseen) == newsroom.ids
    assert (found.is_open(read_all=False), found.is_open(read_all=True)) == (False, True)


def test_reading_all_does_not_help_where_something_else_blocks(newsroom):
    newsroom.send_back(2, "More than ten what?", "jessica")
    found = prospect(newsroom.edition.standing, "jessica", revision(newsroom))
    assert not found.is_open(read_all=True)
    assert found.blockers[0].segments == (newsroom.ids[2],)


@pytest.mark.parametrize("person", ["tang", "eleanor", "jessica"])
@pytest.mark.parametrize("read_all", [False, True])
def test_what_is_open_is_signed_and_what_is_not_is_refused(newsroom, person, read_all):
    found = prospect(newsroom.edition.standing, person, revision(newsroom))
    try:
        newsroom.sign("revision", person, read_all=read_all)
    except SigningRefused:
        assert not found.is_open(read_all=read_all)
    else:
        assert found.is_open(read_all=read_all)


def test_who_has_signed_has_nothing_to_sign(newsroom):
    newsroom.sign("revision", "eleanor")
    found = prospect(newsroom.edition.standing, "eleanor", revision(newsroom))
    assert found.signed
    assert not found.is_open(read_all=True)


def test_the_pass_that_waits_for_somebody_comes_before_the_one_they_acted_in_last(newsroom):
    standing = newsroom.edition.standing
    assert pass_to_sign(standing, "eleanor").name == "revision"
    assert pass_to_sign(standing, "tang").name == "translation"


def test_it_is_said_who_has_still_to_sign(newsroom):
    newsroom.sign("revision", "eleanor")
    assert still_to_sign(newsroom.edition.standing, revision(newsroom)) == (1, ("Jessica",))
    newsroom.sign("revision", "jessica", read_all=True)
    assert still_to_sign(newsroom.edition.standing, revision(newsroom)) == (0, ())
