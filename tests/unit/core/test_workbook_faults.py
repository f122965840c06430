"""Whatever python-calamine raises at a broken workbook is a fault of the file, and no failure of the portal."""

from __future__ import annotations

import io
import pathlib

import pytest
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from ckanext.hokkaido_core.workbook_biff import Encrypted
from ckanext.hokkaido_core.workbook_faults import reading_workbook
from ckanext.hokkaido_core.workbook_scan import Damaged


class PanicException(BaseException):
    """Called as the one that a panic of Rust code arrives as."""


@pytest.mark.parametrize(
    ("raised", "told"),
    [(CalamineError(), Damaged), (PasswordError(), Encrypted), (PanicException("slice index"), Damaged)],
)
def test_a_fault_of_the_reader_is_one_of_the_file(raised: BaseException, told: type[Exception]) -> None:
    with pytest.raises(told), reading_workbook():
        raise raised


@pytest.mark.parametrize("raised", [KeyboardInterrupt(), ZeroDivisionError()])
def test_what_has_nothing_to_do_with_the_file_goes_through(raised: BaseException) -> None:
    with pytest.raises(type(raised)), reading_workbook():
        raise raised


def test_an_old_workbook_cut_short_is_damaged(shared_dir: pathlib.Path) -> None:
    whole = next((shared_dir / "corpus" / "04_population").glob("*R4jinnkousuii.xls")).read_bytes()
    for length in range(600, len(whole), len(whole) // 97):
        try:
            with reading_workbook():
                CalamineWorkbook.from_filelike(io.BytesIO(whole[:length]))
        except Damaged:
            continue
