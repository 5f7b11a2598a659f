"""What can always be made again: values kept in ``.reviewtool/cache``, behind a checksum and a version."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import TypeVar

import msgspec

from reviewtool import __version__
from reviewtool.storage import files

_T = TypeVar("_T")
_VERSION = zlib.crc32(__version__.encode()).to_bytes(4, "big")


def load(path: Path, kind: type[_T]) -> _T | None:
    """The value kept in a file; None where there is none, or one that is torn, changed or of another version."""
    try:
        data = path.read_bytes()
        if data[:8] != _VERSION + _checksum(data[8:]):
            return None
        return msgspec.msgpack.decode(data[8:], type=kind)
    except (OSError, msgspec.DecodeError):
        return None


def keep(path: Path, value: object, *, root: Path) -> None:
    """Keep a value; where that is not possible the next start is slower."""
    packed = msgspec.msgpack.encode(value)
    files.keep(path, _VERSION + _checksum(packed) + packed, root=root)


def _checksum(packed: bytes) -> bytes:
    return zlib.crc32(packed).to_bytes(4, "big")
