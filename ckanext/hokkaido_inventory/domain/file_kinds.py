"""The catalogue of what can be wrong with a file before any cell of it is read, as kinds of findings."""

from __future__ import annotations

from ckanext.hokkaido_core.domain.file_faults import FILE_FAULTS
from ckanext.hokkaido_inventory.domain.findings import Kind, Severity

__all__ = ["FILE_KINDS"]

FILE_KINDS = tuple(Kind(code, Severity.ERROR, message, remedy) for code, (message, remedy) in FILE_FAULTS.items())
