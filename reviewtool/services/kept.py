"""The editions opened last, kept for as long as the disk holds what they were made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reviewtool.model.article import Article
from reviewtool.model.language import Language
from reviewtool.storage import files, ledgers
from reviewtool.storage.project import Project
from reviewtool.storage.stamps import Seen

if TYPE_CHECKING:
    from reviewtool.services.editions import OpenEdition

_MOST = 2
"""How many editions are kept."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An edition with the files it was made of: the article, the catalog, and those of the record.

    ``parsed`` is the article as it was read; that of the edition may be cut in another way.
    """

    edition: OpenEdition
    parsed: Article
    article: Seen
    others: tuple[Seen, ...]


class Kept:
    """Remembers the editions opened last.

    Args:
        project: where things lie.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._readings: dict[tuple[str, str], Reading] = {}

    def seen(self, slug: str, language: Language) -> tuple[Seen, ...]:
        """The files that an edition is made of beside the article, about to be read."""
        return tuple(map(Seen.now, self._paths(slug, language)))

    def _paths(self, slug: str, language: Language) -> tuple[Path, ...]:
        return (self._project.catalog(slug, language), *ledgers.paths(self._project.ledger(slug, language)))

    def article(self, slug: str) -> Article | None:
        """An article as it is on disk, as it was parsed, if an edition of it is kept."""
        readings = [one for (kept, _), one in tuple(self._readings.items()) if kept == slug]
        return next((one.parsed for one in readings if one.article.again()), None)

    def edition(self, slug: str, language: Language) -> OpenEdition | None:
        """An edition as it is on disk, if it is kept."""
        reading = self._readings.get((slug, language.tag))
        if reading is None:
            return None
        others = tuple(seen for one in reading.others if (seen := one.again()))
        article = reading.article.again()
        if article is None or tuple(seen.path for seen in others) != self._paths(slug, language):
            self.forget(slug, language)
            return None
        self._put(replace(reading, article=article, others=others))
        return reading.edition

    def remember(self, edition: OpenEdition, parsed: Article, article: Seen, others: Iterable[Seen]) -> None:
        """Keep an edition and its article with their files as they were before they were read."""
        article = replace(article, is_same=partial(_is_text, text=parsed.text))
        self._put(Reading(edition, parsed, article, tuple(_knowing(edition, seen) for seen in others)))

    def forget(self, slug: str, language: Language) -> Reading | None:
        """An edition is about to change, or has changed on disk; returns what was known of it."""
        return self._readings.pop((slug, language.tag), None)

    def renew(self, reading: Reading, saved: OpenEdition, appended: Iterable[Path]) -> None:
        """Keep an edition as it was just saved: these files of its record were added to, and maybe its catalog."""
        written = list(appended)
        if saved.stored.data is not reading.edition.stored.data:
            written.append(self._project.catalog(saved.slug, saved.language))
        known = {seen.path: seen for seen in reading.others}
        known |= {path: _knowing(saved, replace(Seen.now(path), sure=False)) for path in written}
        catalog, *records = known
        others = known[catalog], *(known[path] for path in sorted(records))
        self._put(replace(reading, edition=saved, others=others))

    def _put(self, reading: Reading) -> None:
        """Keep it as the last one, and drop what is too many."""
        key = reading.edition.slug, reading.edition.language.tag
        self._readings.pop(key, None)
        self._readings[key] = reading
        for oldest in tuple(self._readings)[:-_MOST]:
            self._readings.pop(oldest, None)


def _knowing(edition: OpenEdition, seen: Seen) -> Seen:
    """A file of the edition's, with what knows its content again."""
    if seen.path.suffix != ledgers.SUFFIX:
        return replace(seen, is_same=partial(files.holds, data=edition.stored.data))
    content = edition.record.contents.get(seen.path.name)
    return seen if content is None else replace(seen, is_same=content.is_in)


def _is_text(path: Path, text: str) -> bool:
    return files.holds(path, text.encode())
