"""The table of a standard as an action needs it: what it is made of, and where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.hokkaido_core.shared import session_of
from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.service import combined
from ckanext.hokkaido_standards.service.combined import Table

__all__ = ["Opened", "opened"]


@dataclass(frozen=True)
class Opened:
    """A table as it is now; `folder` is nothing where the portal keeps no files."""

    table: Table
    folder: Path | None

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Return its counts, as `combined.building.facts_of` returns them."""
        from ckanext.hokkaido_standards.combined.building import facts_of

        if self.folder is None:
            return {"rows": 0, "places": 0, "dated": 0, "keys": {}, "left": {}, "files": {}, "municipalities": {}}
        return facts_of(self.folder)


def opened(context: Context, code: str) -> Opened:
    """Return the table of a standard; what everybody may have now is asked first, whatever lies on the disk.

    :raises ObjectNotFound: no set has these digits.
    """
    table, kept = combined.table_of(session_of(context), code), combined.store()
    if table is None:
        raise tk.ObjectNotFound(tk._("There is no standard data set with this number."))
    if kept is None:
        return Opened(table, None)
    # The engine of tables is loaded by those who read one, and not by every process that starts.
    from ckanext.hokkaido_standards.combined.building import built

    return Opened(table, built(kept, table, config.site_url()))
