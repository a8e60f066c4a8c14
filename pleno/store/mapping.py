"""A record as a row and back, driven by the fields of the record's class.

Every field becomes one column of the same name, in the same order. What SQLite has no type for
becomes TEXT: a mapping or a list is JSON with sorted keys and no spaces, so that equal records
are equal rows.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final, Generic, NamedTuple, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

from pleno.domain.figures import Figure, from_json, to_json
from pleno.domain.state import Record

Cell: TypeAlias = str | int | None
"""What one column of a row holds."""

R = TypeVar("R", bound=Record)


class Codec(NamedTuple):
    """How a field of one type is kept in its column."""

    encode: Callable[[Any], Cell]
    decode: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


def _to_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=to_json)


def _figure_to_text(figure: Figure) -> str | None:
    return None if figure is None else str(to_json(figure))


def _figure_of_text(text: str | None) -> Figure:
    return from_json(int(text) if text is not None and text.isdecimal() else text)


def _figures_of_text(text: str) -> dict[str, Figure]:
    return {row: from_json(figure) for row, figure in json.loads(text).items()}


_AS_IT_IS: Final = Codec(_same, _same)
_PLAIN: Final = (str, int, str | None, int | None)
_TRUTH: Final = Codec(int, bool)
_FIGURE: Final = Codec(_figure_to_text, _figure_of_text)
_FIGURES: Final = Codec(_to_text, _figures_of_text)
_OBJECT: Final = Codec(_to_text, json.loads)
_SET: Final = Codec(lambda names: _to_text(sorted(names)), lambda text: frozenset(json.loads(text)))
_TUPLE: Final = Codec(_to_text, lambda text: tuple(json.loads(text)))


def codec_of(hint: Any) -> Codec:
    """The codec of a field by its type. TypeError for a type no record has had yet."""
    if hint in _PLAIN:
        return _AS_IT_IS
    if hint is bool:
        return _TRUTH
    if hint == Figure:
        return _FIGURE
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Codec(lambda member: member.value, hint)
    origin = get_origin(hint)
    if origin is Mapping:
        return _FIGURES if get_args(hint)[1] == Figure else _OBJECT
    if origin is frozenset:
        return _SET
    if origin is tuple:
        return _TUPLE
    raise TypeError(f"no column for a field of type {hint}")


class Mapper(Generic[R]):
    """The columns of one kind of record."""

    columns: tuple[str, ...]
    """Names of the fields, in order."""

    def __init__(self, kind: type[R]) -> None:
        hints = get_type_hints(kind)
        self._kind = kind
        self.columns = tuple(field.name for field in dataclasses.fields(kind))
        codecs = [codec_of(hints[name]) for name in self.columns]
        self._encoders = [(name, codec.encode) for name, codec in zip(self.columns, codecs, strict=True)]
        self._decoders = [codec.decode for codec in codecs]

    def encode(self, record: R) -> tuple[Cell, ...]:
        """The row a record is kept as."""
        return tuple([encode(getattr(record, name)) for name, encode in self._encoders])

    def decode(self, row: tuple[Cell, ...]) -> R:
        """The record a row holds. ValueError, TypeError or AttributeError when it holds none."""
        return self._kind(*[decode(cell) for decode, cell in zip(self._decoders, row, strict=True)])
