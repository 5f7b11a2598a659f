"""Preferences: what users say in their own configuration, and what this clone remembers for the terminal UI.

The configuration is the user's, written by hand, and only read here. What is remembered lies below
``.reviewtool/state`` and may be lost without harm.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from reviewtool.errors import InputError, ReviewtoolError
from reviewtool.model.language import Language
from reviewtool.storage import files
from reviewtool.storage.project import Project, plain_words

_MOST_BYTES = 1_000_000


class Configuration(msgspec.Struct, frozen=True):
    """What a user's own configuration says; "" is for what it does not say.

    ``language`` is that of the interface, ``keys`` maps the id of a command to the key it shall have.
    """

    theme: str = ""
    language: str = ""
    keys: Mapping[str, str] = msgspec.field(default_factory=dict)


class _Interface(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    theme: str = ""
    language: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file: ``[ui] theme, language`` and ``[keys] "command.id" = "ctrl+j"``."""

    ui: _Interface = _Interface()
    keys: dict[str, Any] = {}


def place() -> Path:
    """Where this user's configuration is: ``$XDG_CONFIG_HOME/reviewtool/config.toml``, or as the system has it."""
    # Imported here: only the terminal UI asks, and it has this package loaded already.
    import platformdirs

    return platformdirs.user_config_path("reviewtool", appauthor=False) / "config.toml"


def configuration(path: Path | None = None) -> Configuration:
    """The user's configuration, by default from its usual place; an empty one when there is no file.

    InputError with the file, the key and what is wrong; StorageError when it cannot be read.
    """
    path = path or place()
    if not path.exists():
        return Configuration()
    text = files.decode(files.read_bytes(path, limit=_MOST_BYTES, what="configuration"), path)
    try:
        table = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{files.shown(path)} is no valid TOML: {error}.") from error
    try:
        return _checked(msgspec.convert(table, _File))
    except (msgspec.ValidationError, InputError) as error:
        raise InputError(f"{files.shown(path)}: {plain_words(str(error))}") from error


def _checked(file: _File) -> Configuration:
    if file.ui.language:
        try:
            Language.parse(file.ui.language)
        except InputError as error:
            raise InputError(f"ui.language: {error}") from None
    keys: dict[str, str] = {}
    for command, key in _flat(file.keys):
        if not isinstance(key, str) or not key.strip() or not key.isprintable():
            raise InputError(f'keys.{command}: a key is written as a text, for instance "ctrl+j"')
        if command in keys:
            raise InputError(f"keys.{command}: it is given twice")
        keys[command] = key.strip()
    return Configuration(file.ui.theme, file.ui.language, keys)


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Keys and values, tables in tables taken as names with dots: TOML reads ``desk.open`` without quotes so."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


class Place(msgspec.Struct, frozen=True):
    """Where somebody was: an edition and a segment of it."""

    slug: str
    language: str
    segment: str = ""


class ExportChoice(msgspec.Struct, frozen=True):
    """How somebody exported last."""

    format: str
    layout: str


class Remembered(msgspec.Struct, frozen=True):
    """What this clone remembers: who acted last, the theme and the export chosen last, where each person was."""

    person: str = ""
    theme: str = ""
    export: ExportChoice | None = None
    places: Mapping[str, Place] = msgspec.field(default_factory=dict)


class Preferences:
    """What a clone of a workspace remembers for the terminal UI."""

    def __init__(self, project: Project) -> None:
        self._project = project

    @property
    def _path(self) -> Path:
        return self._project.state / "ui.json"

    def read(self) -> Remembered:
        """What is remembered; nothing where that cannot be read."""
        try:
            return msgspec.json.decode(files.read_bytes(self._path, limit=_MOST_BYTES, what="file"), type=Remembered)
        except (msgspec.DecodeError, ReviewtoolError):
            return Remembered()

    def remember(
        self, *, person: str | None = None, theme: str | None = None, export: ExportChoice | None = None
    ) -> Remembered:
        """Remember what is given beside the rest; a disk that says no is no error."""
        given = {"person": person, "theme": theme, "export": export}
        return self._keep({name: value for name, value in given.items() if value is not None})

    def remember_place(self, person: str, place: Place) -> Remembered:
        """Remember where a person is now."""
        return self._keep({"places": {**self.read().places, person: place}})

    def _keep(self, changes: dict[str, Any]) -> Remembered:
        before = self.read()
        after = msgspec.structs.replace(before, **changes)
        if after != before:
            files.keep(self._path, msgspec.json.encode(after), root=self._project.root)
        return after
