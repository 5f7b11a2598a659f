"""Whether there is a translation at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from reviewtool.checks.comparison import is_translated
from reviewtool.checks.options import refuse
from reviewtool.model.finding import Finding, Severity
from reviewtool.model.language import LanguagePair
from reviewtool.model.markup import masked
from reviewtool.model.segment import same_text
from reviewtool.plugins.protocols import CheckContext, CheckedSegment

_NAME_WORDS = 3
_NAME_CHARACTERS = 8
_HAN_READERS = frozenset({"zh", "ja"})


class Untranslated:
    """A segment without a target that nobody left out on purpose."""

    name = "untranslated"

    def __init__(self, options: Mapping[str, object]) -> None:
        refuse(self.name, options)

    def examine(self, segment: CheckedSegment, context: CheckContext) -> Iterator[Finding]:  # noqa: ARG002
        """One warning when there is no target."""
        if not segment.omitted and not segment.target.strip() and segment.source.strip():
            yield Finding(self.name, Severity.WARNING, "There is no translation yet.")


class Unchanged:
    """A target that is still the source text; names, numbers and addresses may be."""

    name = "unchanged"

    def __init__(self, options: Mapping[str, object]) -> None:
        refuse(self.name, options)

    def examine(self, segment: CheckedSegment, context: CheckContext) -> Iterator[Finding]:
        """One warning when the target equals the source and is language."""
        if context.languages.monolingual or not is_translated(segment):
            return
        if same_text(segment.source, segment.target) and not _may_stay(segment.target, context.languages):
            yield Finding(
                self.name,
                Severity.WARNING,
                "The translation is the same as the source.",
                (0, len(segment.source)),
                (0, len(segment.target)),
            )


def _may_stay(text: str, languages: LanguagePair) -> bool:
    """Whether a text may be the same in both languages: no words in it, or nothing but a name."""
    scripts = {unicodedata.name(one, "").split(" ")[0] for one in masked(text) if one.isalpha()}
    if not scripts:
        return True
    if scripts == {"CJK"}:
        readers = {languages.source.primary, languages.target.primary}
        return readers <= _HAN_READERS and len(text) <= _NAME_CHARACTERS
    words = re.findall(r"[^\W\d_][\w.'’-]*", masked(text))
    return scripts == {"LATIN"} and len(words) <= _NAME_WORDS and all(word[0].isupper() for word in words)
