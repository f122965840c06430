"""Pages of datasets and organisations beside CKAN's own, one file a subject; each calls an action and renders."""

from __future__ import annotations

__all__: list[str] = []
