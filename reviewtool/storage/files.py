"""The one door to the disk: everything the tool writes goes through here, whole or not at all.

A file is replaced by way of a temporary one in the same folder (write, fsync, rename, fsync of the
folder), so that after a crash it is the old one or the new one. A ledger is appended to by one write of
whole lines, taken back when it fails. Nothing outside the root folder given is ever written, whatever
symbolic links say. Callers hold :func:`lock` around reading and writing.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from reviewtool.errors import InputError, ReviewtoolError, StorageError

LOCK_SECONDS = 10.0
_TEMPORARY = ".reviewtool-tmp"
_PIECE = 1 << 18
_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file would be larger than this system allows",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.ENOENT: "it does not exist",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "a part of its path is a file",
    errno.ENAMETOOLONG: "its name is too long",
    errno.ELOOP: "its symbolic links lead in a circle",
    errno.EIO: "the disk reports an error",
}


def content_hash(data: bytes) -> str:
    """The identity of a file's content: its SHA-256, 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def read_bytes(path: Path, *, limit: int, what: str) -> bytes:
    """The content of a file of at most ``limit`` bytes; ``what`` names it in messages ("the article").

    Raises InputError when it is missing, no regular file or too large, StorageError when it cannot be read.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError(f"{what} {shown(path)} is not a file; name a file.")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(f"{what} {shown(path)} does not exist; check the name.") from None
    except (OSError, ValueError) as error:
        raise StorageError(f"{what} {shown(path)} cannot be read: {_reason(error)}.") from error
    if len(data) > limit:
        raise InputError(f"{what} {shown(path)} is larger than the limit of {limit:,} bytes; split it.")
    return data


def decode(data: bytes, path: Path) -> str:
    """The text of a file in strict UTF-8 without NUL; InputError names line and byte (from 0) of the first fault."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        fault = f"the byte 0x{data[error.start]:02x} is not UTF-8"
        raise InputError(_fault(path, data, error.start, fault)) from None
    if "\0" in text:
        raise InputError(_fault(path, data, data.index(0), "there is a NUL character"))
    return text


def _fault(path: Path, data: bytes, offset: int, fault: str) -> str:
    line = data.count(b"\n", 0, offset) + 1
    return f"{shown(path)}, line {line}, byte {offset}: {fault}; save the file as UTF-8 text."


def shown(path: Path) -> str:
    """A path as it may stand in a message: quoted and escaped when it holds anything unprintable."""
    text = str(path)
    return text if text.isprintable() else ascii(text)


def replace(path: Path, data: bytes, *, expected: str | bytes | None, root: Path) -> None:
    """Write ``data`` as the file's whole content; missing folders are made, the file's mode is kept.

    ``expected`` is what the file must hold now, or its :func:`content_hash`; None when there must be no file. A
    symbolic link is followed, and refused when it leads out of ``root``. Raises StorageError, and then
    the file is what it was.
    """
    with _reported(path):
        place = inside(path, root)
        _compare(place, expected)
        _make_folder(place.parent)
        _put(place, data)


def create(path: Path, data: bytes, *, root: Path) -> None:
    """Write a new file; StorageError when there is one already, else as :func:`replace`."""
    replace(path, data, expected=None, root=root)


def keep(path: Path, data: bytes, *, root: Path) -> None:
    """Write what can be made again: whole or not at all, not made to last, and not at all where the disk says no."""
    with suppress(OSError, ReviewtoolError):
        place = inside(path, root)
        place.parent.mkdir(parents=True, exist_ok=True)
        _put(place, data, lasting=False)


def append(
    path: Path,
    lines: Sequence[bytes],
    *,
    root: Path,
    aside: Path | None = None,
    is_whole: Callable[[bytes], bool] | None = None,
) -> int:
    """Add whole lines, given without their line end, to a file that may not exist yet; returns its length before.

    When the file ends in the middle of a line, that tail is first moved into a ``.torn`` file in the folder
    ``aside`` (default: beside the file), or just given its line end when ``is_whole(tail)``; that is all that is done
    when there are no lines. Raises StorageError, and then the file has no line more or less than before.
    """
    data = b"".join(line.removesuffix(b"\n") + b"\n" for line in lines)
    with _reported(path):
        place = inside(path, root)
        is_new = not place.exists()
        if is_new and not data:
            return 0
        _make_folder(place.parent)
        try:
            with place.open("a+b", buffering=0) as file:
                ending = _settle_tail(file, place, inside(aside or place.parent, root), is_whole)
                length = os.fstat(file.fileno()).st_size
                _append_or_undo(file, ending + data)
        except BaseException:
            if is_new:
                place.unlink(missing_ok=True)
            raise
        if is_new:
            _sync_folder(place.parent)
    return length


def cut(path: Path, length: int, *, root: Path) -> None:
    """Take back what was appended after ``length``; a file that was new is removed."""
    with _reported(path):
        place = inside(path, root)
        if length == 0:
            place.unlink(missing_ok=True)
            _sync_folder(place.parent)
            return
        with place.open("r+b", buffering=0) as file:
            file.truncate(length)
            os.fsync(file.fileno())


def remove(path: Path, *, root: Path) -> None:
    """Remove a file, if it is there."""
    with _reported(path):
        inside(path, root).unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, if they are not there; StorageError when the disk says no."""
    with _reported(folder):
        _make_folder(folder)


def sweep(folder: Path) -> None:
    """Remove the temporary files that a killed process left in a folder; only while holding its lock."""
    with _reported(folder):
        for left in folder.glob(f".*{_TEMPORARY}"):
            left.unlink(missing_ok=True)


@contextmanager
def lock(path: Path, *, timeout: float = LOCK_SECONDS) -> Iterator[None]:
    """Keep other processes out while the block runs; the kernel frees the lock when a process dies.

    ``path`` is a file of its own that stays empty. Raises StorageError after ``timeout`` seconds.
    """
    import filelock

    with _reported(path):
        if path.is_symlink():
            raise StorageError(f"The lock {shown(path)} is a symbolic link; remove it and try again.")
        path.parent.mkdir(parents=True, exist_ok=True)
        held = filelock.FileLock(path)
        try:
            held.acquire(timeout=timeout)
        except filelock.Timeout:
            raise StorageError("Another reviewtool is writing here; try again when it has finished.") from None
    try:
        yield
    finally:
        held.release()


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    """Turn what the system reports into one sentence about ``path``."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise StorageError(f"{shown(path)} cannot be written: {_reason(error)}; nothing was changed.") from error


def _reason(error: OSError | ValueError) -> str:
    if not isinstance(error, OSError) or error.errno is None:
        return "its name is not possible here"
    return _REASONS.get(error.errno, os.strerror(error.errno).lower())


def inside(path: Path, root: Path) -> Path:
    """The file that a path really means, links followed; StorageError when it does not lie in the root."""
    place = Path(os.path.realpath(path))
    if not place.is_relative_to(os.path.realpath(root)):
        raise StorageError(f"{shown(path)} leads out of {shown(root)}; it is neither read nor written.")
    return place


def holds(path: Path, data: bytes) -> bool:
    """Whether a file's content is this; it is never in memory as a whole. FileNotFoundError where there is none."""
    with path.open("rb", buffering=0) as file:
        if os.fstat(file.fileno()).st_size != len(data):
            return False
        place = 0
        while piece := file.read(_PIECE):
            if not data.startswith(piece, place):
                return False
            place += len(piece)
    return place == len(data)


def _is_as_expected(place: Path, expected: str | bytes | None) -> bool:
    if expected is None:
        return not place.exists()
    return holds(place, expected) if isinstance(expected, bytes) else content_hash(place.read_bytes()) == expected


def _compare(place: Path, expected: str | bytes | None) -> None:
    try:
        if _is_as_expected(place, expected):
            return
        present = place.exists()
    except FileNotFoundError:
        present = False
    happened = "removed" if not present else "made" if expected is None else "changed"
    raise StorageError(
        f"{shown(place)} was {happened} by another program meanwhile; nothing was written. Open it again."
    )


def _put(place: Path, data: bytes, *, lasting: bool = True) -> None:
    temporary = place.with_name(f".{place.name}.{secrets.token_hex(4)}{_TEMPORARY}")
    try:
        with temporary.open("xb", buffering=0) as file:
            with suppress(FileNotFoundError):
                temporary.chmod(stat.S_IMODE(place.stat().st_mode))
            _write(file, data)
            if lasting:
                os.fsync(file.fileno())
        temporary.replace(place)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if lasting:
        _sync_folder(place.parent)


def _write(file: FileIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _settle_tail(file: FileIO, place: Path, aside: Path, is_whole: Callable[[bytes], bool] | None) -> bytes:
    """Move a line without its end away; what must be written before the next line is returned."""
    size = os.fstat(file.fileno()).st_size
    file.seek(max(0, size - 1))
    if file.read(1) in (b"", b"\n"):
        return b""
    content = place.read_bytes()
    tail = content[content.rfind(b"\n") + 1 :]
    if is_whole is not None and is_whole(tail):
        return b"\n"
    _make_folder(aside)
    _put(aside / f"{place.name}.{content_hash(tail)[:12]}.torn", tail)
    file.truncate(size - len(tail))
    return b""


def _append_or_undo(file: FileIO, data: bytes) -> None:
    size = os.fstat(file.fileno()).st_size
    try:
        if file.write(data) < len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(file.fileno())
    except BaseException:
        file.truncate(size)
        with suppress(OSError):
            os.fsync(file.fileno())
        raise


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each lasting."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """Make names in the folder last; Windows has no way to ask for it, and no need."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
