"""Files are written whole or not at all, and never outside the root."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from reviewtool.errors import InputError, StorageError
from reviewtool.storage import files

OLD = "旧的一句。\n".encode()
NEW = "新的一句。\n".encode()


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "letter.po"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def tiny_disk(tmp_path, tool):
    """Mount a disk of 64 KiB, where mounting is allowed."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run([tool("mount"), "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], capture_output=True)
    if mounted.returncode:
        pytest.skip("mount: a small disk cannot be mounted without privileges")
    yield place
    subprocess.run([tool("umount"), place], check=True)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


class TestReading:
    def test_a_file_within_the_limit_is_read(self, letter):
        assert files.read_bytes(letter, limit=len(OLD), what="The letter") == OLD

    @pytest.mark.parametrize(
        ("name", "limit", "told"),
        [
            ("none.po", 100, "does not exist"),
            ("letter.po/none", 100, "does not exist"),
            (".", 100, "is not a file"),
            ("letter.po", 3, "larger than the limit of 3 bytes"),
        ],
    )
    def test_what_cannot_be_read_is_named(self, letter, name, limit, told):
        with pytest.raises(InputError, match=told) as caught:
            files.read_bytes(letter.parent / name, limit=limit, what="The letter")
        assert str(caught.value).startswith("The letter ")

    def test_a_hostile_name_is_shown_escaped(self, tmp_path):
        with pytest.raises(InputError) as caught:
            files.read_bytes(tmp_path / "a\x1b[2J\n", limit=1, what="The letter")
        assert str(caught.value).isprintable()

    def test_a_name_no_file_can_have_is_refused(self, tmp_path):
        with pytest.raises(StorageError, match="not possible"):
            files.read_bytes(tmp_path / "a\0b", limit=1, what="The letter")

    def test_utf_8_is_decoded(self, letter):
        assert files.decode(OLD, letter) == "旧的一句。\n"

    @pytest.mark.parametrize(
        ("data", "told"),
        [
            ("第一行\n佛山".encode() + b"\xff", "line 2, byte 16: the byte 0xff is not UTF-8"),
            ("東京".encode()[:-1], "line 1, byte 3: the byte 0xe4 is not UTF-8"),
            (b"a\nb\nc\0", "line 3, byte 5: there is a NUL character"),
            (b"\xed\xa0\x80", "line 1, byte 0: the byte 0xed is not UTF-8"),
        ],
    )
    def test_anything_else_is_refused_with_its_place(self, letter, data, told):
        with pytest.raises(InputError) as caught:
            files.decode(data, letter)
        assert told in str(caught.value)


class TestReplacing:
    def test_the_content_is_replaced_and_the_mode_kept(self, letter, tmp_path):
        letter.chmod(0o640)
        files.replace(letter, NEW, expected=files.content_hash(OLD), root=tmp_path)
        assert letter.read_bytes() == NEW
        assert letter.stat().st_mode & 0o777 == 0o640
        assert names(tmp_path) == ["letter.po"]

    def test_a_file_changed_meanwhile_is_left_alone(self, letter, tmp_path):
        with pytest.raises(StorageError, match="changed by another program meanwhile; nothing was written"):
            files.replace(letter, NEW, expected=files.content_hash(b"other"), root=tmp_path)
        assert letter.read_bytes() == OLD

    def test_a_file_made_or_removed_meanwhile_is_noticed(self, letter, tmp_path):
        with pytest.raises(StorageError, match="made by another program"):
            files.create(letter, NEW, root=tmp_path)
        assert letter.read_bytes() == OLD
        with pytest.raises(StorageError, match="removed by another program"):
            files.replace(tmp_path / "gone.po", NEW, expected=files.content_hash(OLD), root=tmp_path)
        assert names(tmp_path) == ["letter.po"]

    def test_a_new_file_makes_its_folders(self, tmp_path):
        path = tmp_path / "locales" / "en" / "LC_MESSAGES" / "delegation.po"
        files.create(path, NEW, root=tmp_path)
        assert path.read_bytes() == NEW

    def test_a_link_inside_the_root_is_followed_and_stays_a_link(self, letter, tmp_path):
        link = tmp_path / "link.po"
        link.symlink_to(letter)
        files.replace(link, NEW, expected=files.content_hash(OLD), root=tmp_path)
        assert link.is_symlink()
        assert letter.read_bytes() == NEW

    def test_a_link_out_of_the_root_is_refused(self, letter, tmp_path):
        root = tmp_path / "workspace"
        root.mkdir()
        (root / "file.po").symlink_to(letter)
        (root / "folder").symlink_to(tmp_path)
        (root / "nowhere.po").symlink_to(tmp_path / "new.po")
        before = names(tmp_path)
        for path in (root / "file.po", root / "folder" / "letter.po", root / ".." / "letter.po"):
            with pytest.raises(StorageError, match="neither read nor written"):
                files.replace(path, NEW, expected=files.content_hash(OLD), root=root)
        for write in (files.create, lambda path, data, root: files.append(path, [data], root=root)):
            with pytest.raises(StorageError, match="neither read nor written"):
                write(root / "nowhere.po", NEW, root=root)
        assert letter.read_bytes() == OLD
        assert names(tmp_path) == before

    @pytest.mark.parametrize("interruption", [KeyboardInterrupt, OSError(5, "input/output error")])
    def test_an_interruption_leaves_the_old_file_and_no_temporary(self, letter, tmp_path, monkeypatch, interruption):
        def interrupt(number):
            raise interruption

        monkeypatch.setattr(files.os, "fsync", interrupt)
        with pytest.raises((KeyboardInterrupt, StorageError)):
            files.replace(letter, NEW, expected=files.content_hash(OLD), root=tmp_path)
        assert letter.read_bytes() == OLD
        assert names(tmp_path) == ["letter.po"]

    def test_a_full_disk_leaves_the_old_file(self, tiny_disk):
        path = tiny_disk / "letter.po"
        path.write_bytes(OLD)
        with pytest.raises(StorageError, match=r"letter\.po cannot be written: the disk is full"):
            files.replace(path, NEW * 10_000, expected=files.content_hash(OLD), root=tiny_disk)
        assert path.read_bytes() == OLD
        assert names(tiny_disk) == ["letter.po"]

    def test_a_read_only_disk_is_named(self, tiny_disk, tool):
        path = tiny_disk / "letter.po"
        path.write_bytes(OLD)
        subprocess.run([tool("mount"), "-o", "remount,ro", tiny_disk], check=True)
        with pytest.raises(StorageError, match="the disk is read-only"):
            files.replace(path, NEW, expected=files.content_hash(OLD), root=tiny_disk)
        with pytest.raises(StorageError, match="the disk is read-only"):
            files.append(path, [NEW], root=tiny_disk)
        with pytest.raises(StorageError, match="the disk is read-only"), files.lock(tiny_disk / "state" / "lock"):
            pass
        assert path.read_bytes() == OLD

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind root")
    def test_a_folder_without_permission_is_named(self, letter, tmp_path):
        tmp_path.chmod(0o500)
        try:
            with pytest.raises(StorageError, match="permission is denied"):
                files.replace(letter, NEW, expected=files.content_hash(OLD), root=tmp_path)
        finally:
            tmp_path.chmod(0o700)

    def test_a_limit_on_file_sizes_leaves_everything_as_it_was(self, letter, tmp_path):
        script = textwrap.dedent("""
            import resource, sys
            from pathlib import Path
            from reviewtool.errors import StorageError
            from reviewtool.storage import files
            path, root = Path(sys.argv[1]), Path(sys.argv[2])
            old = files.content_hash(path.read_bytes())
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
            for write in (
                lambda: files.replace(path, b"x" * 1000, expected=old, root=root),
                lambda: files.append(path, [b"x" * 1000], root=root),
                lambda: files.append(root / "new.jsonl", [b"x" * 1000], root=root),
            ):
                try:
                    write()
                except StorageError as error:
                    print(error)
            """)
        run = subprocess.run(
            [sys.executable, "-c", script, letter, tmp_path], capture_output=True, text=True, check=True
        )
        assert run.stdout.count("cannot be written") == 3
        assert letter.read_bytes() == OLD
        assert names(tmp_path) == ["letter.po"]

    def test_a_process_killed_at_any_moment_leaves_a_whole_file(self, letter, tmp_path):
        script = textwrap.dedent("""
            import sys
            from pathlib import Path
            from reviewtool.storage import files
            path = Path(sys.argv[1])
            print("ready", flush=True)
            while True:
                for letter in (b"a", b"b"):
                    old = files.content_hash(path.read_bytes())
                    files.replace(path, letter * 200_000, expected=old, root=path.parent)
            """)
        chance = random.Random(20230307)
        for _ in range(8):
            child = subprocess.Popen([sys.executable, "-c", script, letter], stdout=subprocess.PIPE)
            assert child.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0.005, 0.05))
            child.send_signal(signal.SIGKILL)
            child.communicate()
            assert letter.read_bytes() in (OLD, b"a" * 200_000, b"b" * 200_000)
        files.sweep(tmp_path)
        assert names(tmp_path) == ["letter.po"]


class TestAppending:
    def test_whole_lines_are_added(self, tmp_path):
        path = tmp_path / "ledger" / "tang.jsonl"
        files.append(path, [b'{"do":"write"}', b'{"do":"sign"}\n'], root=tmp_path)
        files.append(path, [b'{"do":"withdraw"}'], root=tmp_path)
        files.append(path, [], root=tmp_path)
        assert path.read_bytes() == b'{"do":"write"}\n{"do":"sign"}\n{"do":"withdraw"}\n'

    def test_a_torn_tail_is_moved_aside_before_the_next_line(self, tmp_path):
        path = tmp_path / "tang.jsonl"
        path.write_bytes(b'{"a":1}\n{"b":2')
        files.append(path, [b'{"c":3}'], root=tmp_path, aside=tmp_path / "torn")
        assert path.read_bytes() == b'{"a":1}\n{"c":3}\n'
        (torn,) = (tmp_path / "torn").iterdir()
        assert torn.name.startswith("tang.jsonl.")
        assert torn.name.endswith(".torn")
        assert torn.read_bytes() == b'{"b":2'

    def test_a_file_that_is_one_torn_line_becomes_whole(self, tmp_path):
        path = tmp_path / "tang.jsonl"
        path.write_bytes(b'{"b":2')
        files.append(path, [b'{"c":3}'], root=tmp_path)
        assert path.read_bytes() == b'{"c":3}\n'
        assert len(names(tmp_path)) == 2

    def test_a_last_line_that_only_lacks_its_end_is_kept(self, tmp_path):
        path = tmp_path / "tang.jsonl"
        path.write_bytes(b'{"a":1}\n{"b":2}')
        files.append(path, [b'{"c":3}'], root=tmp_path, is_whole=lambda tail: tail.endswith(b"}"))
        assert path.read_bytes() == b'{"a":1}\n{"b":2}\n{"c":3}\n'
        assert names(tmp_path) == ["tang.jsonl"]

    def test_a_full_disk_leaves_no_half_line(self, tiny_disk):
        path = tiny_disk / "tang.jsonl"
        files.append(path, [b"1" * 1000], root=tiny_disk)
        with pytest.raises(StorageError, match="the disk is full"):
            files.append(path, [b"2" * 100_000], root=tiny_disk)
        assert path.read_bytes() == b"1" * 1000 + b"\n"
        with pytest.raises(StorageError, match="the disk is full"):
            files.append(tiny_disk / "new.jsonl", [b"3" * 100_000], root=tiny_disk)
        assert names(tiny_disk) == ["tang.jsonl"]
        files.append(path, [b"4"], root=tiny_disk)
        assert path.read_bytes() == b"1" * 1000 + b"\n4\n"

    def test_a_line_that_could_not_be_synced_is_taken_back(self, tmp_path, monkeypatch):
        path = tmp_path / "tang.jsonl"
        files.append(path, [b"1"], root=tmp_path)

        def fail(number):
            raise OSError(5, "input/output error")

        monkeypatch.setattr(files.os, "fsync", fail)
        with pytest.raises(StorageError, match="the disk reports an error"):
            files.append(path, [b"2"], root=tmp_path)
        assert path.read_bytes() == b"1\n"


class TestLocking:
    def test_a_second_process_waits_and_is_told(self, tmp_path):
        path = tmp_path / "state" / "lock"
        script = textwrap.dedent("""
            import sys
            from pathlib import Path
            from reviewtool.errors import StorageError
            from reviewtool.storage import files
            try:
                with files.lock(Path(sys.argv[1]), timeout=0.1):
                    print("in")
            except StorageError as error:
                print(error)
            """)

        def another():
            return subprocess.run(
                [sys.executable, "-c", script, path], capture_output=True, text=True, check=True
            ).stdout

        with files.lock(path):
            assert "Another reviewtool is writing here" in another()
        assert another() == "in\n"

    def test_a_killed_process_leaves_no_lock(self, tmp_path):
        path = tmp_path / "lock"
        script = textwrap.dedent("""
            import sys, time
            from pathlib import Path
            from reviewtool.storage import files
            with files.lock(Path(sys.argv[1])):
                print("in", flush=True)
                time.sleep(60)
            """)
        child = subprocess.Popen([sys.executable, "-c", script, path], stdout=subprocess.PIPE)
        assert child.stdout.readline() == b"in\n"
        child.kill()
        child.communicate()
        with files.lock(path, timeout=1):
            pass

    def test_the_lock_is_freed_when_the_work_fails(self, tmp_path):
        path = tmp_path / "lock"
        with pytest.raises(ZeroDivisionError), files.lock(path):
            raise ZeroDivisionError
        with files.lock(path, timeout=0.1):
            pass

    def test_an_error_of_the_work_itself_is_not_mistaken_for_one_of_the_lock(self, tmp_path):
        with pytest.raises(OSError, match="of the work"), files.lock(tmp_path / "lock"):
            raise OSError("of the work")


@pytest.mark.parametrize("size", [0, 1, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, 600_000])
def test_a_file_holds_what_was_written_and_nothing_else(tmp_path, size):
    data = bytes(range(256)) * (size // 256 + 1)
    data = data[:size]
    path = tmp_path / "catalog.po"
    path.write_bytes(data)
    assert files.holds(path, data)
    assert not files.holds(path, data + b"x")
    for place in {0, size // 2, size - 1} if size else ():
        other = bytearray(data)
        other[place] ^= 1
        assert not files.holds(path, bytes(other))


def test_a_content_can_be_expected_as_it_is(tmp_path):
    path = tmp_path / "catalog.po"
    files.replace(path, b"one", expected=None, root=tmp_path)
    files.replace(path, b"two", expected=b"one", root=tmp_path)
    with pytest.raises(StorageError, match="changed by another program"):
        files.replace(path, b"three", expected=b"one", root=tmp_path)
    assert path.read_bytes() == b"two"
    path.unlink()
    with pytest.raises(StorageError, match="removed by another program"):
        files.replace(path, b"three", expected=b"two", root=tmp_path)
