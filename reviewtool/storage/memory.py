"""The workspace's translation memories: ``memory/*.tmx``, read by way of a cache that can always be rebuilt.

A file's units are kept in ``.reviewtool/cache/memory/`` as MessagePack behind a checksum, with the size,
time and hash of the file they came from. Size and time are believed when the file is clearly older than
its cache; else the content is hashed. A cache that is torn, changed or of another version is made anew.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, count
from pathlib import Path

import msgspec

from reviewtool.errors import InputError, StorageError
from reviewtool.formats import tmx
from reviewtool.model.language import Language, LanguagePair
from reviewtool.model.match import Unit
from reviewtool.storage import cache, files

_CLEARLY_OLDER = 2_000_000_000  # nanoseconds; the coarsest clock of a file system in use ticks every two seconds
_UNSAFE = re.compile(r"[^\w.-]+")

_Text = tuple[str, str, str, str]
"""One language of a unit: tag, text, the text before, the text after."""


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    size: int
    changed: int
    content: str
    units: list[tuple[_Text, ...]]


@dataclass(frozen=True, slots=True)
class Imported:
    """A memory brought into the workspace: where it lies, and how many units it has.

    ``is_new`` False: the same content is already there, and nothing was written.
    """

    path: Path
    units: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How many units of one language pair, in either direction, come from one origin."""

    origin: str
    languages: LanguagePair
    units: int


class MemoryFolder:
    """The memories of the workspace at ``root``; nothing is read before it is asked for.

    Every method raises InputError, with file and line, for a file in ``memory/`` that is no TMX.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = root / "memory"
        self._cache = root / ".reviewtool" / "cache" / "memory"

    def stamp(self) -> tuple[tuple[str, int, int], ...]:
        """Name, size and time of every file: when it is the same as before, so are the units."""
        facts = ((path, path.stat()) for path in self._paths())
        return tuple((path.name, fact.st_size, fact.st_mtime_ns) for path, fact in facts)

    def units(self, languages: LanguagePair) -> Iterator[Unit]:
        """The units that serve this pair, whatever direction they were made in; files by name."""
        for path in self._paths():
            yield from _serving(self._read(path), languages, self._origin(path))

    def counts(self) -> tuple[UnitCount, ...]:
        """How many units each file has for each pair of languages."""
        found = []
        for path in self._paths():
            for languages, units in _counted(self._read(path)).items():
                found.append(UnitCount(self._origin(path), languages, units))
        return tuple(found)

    def add(self, source: Path) -> Imported:
        """Copy a TMX file into ``memory/`` after reading all of it; a name already taken gets a number.

        Raises InputError for a file that is no TMX or holds no text in two languages, StorageError when it
        cannot be written.
        """
        data = files.read_bytes(source, limit=tmx.MAX_BYTES, what="The memory")
        name = files.shown(source)
        units = sum(len({variant.language for variant in unit}) > 1 for unit in tmx.read(data, name))
        if not units:
            raise InputError(f"{name} holds no text in two languages; there is nothing to remember in it.")
        with files.lock(self._root / ".reviewtool" / "state" / "memory.lock"):
            present = self._same(data)
            if present:
                return Imported(present, units, is_new=False)
            path = self._free(source.stem)
            files.create(path, data, root=self._root)
        return Imported(path, units, is_new=True)

    def _paths(self) -> list[Path]:
        try:
            found = [path for path in self._folder.iterdir() if path.suffix.lower() == ".tmx" and not path.is_dir()]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StorageError(f"{files.shown(self._folder)} cannot be read; check its permissions.") from error
        return sorted(path for path in found if path.exists())

    def _origin(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def _read(self, path: Path) -> list[tuple[_Text, ...]]:
        store = self._cache / f"{hashlib.sha256(path.name.encode(errors='surrogateescape')).hexdigest()[:16]}.msgpack"
        kept, facts = cache.load(store, _Kept), path.stat()
        if kept and _is_believed(kept, facts, store):
            return kept.units
        data = files.read_bytes(path, limit=tmx.MAX_BYTES, what="The memory")
        content = files.content_hash(data)
        if kept and kept.content == content:
            units = kept.units
        else:
            units = [tuple(map(_flat, unit)) for unit in tmx.read(data, files.shown(Path(self._origin(path))))]
        cache.keep(store, _Kept(facts.st_size, facts.st_mtime_ns, content, units), root=self._root)
        return units

    def _same(self, data: bytes) -> Path | None:
        alike = (path for path in self._paths() if path.stat().st_size == len(data))
        return next((path for path in alike if path.read_bytes() == data), None)

    def _free(self, stem: str) -> Path:
        taken = {path.name.casefold() for path in self._folder.iterdir()} if self._folder.is_dir() else set()
        plain = _UNSAFE.sub("-", unicodedata.normalize("NFC", stem)).strip(".-")[:60] or "memory"
        names = (f"{plain}{f'-{number}' if number > 1 else ''}.tmx" for number in count(1))
        return self._folder / next(name for name in names if name.casefold() not in taken)


def _flat(variant: tmx.Variant) -> _Text:
    return (variant.language.tag, variant.text, variant.before, variant.after)


def _is_believed(kept: _Kept, facts: os.stat_result, store: Path) -> bool:
    """Whether size and time prove that the file is the one kept; not when it may have changed in the same tick."""
    if (kept.size, kept.changed) != (facts.st_size, facts.st_mtime_ns):
        return False
    return store.stat().st_mtime_ns - kept.changed > _CLEARLY_OLDER


def _serving(units: list[tuple[_Text, ...]], languages: LanguagePair, origin: str) -> Iterator[Unit]:
    tags = {text[0] for unit in units for text in unit}
    sources = {tag for tag in tags if languages.source.matches(Language(tag))}
    targets = {tag for tag in tags if languages.target.matches(Language(tag))}
    if not sources or not targets:
        return
    for unit in units:
        for tag, text, before, after in unit:
            if tag not in sources:
                continue
            for other in unit:
                if other[0] in targets and other[0] != tag:
                    yield Unit(text, other[1], origin, before, after)


def _counted(units: list[tuple[_Text, ...]]) -> Counter[LanguagePair]:
    counted: Counter[LanguagePair] = Counter()
    for unit in units:
        for one, other in combinations(dict.fromkeys(text[0] for text in unit), 2):
            pair, back = (LanguagePair(Language(a), Language(b)) for a, b in ((one, other), (other, one)))
            counted[back if back in counted else pair] += 1
    return counted
