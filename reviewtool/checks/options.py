"""Options of checks that have none."""

from __future__ import annotations

from collections.abc import Mapping

from reviewtool.errors import InputError


def refuse(check: str, options: Mapping[str, object]) -> None:
    """Raise InputError when there are options; ``check`` is the name of the check they were meant for."""
    if options:
        raise InputError(f"The check {check!r} takes no option {min(options)!r}; remove it from reviewtool.toml.")
