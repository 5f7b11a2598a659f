"""The registry of plugins: what installed packages offer, found by entry points and loaded when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from reviewtool.errors import InputError, MissingExtraError, ReviewtoolError
from reviewtool.plugins.protocols import Check, Engine, Reader, Writer

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

P = TypeVar("P")


class Registry(Generic[P]):
    """The plugins of one entry-point group.

    ``kind`` is what a plugin is called in messages; ``protocol`` is what each must satisfy.
    """

    def __init__(self, group: str, kind: str, protocol: type[P]) -> None:
        self.group = group
        self.kind = kind
        self._protocol = protocol

    @cached_property
    def _entries(self) -> tuple[EntryPoint, ...]:
        # Imported here: importlib.metadata takes longer to import than the rest of the command line.
        from importlib.metadata import entry_points

        return tuple(sorted(entry_points(group=self.group), key=lambda entry: (entry.name, entry.value)))

    def names(self) -> tuple[str, ...]:
        """The names of all plugins, sorted; nothing of theirs is imported."""
        return tuple(dict.fromkeys(entry.name for entry in self._entries))

    def create(self, name: str, options: Mapping[str, Any] | None = None) -> P:
        """Load the plugin and make one with these options.

        Raises MissingExtraError when a package it needs is not installed, InputError for a name that
        nobody or more than one package offers, a broken plugin, or options it does not take.
        """
        entry = self._entry(name)
        try:
            plugin = entry.load()(dict(options or {}))
        except ReviewtoolError:
            raise
        except ImportError as problem:
            raise self._not_importable(entry, problem) from problem
        except Exception as problem:
            raise InputError(f"{self._described(entry)} does not start: {_sentence(problem)}") from problem
        if not isinstance(plugin, self._protocol):
            raise InputError(
                f"{self._described(entry)} is no {self.kind}: it lacks what every {self.kind} must have; "
                "tell the people who publish it."
            )
        return plugin

    def _entry(self, name: str) -> EntryPoint:
        found = [entry for entry in self._entries if entry.name == name]
        if not found:
            known = ", ".join(self.names()) or "none"
            raise InputError(f"There is no {self.kind} {name!r}; installed: {known}.")
        if len(found) > 1:
            owners = " and ".join(sorted({_distribution(entry) for entry in found}))
            raise InputError(f"The {self.kind} {name!r} is offered more than once, by {owners}: uninstall one.")
        return found[0]

    def _not_importable(self, entry: EntryPoint, problem: ImportError) -> ReviewtoolError:
        if entry.name not in _extras(entry):
            return InputError(f"{self._described(entry)} cannot be imported: {_sentence(problem)}")
        return MissingExtraError(
            f"The {self.kind} {entry.name!r} needs more packages: "
            f"pip install '{_distribution(entry)}[{entry.name}]' brings them."
        )

    def _described(self, entry: EntryPoint) -> str:
        return f"The {self.kind} {entry.name!r} of the package {_distribution(entry)}"


def _distribution(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else "unknown"


def _extras(entry: EntryPoint) -> list[str]:
    if entry.dist is None:
        return []
    return entry.dist.metadata.get_all("Provides-Extra") or []


def _sentence(problem: Exception) -> str:
    """The problem in one line, closed by a full stop."""
    said = " ".join(str(problem).split()).rstrip(".")
    return f"{type(problem).__name__}{': ' if said else ''}{said}."


# mypy wants a concrete class where type[P] is declared (type-abstract); a registry only asks isinstance.


def engines() -> Registry[Engine]:
    """The installed translation engines."""
    return Registry("reviewtool.engines", "engine", Engine)  # type: ignore[type-abstract]


def checks() -> Registry[Check]:
    """The installed quality checks."""
    return Registry("reviewtool.checks", "check", Check)  # type: ignore[type-abstract]


def readers() -> Registry[Reader]:
    """The installed readers of foreign files."""
    return Registry("reviewtool.readers", "reader", Reader)  # type: ignore[type-abstract]


def writers() -> Registry[Writer]:
    """The installed writers of editions."""
    return Registry("reviewtool.writers", "writer", Writer)  # type: ignore[type-abstract]
