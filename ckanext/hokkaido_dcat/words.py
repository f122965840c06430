"""What findings and figures are called, for people."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_core.shared import spoken
from ckanext.hokkaido_dcat.domain.quality import Finding

__all__ = ["consumer", "dimension", "field", "indicator", "message", "rating", "reading", "severity"]


def _(text: str) -> str:
    return tk._(text)


def severity(name: str) -> str:
    """Return what a severity is called."""
    return {
        "rejected": _("Refused"),
        "left_out": _("Not passed on"),
        "lacking": _("Recommended"),
        "repaired": _("Passed on corrected"),
    }[name]


def consumer(name: str) -> str:
    """Return what a consumer is called."""
    return {
        "dcat-ap-3": _("International catalogues (DCAT-AP 3)"),
        "dcat-ap-2": _("Older international catalogues (DCAT-AP 2.1.1)"),
        "dcat-goj": _("Japanese catalogues (DCAT-GoJ)"),
        "bodik": _("BODIK, which gathers municipal data"),
    }[name]


def rating(name: str) -> str:
    """Return what a rating is called."""
    return {
        "excellent": _("Excellent"),
        "good": _("Good"),
        "sufficient": _("Sufficient"),
        "bad": _("Needs work"),
    }[name]


def dimension(name: str) -> str:
    """Return what a dimension of the score is called."""
    return {
        "findability": _("Easy to find"),
        "accessibility": _("Easy to get"),
        "interoperability": _("Easy to combine"),
        "reusability": _("Easy to reuse"),
        "contextuality": _("Circumstances"),
    }[name]


def reading(name: str) -> str:
    """Return what was read is called."""
    return {
        "pages": _("Pages of the feed"),
        "dataset": _("Single datasets"),
        "dump": _("Whole dump"),
        "changes": _("Changes and deletions"),
        "list": _("List of open data (CSV)"),
    }[name]


def indicator(name: str) -> str:
    """Return what an indicator of the score is called."""
    return {
        "keyword": _("Keywords"),
        "category": _("Theme"),
        "spatial": _("Area covered"),
        "temporal": _("Period covered"),
        "access_url_reachable": _("The address of a file answers"),
        "download_url": _("The file can be downloaded directly"),
        "download_url_reachable": _("The download answers"),
        "format": _("Format of the files"),
        "media_type": _("Media type of the files"),
        "format_vocabulary": _("Formats of the public list"),
        "non_proprietary": _("Formats that belong to no company"),
        "machine_readable": _("Formats that programs read"),
        "conformity": _("Nothing mandatory is missing"),
        "licence": _("Licence"),
        "licence_vocabulary": _("A licence of the list"),
        "access_rights": _("Access rights"),
        "access_rights_vocabulary": _("Access rights of the public list"),
        "contact": _("Contact"),
        "publisher": _("Publishing organisation"),
        "rights": _("Terms of the files"),
        "size": _("Size of the files"),
        "issued": _("Date of publication"),
        "modified": _("Date of the last update"),
    }[name]


def field(path: str) -> str:
    """Return what a field is called in the form; `resources/<n>/<field>` names the file by its number, too."""
    first, _slash, rest = path.partition("/")
    if first == "resources":
        number, _slash, name = rest.partition("/")
        if not number.isdigit():
            return _label("dataset", "resource_fields", rest) if rest else _("Files")
        return _("File {number}: {field}").format(number=number, field=_label("dataset", "resource_fields", name))
    if first == "organization":
        return _("Organisation: {field}").format(field=_label("organization", "fields", rest))
    if first == "in_series" and rest:
        return _("Series: {field}").format(field=_label("dataset_series", "dataset_fields", rest))
    return _label("dataset", "dataset_fields", path)


def _label(kind: str, part: str, path: str) -> str:
    """Return the label of a field of a schema; of a part of a repeating field, both labels."""
    if path == "resources":
        return _("Files")
    if path == "upload":
        return _("File")
    organization = kind == "organization"
    show = tk.h.scheming_get_organization_schema if organization else tk.h.scheming_get_dataset_schema
    fields = (show(kind) or {}).get(part, [])
    labels = []
    for name in (one for one in path.split("/") if not one.isdigit()):
        found: dict[str, Any] = next((one for one in fields if one["field_name"] == name), {})
        labels.append(_spoken_label(found.get("label") or name))
        fields = found.get("repeating_subfields", [])
    return " / ".join(labels)


def _spoken_label(label: dict[str, str] | str) -> str:
    if isinstance(label, str):
        return label
    return label.get(spoken().partition("_")[0]) or label["ja"]


def message(finding: Finding) -> str:
    """Return what is wrong and what to do, in one or two sentences."""
    if finding.consumer == "bodik":
        text = {
            "open_licence": _("The licence is not an open one, so the data is not gathered. Choose an open licence."),
            "tag": _("The tag “{value}” is missing. Save the dataset once more; it is added by itself."),
            "other_tag": _("The tag “{value}” belongs to another standard data set. Remove it."),
            "standard": _("The title names “{value}”. Where the data follows that standard, choose it."),
        }[finding.rule]
        return text.format(value=finding.value)
    faults = {
        "illegal_iri": _("“{value}” is not an address, so it is not passed on. Correct it."),
        "repaired_iri": _("The address “{value}” is passed on corrected. Write it correctly here, too."),
        "bad_date": _("“{value}” is not a date, so it is not passed on. Write it as 2026-04-01."),
        "bad_number": _("“{value}” is not a number, so it is not passed on. Correct it."),
        "bad_hash": _("“{value}” is not a checksum, so it is not passed on. Correct it or leave it blank."),
        "bad_mail": _("“{value}” is not a mail address, so it is not passed on. Correct it."),
        "bad_phone": _("“{value}” is not a telephone number, so it is not passed on. Correct it."),
        "not_mapped": _("“{value}” has no name in the standard. Choose from the list where that fits."),
    }
    if finding.rule in faults:
        return faults[finding.rule].format(value=finding.value)
    if finding.severity == "rejected":
        return _("It is mandatory and missing. Fill it in.")
    return _("It is recommended and missing. Fill it in, if it can be said.")
