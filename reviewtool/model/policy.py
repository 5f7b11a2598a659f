"""The desk's people and passes: who may do what, as ``reviewtool.toml`` says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from reviewtool.model.language import Language
from reviewtool.model.segment import Kind

DESK = "desk"
"""The reserved person under whose name drafts are recorded that nobody in particular asked for."""


class Role(StrEnum):
    """What a pass is for (ISO 17100)."""

    TRANSLATOR = "translator"
    REVISER = "reviser"
    PROOFREADER = "proofreader"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the desk; ``passes`` None means every pass, ``names`` maps a language tag to a name."""

    id: str
    name: str
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    passes: frozenset[str] | None = None

    def display(self, language: Language) -> str:
        """The name to print in a text of this language: the exact tag's, its script's, its primary's."""
        for tag in (language.tag, f"{language.primary}-{language.script}", language.primary):
            if tag in self.names:
                return self.names[tag]
        return self.name


@dataclass(frozen=True, slots=True)
class Pass:
    """One round over an edition.

    ``signers`` people must sign it; every segment needs ``approvals`` approvals in it, or, where
    ``only_changed``, a segment changed in this pass needs one. ``kinds`` None: it may change any kind.
    """

    name: str
    role: Role
    signers: int = 1
    approvals: int = 1
    only_changed: bool = False
    kinds: frozenset[Kind] | None = None

    @property
    def is_translation(self) -> bool:
        """Whether this is the translation pass; every other pass is a revision pass."""
        return self.role is Role.TRANSLATOR


@dataclass(frozen=True)
class Policy:
    """The rules of one desk: people in their order, passes in theirs (translation first)."""

    people: tuple[Person, ...]
    passes: tuple[Pass, ...]
    override: bool = False

    @property
    def translation(self) -> Pass:
        """The translation pass."""
        return self.passes[0]

    @property
    def revisions(self) -> tuple[Pass, ...]:
        """The revision passes, in order."""
        return self.passes[1:]

    def person(self, person: str) -> Person | None:
        """The person with this id, if at the desk."""
        return next((one for one in self.people if one.id == person), None)

    def pass_named(self, name: str) -> Pass | None:
        """The pass with this name, if there is one."""
        return next((one for one in self.passes if one.name == name), None)

    def later(self, name: str, than: str) -> bool:
        """Whether the pass ``name`` comes after the pass ``than``; a pass no longer configured is in no order."""
        return name in self._order and than in self._order and self._order[name] > self._order[than]

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {one.name: number for number, one in enumerate(self.passes)}

    def may_act(self, person: str, pass_name: str) -> bool:
        """Whether this person's ``passes`` let them write, send back and sign in this pass."""
        one = self.person(person)
        return one is not None and (one.passes is None or pass_name in one.passes)

    def rank(self, person: str) -> tuple[int, str]:
        """A sort key: the order of ``people``, those who left after them by id."""
        order = [one.id for one in self.people]
        return (order.index(person) if person in order else len(order), person)

    def shortfall(self, one: Pass) -> str | None:
        """What this desk has too few people for in a pass, whoever translates; None when they suffice."""
        translators = {each.id for each in self.people if self.may_act(each.id, self.translation.name)}
        able = {each.id for each in self.people if self.may_act(each.id, one.name)}
        there = len(able)
        if not one.is_translation:
            spare = max(0, len(translators) - self.translation.signers)
            there = len(able - translators) + min(spare, len(able & translators))
        if there < one.signers:
            return _too_few(one, there)
        if not one.is_translation and one.approvals > len(self.people) - 1:
            return f"the pass {one.name} wants {one.approvals} approvals, and this desk has too few people to give them"
        return None

    def shortfalls(self) -> tuple[str, ...]:
        """What this desk has too few people for, a sentence a pass."""
        if not self.people:
            return ("nobody is at this desk yet: add [[people]] to reviewtool.toml",)
        return tuple(sentence for one in self.passes if (sentence := self.shortfall(one)))


def _too_few(one: Pass, there: int) -> str:
    people = "1 person" if one.signers == 1 else f"{one.signers} people"
    beside = "" if one.is_translation else " who did not translate"
    return f"the pass {one.name} wants {people}{beside} to sign, and this desk has {there or 'nobody'}"
