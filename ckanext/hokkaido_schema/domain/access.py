"""Who may find a dataset, and who may have its files.

Three levels of 公開範囲 (DS-469: 公開, 制限付き公開, 非公開) say who may have the files of a dataset that everybody
finds. A dataset that CKAN keeps private is found by its organisation, or, where its editors say so, by all staff
(庁内).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

__all__ = ["STAFF_KINDS", "STAFF_LABEL", "AccessRights", "Audience", "access_rights_of", "is_closed", "withhold"]


class AccessRights(StrEnum):
    """Codes of the vocabulary `access_rights`."""

    PUBLIC = "PUBLIC"
    RESTRICTED = "RESTRICTED"
    NON_PUBLIC = "NON_PUBLIC"


class Audience(StrEnum):
    """Codes of the vocabulary `audiences`."""

    ORGANIZATION = "organization"
    STAFF = "staff"


#: Kinds of organisation whose people are staff of government (庁内); those of associations and firms are not.
STAFF_KINDS = frozenset({"prefecture", "bureau", "department", "municipality"})
#: Under this permission label CKAN's index keeps what all staff may find.
STAFF_LABEL = "hokkaido-staff"

#: What of a resource leads to its file, or is found out from it.
_ADDRESSES = ("url", "download_url", "access_url", "api_description")

_CLOSED = frozenset({AccessRights.RESTRICTED, AccessRights.NON_PUBLIC})


def is_closed(access_rights: object) -> bool:
    """Tell whether the files of a dataset with these access rights are for its own organisation only."""
    return access_rights in _CLOSED


def access_rights_of(dataset: Mapping[str, Any]) -> str | None:
    """Return the access rights of a dataset in any shape in which CKAN gives it.

    :param dataset: with a field `access_rights`, with CKAN's list of `extras`, or with single fields of the index.
    """
    found = dataset.get("access_rights") or dataset.get("extras_access_rights")
    extras = dataset.get("extras")
    if not found and isinstance(extras, list):
        return next((one.get("value") for one in extras if one.get("key") == "access_rights"), None)
    return found


def withhold(dataset: dict[str, Any], instead: str = "") -> None:
    """Take out of a dataset what leads to its files.

    :param dataset: as CKAN shows it; changed in place.
    :param instead: address that stands in for those of the files, where a format wants one; CKAN's pages offer no
        button for a file without an address.
    """
    for resource in dataset.get("resources") or ():
        for name in _ADDRESSES:
            if resource.get(name):
                resource[name] = instead if name == "url" else ""
        resource["datastore_active"] = False
        resource["withheld"] = True
