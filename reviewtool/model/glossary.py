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
_WORD = re.compile(rf"[^\W{_UNSPACED}]")
_FOLDS = {"-": " ", "\u2010": " ", "\u2011": " "}


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
        folded = _folded(source)
        found: list[TermMatch] = []
        for start in range(len(folded)):
            if found and start < found[-1].end:
                continue
            beginning = (folded[start : start + 2], folded[start])
            candidates = (one for key in beginning for one in self._by_beginning.get(key, ()))
            matches = [TermMatch(term, start, end) for form, term in candidates if (end := _end(form, folded, start))]
            found.extend(sorted(matches, key=lambda match: -match.end)[:1])
        return tuple(found)

    @cached_property
    def _by_beginning(self) -> dict[str, list[tuple[str, Term]]]:
        """The terms in their folded form by their first two characters, or the only one."""
        index: dict[str, list[tuple[str, Term]]] = {}
        for term in self.terms:
            form = _folded(term.source)
            index.setdefault(form[:2], []).append((form, term))
        return index


def occurrences(term: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where a term stands in a text, as whole words and in any case; its English plural counts."""
    form, folded = _folded(term), _folded(text)
    spans: list[tuple[int, int]] = []
    start = folded.find(form[0])
    while start >= 0:
        end = _end(form, folded, start)
        if end:
            spans.append((start, end))
        start = folded.find(form[0], end or start + 1)
    return tuple(spans)


def appears(term: str, text: str, language: Language) -> bool:
    """Whether a term is used in a text of this language, in some form.

    English knows the plural only. In other languages with inflection the endings of longer words may
    differ, so that a declined term is no missing one.
    """
    if language.spaced and not language.east_asian and language.primary != "en":
        return _inflected(_folded(term)).search(_folded(text)) is not None
    return bool(occurrences(term, text))


def _folded(text: str) -> str:
    """The text in lower case, every space and hyphen an ordinary space; positions stay."""
    return "".join(_FOLDS.get(one) or _fold(one) for one in text)


def _fold(character: str) -> str:
    lower = character.lower()
    return " " if character.isspace() else lower if len(lower) == 1 else character


def _end(term: str, text: str, start: int) -> int:
    """Where the folded term that begins here ends, its plural included; 0 when it does not stand here."""
    if start and _is_word(text[start - 1]) and _is_word(term[0]):
        return 0
    for form in _forms(term):
        end = start + len(form)
        if text.startswith(form, start) and not (_is_word(form[-1]) and end < len(text) and _is_word(text[end])):
            return end
    return 0


@lru_cache(maxsize=20_000)
def _forms(term: str) -> tuple[str, ...]:
    """A folded term and its English plurals, the longest first."""
    if not ("a" <= term[-1] <= "z"):
        return (term,)
    if term.endswith("y"):
        return (f"{term[:-1]}ies", f"{term}s", term)
    return (f"{term}es", f"{term}s", term)


@lru_cache(maxsize=20_000)
def _is_word(character: str) -> bool:
    """Whether it is a letter or digit of a script with spaces between words."""
    return _WORD.fullmatch(character) is not None


@lru_cache(maxsize=1_000)
def _inflected(term: str) -> re.Pattern[str]:
    """A pattern for a folded term of which words of five letters and more may end in another way."""
    words = (rf"{re.escape(word[: max(4, len(word) - 3)])}\w*" if len(word) >= 5 else word for word in term.split(" "))
    return re.compile(rf"(?<!\w){' '.join(words)}(?!\w)")


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
