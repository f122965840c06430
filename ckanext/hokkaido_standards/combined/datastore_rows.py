"""Rows of a table as CKAN's DataStore holds them: columns with types and labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from ckanext.hokkaido_standards.combined import names as n
from ckanext.hokkaido_standards.combined.values import day
from ckanext.hokkaido_standards.domain.combined import columns_of
from ckanext.hokkaido_standards.domain.definition import Standard

__all__ = ["Field", "copied", "fields_of"]

_NUMERIC = frozenset(("integer", "number", "latitude", "longitude"))
_NUMBER = r"^-?\d{1,15}(\.\d{1,15})?$"
_UNFIT = "combined_unfit"


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the DataStore.

    :ivar source: name of the column in the table.
    :ivar type: of PostgreSQL.
    :ivar label: what people call it, as the CSV does; `notes` in English.
    """

    id: str
    source: str
    type: str
    label: str
    notes: str = ""


#: Columns beside those of the standard; names of the DataStore's own begin with `_`.
_BESIDE = (
    Field("combined_municipality", n.MUNICIPALITY, "text", n.HEADINGS[n.MUNICIPALITY], "Municipality code"),
    Field("combined_bureau", n.BUREAU, "text", "統合_振興局コード", "Subprefectural bureau code"),
    Field("combined_key", n.KEY, "text", n.HEADINGS[n.KEY], "Key"),
    Field("combined_key_kind", n.KIND, "text", n.HEADINGS[n.KIND], "Kind of key: id or name"),
    Field("combined_iri", n.PLACE, "text", n.HEADINGS[n.PLACE], "IRI of the record"),
    Field("combined_latitude", n.NORTH, "float8", "統合_緯度", "Latitude that was verified to lie in Japan"),
    Field("combined_longitude", n.EAST, "float8", "統合_経度", "Longitude that was verified to lie in Japan"),
    Field("combined_from", n.FROM, "date", "統合_最初の日", "First day that the row names"),
    Field("combined_until", n.UNTIL, "date", "統合_最後の日", "Last day that the row names"),
    Field(
        _UNFIT,
        _UNFIT,
        "text",
        "統合_型に合わない値",
        "Values as typed that are no number or date where one is asked for",
    ),
    Field("source_file", n.FILE, "text", n.HEADINGS[n.FILE], "File"),
    Field("source_url", n.ADDRESS, "text", n.HEADINGS[n.ADDRESS], "Address of the file"),
    Field("source_original_url", n.ORIGINAL, "text", n.HEADINGS[n.ORIGINAL], "Address of the file at its own site"),
    Field("source_sheet", n.SHEET, "text", n.HEADINGS[n.SHEET], "Sheet"),
    Field("source_line", n.LINE, "int4", n.HEADINGS[n.LINE], "Line"),
    Field("source_checked_at", n.CHECKED, "timestamp", n.HEADINGS[n.CHECKED], "Checked at (UTC)"),
    Field("source_licence", n.LICENCE, "text", n.HEADINGS[n.LICENCE], "Licence"),
    Field("source_attribution", n.ATTRIBUTION, "text", n.HEADINGS[n.ATTRIBUTION], "Attribution line"),
)


def fields_of(standard: Standard) -> list[Field]:
    """Return the columns of the table of a standard; they do not depend on its rows."""
    own = [
        Field(concept.key, concept.key, _type_of(concept.type), heading, concept.en)
        for concept, heading in columns_of(standard)
    ]
    return [*own, *_BESIDE]


def _type_of(kind: str) -> str:
    if kind in _NUMERIC:
        return "numeric"
    return "date" if kind == "date" else "text"


def copied(frame: pl.DataFrame, fields: Sequence[Field], hidden: Sequence[str]) -> str:
    """Return rows of the table as CSV for `COPY`: the fields in their order, `names.TEXT`, and the hidden columns.

    A value that is no number or day where one is asked for is null there and told in `combined_unfit`: none is lost.
    """
    there = set(frame.columns)
    own = [field for field in fields if field.source in there and not field.source.startswith("_")]
    typed = {field.id: _typed(field) for field in own if field.type != "text"}
    unfit = [
        pl.when(pl.col(field.source).is_not_null() & typed[field.id].is_null()).then(
            pl.format("{}={}", pl.lit(field.label), pl.col(field.source))
        )
        for field in own
        if field.id in typed
    ]
    words = [pl.col(field.source) for field in own] or [pl.lit("")]
    told = frame.with_columns(
        pl.concat_str(unfit or [pl.lit(None, pl.String)], separator="、", ignore_nulls=True)
        .replace("", None)
        .alias(_UNFIT)
    )
    chosen = [
        typed.get(field.id, pl.col(field.source) if field.source in told.columns else pl.lit(None)).alias(field.id)
        for field in fields
    ]
    text = pl.concat_str(words, separator=" ", ignore_nulls=True).str.to_lowercase().alias(n.TEXT)
    # PostgreSQL holds no zero bytes.
    plain = told.with_columns(pl.col(pl.String).str.replace_all("\0", "", literal=True))
    return plain.select(*chosen, text, *hidden).write_csv(include_header=False)


def _typed(field: Field) -> pl.Expr:
    if field.type == "date":
        return day(field.source)
    return pl.when(pl.col(field.source).str.contains(_NUMBER)).then(pl.col(field.source))
