"""Writing the workbook: a sheet of datasets and a sheet of files, every cell a text and none a formula (UP-07)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import get_column_letter

from ckanext.hokkaido_schema.workbook.columns import DATASET_ID, DATASETS, FILE_ID, FILES, TITLE, VERSION, Column

__all__ = ["write"]

_HEAD = PatternFill("solid", fgColor="DCE6F1")
_FIXED = PatternFill("solid", fgColor="E7E6E6")
#: Characters that XML cannot hold.
_ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


def write(
    datasets: Iterable[Mapping[str, Any]],
    of_dataset: Sequence[Column],
    of_file: Sequence[Column],
    label: Callable[[str, str], str],
) -> bytes:
    """Return the workbook of datasets as `package_show` gives them."""
    book = Workbook(write_only=True)
    main = _sheet(book, DATASETS, [DATASET_ID, VERSION], of_dataset)
    files = _sheet(book, FILES, [DATASET_ID, TITLE, FILE_ID], of_file)
    for dataset in datasets:
        own = [column.written(dataset, label) for column in of_dataset]
        _append(main, [dataset["id"], dataset["metadata_modified"], *own], 2)
        for file in dataset.get("resources") or ():
            told = [column.written(file, label) for column in of_file]
            _append(files, [dataset["id"], dataset.get("title") or "", file["id"], *told], 3)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _sheet(book: Workbook, name: str, fixed: list[str], columns: Sequence[Column]) -> Any:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = f"{get_column_letter(len(fixed) + 2)}2"
    headings = [*fixed, *(column.heading for column in columns)]
    for number, heading in enumerate(headings, 1):
        wide = heading in {"タイトル", "説明", "ファイルまたは URL"}
        sheet.column_dimensions[get_column_letter(number)].width = 44 if wide else 20
    cells = []
    for number, heading in enumerate(headings):
        cell = WriteOnlyCell(sheet, heading)
        cell.font = Font(bold=True)
        cell.fill = _FIXED if number < len(fixed) else _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cells.append(cell)
    sheet.append(cells)
    return sheet


def _append(sheet: Any, texts: Sequence[str], fixed: int) -> None:
    cells = []
    for number, text in enumerate(texts):
        cell = WriteOnlyCell(sheet, text.translate(_ILLEGAL))
        cell.data_type = "s"
        if number < fixed:
            cell.fill = _FIXED
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cells.append(cell)
    sheet.append(cells)
