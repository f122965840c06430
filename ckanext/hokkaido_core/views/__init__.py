"""Pages of the core."""

from __future__ import annotations

from ckanext.hokkaido_core.views.task import task

__all__ = ["task"]
