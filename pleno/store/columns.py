"""The columns and CHECKs the tables are built of; each CHECK lets NULL pass, NOT NULL is the column's own."""

from enum import StrEnum
from typing import Any, Final

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

STRICT: Final = {"sqlite_strict": True}
"""The table option that makes SQLite keep to the declared types."""


def text_column(*, key: bool = False, null: bool = False, of: str | None = None) -> Any:
    """A TEXT column (STRICT knows no VARCHAR); `of` names the column it refers to."""
    if of is None:
        return Field(sa_type=Text, primary_key=key, nullable=null)
    return Field(sa_type=Text, primary_key=key, nullable=null, foreign_key=of)


def digits(column: str, length: int) -> CheckConstraint:
    """Exactly `length` digits."""
    return CheckConstraint(f"length({column}) = {length} AND {column} NOT GLOB '*[^0-9]*'")


def sha256(column: str) -> CheckConstraint:
    """64 hexadecimal digits, lower case."""
    return CheckConstraint(f"length({column}) = 64 AND {column} NOT GLOB '*[^0-9a-f]*'")


def filled(*columns: str) -> CheckConstraint:
    """Not the empty text."""
    return CheckConstraint(" AND ".join(f"{column} <> ''" for column in columns))


def one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    """One of the values of an enumeration."""
    listed = ", ".join(f"'{value.value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})")


def truth(column: str) -> CheckConstraint:
    """0 or 1."""
    return CheckConstraint(f"{column} IN (0, 1)")


def at_least(least: int, *columns: str) -> CheckConstraint:
    """No number below `least`."""
    return CheckConstraint(" AND ".join(f"({column} IS NULL OR {column} >= {least})" for column in columns))


def json_object(*columns: str) -> CheckConstraint:
    """JSON objects, by their first and last character."""
    return CheckConstraint(" AND ".join(f"{column} GLOB '{{*}}'" for column in columns))


def json_list(*columns: str) -> CheckConstraint:
    """JSON arrays, by their first and last character."""
    return CheckConstraint(" AND ".join(f"{column} GLOB '[[]*]'" for column in columns))


def figure(*columns: str) -> CheckConstraint:
    """A figure on its own: NULL = not read, 'x' = blank on paper, else digits."""
    return CheckConstraint(
        " AND ".join(
            f"({column} IS NULL OR {column} = 'x' OR ({column} <> '' AND {column} NOT GLOB '*[^0-9]*'))"
            for column in columns
        )
    )
