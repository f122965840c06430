"""Tables of the metadata schema: what is no part of a dataset itself."""

from __future__ import annotations

__all__: list[str] = []
