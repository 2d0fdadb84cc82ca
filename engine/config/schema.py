"""Declares what can be set, and checks it.

A value that has the type and range that it should is taken as it is. What has to be converted, or
refused with a reason, is pydantic's, which is imported for that alone: it takes a fifth of a start.
"""

from __future__ import annotations

import inspect
import operator
import re
from collections.abc import Callable, Collection, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Literal,
    NamedTuple,
    Self,
    Union,
    dataclass_transform,
)
from typing import get_args as arguments_of
from typing import get_origin as origin_of

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

Check = Callable[[Any], Any]
"""Returns the value that is meant by another, or raises ``ValueError``."""

COMPARISONS = {"ge": operator.ge, "gt": operator.gt, "le": operator.le, "lt": operator.lt}
WHOLE = re.compile(r"-?[0-9]{1,18}")
NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")


class Field(NamedTuple):
    """What is known of one setting."""

    default: Any
    description: str
    bounds: Mapping[str, float]
    """The limits that there are, by pydantic's names: ge, gt, le and lt."""
    read: Check | None = None
    """Reads what a file may say in another form, before the type is looked at."""
    check: Check | None = None
    """Checks a value that has the right type."""
    annotation: Any = None

    def make_default(self) -> Any:
        """Return the default, a new one where it could be changed."""
        return {} if self.default == {} else self.default


def setting(
    *,
    default: Any,
    description: str,
    read: Check | None = None,
    check: Check | None = None,
    **bounds: float,
) -> Any:
    """Declare a setting of a ``Record``; see ``Field`` for what is said of it."""
    return Field(default, description, bounds, read, check)


class _NotPlain(Exception):  # noqa: N818  # no error: pydantic says whether it is one
    """A value has to be converted or refused."""


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(setting,))
class Record:
    """Values under names, checked, and never changed; it has what we use of a pydantic model."""

    model_fields: ClassVar[Mapping[str, Field]] = {}
    """What can be set, by name."""
    model_fields_set: frozenset[str]
    """The names of what was set."""

    def __init_subclass__(cls) -> None:
        """Take in the settings that the class declares, after those of its bases."""
        own = {
            name: declared._replace(annotation=annotation)
            for name, annotation in inspect.get_annotations(cls, eval_str=True).items()
            if isinstance(declared := vars(cls).get(name), Field)
        }
        inherited: dict[str, Field] = {}
        for base in reversed(cls.__bases__):
            inherited |= getattr(base, "model_fields", {})
        cls.model_fields = inherited | own

    def __init__(self, /, **given: Any) -> None:
        """Set what is given, and leave the rest at its default.

        Raises:
            ValueError: there is no such setting, or it does not take that; ``problems`` says why.
        """
        fields = self.model_fields
        try:
            values = {name: _plain(fields[name], value) for name, value in given.items()}
        except (KeyError, ValueError, OverflowError, _NotPlain):
            checked = pydantic_model(type(self)).model_validate(given)  # type: ignore[arg-type]
            values = {name: getattr(checked, name) for name in checked.model_fields_set}
        for name in fields:
            if name not in values:
                values[name] = fields[name].make_default()
        vars(self).update(values, model_fields_set=frozenset(given))

    @classmethod
    def model_validate(cls, given: Mapping[str, Any]) -> Self:
        """Return a record with what is given, as the constructor does."""
        return cls(**given)

    def model_dump(self, *, exclude: Collection[str] = ()) -> dict[str, Any]:
        """Return all values by name, in the order in which they are declared."""
        values = vars(self)
        return {name: values[name] for name in self.model_fields if name not in exclude}

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """Return a copy with other values, which are taken as they are."""
        copy = object.__new__(type(self))
        names = self.model_fields_set | update.keys()
        vars(copy).update(vars(self), **update, model_fields_set=names)
        return copy

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse.

        Raises:
            AttributeError: always.
        """
        raise AttributeError(f"{type(self).__name__} is never changed; {name} is set in a copy.")

    def __eq__(self, other: object) -> bool:
        """Whether another has the same values."""
        if type(other) is not type(self):
            return NotImplemented
        return self.model_dump() == other.model_dump()

    def __hash__(self) -> int:
        """Return a hash of the values.

        Raises:
            TypeError: one of them is a table.
        """
        return hash(tuple(self.model_dump().values()))

    def __repr__(self) -> str:
        """Return the values that were set."""
        said = (f"{name}={vars(self)[name]!r}" for name in sorted(self.model_fields_set))
        return f"{type(self).__name__}({', '.join(said)})"


# --- what is taken as it is --------------------------------------------------------------------


def _plain(declared: Field, value: Any) -> Any:
    """Return the value of a setting.

    Raises:
        _NotPlain: it may be wrong.
        ValueError: it is wrong.
    """
    if declared.read is not None:
        value = declared.read(value)
    value = _of_type(declared.annotation, value)
    if value is not None:
        for name, limit in declared.bounds.items():
            if not COMPARISONS[name](value, limit):
                raise _NotPlain
    return value if declared.check is None else declared.check(value)


def _of_type(kind: Any, value: Any) -> Any:
    """Return a value that has a type; numbers may be written as text."""
    given = type(value)
    if given is kind or kind is Any:
        return value
    if kind is float and (given is int or (given is str and NUMBER.fullmatch(value))):
        return float(value)
    if kind is int and given is str and WHOLE.fullmatch(value):
        return int(value)
    match origin_of(kind), arguments_of(kind):
        case origin, (inner, last) if origin in (Union, UnionType) and last is NoneType:
            return None if value is None else _of_type(inner, value)
        case origin, words if origin is Literal and given is str and value in words:
            return value
        case origin, (inner, _) if origin is tuple and given in (list, tuple):
            return tuple(_of_type(inner, each) for each in value)
        case origin, (_, inner) if origin is dict and given is dict:
            if all(type(key) is str for key in value):
                return {key: _of_type(inner, each) for key, each in value.items()}
    raise _NotPlain


# --- what is converted, or refused with a reason -----------------------------------------------


@cache
def pydantic_model(record: type[Record]) -> type[BaseModel]:
    """Return the pydantic model that takes what a record takes."""
    import pydantic

    def in_its_words(declared: Field) -> Any:
        annotation: Any = declared.annotation
        if declared.check is not None:
            annotation = Annotated[annotation, pydantic.AfterValidator(declared.check)]
        if declared.read is not None:
            annotation = Annotated[annotation, pydantic.BeforeValidator(declared.read)]
        bounds: dict[str, Any] = {**declared.bounds}
        return annotation, pydantic.Field(default=declared.default, **bounds)

    fields = {name: in_its_words(each) for name, each in record.model_fields.items()}
    settings = pydantic.ConfigDict(extra="forbid")
    return pydantic.create_model(record.__name__, __config__=settings, **fields)


def problems(error: ValueError) -> list[ErrorDetails]:
    """Return all that is wrong with what a record was to be made of."""
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        raise TypeError("this is no error of a record") from error
    return error.errors()


def reason(error: ValueError) -> str:
    """Return why a record could not be made, without a full stop."""
    return problems(error)[0]["msg"].removeprefix("Value error, ").removesuffix(".")
