"""The tables of the sheet of keberatan and kejadian khusus.

`tps` is empty where a line concerns the whole contest, so it refers to no row of the roster.
"""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from pleno.domain.keberatan import KeberatanKind, KeberatanState
from pleno.store.columns import STRICT, at_least, figure, filled, one_of, text_column


def _tps_or_whole() -> CheckConstraint:
    """13 digits, or empty."""
    return CheckConstraint("tps = '' OR (length(tps) = 13 AND tps NOT GLOB '*[^0-9]*')")


class KeberatanRow(SQLModel, table=True):
    """One keberatan or kejadian khusus and what became of it."""

    __tablename__ = "keberatan"
    __table_args__ = (
        _tps_or_whole(),
        filled("contest", "pengaju", "note"),
        at_least(1, "seq", "answered"),
        one_of("kind", KeberatanKind),
        one_of("state", KeberatanState),
        figure("figure"),
        STRICT,
    )
    tps: str = text_column()
    contest: str = text_column()
    seq: int = Field(primary_key=True)
    kind: str = text_column()
    pengaju: str = text_column()
    row: str = text_column()
    source: str = text_column()
    figure: str | None = text_column(null=True)
    note: str = text_column()
    state: str = text_column()
    answer: str = text_column()
    answerer: str | None = text_column(null=True)
    answered: int | None


class NihilRow(SQLModel, table=True):
    """Nothing happened at a TPS, or in the whole contest."""

    __tablename__ = "nihil"
    __table_args__ = (_tps_or_whole(), filled("contest", "by"), at_least(1, "seq"), STRICT)
    tps: str = text_column(key=True)
    contest: str = text_column(key=True)
    by: str = text_column()
    seq: int
