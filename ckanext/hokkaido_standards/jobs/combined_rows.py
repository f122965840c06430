"""The rows of the one tables in CKAN's DataStore follow the tables: only pieces that changed are written."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import REGCONFIG
from sqlalchemy.orm import Session

from ckanext.hokkaido_standards.combined.names import RESOURCE, TEXT
from ckanext.hokkaido_standards.service import combined_rows
from ckanext.hokkaido_standards.service.combined import Table
from ckanext.hokkaido_standards.service.combined_rows import MARK, PIECE, mark_of

if TYPE_CHECKING:
    from ckanext.hokkaido_standards.combined.pieces import Span

__all__ = ["Rows", "bring_rows", "drop_rows"]

#: Raised whenever rows are written otherwise of the same table.
_ENGINE = "1"
#: Hidden columns that are copied in after the fields.
_HIDDEN = (TEXT, MARK, PIECE)
_ROW, _FIRST = "_row", "_first"


def bring_rows(session: Session, table: Table, folder: Path) -> None:
    """Bring the rows of a table in the DataStore up to date, in one transaction; one that is up to date costs a look.

    Nothing is done where the DataStore has no gate, or the catalogue no dataset of the table.

    :param folder: of the table.
    """
    if not combined_rows.is_gated():
        return
    resource = combined_rows.csv_of(session, table.standard.code)
    session.commit()
    if resource:
        Rows(table, folder, resource).bring()


def drop_rows(session: Session) -> None:
    """Delete the DataStore's tables whose file is gone, and all of them where no gate is before their searches."""
    if not combined_rows.has_datastore():
        return
    with _engine().begin() as connection:
        for name in combined_rows.tables_of(connection):
            code = combined_rows.code_of(session, name)
            kept = code and combined_rows.is_gated() and combined_rows.csv_of(session, code) == name
            if not kept:
                connection.execute(sa.text(f"DROP TABLE {_quoted(name)} CASCADE"))
    session.commit()


class Rows:
    """The DataStore's table of one file of the catalogue.

    :param folder: of the one table.
    :param resource: id of the file, which is the name of its table.
    """

    def __init__(self, table: Table, folder: Path, resource: str) -> None:
        from ckanext.hokkaido_standards.combined.datastore_rows import fields_of

        self._table, self._folder, self._resource = table, folder, resource
        self._fields = fields_of(table.standard)
        told = [_ENGINE, *([field.id, field.type, field.label, field.notes] for field in self._fields)]
        self._shape = hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]
        self._name, self._rows = _quoted(resource), sa.table(resource, sa.column(PIECE), sa.column(MARK))

    def bring(self) -> None:
        """Make it hold the rows of the table, in one transaction."""
        with _engine().begin() as connection:
            # Two workers bring a table up to date one after the other.
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": self._resource})
            told = connection.execute(
                sa.text("SELECT obj_description(to_regclass(:name), 'pg_class')"), {"name": self._name}
            ).scalar()
            shape, _, mark = (told or "").partition(" ")
            if told and mark == self._table.mark and shape == self._shape:
                return
            if shape != self._shape:
                self._create(connection)
            self._follow(connection)
            connection.execute(sa.text(f"COMMENT ON TABLE {self._name} IS '{self._shape} {self._table.mark}'"))

    def _create(self, connection: sa.Connection) -> None:
        from ckanext.datastore.backend import postgres

        connection.execute(sa.text(f"DROP TABLE IF EXISTS {self._name} CASCADE"))
        fields = [
            {"id": field.id, "type": field.type, "info": {"label": field.label, "notes": field.notes}}
            for field in self._fields
        ]
        postgres._cache_types(connection.engine)  # noqa: SLF001 - what DataStore does before it makes a table.
        told: dict[str, Any] = {"connection": connection}
        postgres.create_table(told, {"resource_id": self._resource, "fields": fields}, {})  # type: ignore[arg-type]
        hidden = ", ".join(f'ADD COLUMN "{name}" text NOT NULL' for name in _HIDDEN)
        connection.execute(sa.text(f"ALTER TABLE {self._name} {hidden}"))
        connection.execute(sa.text(f'CREATE INDEX ON {self._name} ("{PIECE}")'))
        postgres._create_fulltext_trigger(connection, self._resource)  # noqa: SLF001 - as `datastore_create` does.

    def _follow(self, connection: sa.Connection) -> None:
        """Delete the pieces that are no more, and write those that are new."""
        from ckanext.hokkaido_standards.combined.merging import ROWS
        from ckanext.hokkaido_standards.combined.pieces import Index

        marks = {part.resource_id: mark_of(part) for part in self._table.giving}
        spans = Index.of(self._folder).rows
        owners = _owners(self._folder / ROWS, [span.start for span in spans.values()])
        wanted = {(piece, marks[owner]): span for (piece, span), owner in zip(spans.items(), owners, strict=True)}
        found = connection.execute(sa.select(self._rows.c[PIECE], self._rows.c[MARK]).distinct())
        there = {(row[0], row[1]) for row in found}
        gone = [piece for piece, _mark in there - wanted.keys()]
        connection.execute(sa.delete(self._rows).where(self._rows.c[PIECE].in_(gone)))
        fresh = [(piece, mark, span) for (piece, mark), span in wanted.items() if (piece, mark) not in there]
        if fresh:
            self._copy(connection, fresh)

    def _copy(self, connection: sa.Connection, fresh: Sequence[tuple[str, str, Span]]) -> None:
        from ckan.plugins.toolkit import config

        names = [*(field.id for field in self._fields), *_HIDDEN]
        columns = ", ".join(map(_quoted, names))
        # Rows wait in a table of this transaction, since a trigger would look at each of them for its words.
        connection.execute(sa.text(f"CREATE TEMP TABLE hokkaido_fresh (LIKE {self._name}) ON COMMIT DROP"))
        for name in ("_id", "_full_text"):
            connection.execute(sa.text(f"ALTER TABLE hokkaido_fresh DROP COLUMN {name}"))
        cursor = connection.connection.cursor()
        for text in self._texts(fresh):
            cursor.copy_expert(f"COPY hokkaido_fresh ({columns}) FROM STDIN WITH (FORMAT csv)", io.StringIO(text))
        rows = sa.table("hokkaido_fresh", *map(sa.column, names))
        words = sa.func.to_tsvector(sa.cast(config["ckan.datastore.default_fts_lang"], REGCONFIG), rows.c[TEXT])
        target = sa.table(self._resource, sa.column("_full_text"), *map(sa.column, names))
        connection.execute(sa.insert(target).from_select(["_full_text", *names], sa.select(words, *rows.c)))

    def _texts(self, fresh: Sequence[tuple[str, str, Span]]) -> Iterator[str]:
        import polars as pl

        from ckanext.hokkaido_standards.combined.datastore_rows import copied
        from ckanext.hokkaido_standards.combined.merging import ROWS
        from ckanext.hokkaido_standards.combined.selecting import batches
        from ckanext.hokkaido_standards.domain.combined import Wanted

        told = pl.DataFrame(
            [(span.start, mark, piece) for piece, mark, span in fresh], schema=[_FIRST, MARK, PIECE], orient="row"
        ).cast({_FIRST: pl.UInt32})
        for start, stop in _together([span for _piece, _mark, span in fresh]):
            at = start
            for frame in batches(self._folder / ROWS, Wanted(), within=(start, stop)):
                rows = frame.with_row_index(_ROW, offset=at).join_asof(told, left_on=_ROW, right_on=_FIRST)
                at += frame.height
                yield copied(rows, self._fields, (MARK, PIECE))


def _together(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Return where rows stand that are read in one go."""
    found: list[tuple[int, int]] = []
    for span in spans:
        if found and found[-1][1] == span.start:
            found[-1] = (found[-1][0], span.stop)
        else:
            found.append((span.start, span.stop))
    return found


def _owners(path: Path, starts: Sequence[int]) -> list[str]:
    """Return the ids of the files of which pieces are, by their first rows."""
    import polars as pl

    found = pl.read_parquet(path, columns=[RESOURCE])[RESOURCE]
    return found.gather(starts).to_list() if starts else []


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _engine() -> sa.Engine:
    from ckanext.datastore.backend.postgres import get_write_engine

    return get_write_engine()
