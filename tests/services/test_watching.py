"""Whoever changes a file that is shown, it is noticed; what is not shown is nothing to notice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .conftest import TEXTS

EDITION_FILES = (
    "articles/story.md",
    "locales/en/LC_MESSAGES/story.po",
    "locales/en/ledger/story/tang.jsonl",
    "locales/en/ledger/story/eleanor.jsonl",
    "locales/en/glossary.tsv",
    "reviewtool.toml",
)
DESK_FILES = tuple(name for name in EDITION_FILES if name != "locales/en/glossary.tsv")
OTHER_FILES = (
    "articles/other.md",
    "locales/en/LC_MESSAGES/other.po",
    "locales/en/ledger/other/tang.jsonl",
    "locales/ko/LC_MESSAGES/story.po",
    "locales/ko/ledger/story/tang.jsonl",
)


@pytest.fixture
def begun(desk):
    """A desk on which two people have acted."""
    desk.translate()
    desk.approve("eleanor", [1])
    (desk.root / "locales/en").mkdir(exist_ok=True)
    (desk.root / "locales/en/glossary.tsv").write_text("source\tpreferred\n", encoding="utf-8")
    return desk


def edition(desk):
    return desk.workspace.watching.stamp("story", "en")


def everything(desk):
    return desk.workspace.watching.desk()


def append(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"\n")


def replace(path: Path) -> None:
    """As git and editors do: another file of the same size and time under the same name."""
    facts = path.stat()
    other = path.with_name("other-name.tmp")
    other.write_bytes(path.read_bytes()[::-1])
    os.utime(other, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    other.replace(path)


def touch(path: Path) -> None:
    facts = path.stat()
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns + 1))


def remove(path: Path) -> None:
    path.unlink()


def test_stamps_are_equal_while_nothing_changes(begun):
    assert edition(begun) == edition(begun)
    assert everything(begun) == everything(begun)
    list(begun.workspace.overview.editions())
    list(begun.workspace.findings.check())
    assert edition(begun) == begun.workspace.watching.stamp("story", begun.edition.language)


@pytest.mark.parametrize("change", [append, replace, touch, remove])
@pytest.mark.parametrize("name", EDITION_FILES)
def test_a_change_of_any_file_of_an_edition_is_noticed(begun, name, change):
    before = edition(begun)
    change(begun.root / name)
    assert edition(begun) != before


@pytest.mark.parametrize("change", [append, replace, touch, remove])
@pytest.mark.parametrize("name", DESK_FILES)
def test_a_change_of_anything_the_desk_shows_is_noticed(begun, name, change):
    before = everything(begun)
    change(begun.root / name)
    assert everything(begun) != before


def test_somebody_elses_first_act_is_noticed(begun):
    before = edition(begun), everything(begun)
    begun.approve("jessica", [2])
    assert before[0] != edition(begun)
    assert before[1] != everything(begun)


@pytest.mark.parametrize("name", OTHER_FILES)
def test_another_edition_is_seen_on_the_desk_and_nowhere_else(begun, name):
    before = edition(begun), everything(begun)
    path = begun.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", encoding="utf-8")
    assert edition(begun) == before[0]
    assert everything(begun) != before[1]


def test_what_is_typed_and_cached_and_exported_is_no_change(begun):
    before = edition(begun), everything(begun)
    texts = {"source": "0" * 64, "target": "0" * 64}
    begun.workspace.unfinished.keep("story", "en", "tang", begun.ids[0], **texts, text="The", cursor=3)
    exported = begun.workspace.publishing.export("story", "en", "md", unfinished=True)
    begun.workspace.publishing.store(exported)
    assert (edition(begun), everything(begun)) == before


def test_only_the_settings_ask_for_opening_again(begun):
    before = begun.workspace.watching.settings()
    begun.write(0, TEXTS[0] + "!", "tang")
    append(begun.root / "articles/story.md")
    assert begun.workspace.watching.settings() == before
    append(begun.root / "reviewtool.toml")
    assert begun.workspace.watching.settings() != before


def test_an_edition_that_is_not_there_has_a_stamp_until_it_is(begun):
    before = begun.workspace.watching.stamp("later", "ko")
    assert begun.workspace.watching.stamp("later", "ko") == before
    (begun.root / "articles/later.md").write_text("# Later\n", encoding="utf-8")
    assert begun.workspace.watching.stamp("later", "ko") != before
