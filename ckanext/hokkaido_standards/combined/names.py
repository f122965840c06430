"""Names of the columns that the one table has beside those of its standard data set."""

from __future__ import annotations

from typing import Final

__all__ = [
    "ADDRESS",
    "ALT",
    "ATTRIBUTION",
    "BUREAU",
    "CHECKED",
    "DATASET",
    "EAST",
    "FILE",
    "FROM",
    "HEADINGS",
    "ID",
    "KEY",
    "KIND",
    "LICENCE",
    "LINE",
    "MARK",
    "MUNICIPALITY",
    "NAME",
    "NORTH",
    "ORIGINAL",
    "PLACE",
    "PLACED",
    "REASON",
    "RESOURCE",
    "SHEET",
    "TEXT",
    "TOLD",
    "UNTIL",
]

#: Of fragments and of the table.
MUNICIPALITY: Final = "_municipality"
SHEET: Final = "_sheet"
LINE: Final = "_line"
NAME: Final = "_name"
NORTH: Final = "_latitude"
EAST: Final = "_longitude"
FROM: Final = "_from"
UNTIL: Final = "_until"

#: Of fragments alone: identifier, mark of name and place, whether it has a place or a day, mark of all values, why the
#: row is left out.
ID: Final = "_id"
ALT: Final = "_alt"
PLACED: Final = "_placed"
MARK: Final = "_mark"
REASON: Final = "_reason"

#: Of the table alone.
KEY: Final = "_key"
KIND: Final = "_key_kind"
BUREAU: Final = "_bureau"
DATASET: Final = "_dataset"
RESOURCE: Final = "_resource"
FILE: Final = "_file"
ADDRESS: Final = "_source"
#: Address of a file that lies at another site.
ORIGINAL: Final = "_original"
CHECKED: Final = "_checked_at"
LICENCE: Final = "_licence"
ATTRIBUTION: Final = "_attribution"
#: IRI of the record.
PLACE: Final = "_iri"

#: What people read of a row's provenance, in the order of files; the data are Japanese.
HEADINGS: Final = {
    MUNICIPALITY: "統合_全国地方公共団体コード",
    KEY: "統合_キー",
    KIND: "統合_キーの種類",
    PLACE: "統合_レコードのURI",
    FILE: "出典_ファイル",
    ADDRESS: "出典_URL",
    ORIGINAL: "出典_もとのURL",
    SHEET: "出典_シート",
    LINE: "出典_行",
    CHECKED: "出典_検査日時",
    LICENCE: "出典_ライセンス",
    ATTRIBUTION: "出典_表示",
}
#: Names that formats for programs tell beside the columns of the standard; the line keeps them from being mistaken.
TOLD: Final = (*HEADINGS, NAME, NORTH, EAST, FROM, UNTIL, BUREAU, RESOURCE, DATASET)

#: Of the DataStore alone, hidden by its name: all values of a row, by which texts are searched.
TEXT: Final = "_hokkaido_text"
