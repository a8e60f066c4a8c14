"""The tables of what a pleno starts from: the meeting, its region and roster, its choices and people."""

from sqlmodel import Field, SQLModel

from pleno.domain.entry import Role
from pleno.domain.state import PlenoState
from pleno.store.columns import (
    STRICT,
    at_least,
    digits,
    filled,
    json_list,
    json_object,
    one_of,
    text_column,
    truth,
)


class MeetingRow(SQLModel, table=True):
    """The workspace itself; one row."""

    __tablename__ = "meeting"
    __table_args__ = (
        digits("kecamatan", 6),
        one_of("state", PlenoState),
        truth("practice"),
        json_object("names"),
        STRICT,
    )
    kecamatan: str = text_column(key=True)
    state: str = text_column()
    practice: int
    names: str = text_column()


class DesaRow(SQLModel, table=True):
    """One desa."""

    __tablename__ = "desa"
    __table_args__ = (digits("code", 10), filled("name"), STRICT)
    code: str = text_column(key=True)
    name: str = text_column()


class TpsRow(SQLModel, table=True):
    """One TPS of the roster."""

    __tablename__ = "tps"
    __table_args__ = (
        digits("code", 13),
        at_least(0, "number", "dpt_l", "dpt_p", "dpt_j"),
        filled("kind"),
        json_list("contests"),
        STRICT,
    )
    code: str = text_column(key=True)
    desa: str = text_column(of="desa.code")
    number: int
    kind: str = text_column()
    dpt_l: int | None
    dpt_p: int | None
    dpt_j: int | None
    contests: str = text_column()


class ChoiceRow(SQLModel, table=True):
    """One choice of one contest."""

    __tablename__ = "choice"
    __table_args__ = (
        filled("contest"), at_least(1, "number"), truth("is_kolom_kosong"), at_least(0, "partai"), STRICT,
    )  # fmt: skip
    contest: str = text_column(key=True)
    number: int = Field(primary_key=True)
    name: str = text_column()
    sirekap_id: str | None = text_column(null=True)
    is_kolom_kosong: int
    partai: int = Field(primary_key=True)


class PersonRow(SQLModel, table=True):
    """Somebody who acts here."""

    __tablename__ = "person"
    __table_args__ = (filled("id"), one_of("role", Role), STRICT)
    id: str = text_column(key=True)
    name: str = text_column()
    role: str = text_column()


class KehadiranRow(SQLModel, table=True):
    """Somebody of the meeting who does not act here."""

    __tablename__ = "kehadiran"
    __table_args__ = (filled("id"), truth("present"), STRICT)
    id: str = text_column(key=True)
    name: str = text_column()
    stands_for: str = text_column()
    mandate: str = text_column()
    present: int
