"""The table of photos tied to their TPS."""

from sqlmodel import SQLModel

from pleno.store.columns import STRICT, at_least, filled, sha256, text_column


class PhotoRow(SQLModel, table=True):
    """One file of data/foto and what it held when it was linked."""

    __tablename__ = "photo"
    __table_args__ = (
        filled("contest", "name"), sha256("sha256"), at_least(1, "size", "page", "seq"), STRICT,
    )  # fmt: skip
    tps: str = text_column(of="tps.code")
    contest: str = text_column()
    name: str = text_column(key=True)
    sha256: str = text_column()
    size: int
    page: int | None
    seq: int
