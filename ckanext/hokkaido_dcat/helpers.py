"""What templates ask of the feed."""

from __future__ import annotations

import json

import ckan.plugins.toolkit as tk
from markupsafe import Markup

__all__ = ["hokkaido_dcat_schema_org"]

#: No text can end the data block that it stands in, whatever somebody has typed.
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def hokkaido_dcat_schema_org(dataset_id: str) -> Markup | None:
    """Return a dataset as JSON-LD of schema.org for a data block of its page, None where it is not public."""
    try:
        found = tk.get_action("hokkaido_feed_schema_org_show")({}, {"id": dataset_id})
    except tk.ObjectNotFound:
        return None
    return Markup(json.dumps(found, ensure_ascii=False).translate(_ESCAPES))  # noqa: S704 - escaped above.
