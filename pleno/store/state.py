"""The state of a pleno in the tables of its database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import Dialect, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from pleno.domain.errors import Damaged
from pleno.domain.state import Record, TpsRecord
from pleno.store.database import Database
from pleno.store.mapping import Cell, Mapper
from pleno.store.tables import TABLES

R = TypeVar("R", bound=Record)
T = TypeVar("T", bound=TpsRecord)


class _Statements(NamedTuple, Generic[R]):
    """The SQL of one kind of record, compiled once; parameters are positional."""

    mapper: Mapper[R]
    one: str
    every: str
    of_tps: str
    of_contest: str
    put: str
    drop: str

    @classmethod
    def of(cls, kind: type[R], dialect: Dialect) -> _Statements[R]:
        table, mapper = TABLES[kind], Mapper(kind)
        columns = [table.c[name] for name in mapper.columns]
        key = [table.c[name] for name in kind.KEY]
        is_key = [column == bindparam(f"key_{column.name}", type_=column.type) for column in key]
        is_tps = [table.c[name] == bindparam(f"of_{name}") for name in ("tps", "contest") if name in table.c]
        ordered = select(*columns).order_by(*key)
        new = insert(table).values({column.name: bindparam(column.name) for column in columns})
        changed = {column.name: new.excluded[column.name] for column in columns if column not in key}
        statements = (
            select(*columns).where(*is_key),
            ordered,
            ordered.where(*is_tps),
            ordered.where(*is_tps[1:]),
            new.on_conflict_do_update(index_elements=key, set_=changed),
            delete(table).where(*is_key),
        )
        return cls(mapper, *(str(statement.compile(dialect=dialect)) for statement in statements))


class SqlState:
    """`State` (pleno/domain/state.py) over the one connection of a workspace.

    `put` and `drop` belong inside the transaction of the entry that causes them.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._statements: dict[type[Record], _Statements[Record]] = {}

    def get(self, kind: type[R], *key: str | int) -> R | None:
        statements = self._of(kind)
        for record in self._records(statements, statements.one, key):
            return record
        return None

    def all(self, kind: type[R]) -> Iterator[R]:
        """Every record of a kind, ordered by key."""
        statements = self._of(kind)
        return self._records(statements, statements.every, ())

    def of_tps(self, kind: type[T], tps: str, contest: str) -> Iterator[T]:
        """The records of one TPS x contest, ordered by key."""
        statements = self._of(kind)
        return self._records(statements, statements.of_tps, (tps, contest))

    def of_contest(self, kind: type[T], contest: str) -> Iterator[T]:
        """The records of all TPS of one contest, ordered by key."""
        statements = self._of(kind)
        return self._records(statements, statements.of_contest, (contest,))

    def put(self, record: Record) -> None:
        statements = self._of(type(record))
        self._database.run(statements.put, statements.mapper.encode(record))

    def drop(self, record: Record) -> None:
        self._database.run(self._of(type(record)).drop, record.key())

    def _of(self, kind: type[R]) -> _Statements[R]:
        found = self._statements.get(kind)
        if found is None:
            found = self._statements[kind] = _Statements.of(kind, self._database.dialect)
        return found  # type: ignore[return-value]  # filed under its own kind

    def _records(self, statements: _Statements[R], sql: str, parameters: tuple[Cell, ...]) -> Iterator[R]:
        for row in self._database.rows(sql, parameters):
            try:
                yield statements.mapper.decode(row)
            except (ValueError, TypeError, AttributeError) as error:
                raise Damaged(
                    "Basis data rusak",
                    f"Sebuah baris di basis data tidak dapat dibaca: {' · '.join(str(cell) for cell in row[:3])}.",
                    "Jalankan `pleno verifikasi`, lalu pakai salinan terbaru yang utuh.",
                ) from error
