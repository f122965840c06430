"""What the value reader does not tell of an old workbook (.xls, BIFF5 and BIFF8): sheets, formulas, errors, extent.

The records of [MS-XLS] are walked without being understood: only the place of a cell and the kind of its record matter.
An old workbook is no archive, so nothing of it can inflate; its extent still bounds what the reader reserves (UP-08).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from ckanext.hokkaido_core.workbook_scan import MAX_COLUMNS, Damaged, Sheet

__all__ = ["Encrypted", "scan_old_workbook"]

_FREE = 0xFFFFFFFA
_ENTRY = 128
_DIFAT_IN_HEADER = 109

_BOF, _EOF, _BOUNDSHEET, _FILEPASS = 0x0809, 0x000A, 0x0085, 0x002F
_FORMULA, _BOOLERR, _MULRK = 0x0006, 0x0205, 0x00BD
_ROW, _COLINFO = 0x0208, 0x007D
_ROW_HIDDEN = 0x20
_CELLS = {_FORMULA, _BOOLERR, _MULRK, 0x0203, 0x0204, 0x00FD, 0x027E, 0x00D6}
_BIFF8 = 0x0600
_NAME_AT = 6


class Encrypted(Exception):
    """The workbook is protected by a password."""


def scan_old_workbook(content: bytes) -> list[Sheet]:
    """Return the sheets of an old workbook in their order.

    :raises Damaged: where its container or its records are broken.
    :raises Encrypted: where a password protects it.
    """
    try:
        stream = _stream(content)
        version = struct.unpack_from("<H", stream, 4)[0]
        sheets = []
        for kind, data in _records(stream, 0):
            if kind == _FILEPASS:
                raise Encrypted
            if kind == _BOUNDSHEET:
                offset, _visible, sheet_type = struct.unpack_from("<IBB", data, 0)
                sheet = Sheet(_name(data, version))
                if sheet_type == 0:
                    _scan(sheet, stream, offset)
                sheets.append(sheet)
    except (struct.error, IndexError, UnicodeDecodeError, ValueError) as error:
        raise Damaged(str(error)) from error
    return sheets


def _scan(sheet: Sheet, stream: bytes, offset: int) -> None:
    before = 0
    for kind, data in _records(stream, offset):
        if kind in {_ROW, _COLINFO}:
            _note_hidden(sheet, kind, data)
        if kind not in _CELLS:
            continue
        row, column = struct.unpack_from("<HH", data, 0)
        last = struct.unpack_from("<H", data, len(data) - 2)[0] if kind == _MULRK else column
        sheet.last_row, sheet.last_column = max(sheet.last_row, row + 1), max(sheet.last_column, last + 1)
        before = max(before, row)
        if kind == _FORMULA:
            sheet.formulas.add((row + 1, column + 1))
        if kind == _BOOLERR and data[7] == 1:
            sheet.errors.add((row + 1, column + 1))


def _note_hidden(sheet: Sheet, kind: int, data: bytes) -> None:
    """Note the row or the columns that a record hides."""
    if kind == _ROW and struct.unpack_from("<I", data, 12)[0] & _ROW_HIDDEN:
        sheet.hidden_rows.add(struct.unpack_from("<H", data, 0)[0] + 1)
    elif kind == _COLINFO and struct.unpack_from("<H", data, 8)[0] & 1:
        first, last = struct.unpack_from("<HH", data, 0)
        sheet.hidden_columns.update(range(first + 1, min(last + 1, MAX_COLUMNS) + 1))


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one substream; charts inside of it are substreams of their own and are passed over."""
    depth, position = 0, offset
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        data = stream[position + 4 : position + 4 + length]
        position += 4 + length
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, data


def _name(data: bytes, version: int) -> str:
    length = data[_NAME_AT]
    if version < _BIFF8:
        return data[_NAME_AT + 1 : _NAME_AT + 1 + length].decode("cp932", "replace")
    wide = data[_NAME_AT + 1] & 1
    text = data[_NAME_AT + 2 : _NAME_AT + 2 + length * (2 if wide else 1)]
    return text.decode("utf-16-le" if wide else "latin-1")


def _stream(content: bytes) -> bytes:
    """Return the stream of the workbook from its container ([MS-CFB])."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    first_directory, cutoff, first_mini = (struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60))
    fat = _fat(content, size)
    directory = _chain(content, fat, first_directory, size, size)
    entries = {}
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
        entries[name.casefold()] = struct.unpack_from("<II", directory, at + 116)
    start, length = entries.get("workbook") or entries.get("book") or (_FREE, 0)
    if length >= cutoff:
        return _chain(content, fat, start, size, size)[:length]
    root = _chain(content, fat, entries["root entry"][0], size, size) if "root entry" in entries else b""
    mini = _chain(content, fat, first_mini, size, size)
    mini_fat = list(struct.unpack(f"<{len(mini) // 4}I", mini[: len(mini) // 4 * 4]))
    return _chain(root, mini_fat, start, 64, 0)[:length]


def _fat(content: bytes, size: int) -> list[int]:
    sectors = list(struct.unpack_from(f"<{_DIFAT_IN_HEADER}I", content, 76))
    further, count = struct.unpack_from("<II", content, 68)
    for _step in range(min(count, len(content) // size)):
        block = struct.unpack_from(f"<{size // 4}I", content, (further + 1) * size)
        sectors += block[:-1]
        further = block[-1]
        if further >= _FREE:
            break
    fat: list[int] = []
    for sector in sectors:
        # No file has more sectors than fit into it; a table that names some again and again is cut there.
        if len(fat) > len(content) // size:
            break
        if sector < _FREE:
            fat += struct.unpack_from(f"<{size // 4}I", content, (sector + 1) * size)
    return fat


def _chain(content: bytes, fat: list[int], start: int, size: int, shift: int) -> bytes:
    """Join the sectors of a chain; one that runs in a circle ends where the file could not be any longer."""
    parts, sector = [], start
    for _step in range(min(len(fat), len(content) // size + 1)):
        if sector >= _FREE or sector >= len(fat):
            break
        parts.append(content[sector * size + shift : (sector + 1) * size + shift])
        sector = fat[sector]
    return b"".join(parts)
