"""Small immutable classes that take little time to make.

Most of a program's start is making classes, and a frozen dataclass is among the dearest: six of its
methods are compiled for it alone. There are dozens of them before the first frame.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(class_: type[T]) -> type[T]:
    """Make a class a dataclass with slots that nobody changes, of which ``__init__`` is compiled.

    It is equal to one of the same class that says the same. That none is changed the type checker
    sees to.
    """
    made: Any = dataclass(slots=True, eq=False, repr=False)(class_)
    made.__eq__, made.__hash__, made.__repr__ = _is_equal, _hash, _describe
    return made  # type: ignore[no-any-return]


def _said(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, name) for name in self.__match_args__])


def _is_equal(self: Any, other: object) -> bool:
    return _said(self) == _said(other) if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_said(self))


def _describe(self: Any) -> str:
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({fields})"
