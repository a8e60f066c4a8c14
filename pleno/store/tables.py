"""The tables of a workspace: its journal, one fact about itself, and one table per kind of record.

STRICT and CHECK stand behind the border of the importers and behind `apply`; they hold for
everybody who writes, also by hand. No JSON function appears anywhere: SQLite refuses one in a
CHECK once `trusted_schema` is off (TRUST.md section 3).
"""

from enum import StrEnum
from typing import Any, Final

from sqlalchemy import DDL, CheckConstraint, Connection, LargeBinary, Table, Text, event
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

SCHEMA_VERSION: Final = 1
"""`PRAGMA user_version` of the databases this program writes."""


def _text(*, key: bool = False, null: bool = False, of: str | None = None) -> Any:
    """A TEXT column (STRICT knows no VARCHAR); `of` names the column it refers to."""
    if of is None:
        return Field(sa_type=Text, primary_key=key, nullable=null)
    return Field(sa_type=Text, primary_key=key, nullable=null, foreign_key=of)


def _digits(column: str, length: int) -> CheckConstraint:
    return CheckConstraint(f"length({column}) = {length} AND {column} NOT GLOB '*[^0-9]*'")


def _sha256(column: str) -> CheckConstraint:
    return CheckConstraint(f"length({column}) = 64 AND {column} NOT GLOB '*[^0-9a-f]*'")


def _filled(*columns: str) -> CheckConstraint:
    return CheckConstraint(" AND ".join(f"{column} <> ''" for column in columns))


def _one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    listed = ", ".join(f"'{value.value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})")


def _truth(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} IN (0, 1)")


def _at_least(least: int, *columns: str) -> CheckConstraint:
    return CheckConstraint(" AND ".join(f"({column} IS NULL OR {column} >= {least})" for column in columns))


def _object(*columns: str) -> CheckConstraint:
    """JSON objects, by their first and last character."""
    return CheckConstraint(" AND ".join(f"{column} GLOB '{{*}}'" for column in columns))


def _list(*columns: str) -> CheckConstraint:
    """JSON arrays, by their first and last character."""
    return CheckConstraint(" AND ".join(f"{column} GLOB '[[]*]'" for column in columns))


def _figure(*columns: str) -> CheckConstraint:
    """A figure on its own: NULL = not read, 'x' = blank on paper, else digits."""
    return CheckConstraint(
        " AND ".join(
            f"({column} IS NULL OR {column} = 'x' OR ({column} <> '' AND {column} NOT GLOB '*[^0-9]*'))"
            for column in columns
        )
    )


_STRICT: Final = {"sqlite_strict": True}


class MetaRow(SQLModel, table=True):
    """What the database says about itself; `genesis` is the text the chain starts from."""

    __tablename__ = "meta"
    __table_args__ = (_filled("name"), _STRICT)
    name: str = _text(key=True)
    value: str = _text()


class JournalRow(SQLModel, table=True):
    """One entry: the truth, of which every other table is a replay."""

    __tablename__ = "journal"
    __table_args__ = (
        _at_least(1, "seq"),
        CheckConstraint("length(prev) = 32 AND length(hash) = 32"),
        _object("body"),
        _STRICT,
    )
    seq: int = Field(primary_key=True)
    prev: bytes = Field(sa_type=LargeBinary)
    body: str = _text()
    hash: bytes = Field(sa_type=LargeBinary, unique=True)


class MeetingRow(SQLModel, table=True):
    __tablename__ = "meeting"
    __table_args__ = (
        _digits("kecamatan", 6),
        _one_of("state", PlenoState),
        _truth("practice"),
        _object("names"),
        _STRICT,
    )
    kecamatan: str = _text(key=True)
    state: str = _text()
    practice: int
    names: str = _text()


class DesaRow(SQLModel, table=True):
    __tablename__ = "desa"
    __table_args__ = (_digits("code", 10), _filled("name"), _STRICT)
    code: str = _text(key=True)
    name: str = _text()


class TpsRow(SQLModel, table=True):
    __tablename__ = "tps"
    __table_args__ = (
        _digits("code", 13),
        _at_least(0, "number", "dpt_l", "dpt_p", "dpt_j"),
        _filled("kind"),
        _list("contests"),
        _STRICT,
    )
    code: str = _text(key=True)
    desa: str = _text(of="desa.code")
    number: int
    kind: str = _text()
    dpt_l: int | None
    dpt_p: int | None
    dpt_j: int | None
    contests: str = _text()


class ChoiceRow(SQLModel, table=True):
    __tablename__ = "choice"
    __table_args__ = (_filled("contest"), _at_least(1, "number"), _truth("is_kolom_kosong"), _STRICT)
    contest: str = _text(key=True)
    number: int = Field(primary_key=True)
    name: str = _text()
    sirekap_id: str | None = _text(null=True)
    is_kolom_kosong: int


class PersonRow(SQLModel, table=True):
    __tablename__ = "person"
    __table_args__ = (_filled("id"), _one_of("role", Role), _STRICT)
    id: str = _text(key=True)
    name: str = _text()
    role: str = _text()


class KehadiranRow(SQLModel, table=True):
    __tablename__ = "kehadiran"
    __table_args__ = (_filled("id"), _truth("present"), _STRICT)
    id: str = _text(key=True)
    name: str = _text()
    stands_for: str = _text()
    mandate: str = _text()
    present: int


class ReadingRow(SQLModel, table=True):
    """One paper: `figures` and `rivals` are JSON objects by canonical row name, `waiting` and `writers` lists."""

    __tablename__ = "reading"
    __table_args__ = (
        _filled("contest", "source"),
        _object("figures", "rivals"),
        _list("waiting", "writers"),
        _at_least(0, "seq"),
        _STRICT,
    )
    tps: str = _text(key=True, of="tps.code")
    contest: str = _text(key=True)
    source: str = _text(key=True)
    figures: str = _text()
    waiting: str = _text()
    rivals: str = _text()
    writers: str = _text()
    ts: str | None = _text(null=True)
    seq: int


class PembetulanRow(SQLModel, table=True):
    __tablename__ = "pembetulan"
    __table_args__ = (
        _filled("contest", "row", "source", "reason", "proposer"),
        _at_least(1, "seq", "answered"),
        _one_of("kind", PembetulanKind),
        _one_of("state", PembetulanState),
        _figure("before", "after"),
        _list("witness"),
        _STRICT,
    )
    tps: str = _text(of="tps.code")
    contest: str = _text()
    seq: int = Field(primary_key=True)
    row: str = _text()
    kind: str = _text()
    source: str = _text()
    before: str | None = _text(null=True)
    after: str | None = _text(null=True)
    reason: str = _text()
    note: str = _text()
    proposer: str = _text()
    witness: str = _text()
    state: str = _text()
    confirmer: str | None = _text(null=True)
    answered: int | None


class AnswerRow(SQLModel, table=True):
    __tablename__ = "answer"
    __table_args__ = (_filled("contest", "source", "row"), _figure("figure"), _at_least(1, "seq"), _STRICT)
    tps: str = _text(key=True, of="tps.code")
    contest: str = _text(key=True)
    source: str = _text(key=True)
    row: str = _text(key=True)
    figure: str | None = _text(null=True)
    note: str = _text()
    seq: int


class ExplanationRow(SQLModel, table=True):
    __tablename__ = "explanation"
    __table_args__ = (_filled("contest", "rule"), _at_least(1, "seq"), _STRICT)
    tps: str = _text(key=True, of="tps.code")
    contest: str = _text(key=True)
    rule: str = _text(key=True)
    numbers: str = _text(key=True)
    note: str = _text()
    by: str = _text()
    seq: int


class SettlementRow(SQLModel, table=True):
    __tablename__ = "settlement"
    __table_args__ = (_filled("contest"), _at_least(1, "seq"), _STRICT)
    tps: str = _text(key=True, of="tps.code")
    contest: str = _text(key=True)
    reader: str | None = _text(null=True)
    by: str = _text()
    seq: int


class SealRow(SQLModel, table=True):
    __tablename__ = "seal"
    __table_args__ = (
        _at_least(1, "number", "seq", "read_back"),
        CheckConstraint("angka_saksi <> '' AND angka_saksi NOT GLOB '*[^0-9]*'"),
        _STRICT,
    )
    number: int = Field(primary_key=True)
    seq: int
    angka_saksi: str = _text()
    read_back: int | None


class SheetRow(SQLModel, table=True):
    __tablename__ = "sheet"
    __table_args__ = (
        _at_least(1, "number", "replaces", "seq"),
        _filled("contest"),
        _sha256("manifest_sha256"),
        _one_of("status", SheetStatus),
        _STRICT,
    )
    number: int = Field(primary_key=True)
    contest: str = _text()
    folder: str = _text()
    manifest_sha256: str = _text()
    status: str = _text()
    replaces: int | None
    seq: int


class FileRow(SQLModel, table=True):
    __tablename__ = "file"
    __table_args__ = (_sha256("sha256"), _filled("source", "name", "format"), _at_least(1, "seq"), _STRICT)
    sha256: str = _text(key=True)
    source: str = _text(key=True)
    name: str = _text()
    format: str = _text()
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
