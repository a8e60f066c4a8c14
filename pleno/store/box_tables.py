"""The table of the boxes."""

from sqlmodel import SQLModel

from pleno.store.columns import STRICT, at_least, filled, text_column, truth


class KotakRow(SQLModel, table=True):
    """One box of one TPS x contest."""

    __tablename__ = "kotak"
    __table_args__ = (filled("contest"), truth("opened"), truth("intact"), at_least(1, "seq"), STRICT)
    tps: str = text_column(key=True, of="tps.code")
    contest: str = text_column(key=True)
    opened: int
    intact: int
    note: str = text_column()
    route: str = text_column()
    seq: int
