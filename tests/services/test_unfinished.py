"""What somebody typed is there again after a crash, and never in the way of anybody else's."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reviewtool.errors import InputError, StorageError
from reviewtool.model.segment import EMPTY, text_hash
from reviewtool.services.unfinished import Fate, fate

from .conftest import TEXTS

DRAFT = "The delegation, which tra"


def keep(desk, number: int = 1, text: str = DRAFT, *, person: str = "tang", language: str = "en"):
    one = desk.edition.standing.segments[desk.ids[number]]
    return desk.workspace.unfinished.keep(
        desk.slug, language, person, one.id, source=one.source, target=one.target, text=text, cursor=len(text)
    )


def last(desk, person: str = "tang", language: str = "en"):
    return desk.workspace.unfinished.of(desk.slug, language, person)


def kept_files(desk) -> list[Path]:
    return sorted((desk.root / ".reviewtool/state/unfinished").rglob("*.json"))


def test_what_was_typed_is_there_when_the_workspace_is_opened_again(desk):
    kept = keep(desk)
    desk.open()
    assert last(desk) == kept
    assert (kept.text, kept.cursor, kept.target) == (DRAFT, len(DRAFT), EMPTY)
    assert kept.source == text_hash("代表团一行历时八天。")


@pytest.mark.parametrize(
    "text", ["代表团\n历时八天", "대표단은 8일간", "代表団は八日間の", 'a\t"quoted" \\ \x1b[31m', ""]
)
def test_any_text_comes_back_as_it_was(desk, text):
    keep(desk, text=text)
    assert last(desk).text == text


def test_a_later_keystroke_takes_the_place_of_an_earlier_one(desk):
    keep(desk, text="The del")
    keep(desk, text="The delegation")
    assert [one.text for one in desk.workspace.unfinished.all("tang")] == ["The delegation"]


def test_while_one_segment_is_being_saved_another_is_typed_and_neither_is_lost(desk):
    keep(desk, 1, "The delegation travelled")
    keep(desk, 2, "It vis")
    assert [one.text for one in desk.workspace.unfinished.all("tang")] == ["The delegation travelled", "It vis"]
    desk.workspace.unfinished.drop(desk.slug, "en", "tang", desk.ids[1])
    assert [one.text for one in desk.workspace.unfinished.all("tang")] == ["It vis"]
    assert last(desk).segment == desk.ids[2]


def test_dropping_without_a_segment_forgets_the_edition(desk):
    keep(desk, 1)
    keep(desk, 2)
    desk.workspace.unfinished.drop(desk.slug, "en", "tang")
    assert last(desk) is None
    assert kept_files(desk) == []


def test_dropping_what_is_not_there_is_done(desk):
    desk.workspace.unfinished.drop(desk.slug, "en", "tang")
    desk.workspace.unfinished.drop(desk.slug, "en", "tang", desk.ids[0])


def test_people_and_languages_do_not_meet(desk):
    keep(desk, person="tang")
    keep(desk, person="eleanor", text="A delegation")
    keep(desk, language="ko", text="대표단")
    desk.workspace.unfinished.drop(desk.slug, "en", "tang")
    assert last(desk) is None
    assert last(desk, "eleanor").text == "A delegation"
    assert last(desk, language="ko").text == "대표단"


def test_a_language_may_be_written_in_any_way(desk):
    keep(desk, language="zh_hant", text="代表團")
    assert last(desk, language="zh-Hant").text == "代表團"


def test_what_was_typed_is_not_part_of_the_record(desk):
    before = {path: path.read_bytes() for path in desk.root.rglob("*") if path.is_file()}
    keep(desk)
    changed = [path for path in desk.root.rglob("*") if path.is_file() and before.get(path) != path.read_bytes()]
    assert changed == kept_files(desk)
    assert ".reviewtool/" in (desk.root / ".gitignore").read_text(encoding="utf-8")


def spoil_cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def spoil_other_words(path: Path) -> None:
    path.write_text('{"text": 3}', encoding="utf-8")


def spoil_other_person(path: Path) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), "person": "eleanor"}), encoding="utf-8")


def spoil_other_segment(path: Path) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), "segment": "../../../x"}), encoding="utf-8")


def spoil_bytes(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00")


def spoil_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "spoil",
    [spoil_cut_off, spoil_other_words, spoil_other_person, spoil_other_segment, spoil_bytes, spoil_folder],
)
def test_what_cannot_be_read_is_passed_over_and_hides_nothing_else(desk, spoil):
    keep(desk, 2, "It visited")
    other = kept_files(desk)
    keep(desk, 1)
    (path,) = set(kept_files(desk)) - set(other)
    spoil(path)
    assert [one.text for one in desk.workspace.unfinished.all("tang")] == ["It visited"]


def test_what_was_cut_off_can_be_typed_over(desk):
    keep(desk)
    spoil_cut_off(kept_files(desk)[0])
    keep(desk, text="The delegation")
    assert last(desk).text == "The delegation"


@pytest.mark.parametrize("name", ["..", "../x", "a/b", "", "con", "a\0b", "x" * 200])
def test_no_name_leads_out_of_the_folder(desk, name):
    unfinished = desk.workspace.unfinished
    texts = {"source": EMPTY, "target": EMPTY, "text": "x", "cursor": 0}
    for slug, person, segment in ((name, "tang", "0" * 12), ("story", name, "0" * 12), ("story", "tang", name)):
        with pytest.raises(InputError, match="cannot be part of a file's name"):
            unfinished.keep(slug, "en", person, segment, **texts)
    with pytest.raises(InputError, match="is no language tag"):
        unfinished.keep("story", f"{name}/en", "tang", "0" * 12, **texts)


def test_a_folder_that_leads_elsewhere_is_not_written_to(desk, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (desk.root / ".reviewtool/state").mkdir(parents=True, exist_ok=True)
    (desk.root / ".reviewtool/state/unfinished").symlink_to(elsewhere)
    with pytest.raises(StorageError, match="leads out of"):
        keep(desk)
    assert list(elsewhere.iterdir()) == []


TYPING = """
import sys
from pathlib import Path
from reviewtool.workspace import Workspace
unfinished = Workspace(Path(sys.argv[1])).unfinished
for number in range(1, 100_000):
    text = "八" * number
    unfinished.keep("story", "en", "tang", "0123456789ab", source="s", target="t", text=text, cursor=number)
    print(number, flush=True)
"""


def test_a_killed_process_loses_nothing_that_was_kept(desk):
    command = [sys.executable, "-c", TYPING, str(desk.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as typing:
        acknowledged = [typing.stdout.readline() for _ in range(20)]
        os.kill(typing.pid, signal.SIGKILL)
        acknowledged += typing.stdout.readlines()
    kept = last(desk)
    assert kept.cursor >= len(acknowledged) >= 20
    assert kept.text == "八" * kept.cursor


def test_what_a_killed_process_left_half_written_is_swept_up(desk):
    keep(desk)
    left = kept_files(desk)[0].parent / ".story.en.x.json.00.reviewtool-tmp"
    left.write_bytes(b"{")
    desk.open()
    desk.write(0, TEXTS[0], "tang")
    assert not left.exists()
    assert last(desk).text == DRAFT


# What has become of the segment


def test_an_edit_goes_on_where_nothing_changed(desk):
    assert fate(keep(desk), desk.edition.standing) is Fate.OPEN


def test_an_edit_whose_target_somebody_changed_is_shown_beside_it(desk):
    kept = keep(desk)
    desk.write(1, TEXTS[1], "tang")
    assert fate(kept, desk.edition.standing) is Fate.CHANGED


def test_an_edit_whose_source_changed_is_shown_with_the_new_one(desk):
    kept = keep(desk)
    article = desk.root / "articles/story.md"
    article.write_text(article.read_text(encoding="utf-8").replace("八天", "九天"), encoding="utf-8")
    assert fate(kept, desk.edition.standing) is Fate.CHANGED


def test_an_edit_that_was_saved_before_the_crash_has_nothing_to_offer(desk):
    kept = keep(desk, text=TEXTS[1])
    desk.write(1, TEXTS[1], "tang")
    assert fate(kept, desk.edition.standing) is Fate.SAVED


def test_an_edit_of_a_sentence_that_was_cut_is_only_a_text(desk):
    kept = keep(desk)
    article = desk.root / "articles/story.md"
    article.write_text(
        article.read_text(encoding="utf-8").replace("代表团一行历时八天。此行", "此行"), encoding="utf-8"
    )
    assert fate(kept, desk.edition.standing) is Fate.GONE
