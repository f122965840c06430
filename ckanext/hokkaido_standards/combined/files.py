"""The files of a table: each is written once, and then served as it lies on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ckanext.hokkaido_schema.shared import vocabulary
from ckanext.hokkaido_standards.combined.merging import ROWS
from ckanext.hokkaido_standards.combined.records import Describer
from ckanext.hokkaido_standards.combined.selecting import batches
from ckanext.hokkaido_standards.combined.store import Store
from ckanext.hokkaido_standards.combined.writers import WRITERS
from ckanext.hokkaido_standards.domain.combined import Wanted
from ckanext.hokkaido_standards.domain.definition import Standard
from ckanext.hokkaido_standards.service.combined import Table

__all__ = ["describer", "file_of", "pieces", "write_all"]


def describer(standard: Standard, site: str) -> Describer:
    """Return what describes the rows of a standard."""
    licences = {item.get("short") or item.ja: str(item["iri"]) for item in vocabulary("licences") if item.get("iri")}
    return Describer(standard, site, licences)


def file_of(folder: Path, extension: str) -> Path:
    """Return where a file of a table lies, or would lie."""
    return folder / (ROWS if extension == "parquet" else f"rows.{extension}")


def pieces(folder: Path, standard: Standard, extension: str, wanted: Wanted, site: str) -> Iterator[bytes]:
    """Yield a file of those rows that are wanted."""
    rows = batches(folder / ROWS, wanted)
    return WRITERS[extension].pieces(rows, standard, describer(standard, site))


def write_all(store: Store, table: Table, folder: Path, site: str) -> None:
    """Write the files of a table that are not there yet."""
    for extension in WRITERS:
        if extension == "parquet":
            continue

        def write(path: Path, extension: str = extension) -> None:
            with path.open("wb") as file:
                for piece in pieces(folder, table.standard, extension, Wanted(), site):
                    file.write(piece)

        store.add(folder, file_of(folder, extension).name, write)
