"""An empty table of a standard data set, for a municipality to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ckanext.hokkaido_standards.domain.definition import Column, ColumnType, Form, Obligation, Proof, Standard

__all__ = ["FILLED_ROWS", "IN_EVERY_ROW", "ROWS", "NotFillable", "Place", "Template", "TemplateColumn", "template"]

#: Dropdowns reach so far down.
ROWS = 1000
#: So many rows have the code and name of the municipality in them; whoever needs more fills them down.
FILLED_ROWS = 50
#: What is the same in every row of a municipality's table, whatever it is about. Addresses may lie elsewhere.
IN_EVERY_ROW = frozenset({"localgov_code", "localgov_name", "prefecture_name"})


class NotFillable(LookupError):
    """Nothing is known of the columns of a set, so that there is nothing to fill in."""


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality: its code of six digits, its name, and the name of its prefecture."""

    code: str
    name: str
    prefecture: str = "北海道"


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A column to fill in.

    :ivar fixed: what stands in every row, blank where somebody has to type.
    :ivar closed: whether only `values` may stand there.
    :ivar text: whether the cell is a text, so that zeros stay.
    """

    heading: str
    how: str
    obligation: Obligation
    example: str = ""
    fixed: str = ""
    values: tuple[str, ...] = ()
    closed: bool = False
    text: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """The columns of a form, ready to be written as a file."""

    standard: Standard
    form: Form
    proof: Proof
    columns: tuple[TemplateColumn, ...]
    place: Place | None = None

    @property
    def headings(self) -> list[str]:
        """Return the headings in their order."""
        return [column.heading for column in self.columns]

    @property
    def blank_row(self) -> list[str]:
        """Return a row in which only what is known of the municipality stands."""
        return [column.fixed for column in self.columns]

    @property
    def example_row(self) -> list[str]:
        """Return a row that nobody must publish."""
        return [column.fixed or column.example for column in self.columns]


def template(
    standard: Standard, types: Mapping[str, ColumnType], form: Form | None = None, place: Place | None = None
) -> Template:
    """Return what there is to fill in for a form: the current one unless told, else the older one.

    :raises NotFillable: when the set has no such form, or none at all.
    """
    wanted = form or next((one for one in (Form.CURRENT, Form.LEGACY) if one in standard.forms), None)
    if wanted is None or wanted not in standard.forms:
        raise NotFillable(standard.code)
    columns = tuple(_column(column, types[column.concept.type], place) for column in standard.forms[wanted])
    return Template(standard, wanted, standard.proofs.get(wanted, Proof.NONE), columns, place)


def _column(column: Column, kind: ColumnType, place: Place | None) -> TemplateColumn:
    concept = column.concept
    fixed = _known(concept.key, place)
    return TemplateColumn(
        heading=column.heading,
        how=" ".join(filter(None, (column.description, column.format or kind.how["ja"]))),
        obligation=column.obligation,
        example=fixed or concept.example or kind.example,
        fixed=fixed if concept.key in IN_EVERY_ROW else "",
        values=concept.values or kind.values,
        closed=column.closed,
        text=kind.text,
    )


def _known(concept: str, place: Place | None) -> str:
    if place is None:
        return ""
    if concept in {"localgov_code", "seat_localgov_code", "manager_localgov_code"}:
        return place.code
    if concept in {"localgov_name", "address_city", "manager_name"}:
        return place.name
    return place.prefecture if concept in {"prefecture_name", "address_prefecture"} else ""
