"""A form of a standard data set as a Table Schema.

Source: Frictionless Data, Table Schema 1.0 (`name`, `title`, `description`, `type`, `format`, `constraints`,
`missingValues`, `rdfType`). What the specification does not know stands under names that begin with `hokkaido:`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckanext.hokkaido_standards.domain.definition import Column, ColumnType, Form, Obligation, Proof, Standard
from ckanext.hokkaido_standards.domain.imi import class_of

__all__ = ["table_schema"]

#: What stands in published files where nothing is known; a dash is a value to no column.
_MISSING = ("", "-", "－", "‐")


def table_schema(
    standard: Standard, form: Form, types: Mapping[str, ColumnType], language: str = "ja"
) -> dict[str, Any]:
    """Return a form as a Table Schema.

    Fields are named by the headings of the files, because that is how a checker finds them. `constraints.required` and
    closed lists of values stand only where an official sheet says so.

    :param types: kinds of values by name.
    :param language: of descriptions, `ja` or `en`.
    :raises KeyError: when the set has no such form.
    """
    columns = standard.forms[form]
    schema: dict[str, Any] = {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": f"hokkaido-standard-{standard.code}-{form.value}",
        "title": standard.en if language == "en" else standard.ja,
        "fields": [_field(column, types[column.concept.type], language) for column in columns],
        "missingValues": list(_MISSING),
        "hokkaido:standard": standard.code,
        "hokkaido:form": form.value,
        "hokkaido:proof": standard.proofs.get(form, Proof.NONE).value,
    }
    if standard.about.get(language):
        schema["description"] = standard.about[language]
    if key := _key(columns):
        schema["primaryKey"] = key
    return schema


def _field(column: Column, kind: ColumnType, language: str) -> dict[str, Any]:
    concept = column.concept
    field: dict[str, Any] = {
        "name": column.heading,
        "title": concept.en if language == "en" else column.heading,
        "description": _description(column, kind, language),
        **{name: value for name, value in kind.schema.items() if name != "constraints"},
    }
    constraints = dict(kind.schema.get("constraints", {}))
    if column.obligation == Obligation.MANDATORY:
        constraints["required"] = True
    if column.closed and concept.values:
        constraints["enum"] = list(concept.values)
    if constraints:
        field["constraints"] = constraints
    if example := concept.example or kind.example:
        field["example"] = example
    if iri := class_of(concept.imi):
        field["rdfType"] = iri
    if concept.imi:
        field["hokkaido:imi"] = concept.imi
    if column.physical:
        field["hokkaido:physicalName"] = column.physical
    field["hokkaido:concept"] = concept.key
    field["hokkaido:obligation"] = column.obligation.value
    return field


def _description(column: Column, kind: ColumnType, language: str) -> str:
    told = column.description if language == "ja" else ""
    return " ".join(filter(None, (told, kind.how[language])))


def _key(columns: tuple[Column, ...]) -> list[str]:
    """Return the headings of code and ID where both must be filled in: no file breaks a key that nobody asked for."""
    by_concept = {column.concept.key: column for column in columns}
    found = [by_concept.get(key) for key in ("localgov_code", "id")]
    return (
        [column.heading for column in found if column and column.obligation == Obligation.MANDATORY]
        if all(column and column.obligation == Obligation.MANDATORY for column in found)
        else []
    )
