"""The table of the settings in force."""

from sqlmodel import SQLModel

from pleno.store.columns import STRICT, at_least, filled, text_column


class SettingRow(SQLModel, table=True):
    """One setting, and what pleno.toml last said of it."""

    __tablename__ = "setting"
    __table_args__ = (filled("name"), at_least(1, "seq"), STRICT)
    name: str = text_column(key=True)
    value: str = text_column()
    proposed: str = text_column()
    seq: int
