"""Terms: what the desk calls things in the other language."""

from __future__ import annotations

from dataclasses import dataclass

from reviewtool.model.language import Language


@dataclass(frozen=True, slots=True)
class Term:
    """A source term with its preferred target terms, and the ones not to be used."""

    source: str
    preferred: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of one target language."""

    language: Language
    terms: tuple[Term, ...] = ()
