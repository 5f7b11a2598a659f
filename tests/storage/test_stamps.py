"""A file is believed to be the same by its stamp only where the stamp would tell a change."""

from __future__ import annotations

import os

import pytest

from reviewtool.storage.stamps import Content, Seen, stamp

LONG_AGO = 1_678_000_000


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "story.po"
    put(path, "代表团抵达东京。", LONG_AGO)
    return path


def put(path, text: str, when: float | None = None) -> None:
    """Put a text into the file as it is; ``when`` is the time it then has."""
    with path.open("r+b" if path.exists() else "wb") as file:
        file.truncate(0)
        file.write(text.encode())
    if when is not None:
        os.utime(path, (when, when))


def seen(path, text: str) -> Seen:
    before = Seen.now(path)
    return Seen(path, before.stamp, before.sure, Content(text.encode()).is_in)


def test_a_file_with_an_old_stamp_is_the_same_without_being_read(path):
    found = Seen.now(path)
    assert found.sure
    assert found.again() is found


@pytest.mark.parametrize("text", ["代表团抵达首尔。", "代表团抵达东京站。"])
def test_a_file_changed_later_is_another(path, text):
    found = seen(path, "代表团抵达东京。")
    put(path, text, LONG_AGO + 1)
    assert found.again() is None


def test_a_file_in_the_place_of_another_is_another(path, tmp_path):
    found = seen(path, "代表团抵达东京。")
    put(tmp_path / "other", "代表团抵达首尔。", LONG_AGO)
    (tmp_path / "other").replace(path)
    assert stamp(path).time == found.stamp.time
    assert found.again() is None


def test_a_fresh_file_is_known_by_its_content_alone(path):
    now = path.parent.stat().st_mtime
    put(path, "代表团抵达东京。", now)
    found = seen(path, "代表团抵达东京。")
    assert not found.sure
    assert found.again().stamp == found.stamp
    put(path, "代表团抵达首尔。", now)
    assert stamp(path) == found.stamp
    assert found.again() is None


def test_a_fresh_file_that_settles_is_read_once_more_and_then_believed(path):
    fresh = Seen(path, stamp(path), sure=False, is_same=Content("代表团抵达东京。".encode()).is_in)
    settled = fresh.again()
    assert settled.sure
    assert settled.again() is settled
    put(path, "代表团抵达首尔。", LONG_AGO)
    assert fresh.again() is None


def test_a_file_that_is_not_there_is_the_same_until_there_is_one(tmp_path):
    found = Seen.now(tmp_path / "none.po")
    assert found.again() is found
    put(tmp_path / "none.po", "代表团抵达东京。")
    assert found.again() is None


def test_a_file_that_is_gone_is_another(path):
    found = Seen.now(path)
    path.unlink()
    assert found.again() is None


def test_a_content_can_go_on(path):
    whole = Content("代表团".encode()).followed_by("抵达".encode()).followed_by("东京。".encode())
    assert whole.is_in(path)
    assert not Content("代表团抵达".encode()).is_in(path)
    path.write_bytes(b"")
    assert Content().followed_by(b"").is_in(path)
