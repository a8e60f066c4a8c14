"""The tables of a workspace: its journal, one fact about itself, and one table per kind of record.

STRICT and CHECK stand behind the border of the importers and behind `apply`; they hold for
everybody who writes, also by hand. No JSON function appears anywhere: SQLite refuses one in a
CHECK once `trusted_schema` is off (TRUST.md section 3).
"""

from typing import Final

from sqlalchemy import CheckConstraint, LargeBinary, Table
from sqlmodel import Field, SQLModel

from pleno.domain.box import Kotak
from pleno.domain.draft import Draft, KeptText
from pleno.domain.keberatan import Keberatan, Nihil
from pleno.domain.photo import Photo
from pleno.domain.pin import Pin, PinSecret
from pleno.domain.setting import Setting
from pleno.domain.state import (
    Absence,
    Answer,
    ContestChoice,
    Desa,
    Explanation,
    File,
    Kehadiran,
    Meeting,
    Pembetulan,
    PembetulanKind,
    PembetulanState,
    Person,
    Reading,
    Record,
    Seal,
    Settlement,
    Sheet,
    SheetStatus,
    Tps,
)
from pleno.store import box_tables as box_tables  # its tables join the same metadata
from pleno.store import keberatan_tables as keberatan_tables  # same
from pleno.store import photo_tables as photo_tables  # same
from pleno.store import pin_tables as pin_tables  # same
from pleno.store import roster_tables as roster_tables  # likewise
from pleno.store import setting_tables as setting_tables  # same
from pleno.store.columns import (
    STRICT,
    at_least,
    figure,
    filled,
    json_list,
    json_object,
    one_of,
    sha256,
    text_column,
)


class MetaRow(SQLModel, table=True):
    """What the database says about itself; `genesis` is the text the chain starts from."""

    __tablename__ = "meta"
    __table_args__ = (filled("name"), STRICT)
    name: str = text_column(key=True)
    value: str = text_column()


class JournalRow(SQLModel, table=True):
    """One entry: the truth, of which every other table is a replay."""

    __tablename__ = "journal"
    __table_args__ = (
        at_least(1, "seq"),
        CheckConstraint("length(prev) = 32 AND length(hash) = 32"),
        json_object("body"),
        STRICT,
    )
    seq: int = Field(primary_key=True)
    prev: bytes = Field(sa_type=LargeBinary)
    body: str = text_column()
    hash: bytes = Field(sa_type=LargeBinary, unique=True)


class ReadingRow(SQLModel, table=True):
    """One paper: `figures` and `rivals` are JSON objects by canonical row name, `waiting` and `writers` lists."""

    __tablename__ = "reading"
    __table_args__ = (
        filled("contest", "source"),
        json_object("figures", "rivals"),
        json_list("waiting", "writers"),
        at_least(0, "seq"),
        STRICT,
    )
    tps: str = text_column(key=True, of="tps.code")
    contest: str = text_column(key=True)
    source: str = text_column(key=True)
    figures: str = text_column()
    waiting: str = text_column()
    rivals: str = text_column()
    writers: str = text_column()
    ts: str | None = text_column(null=True)
    seq: int


class PembetulanRow(SQLModel, table=True):
    """One proposed correction and what became of it."""

    __tablename__ = "pembetulan"
    __table_args__ = (
        filled("contest", "row", "source", "reason", "proposer"),
        at_least(1, "seq", "answered"),
        one_of("kind", PembetulanKind),
        one_of("state", PembetulanState),
        figure("before", "after"),
        json_list("witness"),
        STRICT,
    )
    tps: str = text_column(of="tps.code")
    contest: str = text_column()
    seq: int = Field(primary_key=True)
    row: str = text_column()
    kind: str = text_column()
    source: str = text_column()
    before: str | None = text_column(null=True)
    after: str | None = text_column(null=True)
    reason: str = text_column()
    note: str = text_column()
    proposer: str = text_column()
    witness: str = text_column()
    state: str = text_column()
    confirmer: str | None = text_column(null=True)
    answered: int | None


class AnswerRow(SQLModel, table=True):
    """One answer about a copy that differs from the plano."""

    __tablename__ = "answer"
    __table_args__ = (filled("contest", "source", "row"), figure("figure"), at_least(1, "seq"), STRICT)
    tps: str = text_column(key=True, of="tps.code")
    contest: str = text_column(key=True)
    source: str = text_column(key=True)
    row: str = text_column(key=True)
    figure: str | None = text_column(null=True)
    note: str = text_column()
    seq: int


class AbsenceRow(SQLModel, table=True):
    """One holder of a copy who was not there when a TPS was read."""

    __tablename__ = "absence"
    __table_args__ = (filled("contest", "source"), at_least(1, "seq"), STRICT)
    tps: str = text_column(key=True, of="tps.code")
    contest: str = text_column(key=True)
    source: str = text_column(key=True)
    seq: int


class ExplanationRow(SQLModel, table=True):
    """One broken hard rule resolved in writing."""

    __tablename__ = "explanation"
    __table_args__ = (filled("contest", "rule"), at_least(1, "seq"), STRICT)
    tps: str = text_column(key=True, of="tps.code")
    contest: str = text_column(key=True)
    rule: str = text_column(key=True)
    numbers: str = text_column(key=True)
    note: str = text_column()
    by: str = text_column()
    seq: int


class SettlementRow(SQLModel, table=True):
    """One TPS x contest that is SAH."""

    __tablename__ = "settlement"
    __table_args__ = (filled("contest"), at_least(1, "seq"), STRICT)
    tps: str = text_column(key=True, of="tps.code")
    contest: str = text_column(key=True)
    reader: str | None = text_column(null=True)
    by: str = text_column()
    seq: int


class SealRow(SQLModel, table=True):
    """One seal."""

    __tablename__ = "seal"
    __table_args__ = (
        at_least(1, "number", "seq", "read_back"),
        CheckConstraint("angka_saksi <> '' AND angka_saksi NOT GLOB '*[^0-9]*'"),
        STRICT,
    )
    number: int = Field(primary_key=True)
    seq: int
    angka_saksi: str = text_column()
    read_back: int | None


class SheetRow(SQLModel, table=True):
    """One exported set."""

    __tablename__ = "sheet"
    __table_args__ = (
        at_least(1, "number", "replaces", "seq"),
        filled("contest"),
        sha256("manifest_sha256"),
        one_of("status", SheetStatus),
        STRICT,
    )
    number: int = Field(primary_key=True)
    contest: str = text_column()
    folder: str = text_column()
    manifest_sha256: str = text_column()
    status: str = text_column()
    replaces: int | None
    seq: int


class FileRow(SQLModel, table=True):
    """One imported file, once per source and contest."""

    __tablename__ = "file"
    __table_args__ = (sha256("sha256"), filled("source", "name", "contest", "format"), at_least(1, "seq"), STRICT)
    sha256: str = text_column(key=True)
    source: str = text_column(key=True)
    name: str = text_column(key=True)
    contest: str = text_column(key=True)
    format: str = text_column()
    seq: int


class DraftRow(SQLModel, table=True):
    """The paper that is being typed; a scratch pad outside the journal, gone when the paper is an entry."""

    __tablename__ = "draft"
    __table_args__ = (
        filled("contest", "source", "by", "at"),
        json_object("figures"),
        json_list("accepted"),
        CheckConstraint("typing NOT GLOB '*[^0-9]*'"),
        STRICT,
    )
    tps: str = text_column(key=True, of="tps.code")
    contest: str = text_column(key=True)
    source: str = text_column(key=True)
    figures: str = text_column()
    accepted: str = text_column()
    row: str = text_column()
    typing: str = text_column()
    note: str = text_column()
    by: str = text_column()
    at: str = text_column()


class KeptTextRow(SQLModel, table=True):
    """A line being written in a dialog; a scratch pad outside the journal, gone when the line was used."""

    __tablename__ = "kept_text"
    __table_args__ = (filled("purpose", "text"), STRICT)
    purpose: str = text_column(key=True)
    text: str = text_column()


META: Final[Table] = SQLModel.metadata.tables["meta"]
JOURNAL: Final[Table] = SQLModel.metadata.tables["journal"]
TABLES: Final[dict[type[Record], Table]] = {
    kind: SQLModel.metadata.tables[name]
    for kind, name in (
        (Meeting, "meeting"), (Desa, "desa"), (Tps, "tps"), (ContestChoice, "choice"), (Person, "person"),
        (Kehadiran, "kehadiran"), (Reading, "reading"), (Pembetulan, "pembetulan"), (Answer, "answer"),
        (Explanation, "explanation"), (Settlement, "settlement"), (Seal, "seal"), (Sheet, "sheet"), (File, "file"),
        (Keberatan, "keberatan"), (Nihil, "nihil"), (Pin, "pin"), (Photo, "photo"), (Setting, "setting"),
        (Kotak, "kotak"), (Absence, "absence"),
        (Draft, "draft"), (KeptText, "kept_text"), (PinSecret, "pin_secret"),
    )
}  # fmt: skip
"""Where each kind of record is kept; all but what is being typed and PIN secrets come out of a replay (`RECORDS`)."""
