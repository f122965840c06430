"""Workbooks of published files, read behind the guard of the core."""

from __future__ import annotations

__all__: list[str] = []
