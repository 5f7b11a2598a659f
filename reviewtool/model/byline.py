"""Bylines: credit lines computed from signatures that stand and from the article's own credits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BylineLine:
    """One printed line: ``Author | Tang``.

    ``role`` is a pass's name or an article credit (author, photo, video, source).
    """

    role: str
    label: str
    separator: str
    names: tuple[str, ...]
    joiner: str = ", "

    def __str__(self) -> str:
        return f"{self.label}{self.separator}{self.joiner.join(self.names)}"
