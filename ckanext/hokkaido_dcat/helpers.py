"""What templates ask of the feed."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
from markupsafe import Markup

from ckanext.hokkaido_dcat import words

__all__ = [
    "hokkaido_dcat_correction",
    "hokkaido_dcat_count",
    "hokkaido_dcat_lacking",
    "hokkaido_dcat_quality",
    "hokkaido_dcat_schema_org",
    "hokkaido_dcat_word",
]

log = logging.getLogger(__name__)

#: No text can end the data block that it stands in, whatever somebody has typed.
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def hokkaido_dcat_schema_org(dataset_id: str) -> Markup | None:
    """Return a dataset as JSON-LD of schema.org for a data block of its page, None where it is not public."""
    try:
        found = tk.get_action("hokkaido_feed_schema_org_show")({}, {"id": dataset_id})
    except tk.ObjectNotFound:
        return None
    return Markup(json.dumps(found, ensure_ascii=False).translate(_ESCAPES))  # noqa: S704 - escaped above.


def hokkaido_dcat_quality(dataset_id: str) -> dict[str, Any] | None:
    """Return what a check of a dataset finds, as `hokkaido_feed_quality_show` gives it, None where it fails.

    What several consumers say of the same thing is one finding, in the words of the one who minds most; `for_whom`
    lists `{severity, consumers}`, gravest first.
    """
    try:
        check = tk.get_action("hokkaido_feed_quality_show")({}, {"id": dataset_id})
    except Exception:
        # The boundary between the feed and an editor's page: a fault of a contributor costs the check only.
        log.exception("Feed: dataset %s could not be checked", dataset_id)
        return None
    joined: dict[tuple[str, str, str], dict[str, Any]] = {}
    for one in check["findings"]:
        known = joined.setdefault((one["field"], one["rule"], one["value"]), {**one, "minding": {}})
        known["minding"].setdefault(one["severity"], []).append(one["consumer"])
    findings = []
    for one in joined.values():
        minding = one.pop("minding").items()
        findings.append({**one, "for_whom": [{"severity": grave, "consumers": names} for grave, names in minding]})
    return {**check, "findings": findings}


def hokkaido_dcat_lacking(lacking: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what is lacking most often, with the consumers together that miss the same in as many datasets."""
    joined: dict[tuple[str, str, int], dict[str, Any]] = {}
    for one in lacking:
        known = joined.setdefault((one["field"], one["severity"], one["datasets"]), {**one, "consumers": []})
        known["consumers"].append(one["consumer"])
    return list(joined.values())


_WORDS: dict[str, Callable[[str], str]] = {
    "consumer": words.consumer,
    "dimension": words.dimension,
    "field": words.field,
    "indicator": words.indicator,
    "rating": words.rating,
    "reading": words.reading,
    "severity": words.severity,
}


def hokkaido_dcat_word(kind: str, name: str) -> str:
    """Return what something is called.

    :param kind: consumer, dimension, field, indicator, rating, reading or severity.
    """
    return _WORDS[kind](name)


def hokkaido_dcat_correction(dataset: dict[str, Any], path: str, resource_id: str | None = None) -> str | None:
    """Return the address of the form in which a field of a dataset is corrected, at that field.

    :param path: field as a finding names it.
    :param resource_id: of the file that the field belongs to.
    """
    first, _, rest = path.partition("/")
    if first == "organization":
        organization = dataset.get("organization") or {}
        allowed = organization and tk.h.check_access("organization_update", {"id": organization["id"]})
        return tk.url_for("organization.edit", id=organization["name"]) if allowed else None
    if first == "resources" and resource_id:
        name = rest.partition("/")[2].partition("/")[0]
        address = tk.url_for("dataset_resource.edit", id=dataset["name"], resource_id=resource_id)
        return f"{address}#field-{name}"
    if first == "resources":
        return tk.url_for("dataset.resources", id=dataset["name"])
    return f"{tk.url_for('dataset.edit', id=dataset['name'])}#field-{first}"


def hokkaido_dcat_count(number: float | None) -> str:
    """Return a number with commas, whole where it is whole; a dash for none."""
    if number is None:
        return "—"
    return f"{number:,.1f}" if isinstance(number, float) and not number.is_integer() else f"{int(number):,}"
