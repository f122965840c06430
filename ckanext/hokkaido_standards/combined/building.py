"""Making the table of a standard on disk, with what its page tells of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ckanext.hokkaido_standards.combined.facts import counted
from ckanext.hokkaido_standards.combined.merging import Source, write_table
from ckanext.hokkaido_standards.combined.store import Store
from ckanext.hokkaido_standards.service import combined
from ckanext.hokkaido_standards.service.combined import Table

__all__ = ["FACTS", "built", "facts_of"]

#: File in the folder of a table with its counts.
FACTS = "facts.json"


def built(store: Store, table: Table, site: str) -> Path:
    """Return the folder of a table; it is made now where nobody has made it before.

    :raises FileNotFoundError: when a fragment is gone from the disk.
    """
    sources = [
        Source(
            path=store.fragment(part.fragment),
            dataset=part.package_id,
            resource=part.resource_id,
            municipality=part.municipality,
            provenance=part.provenance(site),
            checked=part.checked,
            changed=part.changed,
        )
        for part in table.giving
    ]

    def write(folder: Path) -> None:
        for old in [*store.others(store.table(table.standard.code, table.mark))[:1], None]:
            try:
                write_table(folder, table.standard, sources, combined.bureaus(), site, old=old)
                break
            except FileNotFoundError:
                # The old table was deleted meanwhile, or a fragment is gone.
                if old is None:
                    raise
        (folder / FACTS).write_text(json.dumps(counted(folder), ensure_ascii=False), encoding="utf-8")

    return store.make(table.standard.code, table.mark, write)


def facts_of(folder: Path) -> dict[str, Any]:
    """Return the counts of a table.

    :returns: `rows, places, left`, and by resource `files` with `rows` and `left` by reason; `municipalities` by code.
    """
    return json.loads((folder / FACTS).read_text(encoding="utf-8"))
