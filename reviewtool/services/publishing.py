"""Exporting finished editions."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewtool.errors import InputError
from reviewtool.model.edition import Edition, EditionBlock, EditionSegment
from reviewtool.model.segment import Kind
from reviewtool.plugins.protocols import Writer
from reviewtool.plugins.registry import Registry
from reviewtool.services.editions import Editions, OpenEdition
from reviewtool.services.signing import SigningRefused, settlements
from reviewtool.storage import files, pictures
from reviewtool.storage.project import SETTINGS, Project, Settings

_OWN = frozenset({"articles", "locales", "memory", SETTINGS, ".reviewtool", ".git", ".gitattributes", ".gitignore"})
"""What an export never overwrites."""


@dataclass(frozen=True, slots=True)
class Exported:
    """An edition as written: its bytes, its usual file name, whether it is final, and what is odd about it."""

    data: bytes
    name: str
    layout: str
    final: bool
    warnings: tuple[str, ...]


class Publishing:
    """Writes editions in the formats that are installed; a draft only when it is asked for as one."""

    def __init__(self, project: Project, settings: Settings, editions: Editions, writers: Registry[Writer]) -> None:
        self._project = project
        self._settings = settings
        self._editions = editions
        self._writers = writers

    def export(
        self,
        slug: str,
        to: str,
        form: str,
        *,
        layout: str | None = None,
        unfinished: bool = False,
        folder: Path | None = None,
    ) -> Exported:
        """One edition's bytes; raises SigningRefused with what blocks while it is not final.

        ``folder`` is where the file will lie (default ``editions/``), from where pictures are reached.
        """
        writer = self._writers.create(form, {})
        chosen = layout or writer.layouts[0]
        if chosen not in writer.layouts:
            raise InputError(f"{form} has no layout {chosen!r}; it has {', '.join(writer.layouts)}.")
        opened = self._editions.open(slug, to)
        opened.record.sound()
        final = opened.standing.final
        if not final and not unfinished:
            blocks = [block for one in opened.standing.passes.values() for block in one.blocks]
            raise SigningRefused(f"{slug} ({opened.language}) is not final (--unfinished exports a draft)", blocks)
        edition = self._edition(opened, folder or self._project.editions, draft=not final)
        name = _usual_name(opened, chosen, writer)
        warnings = pictures.missing(self._project, opened.article.pictures)
        return Exported(writer.write(edition, chosen), name, chosen, final, warnings)

    def edition(self, opened: OpenEdition) -> Edition:
        """The edition as its writers receive it, to be shown while there is still work on it."""
        return self._edition(opened, self._project.editions, draft=not opened.standing.final)

    def formats(self) -> tuple[str, ...]:
        """The names of the formats that can be written."""
        return self._writers.names()

    def layouts(self, form: str) -> tuple[str, ...]:
        """The layouts that a format can be written in, its usual one first."""
        return self._writers.create(form, {}).layouts

    def place(self, opened: OpenEdition, form: str, layout: str) -> Path:
        """Where an export lies when nobody says another place."""
        return self._project.editions / _usual_name(opened, layout, self._writers.create(form, {}))

    def store(self, exported: Exported, path: Path | None = None) -> Path:
        """Write an export to its place below ``editions/``, or to a path that the person named.

        InputError for a path among the workspace's own files, or in a folder that is not there.
        """
        place = path or self._project.editions / exported.name
        if path is not None:
            self._check_place(path)
        root = self._project.root if path is None else place.absolute().parent
        before = None
        if place.is_file():
            before = files.content_hash(files.read_bytes(place, limit=2**31, what="earlier export"))
        files.replace(place, exported.data, expected=before, root=root)
        return place

    def _check_place(self, path: Path) -> None:
        place, root = path.resolve(), self._project.root.resolve()
        if not place.parent.is_dir():
            raise InputError(f"{files.shown(place.parent)} is no folder: make it first, or choose another place.")
        if place.is_relative_to(root) and place.relative_to(root).parts[0] in _OWN:
            raise InputError(f"{files.shown(path)} is one of the workspace's own files: choose another place.")

    def _edition(self, opened: OpenEdition, folder: Path, *, draft: bool) -> Edition:
        article, language = opened.article, opened.language
        segments = _segments(opened)
        targets = [_target(one) for one in segments]
        sources: list[str | None] = [None] * len(segments)
        return Edition(
            slug=opened.slug,
            languages=opened.languages,
            headline=_headline(opened, segments),
            date=article.date,
            dateline=(article.dateline, article.dateline),
            blocks=tuple(
                EditionBlock(block.name, source, target)
                for block, source, target in zip(
                    article.blocks,
                    article.block_texts(sources, article.language),
                    article.block_texts(targets, language),
                    strict=True,
                )
            ),
            segments=segments,
            byline=opened.byline(self._settings.style, draft=draft),
            final=not draft,
            notes=settlements(opened),
            pictures=pictures.read(self._project, article.pictures),
            pictures_at=_reached_from(folder, self._project.articles),
        )


def _usual_name(opened: OpenEdition, layout: str, writer: Writer) -> str:
    return f"{opened.slug}.{opened.language}.{layout}.{writer.extension}"


def _segments(opened: OpenEdition) -> tuple[EditionSegment, ...]:
    return tuple(
        EditionSegment(
            one.id,
            one.segment.kind,
            one.segment.paragraph,
            one.segment.source,
            one.segment.target,
            opened.standing.state(one.id),
            one.omitted,
        )
        for one in opened.standing.segments.values()
    )


def _target(one: EditionSegment) -> str | None:
    """What stands in the target edition: nothing for an omitted segment, the source where there is no target yet."""
    if one.omitted:
        return ""
    return one.target or None


def _reached_from(folder: Path, articles: Path) -> str:
    """The way from a folder to the articles', as it goes before a picture's address; "" where there is none."""
    try:
        return Path(os.path.relpath(articles.resolve(), folder.resolve())).as_posix() + "/"
    except ValueError:
        return ""


def _headline(opened: OpenEdition, segments: Sequence[EditionSegment]) -> tuple[str, str]:
    """The headline in both languages, the source's where there is no target yet; the slug where there is none."""
    for one in segments:
        if one.kind is Kind.HEADLINE:
            return one.source, one.target or one.source
    return opened.slug, opened.slug
