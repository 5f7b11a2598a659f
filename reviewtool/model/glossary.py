"""Terms: what the desk calls things in the other language, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from reviewtool.errors import InputError
from reviewtool.model.language import Language

_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u2e80-\u30ff\u3105-\u312f\u31a0-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"  # Han, Kana
    "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc"  # Hangul: particles follow without a space
)
_WORD = rf"[^\W{_UNSPACED}]"
_GAP = r"[\s-]+"


@dataclass(frozen=True, slots=True)
class Term:
    """A source term with its preferred target terms, and the ones not to be used."""

    source: str
    preferred: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term found in a source text, at ``start:end`` (characters)."""

    term: Term
    start: int
    end: int


@dataclass(frozen=True)
class Glossary:
    """The terms of one target language."""

    language: Language
    terms: tuple[Term, ...] = ()

    def in_text(self, source: str) -> tuple[TermMatch, ...]:
        """The terms in a source text, in order; of terms that overlap the longest one, then the first.

        A term in a script with spaces is found as whole words, in any case and in the English plural;
        one in Chinese, Japanese, Korean or Thai wherever its characters are.
        """
        found: list[TermMatch] = []
        taken = 0
        for start in range(len(source)):
            if start < taken:
                continue
            match = self._longest_at(source, start)
            if match:
                found.append(match)
                taken = match.end
        return tuple(found)

    def _longest_at(self, source: str, start: int) -> TermMatch | None:
        candidates = self._by_first_character.get(source[start].lower(), ())
        ends = ((term, pattern.match(source, start)) for term, pattern in candidates)
        matches = [TermMatch(term, start, hit.end()) for term, hit in ends if hit]
        return max(matches, key=lambda match: match.end, default=None)

    @cached_property
    def _by_first_character(self) -> dict[str, list[tuple[Term, re.Pattern[str]]]]:
        index: dict[str, list[tuple[Term, re.Pattern[str]]]] = {}
        for term in self.terms:
            index.setdefault(term.source[0].lower(), []).append((term, _pattern(term.source)))
        return index


def occurrences(term: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where a term stands in a text, as whole words and in any case; its English plural counts."""
    return tuple(hit.span() for hit in _pattern(term).finditer(text))


def appears(term: str, text: str, language: Language) -> bool:
    """Whether a term is used in a text of this language, in some form.

    English knows the plural only. In other languages with inflection the endings of longer words may
    differ, so that a declined term is no missing one.
    """
    inflects = language.spaced and not language.east_asian and language.primary != "en"
    pattern = _inflected_pattern(term) if inflects else _pattern(term)
    return pattern.search(text) is not None


@lru_cache(maxsize=20_000)
def _pattern(term: str) -> re.Pattern[str]:
    """A pattern for the term: spaces and hyphens alike, any case, whole words where the script has them."""
    return _bounded(term, _GAP.join(re.escape(word) for word in _words(term)), plural=True)


@lru_cache(maxsize=20_000)
def _inflected_pattern(term: str) -> re.Pattern[str]:
    """As :func:`_pattern`, but words of five letters and more may end in another way."""
    return _bounded(term, _GAP.join(_stem(word) for word in _words(term)), plural=False)


def _words(term: str) -> list[str]:
    return re.split(rf"(?<=[^\s-]){_GAP}(?=[^\s-])", term)


def _stem(word: str) -> str:
    if len(word) < 5 or not word.isalpha():
        return re.escape(word)
    return re.escape(word[: max(4, len(word) - 3)]) + rf"{_WORD}*"


def _bounded(term: str, body: str, *, plural: bool) -> re.Pattern[str]:
    start = rf"(?<!{_WORD})" if re.match(_WORD, term) else ""
    if not re.search(rf"{_WORD}$", term):
        return re.compile(start + body, re.IGNORECASE)
    endings = "(?:e?s)?" if plural else ""
    if plural and re.search("[^aeiou]y$", term, re.IGNORECASE):
        body, endings = body[:-1], "(?:y|ies)"
    return re.compile(rf"{start}{body}{endings}(?!{_WORD})", re.IGNORECASE)


def parse(text: str, language: Language, name: str) -> Glossary:
    """Read tab-separated terms: source, preferred terms, forbidden terms, note; ``;`` between several.

    A first line that begins with ``source`` is a header; empty lines and lines that begin with ``#``
    count for nothing. ``name`` is the file's, for messages. Raises InputError with file and line.
    """
    terms: dict[str, tuple[int, Term]] = {}
    for number, line in _lines(text):
        where = f"{name}:{number}"
        term = _term(line, where)
        first = terms.setdefault(term.source.lower(), (number, term))
        if first[1] != term:
            raise InputError(f"{where}: {term.source!r} stands on line {first[0]} already; put both on one line.")
    return Glossary(language, tuple(term for _, term in terms.values()))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that hold a term, with their numbers from 1."""
    is_first = True
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if not (is_first and line.split("\t")[0].strip().lower() == "source"):
            yield number, line.rstrip("\r")
        is_first = False


def _term(line: str, where: str) -> Term:
    if line.startswith(_CONFLICT):
        raise InputError(f"{where}: this is the mark of an unfinished merge; settle the conflict in git first.")
    if not line.replace("\t", "").isprintable():
        raise InputError(f"{where}: there is a control character; remove it.")
    source, *rest = (cell.strip() for cell in line.split("\t"))
    if not source or len(rest) not in (1, 2, 3):
        raise InputError(
            f"{where}: a term is written source, preferred, forbidden, note, with a tab between each; "
            f"this line has {len(rest)} tabs{'' if source else ' and no source'}."
        )
    preferred, forbidden, note = [*rest, "", ""][:3]
    term = Term(source, _several(preferred), _several(forbidden), note)
    if not term.preferred and not term.forbidden:
        raise InputError(f"{where}: {source!r} has neither a preferred nor a forbidden term; add one.")
    both = {one.lower() for one in term.preferred} & {one.lower() for one in term.forbidden}
    if both:
        raise InputError(f"{where}: {min(both)!r} is both preferred and forbidden; take one of them out.")
    return term


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in re.split("[;；]", cell) if part.strip()))
