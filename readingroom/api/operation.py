"""An operation of the API as a value: what it takes, what it gives, and how it is answered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeAlias, TypeVar, cast

from press.errors import UsageError
from press.record import Json
from readingroom.answer import Answer
from readingroom.library import Library
from storage.catalogue import Searcher

Value = TypeVar("Value")

Schema: TypeAlias = "dict[str, Json]"
"""A JSON Schema, as OpenAPI 3.1 takes it."""

MAX_CHARACTERS = 200
"""Of any parameter that does not say otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parameter(Generic[Value]):
    """A part of a path, or of a query: `read` makes its value, or raises UsageError.

    `default` is the value where it is not given; None for most.
    """

    name: str
    meaning: str
    schema: Schema
    read: Callable[[str], Value]
    place: Literal["path", "query"] = "query"
    is_required: bool = False
    default: Value | None = None
    max_characters: int = MAX_CHARACTERS


class Asked:
    """The parameters of one request, read."""

    def __init__(self, values: Mapping[Parameter[Any], object]) -> None:
        self._values = values

    def get(self, parameter: Parameter[Value]) -> Value | None:
        """Its value, or its default."""
        return cast("Value | None", self._values.get(parameter, parameter.default))

    def need(self, parameter: Parameter[Value]) -> Value:
        """Its value; for a parameter that is required or has a default."""
        value = self.get(parameter)
        if value is None:
            raise UsageError(f'"{parameter.name}" is missing: give it')
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A GET. `gives` is the name of a schema, or the media types of what is no JSON of ours.

    `statuses` are those beside 200, 304 and what the shield and the library may answer anywhere.
    """

    path: str
    name: str
    summary: str
    gives: str | tuple[str, ...]
    answer: Callable[[Library, Searcher, Asked], Answer]
    parameters: tuple[Parameter[Any], ...] = ()
    statuses: tuple[int, ...] = ()


def read_parameters(
    operation: Operation, path: Mapping[str, str], query: Sequence[tuple[str, str]]
) -> Asked:
    """What was asked. Raises UsageError for a name that there is not, or twice, or a bad value."""
    known = {one.name: one for one in operation.parameters if one.place == "query"}
    values: dict[Parameter[Any], object] = {}
    for name, text in query:
        parameter = known.get(name)
        if parameter is None:
            names = ", ".join(known) or "none"
            raise UsageError(f"there is no parameter {name[:40]!a}: there are {names}")
        if parameter in values:
            raise UsageError(f'"{name}" is given twice: give it once')
        values[parameter] = _read(parameter, text)
    for parameter in operation.parameters:
        if parameter.place == "path":
            values[parameter] = _read(parameter, path[parameter.name])
        elif parameter.is_required and parameter not in values:
            raise UsageError(f'"{parameter.name}" is missing: give it')
    return Asked(values)


def _read(parameter: Parameter[Value], text: str) -> Value:
    if len(text) > parameter.max_characters:
        raise UsageError(
            f'"{parameter.name}" has more than {parameter.max_characters} characters: shorten it'
        )
    return parameter.read(text)
