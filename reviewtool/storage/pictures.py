"""The pictures an article names: files below ``articles/``, by relative addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from reviewtool.errors import ReviewtoolError
from reviewtool.model.edition import Picture
from reviewtool.storage import files
from reviewtool.storage.project import Project

MOST_BYTES = 20_000_000
"""The size of one picture above which it is left out."""
_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
}


def read(project: Project, addresses: Iterable[str]) -> Mapping[str, Picture]:
    """The pictures that are there; one that is missing, too large or of another kind is left out."""
    found: dict[str, Picture] = {}
    for address in addresses:
        path = _place(project.articles, address)
        if path is None or not path.is_file():
            continue
        try:
            data = files.read_bytes(path, limit=MOST_BYTES, what="picture")
        except ReviewtoolError:
            continue
        found[address] = Picture(address, _TYPES[path.suffix.lower()], data)
    return found


def missing(project: Project, addresses: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each picture that an export will have to leave out."""
    there = read(project, addresses)
    return tuple(
        f"the picture {address!r} is not there as a PNG, JPEG, GIF, WebP or AVIF below articles/; "
        "exports show its caption only"
        for address in dict.fromkeys(addresses)
        if address not in there
    )


def bring(project: Project, addresses: Iterable[str], folder: Path) -> None:
    """Copy pictures that lie beside an incoming article; what is there already stays as it is."""
    for address in addresses:
        source, place = _place(folder, address), _place(project.articles, address)
        if source is None or place is None or place.exists() or not source.is_file():
            continue
        try:
            data = files.read_bytes(source, limit=MOST_BYTES, what="picture")
        except ReviewtoolError:
            continue
        files.create(place, data, root=project.root)


def _place(folder: Path, address: str) -> Path | None:
    """Where a picture lies; None for an address that leaves the folder or is no picture of ours."""
    split = urlsplit(address)
    relative = PurePosixPath(unquote(split.path))
    if split.scheme or split.netloc or relative.is_absolute() or ".." in relative.parts or "\\" in str(relative):
        return None
    if relative.suffix.lower() not in _TYPES or "\0" in str(relative) or not relative.parts:
        return None
    path = folder / relative
    return path if path.resolve().is_relative_to(folder.resolve()) else None
