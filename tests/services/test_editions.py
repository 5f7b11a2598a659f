"""Editions on disk: reading writes nothing, a crash loses nothing, other programs' changes are taken up."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress

import pytest

from reviewtool.errors import InputError, StorageError
from reviewtool.services import editions as module
from reviewtool.storage import catalogs, files, ledgers

from .conftest import ARTICLE, SETTINGS, TEXTS, Desk


def snapshot(desk: Desk) -> dict[str, bytes]:
    return {
        path.relative_to(desk.root).as_posix(): path.read_bytes()
        for path in sorted(desk.root.rglob("*"))
        if path.is_file() and ".reviewtool" not in path.parts
    }


def test_reading_writes_nothing_that_git_tracks(desk):
    desk.finish()
    (desk.root / "articles/story.md").write_text(ARTICLE + "\n又一段。\n", encoding="utf-8")
    before = snapshot(desk)
    list(desk.workspace.overview.editions())
    desk.workspace.signing.verify()
    assert desk.states[-1] == "untranslated"
    assert snapshot(desk) == before


@pytest.fixture
def small_disk(tmp_path, tool):
    """A folder that is really a disk of 256 KB."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run([tool("mount"), "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], check=True)
    yield folder
    subprocess.run([tool("umount"), folder], check=True)


def fill(folder, left: int) -> None:
    """Fill a disk but for so many pages of 4 KB."""
    (folder / "filler").write_bytes(b"")
    with (folder / "filler").open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    os.truncate(folder / "filler", max(0, (folder / "filler").stat().st_size // 4096 - left) * 4096)


@pytest.mark.parametrize("left", range(6))
def test_on_a_full_disk_an_act_is_done_wholly_or_not_at_all(small_disk, left):
    desk = Desk(small_disk / "desk", SETTINGS.format(override="false"))
    desk.finish()
    before = snapshot(desk)
    fill(small_disk, left)
    try:
        desk.write(1, "Eight days it took, and they were long. " * 30, "tang")
    except StorageError:
        assert snapshot(desk) == before
        assert desk.edition.standing.final
    else:
        assert not desk.edition.standing.final
    (small_disk / "filler").unlink()
    assert desk.open().signing.verify().ok or desk.states[1] == "translated"


@pytest.mark.parametrize("left", range(5))
def test_on_a_full_disk_an_article_comes_in_wholly_or_not_at_all(small_disk, left):
    desk = Desk(small_disk / "desk", SETTINGS.format(override="false"))
    before = snapshot(desk)
    fill(small_disk, left)
    text = "---\ntitle: 第二篇\n---\n\n" + "代表团走访机构。" * 200
    try:
        list(desk.workspace.sync.add("second.md", text.encode()))
    except StorageError:
        assert snapshot(desk) == before
    else:
        assert (desk.root / "locales/en/LC_MESSAGES/second.po").exists()
    (small_disk / "filler").unlink()


def test_a_record_cut_off_by_a_crash_is_mended_and_one_cut_off_otherwise_is_named(desk, monkeypatch):
    desk.write(0, TEXTS[0], "tang")

    def half(folder, events, **_: object) -> None:
        with (folder / "tang.jsonl").open("ab") as file:
            file.write(ledgers.line(events[0])[:-30])
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr(module.ledgers, "append", half)
        with pytest.raises(Cut):
            desk.write(1, TEXTS[1], "tang")
    desk.open()
    assert desk.states[:2] == ["translated", "untranslated"]
    desk.write(2, TEXTS[2], "eleanor")
    assert desk.workspace.signing.verify().ok
    path = desk.root / "locales/en/ledger/story/tang.jsonl"
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(InputError, match=r"tang\.jsonl:1.*breaks off"):
        desk.write(3, TEXTS[3], "eleanor")


def test_an_article_that_is_a_link_out_of_the_workspace_is_not_read(desk, tmp_path):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (desk.root / "articles/linked.md").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(StorageError, match="leads out"):
        desk.workspace.editions.open("linked", "en")


def test_a_signed_edition_without_its_article_is_a_problem(desk):
    desk.finish()
    (desk.root / "articles/story.md").unlink()
    problem = desk.workspace.signing.verify().problems[0]
    assert problem.message == "Tang, Eleanor, Jessica signed it, and its article is gone: bring articles/story.md back."
    assert any("has a record and no article" in one.message for one in desk.workspace.doctor.examine())


class Cut(BaseException):
    """The moment the power goes."""


@pytest.mark.parametrize("step", ["note", "append", "replace"])
def test_a_crash_between_the_steps_of_a_save_loses_nothing_acknowledged(desk, monkeypatch, step):
    desk.write(0, TEXTS[0], "tang")

    def cut(*_: object, **__: object) -> None:
        raise Cut

    place = {
        "note": (module.State, "note"),
        "append": (module.ledgers, "append"),
        "replace": (catalogs, "write"),
    }[step]
    with monkeypatch.context() as patch:
        patch.setattr(*place, cut)
        with pytest.raises(Cut):
            desk.write(1, TEXTS[1], "tang")
    desk.open()
    recorded = step == "replace"
    assert desk.states[0] == "translated"
    assert desk.states[1] == ("translated" if recorded else "untranslated")
    assert (TEXTS[1] in desk.catalog.read_text(encoding="utf-8")) is False
    desk.write(2, TEXTS[2], "tang")
    assert (TEXTS[1] in desk.catalog.read_text(encoding="utf-8")) is recorded
    assert desk.workspace.signing.verify().ok


def test_an_unfinished_write_does_not_override_an_outside_change(desk, monkeypatch):
    desk.write(1, "First.", "tang")

    def cut(*_: object, **__: object) -> None:
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr(catalogs, "write", cut)
        with pytest.raises(Cut):
            desk.write(1, "Second.", "tang")
    desk.outside("First.", "From another program.")
    desk.open()
    desk.write(2, TEXTS[2], "tang")
    assert desk.edition.catalog.segments[1].target == "From another program."
    assert desk.states[1] == "draft"


def test_killed_at_any_moment_a_writer_leaves_whole_files_and_keeps_what_it_acknowledged(desk):
    """A process edits and prints what is saved; it is killed; what it printed is there."""
    program = (
        "import sys, itertools\n"
        "from pathlib import Path\n"
        "from reviewtool.workspace import Workspace\n"
        "w = Workspace(Path(sys.argv[1]))\n"
        "for n in itertools.count():\n"
        "    w.review.edit('story', 'en', sys.argv[2], f'Text {n}.', person='tang')\n"
        "    print(n, flush=True)\n"
    )
    for wait in (3, 7, 12):
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(desk.root), desk.ids[1]], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(wait)]
        process.kill()
        lines += process.stdout.read().splitlines()
        process.wait()
        process.stdout.close()
        last = int(lines[-1])
        desk.open()
        number = int(desk.edition.catalog.segments[1].target.removeprefix("Text ").removesuffix("."))
        assert number in (last, last + 1)
        desk.write(2, f"After a kill at {wait}.", "tang")
        assert desk.workspace.signing.verify().ok
        assert desk.states[1] == "translated"


def test_what_a_killed_process_left_half_written_is_swept_away(desk):
    left = desk.catalog.with_name(".story.po.0123.reviewtool-tmp")
    left.write_bytes(b"half")
    desk.open()
    desk.write(1, TEXTS[1], "tang")
    assert not left.exists()


def test_two_processes_write_one_after_the_other(desk):
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from reviewtool.workspace import Workspace\n"
        "w = Workspace(Path(sys.argv[1]))\n"
        "for n in range(5):\n"
        "    w.review.comment('story', 'en', sys.argv[2], f'{sys.argv[3]} {n}', person=sys.argv[3])\n"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", program, str(desk.root), desk.ids[1], person])
        for person in ("tang", "eleanor", "tang")
    ]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert len(desk.edition.ledger) == 15
    assert desk.workspace.signing.verify().ok


def test_a_held_lock_is_said_in_a_sentence(desk, monkeypatch):
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.1)
    with (
        files.lock(desk.root / ".reviewtool/state/lock"),
        pytest.raises(StorageError),
        files.lock(desk.root / ".reviewtool/state/lock", timeout=0.1),
    ):
        pass


def test_the_edition_is_named_by_any_tag_that_means_it(desk):
    assert desk.workspace.editions.open("story", "en-GB").language.tag == "en"


@pytest.mark.parametrize("slug", ["../story", "a/b", "con", "", "Story", ".git"])
def test_a_slug_is_never_a_path(desk, slug):
    with pytest.raises(InputError):
        desk.workspace.editions.open(slug, "en")


def test_a_broken_catalog_stops_its_edition_only(desk):
    list(desk.workspace.sync.add("other.md", "---\ntitle: 第二篇\n---\n\n正文。\n".encode()))
    desk.catalog.write_bytes(desk.catalog.read_bytes()[:-40])
    found = {status.slug: status for status in desk.workspace.overview.editions()}
    assert "story.po" in found["story"].reason
    assert found["other"].segments == 2
    problems = desk.workspace.signing.verify().problems
    assert [problem.article for problem in problems] == ["story"]


def test_only_the_texts_changed_are_touched_in_the_catalog(desk):
    desk.translate()
    before = desk.catalog.read_text(encoding="utf-8").splitlines()
    desk.write(1, "Eight days long.", "tang")
    after = desk.catalog.read_text(encoding="utf-8").splitlines()
    assert len(set(before) ^ set(after)) <= 4


@pytest.mark.skipif(os.name == "nt", reason="folders cannot be made read-only there")
def test_a_full_or_read_only_disk_is_said_and_nothing_is_recorded(desk, monkeypatch):
    before = snapshot(desk)

    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(StorageError, match="disk is full"):
            desk.write(1, TEXTS[1], "tang")
    assert snapshot(desk) == before
    desk.write(1, TEXTS[1], "tang")
    assert desk.states[1] == "translated"
