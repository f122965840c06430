"""Files that are as a repair writes them: one table, its headings in the first row. They are taken at their word.

Where headings end is told by what stands around them, and nothing stands around them any more once a file is repaired.
"""

from __future__ import annotations

from dataclasses import replace

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_standards.tables.cell_kind import numbers_in
from ckanext.hokkaido_standards.tables.table import Table, TableFile

__all__ = ["at_its_word"]

#: Headings of groups repeat; those of columns hardly do.
_DIFFERENT = 0.9
_OF_STRUCTURE = ("L1-02", "L1-03", "L3-01", "table-")


def at_its_word(file: TableFile) -> TableFile:
    """Return a file whose first row is its headings, where it is written as a repair writes; any other as it is.

    :param file: as it was read, with its grids.
    """
    if file.encoding != "utf-8-sig" or file.delimiter != "," or any(one.rule[:5] == "file-" for one in file.findings):
        return file
    (grid,) = file.grids
    names = grid.frame.row(0)
    keys = [comparison_key(name) for name in names]
    plain = all(keys) and len(set(keys)) >= len(keys) * _DIFFERENT and not numbers_in(names)
    if not plain or grid.widths or grid.tail or grid.blank.any():
        return file
    if [(table.heading_first, table.heading_row) for table in file.tables] == [(1, 1)]:
        return file
    table = Table(tuple(name.strip() for name in names), grid.frame.slice(1), 1, heading_first=1)
    findings = [one for one in file.findings if not one.rule.startswith(_OF_STRUCTURE)]
    return replace(file, tables=[table], findings=findings)
