"""Standard data sets as dictionaries."""

from __future__ import annotations

from typing import Any

from ckanext.hokkaido_standards.definitions import column_types
from ckanext.hokkaido_standards.domain.definition import Column, Form, Proof, Standard

__all__ = ["standard", "standard_columns"]


def standard(one: Standard, *, who: bool) -> dict[str, Any]:
    """Return what is known of a set, without its columns; `who` loaded a workbook is for administrators."""
    loading = None
    if one.loading:
        loading = {"file": one.loading.file, "sheet": one.loading.sheet, "source": one.loading.source}
        loading |= {"at": one.loading.at} | ({"by": one.loading.by} if who else {})
    return {
        "code": one.code,
        "title": {"ja": one.ja, "en": one.en},
        "about": dict(one.about),
        "obligations": one.obligations,
        "forms": {form.value: _form(one, form) for form in Form if form in one.forms or form in one.proofs},
        "loading": loading,
    }


def _form(one: Standard, form: Form) -> dict[str, Any]:
    proof = one.proofs.get(form)
    if proof is None:
        # Two forms come with another: what is told of the main one holds for them.
        proof = one.proofs.get(Form.CURRENT, Proof.NONE)
    taken = proof in {Proof.PUBLISHED, Proof.PART}
    return {
        "proof": proof.value,
        "columns": len(one.forms.get(form, ())),
        "publishers": one.publishers.get(form) if taken else None,
    }


def standard_columns(one: Standard) -> dict[str, list[dict[str, Any]]]:
    """Return the columns of every form of a set."""
    older = {column.concept.key: column.heading for column in one.forms.get(Form.LEGACY, ())}
    return {form.value: [_column(column, older) for column in columns] for form, columns in one.forms.items()}


def _column(column: Column, older: dict[str, str]) -> dict[str, Any]:
    concept = column.concept
    kind = column_types()[concept.type]
    return {
        "key": concept.key,
        "heading": column.heading,
        "english": concept.en,
        "physical": column.physical,
        "obligation": column.obligation.value,
        "description": column.description,
        "format": column.format,
        "type": {"code": kind.code, "ja": kind.ja, "en": kind.en, "how": dict(kind.how)},
        "values": list(concept.values or kind.values),
        "closed": column.closed,
        "example": concept.example or kind.example,
        "imi": concept.imi,
        "older_heading": older.get(concept.key, ""),
    }
