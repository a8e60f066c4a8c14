"""The tables of a workspace: its journal, one fact about itself, and one table per kind of record.

STRICT and CHECK stand behind the border of the importers and behind `apply`; they hold for
everybody who writes, also by hand. No JSON function appears anywhere: SQLite refuses one in a
CHECK once `trusted_schema` is off (TRUST.md section 3).
"""

from typing import Final

from sqlalchemy import DDL, CheckConstraint, Connection, LargeBinary, Table, event
from sqlmodel import Field, SQLModel

from pleno.domain.entry import Role
from pleno.domain.state import (
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
    PlenoState,
    Reading,
    Record,
    Seal,
    Settlement,
    Sheet,
    SheetStatus,
    Tps,
)
from pleno.store.columns import (
    at_least,
    digits,
    figure,
    filled,
    json_list,
    json_object,
    one_of,
    sha256,
    text_column,
    truth,
)

SCHEMA_VERSION: Final = 1
"""`PRAGMA user_version` of the databases this program writes."""


_STRICT: Final = {"sqlite_strict": True}


class MetaRow(SQLModel, table=True):
    """What the database says about itself; `genesis` is the text the chain starts from."""

    __tablename__ = "meta"
    __table_args__ = (filled("name"), _STRICT)
    name: str = text_column(key=True)
    value: str = text_column()


class JournalRow(SQLModel, table=True):
    """One entry: the truth, of which every other table is a replay."""

    __tablename__ = "journal"
    __table_args__ = (
        at_least(1, "seq"),
        CheckConstraint("length(prev) = 32 AND length(hash) = 32"),
        json_object("body"),
        _STRICT,
    )
    seq: int = Field(primary_key=True)
    prev: bytes = Field(sa_type=LargeBinary)
    body: str = text_column()
    hash: bytes = Field(sa_type=LargeBinary, unique=True)


class MeetingRow(SQLModel, table=True):
    __tablename__ = "meeting"
    __table_args__ = (
        digits("kecamatan", 6),
        one_of("state", PlenoState),
        truth("practice"),
        json_object("names"),
        _STRICT,
    )
    kecamatan: str = text_column(key=True)
    state: str = text_column()
    practice: int
    names: str = text_column()


class DesaRow(SQLModel, table=True):
    __tablename__ = "desa"
    __table_args__ = (digits("code", 10), filled("name"), _STRICT)
    code: str = text_column(key=True)
    name: str = text_column()


class TpsRow(SQLModel, table=True):
    __tablename__ = "tps"
    __table_args__ = (
        digits("code", 13),
        at_least(0, "number", "dpt_l", "dpt_p", "dpt_j"),
        filled("kind"),
        json_list("contests"),
        _STRICT,
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
    __tablename__ = "choice"
    __table_args__ = (filled("contest"), at_least(1, "number"), truth("is_kolom_kosong"), _STRICT)
    contest: str = text_column(key=True)
    number: int = Field(primary_key=True)
    name: str = text_column()
    sirekap_id: str | None = text_column(null=True)
    is_kolom_kosong: int


class PersonRow(SQLModel, table=True):
    __tablename__ = "person"
    __table_args__ = (filled("id"), one_of("role", Role), _STRICT)
    id: str = text_column(key=True)
    name: str = text_column()
    role: str = text_column()


class KehadiranRow(SQLModel, table=True):
    __tablename__ = "kehadiran"
    __table_args__ = (filled("id"), truth("present"), _STRICT)
    id: str = text_column(key=True)
    name: str = text_column()
    stands_for: str = text_column()
    mandate: str = text_column()
    present: int


class ReadingRow(SQLModel, table=True):
    """One paper: `figures` and `rivals` are JSON objects by canonical row name, `waiting` and `writers` lists."""

    __tablename__ = "reading"
    __table_args__ = (
        filled("contest", "source"),
        json_object("figures", "rivals"),
        json_list("waiting", "writers"),
        at_least(0, "seq"),
        _STRICT,
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
    __tablename__ = "pembetulan"
    __table_args__ = (
        filled("contest", "row", "source", "reason", "proposer"),
        at_least(1, "seq", "answered"),
        one_of("kind", PembetulanKind),
        one_of("state", PembetulanState),
        figure("before", "after"),
        json_list("witness"),
        _STRICT,
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
    __tablename__ = "answer"
    __table_args__ = (filled("contest", "source", "row"), figure("figure"), at_least(1, "seq"), _STRICT)
    tps: str = text_column(key=True, of="tps.code")
    contest: str = text_column(key=True)
    source: str = text_column(key=True)
    row: str = text_column(key=True)
    figure: str | None = text_column(null=True)
    note: str = text_column()
    seq: int


class ExplanationRow(SQLModel, table=True):
    __tablename__ = "explanation"
    __table_args__ = (filled("contest", "rule"), at_least(1, "seq"), _STRICT)
    tps: str = text_column(key=True, of="tps.code")
    contest: str = text_column(key=True)
    rule: str = text_column(key=True)
    numbers: str = text_column(key=True)
    note: str = text_column()
    by: str = text_column()
    seq: int


class SettlementRow(SQLModel, table=True):
    __tablename__ = "settlement"
    __table_args__ = (filled("contest"), at_least(1, "seq"), _STRICT)
    tps: str = text_column(key=True, of="tps.code")
    contest: str = text_column(key=True)
    reader: str | None = text_column(null=True)
    by: str = text_column()
    seq: int


class SealRow(SQLModel, table=True):
    __tablename__ = "seal"
    __table_args__ = (
        at_least(1, "number", "seq", "read_back"),
        CheckConstraint("angka_saksi <> '' AND angka_saksi NOT GLOB '*[^0-9]*'"),
        _STRICT,
    )
    number: int = Field(primary_key=True)
    seq: int
    angka_saksi: str = text_column()
    read_back: int | None


class SheetRow(SQLModel, table=True):
    __tablename__ = "sheet"
    __table_args__ = (
        at_least(1, "number", "replaces", "seq"),
        filled("contest"),
        sha256("manifest_sha256"),
        one_of("status", SheetStatus),
        _STRICT,
    )
    number: int = Field(primary_key=True)
    contest: str = text_column()
    folder: str = text_column()
    manifest_sha256: str = text_column()
    status: str = text_column()
    replaces: int | None
    seq: int


class FileRow(SQLModel, table=True):
    __tablename__ = "file"
    __table_args__ = (sha256("sha256"), filled("source", "name", "format"), at_least(1, "seq"), _STRICT)
    sha256: str = text_column(key=True)
    source: str = text_column(key=True)
    name: str = text_column()
    format: str = text_column()
    seq: int


META: Final[Table] = SQLModel.metadata.tables["meta"]
JOURNAL: Final[Table] = SQLModel.metadata.tables["journal"]
TABLES: Final[dict[type[Record], Table]] = {
    kind: SQLModel.metadata.tables[name]
    for kind, name in (
        (Meeting, "meeting"), (Desa, "desa"), (Tps, "tps"), (ContestChoice, "choice"), (Person, "person"),
        (Kehadiran, "kehadiran"), (Reading, "reading"), (Pembetulan, "pembetulan"), (Answer, "answer"),
        (Explanation, "explanation"), (Settlement, "settlement"), (Seal, "seal"), (Sheet, "sheet"), (File, "file"),
    )
}  # fmt: skip
"""Where the records of each kind are kept."""

_TRIGGERS: Final = (
    "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'jejak hanya bertambah'); END",
    "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'jejak hanya bertambah'); END",
    # The NOT EXISTS of the hash: an INSERT OR REPLACE that carries an old row's hash would else
    # delete that row past the trigger above, since recursive_triggers is off in other programs.
    "CREATE TRIGGER journal_in_order BEFORE INSERT ON journal "
    "WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal) "
    "OR EXISTS (SELECT 1 FROM journal WHERE hash = NEW.hash) "
    "OR (NEW.seq > 1 AND NEW.prev <> (SELECT hash FROM journal WHERE seq = NEW.seq - 1)) "
    "BEGIN SELECT RAISE(ABORT, 'jejak harus berurutan'); END",
)
for _trigger in _TRIGGERS:
    _statement = DDL(_trigger)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
    event.listen(JOURNAL, "after_create", _statement.execute_if(dialect="sqlite"))


def create_tables(connection: Connection) -> None:
    """Write the whole schema, triggers included, into an empty database."""
    SQLModel.metadata.create_all(connection, tables=[META, JOURNAL, *TABLES.values()], checkfirst=False)
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
