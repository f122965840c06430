"""What python-calamine raises, as the faults of this suite."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from python_calamine import CalamineError, PasswordError

from ckanext.hokkaido_core.workbook_biff import Encrypted
from ckanext.hokkaido_core.workbook_scan import Damaged

__all__ = ["reading_workbook"]

#: What a panic of the Rust code arrives as: no subclass of Exception, and to be imported from nowhere.
_PANIC = "PanicException"


@contextmanager
def reading_workbook() -> Iterator[None]:
    """Translate what reading a workbook with python-calamine raises.

    :raises Damaged: for a broken workbook, also one at which the reader itself breaks.
    :raises Encrypted: for one that a password protects.
    """
    try:
        yield
    except PasswordError as error:
        raise Encrypted from error
    except CalamineError as error:
        raise Damaged(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise Damaged(str(error)) from error
