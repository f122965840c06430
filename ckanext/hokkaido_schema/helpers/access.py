"""Who may have the files of a dataset."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_schema.logic.fetching import may_have_files

__all__ = ["hokkaido_may_have_files"]


def hokkaido_may_have_files(dataset: dict[str, Any]) -> bool:
    """Tell whether the visitor may have the files of a dataset that they see."""
    return may_have_files({"user": tk.current_user.name}, dataset)
