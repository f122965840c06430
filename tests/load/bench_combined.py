"""Measure bringing the one table of all municipalities into the DataStore, then again after a file has changed.

One JSON object a line. The table is that of `bin/portal bench tables`; a table of its own in the DataStore takes its
rows and is thrown away. Nothing else does that, so the side of the peer is the budget of joining, in seconds.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa
from ckan.cli import load_config
from ckan.config.middleware import make_app

# Measurements are run with -P, so that nothing beside them is imported by accident; this one is meant.
sys.path.append(str(Path(__file__).parent))
import bench_tables as files


def main() -> int:
    """Bring the rows in, and tell the times."""
    make_app(load_config(os.environ.get("HOKKAIDO_PORTAL_INI") or os.environ["CKAN_INI"]))
    from ckanext.datastore.backend.postgres import get_write_engine

    # No name of a file: the portal's clock throws away the rows of files that are gone.
    name = f"bench-{uuid4()}"
    try:
        with tempfile.TemporaryDirectory() as folder:
            return _measured(files.Tables(Path(folder)), name)
    finally:
        with get_write_engine().begin() as connection:
            connection.execute(sa.text(f'DROP TABLE IF EXISTS "{name}"'))


def _measured(tables: files.Tables, name: str) -> int:
    rows = tables.joined("first", {number: files.municipal_file(number) for number in range(files.FILES)})
    first = files.seconds(lambda: _bring(tables, name))
    again = []
    for one in range(files.TIMES):
        tables.joined(f"again-{one}", {7: files.municipal_file(7, f"改{one}")})
        again.append(files.seconds(lambda: _bring(tables, name)))
    if (found := _count(name)) != rows:
        print(f"the DataStore has {found} rows, the table {rows}", file=sys.stderr)
        return 1
    size, peer = (
        f"{files.FILES} files of {files.ROWS_OF_FILE} rows in the DataStore",
        "the peer is the budget of joining",
    )
    files.report("combined-datastore", first, files.BUDGET, files.memory_mb(), f"{size}; {peer}")
    note = f"{size}, one changed; median of {files.TIMES}; {peer}"
    files.report("combined-datastore-again", statistics.median(again), files.BUDGET_AGAIN, files.memory_mb(), note)
    return 0


def _bring(tables: files.Tables, name: str) -> None:
    from ckanext.hokkaido_standards.definitions import standards
    from ckanext.hokkaido_standards.jobs.combined_rows import Rows
    from ckanext.hokkaido_standards.service.combined import Table

    assert tables.folder
    table = Table(standards()["13"], tables.folder.name, [_part(source) for source in tables.sources])
    Rows(table, tables.folder, name).bring()


def _part(source: files.Source) -> object:
    from ckanext.hokkaido_standards.service.combined_gate import Part

    told = source.provenance
    return Part(
        standard="13",
        package_id=source.dataset,
        resource_id=source.resource,
        fragment=source.path.stem,
        reason="",
        municipality=source.municipality,
        publisher=told.publisher,
        dataset=told.dataset,
        file=told.file,
        licence_id=told.licence,
        original=told.original,
        checked=source.checked,
        changed=source.changed,
    )


def _count(name: str) -> int:
    from ckanext.datastore.backend.postgres import get_read_engine

    with get_read_engine().connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(sa.table(name))).scalar() or 0


if __name__ == "__main__":
    sys.exit(main())
