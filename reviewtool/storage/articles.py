"""Articles on disk: strict UTF-8 Markdown, read whole and never written here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from reviewtool.errors import InputError
from reviewtool.formats import markdown
from reviewtool.model.article import Article
from reviewtool.model.language import Language
from reviewtool.storage import files
from reviewtool.storage.project import RESERVED, is_slug

MOST_BYTES = markdown.MAX_BYTES
"""The size that an article's file may have."""

_SUFFIXES = (".md", ".markdown", ".txt")
_FOREIGN = {
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"PK\x03\x04": "a Word or other packed document",
    b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": "an old Word document",
}


def read(
    path: Path, *, slug: str, default_language: Language, front: Sequence[str] = ("title",), sentences: bool = True
) -> Article:
    """The article in a file; see :func:`parse`. StorageError when the file cannot be read."""
    data = files.read_bytes(path, limit=MOST_BYTES, what="the article")
    return parse(data, name=path.name, slug=slug, default_language=default_language, front=front, sentences=sentences)


def parse(
    data: bytes,
    *,
    name: str,
    slug: str,
    default_language: Language,
    front: Sequence[str] = ("title",),
    sentences: bool = True,
) -> Article:
    """The article in a file's bytes, which are UTF-8 with or without a byte order mark.

    ``default_language`` is the article's unless its front matter names another; ``front`` are the keys
    whose text is translated; ``sentences`` False makes one passage of each paragraph. InputError names
    the file, and line and byte where there is one, of what cannot be used.
    """
    for mark, what in _FOREIGN.items():
        if data.startswith(mark):
            raise InputError(f"{_printable(name)} is {what}, not UTF-8 text: save it as plain text in UTF-8.")
    text = files.decode(data, Path(name))
    return markdown.parse(
        text, slug=slug, language=default_language, front=front, sentences=sentences, name=_printable(name)
    )


def slug_of(name: str) -> str:
    """The slug that a file's name, or a name given with ``--slug``, stands for.

    InputError unless it is 1 to 100 of ``a-z 0-9 _ -``, not starting with one of the last two, and no
    name that Windows reserves.
    """
    slug = next((name.removesuffix(suffix) for suffix in _SUFFIXES if name.endswith(suffix)), name)
    if slug in RESERVED:
        raise InputError(f"{name!a} cannot name an article: Windows reserves {slug!r}; give another name with --slug.")
    if not is_slug(slug):
        raise InputError(
            f"{name!a} cannot name an article: use small letters a-z, digits, - and _ (at most 100, a letter or "
            f"digit first){_suggestion(slug)}."
        )
    return slug


def _suggestion(slug: str) -> str:
    """A usable name close to the one given, if letters remain of it."""
    close = re.sub(r"[^a-z0-9_]+", "-", slug.lower()).strip("-_")[:100]
    usable = is_slug(close) and len(close) * 2 > len(slug)
    return f", for instance --slug {close}" if usable else ", and give one with --slug"


def _printable(name: str) -> str:
    return name if name.isprintable() else ascii(name)
