"""What only a finished dataset needs."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

__all__ = ["hokkaido_unless_draft"]


def hokkaido_unless_draft(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Require a value, except of a draft: it may lack anything, and lacks it visibly."""
    value = data.get(key)
    blank = value is tk.missing or not str(value or "").strip()
    if not blank or data.get(("state",)) != "draft":
        tk.get_validator("not_empty")(key, data, errors, context)
        return
    if value is tk.missing:
        data.pop(key, None)
    else:
        data[key] = ""
    raise tk.StopOnError
