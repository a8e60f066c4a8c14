"""JSON from outside, read so strictly that every reader reads the same."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Final

from pleno.domain.chain import Json
from pleno.domain.errors import PlenoError
from pleno.importers.limits import MAX_JSON, MAX_JSON_DEPTH, shown_outside, too_large

_COPY_AGAIN: Final = "Salin ulang berkas dari sumbernya."
# Also matches a string that does not end, so that a search never starts anew inside one.
_STRING: Final = re.compile(rb'"(?:[^"\\]++|\\(?:.|\Z))*+(?:"|\Z)', re.DOTALL)
_BRACKET: Final = re.compile(rb"[\[\]{}]")
_LARGEST_LITERAL: Final = 18
"""Digits of an integer; more is no figure, and slow to read."""


def parse_strict(data: bytes, place: str, title: str) -> Json:
    """The value of a JSON text; `place` and `title` are what its refusals say.

    PlenoError for anything but UTF-8, for doubled keys, NaN, Infinity, -0, huge integers, lone surrogates, nesting
    beyond 20 levels and more than 1 MB.
    """
    if len(data) > MAX_JSON:
        raise too_large(place, len(data), MAX_JSON)
    try:
        text = data.decode("utf-8")
        _check_depth(data)
        value = json.loads(
            text, parse_constant=_refuse_constant, parse_int=_parse_int, object_pairs_hook=_object_without_doubles
        )
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        raise PlenoError(title, f"{place} bukan teks UTF-8.", _COPY_AGAIN) from error
    except UnicodeEncodeError as error:
        raise PlenoError(title, f"{place} memuat karakter yang rusak.", _COPY_AGAIN) from error
    except json.JSONDecodeError as error:
        message = f"{place} bukan JSON yang utuh (baris {error.lineno}, kolom {error.colno})."
        raise PlenoError(title, message, _COPY_AGAIN) from error
    except RecursionError as error:
        raise PlenoError(title, f"{place} bersarang terlalu dalam.", _COPY_AGAIN) from error
    except ValueError as error:
        raise PlenoError(title, f"{place} {error}.", _COPY_AGAIN) from error
    return value


def _check_depth(data: bytes) -> None:
    depth = 0
    for bracket in _BRACKET.findall(_STRING.sub(b"", data)):
        depth += 1 if bracket in b"[{" else -1
        if depth > MAX_JSON_DEPTH:
            raise ValueError(f"bersarang lebih dari {MAX_JSON_DEPTH} tingkat")


def _refuse_constant(name: str) -> Json:
    raise ValueError(f"memuat {name}, yang bukan angka")


def _parse_int(literal: str) -> int:
    if literal == "-0" or len(literal) > _LARGEST_LITERAL:
        raise ValueError(f"memuat angka yang tidak baku ({shown_outside(literal, 20)})")
    return int(literal)


def _object_without_doubles(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    value = dict(pairs)
    if len(value) < len(pairs):
        doubled = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise ValueError(f'memuat kunci "{shown_outside(doubled, 40)}" dua kali')
    return value
