"""What is worked out once and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

_Owner = TypeVar("_Owner")
_Value = TypeVar("_Value")


class once(Generic[_Owner, _Value]):  # noqa: N801 - it reads as a word where it stands
    """A property worked out when first asked for, like :func:`functools.cached_property` but without its lock.

    The lock (before Python 3.12) costs more than most of what a segment's standing has to work out. Where
    two threads ask at the same time both work it out, and it is the same.
    """

    def __init__(self, function: Callable[[_Owner], _Value]) -> None:
        self.function = function
        self.name = function.__name__
        self.__doc__ = function.__doc__

    @overload
    def __get__(self, owner: None, kind: type[Any]) -> once[_Owner, _Value]: ...

    @overload
    def __get__(self, owner: _Owner, kind: type[Any]) -> _Value: ...

    def __get__(self, owner: _Owner | None, kind: type[Any]) -> once[_Owner, _Value] | _Value:
        if owner is None:
            return self
        value = self.function(owner)
        setattr(owner, self.name, value)
        return value
