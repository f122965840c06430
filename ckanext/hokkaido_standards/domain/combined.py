"""What the one table of a standard data set is made of: keys, reasons for leaving out, sentences of provenance."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import quote

from ckanext.hokkaido_standards.domain.definition import Column, Concept, Form, Standard
from ckanext.hokkaido_standards.domain.region import Box

__all__ = [
    "DETAILS",
    "IDS",
    "NAMES",
    "OWN_CODES",
    "FileReason",
    "KeyKind",
    "Provenance",
    "Reason",
    "Wanted",
    "columns_of",
    "dataset_id",
    "dataset_name",
    "record_path",
]


class KeyKind(StrEnum):
    """What tells a record from the others of its municipality: its identifier, or its name and place."""

    ID = "id"
    NAME = "name"


class Reason(StrEnum):
    """Why a row of a file is not in the table.

    `MISFIT`: it has more values than there are headings, so that they stand in wrong columns. `TOTAL`: it sums others
    up. `NO_KEY`: neither an identifier nor a name nor a place. `NO_MUNICIPALITY`: neither the row nor the publisher
    says whose it is. `DOUBLE`: the same row is there already. `REPLACED`: a newer file has it.
    """

    MISFIT = "misfit"
    TOTAL = "total"
    NO_KEY = "no-key"
    NO_MUNICIPALITY = "no-municipality"
    DOUBLE = "double"
    REPLACED = "replaced"


class FileReason(StrEnum):
    """Why no row of a file is in the table.

    `HEADINGS`: only its name tells the set, its headings are not those of it. `EMPTY`: it has no row. `METADATA`: it
    tells of another file. `MENDED`: its rows are there as the file has them that was made from it by a repair.
    `PENDING`: it is being read again. `LOST`: it lies at another site, where it is not any more. `JOINED`: it is a one
    table itself, of this portal or another, whose rows are in the files that they are from.
    """

    HEADINGS = "headings"
    EMPTY = "empty"
    METADATA = "metadata"
    MENDED = "mended"
    PENDING = "pending"
    LOST = "lost"
    JOINED = "joined"


#: Concepts by which a record is identified, the first that a table has.
IDS = ("id", "dataset_id", "school_id", "school_code")
#: Concepts that name a record, the first that has a value.
NAMES = (
    "name",
    "event_name",
    "care_office_name",
    "food_name",
    "area_name",
    "school_title",
    "school_name",
    "dataset_title",
    "menu_name",
    "waste_item",
    "waste_label",
    "voting_district",
    "collection_area",
)
#: Concepts that tell records of one name apart, beside dates and times.
DETAILS = (
    "address",
    "building",
    "position",
    "latitude",
    "longitude",
    "facility_kind",
    "language",
    "file_title",
    "food_item",
)
#: Concepts that say whose record it is.
OWN_CODES = ("localgov_code", "school_localgov_code")

_NAMESPACE = uuid.UUID("0a2f4c55-9a4e-5b6d-8c0e-6e4f0e3f7b10")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are wanted; nothing asks for all.

    :ivar municipalities: codes of six digits.
    :ivar bureaus: codes of subprefectural bureaus.
    :ivar since: and `until`: a row is wanted when one of its days lies between them, both included, or when its first
        and last day enclose them.
    :ivar text: stands in the name or the address.
    :ivar placed: only rows that have a place.
    """

    municipalities: tuple[str, ...] = ()
    bureaus: tuple[str, ...] = ()
    box: Box | None = None
    since: date | None = None
    until: date | None = None
    text: str = ""
    placed: bool = False

    @property
    def everything(self) -> bool:
        """Tell whether no row is left out."""
        return self == Wanted()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where rows are from.

    :ivar address: of the page of the file on this portal.
    :ivar licence: what the licence is called in short, as lists write it.
    :ivar original: address of a file that lies at another site; blank for one that lies here.
    """

    publisher: str
    dataset: str
    file: str
    address: str
    licence: str
    original: str = ""

    @property
    def attribution(self) -> str:
        """Return the line by which a user names the source; Japanese, as the data are."""
        file = f" {self.file}" if self.file and self.file != self.dataset else ""
        terms = f"（{self.licence}）" if self.licence else ""
        return f"出典：{self.publisher}「{self.dataset}」{file}{terms}{self.address} を加工して作成"


def columns_of(standard: Standard) -> tuple[tuple[Concept, str], ...]:
    """Return what the columns of the one table say, with their headings: the current form, then what others have."""
    found: dict[str, tuple[Concept, str]] = {}
    for form in (Form.CURRENT, Form.LEGACY, Form.CIVIC):
        for column in standard.forms.get(form, ()):
            found.setdefault(column.concept.key, (column.concept, _heading(column, form)))
    return tuple(found.values())


def _heading(column: Column, form: Form) -> str:
    return column.heading if form == Form.CURRENT else column.concept.ja


def record_path(standard: str, municipality: str, kind: str, key: str) -> str:
    """Return the path of a record below the portal's address.

    :param key: its identifier, or the mark that stands for name and place.
    """
    mark = quote(key, safe="") if kind == KeyKind.ID else f"~{quote(key, safe='')}"
    return f"/combined/{standard}/{municipality}/{mark}"


def dataset_id(standard: str) -> str:
    """Return the id of the catalogue's dataset of a standard: the same each time, so that a retry finds it."""
    return str(uuid.uuid5(_NAMESPACE, f"combined-{standard}"))


def dataset_name(standard: Standard) -> str:
    """Return the name of the catalogue's dataset, such as `combined-01-public-facility`."""
    words = [word.lower().replace("_", "-") for word in standard.words if word.isascii()]
    return "-".join(["combined", standard.code, *words[:1]])
