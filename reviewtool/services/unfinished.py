"""Unfinished edits: what people typed and have not saved, kept so that not even a killed process loses it."""

from __future__ import annotations

from enum import Enum
from operator import attrgetter

from reviewtool.model.language import Language
from reviewtool.model.segment import text_hash
from reviewtool.model.signoff import Standing
from reviewtool.services.recorder import Clock
from reviewtool.storage.state import State, Unfinished


class Fate(Enum):
    """What has become of the segment that an unfinished edit is of.

    OPEN: both texts are the ones it was typed over. CHANGED: one of them is another. SAVED: it stands
    there already. GONE: the segment is no longer in the article.
    """

    OPEN = "open"
    CHANGED = "changed"
    SAVED = "saved"
    GONE = "gone"


def fate(edit: Unfinished, standing: Standing) -> Fate:
    """What has become of the segment that this edit of the edition is of."""
    one = standing.segments.get(edit.segment)
    if one is None:
        return Fate.GONE
    if text_hash(edit.text) == one.target:
        return Fate.SAVED
    return Fate.OPEN if (edit.source, edit.target) == (one.source, one.target) else Fate.CHANGED


class UnfinishedEdits:
    """What is being typed at this clone; several segments may wait to be saved at the same time.

    Keeping one edit and dropping another may go on in two threads at once.
    """

    def __init__(self, state: State, clock: Clock) -> None:
        self._state = state
        self._clock = clock

    def keep(
        self,
        slug: str,
        language: str | Language,
        person: str,
        segment: str,
        *,
        source: str,
        target: str,
        text: str,
        cursor: int,
    ) -> Unfinished:
        """Keep what stands in the editor; ``source`` and ``target`` are the hashes of the texts it is typed over.

        When this returns it is on the disk. Raises StorageError when the disk says no.
        """
        tag = Language.parse(str(language)).tag
        edit = Unfinished(slug, tag, person, segment, source, target, text, cursor, self._clock())
        self._state.keep_edit(edit)
        return edit

    def of(self, slug: str, language: str | Language, person: str) -> Unfinished | None:
        """What this person typed last into an edition and has not saved."""
        tag = Language.parse(str(language)).tag
        return next((one for one in reversed(self.all(person)) if (one.slug, one.language) == (slug, tag)), None)

    def all(self, person: str) -> tuple[Unfinished, ...]:
        """Everything this person typed and has not saved, in the order of typing; what cannot be read is left out."""
        return tuple(sorted(self._state.edits(person), key=attrgetter("at")))

    def drop(self, slug: str, language: str | Language, person: str, segment: str | None = None) -> None:
        """Forget what was typed into a segment, or into any of the edition: it is saved, or given up."""
        tag = Language.parse(str(language)).tag
        for one in self.all(person):
            if (one.slug, one.language) == (slug, tag) and segment in (None, one.segment):
                self._state.drop_edit(one)
