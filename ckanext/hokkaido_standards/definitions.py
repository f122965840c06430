"""The definitions of the standard data sets, read once from `schemas/vocabularies/standards`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ckanext.hokkaido_schema.shared import vocabulary
from ckanext.hokkaido_standards.domain.definition import Column, ColumnType, Concept, Form, Obligation, Proof, Standard

__all__ = ["column_types", "concepts", "standard", "standards"]

_FOLDER = files("ckanext.hokkaido_schema.schemas") / "vocabularies" / "standards"
_COLUMNS = "columns"
#: The C loader is eight times faster, and not everywhere there.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def concepts() -> Mapping[str, Concept]:
    """Return what columns of standard data sets say, by key."""
    return {
        one["key"]: Concept(**{name: tuple(value) if isinstance(value, list) else value for name, value in one.items()})
        for one in _read(_COLUMNS)["items"]
    }


@cache
def column_types() -> Mapping[str, ColumnType]:
    """Return the kinds of values, by the name that a concept has as its type."""
    return {item.code: ColumnType(item.code, item.ja, item.en, **item.more) for item in vocabulary("column_types")}


@cache
def standards() -> Mapping[str, Standard]:
    """Return the standard data sets by their two digits, as they are shipped.

    A definition workbook may have taken the place of a form: `service.definition.current` knows.
    """
    return {
        item.code: _standard(item.code, item.ja, item.en, item["headings"]) for item in vocabulary("standard_datasets")
    }


def standard(code: str) -> Standard | None:
    """Return a standard data set, or nothing for digits that none has."""
    return standards().get(code)


def _standard(code: str, ja: str, en: str, signature: Iterable[str]) -> Standard:
    told = _read(code)
    proofs = {form: told["verified"].get(form) for form in Form}
    return Standard(
        code,
        ja,
        en,
        words=tuple(told["words"]),
        signature=tuple(signature),
        prefix=told.get("prefix", ""),
        imi=told.get("imi", ""),
        forms={form: tuple(map(_column, told[form])) for form in Form if told.get(form)},
        proofs={
            form: Proof(proof["by"] if isinstance(proof, dict) else proof) for form, proof in proofs.items() if proof
        },
        obligations=told["verified"]["obligation"] == Proof.OFFICIAL,
        about=told.get("about", {}),
        publishers={form: proof["publishers"] for form, proof in proofs.items() if isinstance(proof, dict)},
    )


def _column(told: Mapping[str, Any]) -> Column:
    concept = concepts()[told["key"]]
    if kind := told.get("type"):
        # The same thing is a count in one form, and in another what publishers make of it.
        concept = replace(concept, type=kind)
    obligation = Obligation(told.get("obligation", Obligation.UNKNOWN))
    return Column(concept, told.get("heading", concept.ja), obligation, physical=told.get("physical", ""))


def _read(name: str) -> dict[str, Any]:
    text = (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - both loaders are the safe ones.
