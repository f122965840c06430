"""CKAN's licence list is the vocabulary of licences, unless the operator points to another list."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.model.license import LicenseRegister

from ckanext.hokkaido_schema.vocabularies import Item, vocabulary

__all__ = ["install"]


class VocabularyRegister(LicenseRegister):
    """A licence register that reads no file and asks no server.

    CKAN's own setting wants a file:// or http:// address of a JSON file. An address inside an installed package
    differs from machine to machine, and a server at start-up is one more thing to be down.
    """

    def __init__(self) -> None:
        self._create_license_list([_entry(item) for item in vocabulary("licences")])


def install(custom_list: str | None) -> None:
    """Make the vocabulary CKAN's licence list.

    :param custom_list: value of `licenses_group_url`; when the operator has set one, CKAN reads it as ever.
    """
    if not custom_list:
        model.Package._license_register = VocabularyRegister()  # noqa: SLF001 - the only place CKAN looks at.


def _entry(item: Item) -> dict[str, Any]:
    conformance = "approved" if item["open"] else "not reviewed"
    return {
        "id": item.code,
        "title": item.ja,
        "title_en": item.en,
        "url": item.get("url", ""),
        "iri": item.iri or "",
        "status": "active",
        "od_conformance": conformance,
        "osd_conformance": "not reviewed",
        "domain_data": True,
        "domain_content": True,
        "domain_software": False,
        "family": "",
        "maintainer": "",
    }
