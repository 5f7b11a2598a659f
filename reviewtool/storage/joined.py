"""Texts that make up a file, with a blank line between them, kept in one piece."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

_BETWEEN = b"\n\n"


@dataclass(frozen=True, slots=True)
class Joined:
    """The texts as one: ``data`` is UTF-8 and ends with a line feed, ``sizes`` are the bytes of each text."""

    data: bytes = b""
    sizes: array[int] = field(default_factory=lambda: array("I"))

    @classmethod
    def of(cls, texts: Sequence[bytes]) -> Joined:
        """These texts, joined."""
        return cls(_BETWEEN.join(texts) + b"\n", array("I", map(len, texts)))

    def __iter__(self) -> Iterator[bytes]:
        start = 0
        for size in self.sizes:
            yield self.data[start : start + size]
            start += size + len(_BETWEEN)

    def __getitem__(self, place: int) -> bytes:
        start = self._start(place)
        return self.data[start : start + self.sizes[place]]

    def _start(self, place: int) -> int:
        return sum(self.sizes[:place]) + len(_BETWEEN) * place

    def replaced(self, texts: Mapping[int, bytes]) -> Joined:
        """The same with other texts in some places; what lies between them is copied as it is."""
        if not texts:
            return self
        return Joined(b"".join(self._pieces(texts)), self._sizes(texts))

    def _pieces(self, texts: Mapping[int, bytes]) -> Iterable[bytes | memoryview]:
        rest = memoryview(self.data)
        end = 0
        for place in sorted(texts):
            start = self._start(place)
            yield rest[end:start]
            yield texts[place]
            end = start + self.sizes[place]
        yield rest[end:]

    def _sizes(self, texts: Mapping[int, bytes]) -> array[int]:
        sizes = self.sizes[:]
        for place, text in texts.items():
            sizes[place] = len(text)
        return sizes
