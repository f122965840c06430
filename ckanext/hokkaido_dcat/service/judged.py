"""What siblings have found out about the files of datasets, put where the mapping looks for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import judged_files
from ckanext.hokkaido_schema.shared import is_closed

__all__ = ["add"]

#: Fields of a resource that the mapping reads; what a publisher types there counts for nothing.
_STANDARD, _MEASURES = "judged_standard", "judged_measures"
#: Stored files, and links, whose files may have been looked at where they lie.
_FILES = ("upload", "", None)


def add(session: Session, datasets: Iterable[dict[str, Any]], site_url: str) -> None:
    """Add to the resources of datasets what is known of their files; nothing of files that are not for everybody.

    :param site_url: address of the portal.
    """
    open_to_all: dict[str, dict[str, Any]] = {}
    for dataset in datasets:
        closed = is_closed(dataset.get("access_rights"))
        for resource in dataset["resources"]:
            resource.pop(_STANDARD, None)
            resource.pop(_MEASURES, None)
            if not closed and resource.get("url_type") in _FILES:
                open_to_all[resource["id"]] = resource
    if not open_to_all:
        return
    for resource_id, found in judged_files.judgements(session, open_to_all.keys()).items():
        resource = open_to_all[resource_id]
        resource[_MEASURES] = {"stars": found.stars, "wrong": found.wrong}
        if found.standard:
            page = site_url + found.page if found.page else ""
            resource[_STANDARD] = {"code": found.standard, "page": page}
