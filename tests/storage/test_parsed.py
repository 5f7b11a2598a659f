"""Parsed articles are kept, and never believed when they could be old."""

from __future__ import annotations

import os

import pytest

from reviewtool.services.founding import found
from reviewtool.storage import articles, project
from reviewtool.storage.parsed import ParsedArticles
from reviewtool.storage.project import Project

TEXT = "---\ntitle: 展会开幕\n---\n\n展会三月开幕。为期四天。\n"
LONG_AGO = 1_678_000_000


@pytest.fixture
def workspace(tmp_path):
    found(tmp_path)
    place(tmp_path, TEXT)
    return Project(tmp_path)


def place(root, text: str, when: float = LONG_AGO) -> None:
    path = root / "articles/fair.md"
    path.write_text(text, encoding="utf-8")
    os.utime(path, (when, when))


def read(workspace: Project):
    return ParsedArticles(workspace, project.load(workspace)).read("fair")


def test_an_article_is_the_same_from_the_cache_and_is_not_parsed_again(workspace, monkeypatch):
    first = read(workspace)

    def parsed(*_: object, **__: object) -> None:
        raise AssertionError("parsed again")

    monkeypatch.setattr(articles, "read", parsed)
    assert read(workspace) == first


def test_a_changed_article_is_read_anew(workspace):
    read(workspace)
    place(workspace.root, TEXT.replace("四天", "五天"), LONG_AGO + 1)
    assert read(workspace).passages[-1].text == "为期五天。"


def test_an_article_changed_just_now_is_never_believed_by_its_time(workspace):
    now = (workspace.root / "reviewtool.toml").stat().st_mtime
    place(workspace.root, TEXT, now)
    read(workspace)
    place(workspace.root, TEXT.replace("四天", "五天"), now)
    assert read(workspace).passages[-1].text == "为期五天。"


def test_other_settings_are_another_article(workspace):
    read(workspace)
    workspace.settings.write_text('[articles]\nsegments = "paragraph"\n', encoding="utf-8")
    assert read(workspace).passages[-1].text == "展会三月开幕。为期四天。"


@pytest.mark.parametrize("spoil", [lambda data: data[:-3], lambda data: b"", lambda data: data[:-1] + b"\0"])
def test_a_broken_cache_is_made_anew(workspace, spoil):
    first = read(workspace)
    kept = workspace.cache / "articles/fair.msgpack"
    good = kept.read_bytes()
    kept.write_bytes(spoil(good))
    assert read(workspace) == first
    assert kept.read_bytes() == good


def test_where_nothing_can_be_kept_reading_works_all_the_same(workspace):
    (workspace.root / ".reviewtool").write_text("in the way", encoding="utf-8")
    assert read(workspace).title == "展会开幕"
