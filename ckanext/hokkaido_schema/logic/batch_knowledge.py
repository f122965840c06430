"""What is known while many datasets are saved, so that CKAN's validators do not ask the database for each of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import ckan.plugins.toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

__all__ = ["Knowledge", "hokkaido_free_name", "hokkaido_owner_org", "knowledge_of"]


@dataclass(slots=True)
class Knowledge:
    """What one batch of one user has found out; it stands in the context of a save as `hokkaido_knowledge`.

    :ivar free_names: names of datasets that nobody has. Whoever takes one meanwhile is noticed by the database.
    :ivar owners: organisation, as given for a new dataset -> its id, of those in whose name the user may publish.
    """

    free_names: set[str] = field(default_factory=set)
    owners: dict[Any, Any] = field(default_factory=dict)


def hokkaido_free_name(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Refuse a name that another dataset has, as CKAN does."""
    known = knowledge_of(context)
    if known is None or data[key] not in known.free_names:
        tk.get_validator("package_name_validator")(key, data, errors, context)


def hokkaido_owner_org(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Refuse an organisation in whose name the user must not publish, as CKAN does."""
    known, given = knowledge_of(context), data.get(key)
    # What may be done with a dataset that is there depends on that dataset, too.
    new = known is not None and context.get("package") is None and isinstance(given, str)
    if known is not None and new and given in known.owners:
        data[key] = known.owners[given]
        return
    tk.get_validator("owner_org_validator")(key, data, errors, context)
    if known is not None and new and not errors.get(key):
        known.owners[given] = data[key]


def knowledge_of(context: Context) -> Knowledge | None:
    """Return what the batch of a save knows, nothing outside of one."""
    return cast("dict[str, Any]", context).get("hokkaido_knowledge")
