"""Columns of the workbook, made of the fields of the schema: what has a field there has a column here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ckanext.hokkaido_schema.domain.mending import pieces

__all__ = ["DATASETS", "DATASET_ID", "FILES", "FILE_ID", "TITLE", "VERSION", "Column", "columns"]

DATASETS, FILES = "データセット", "ファイル"
DATASET_ID, FILE_ID, VERSION, TITLE = "データセットID", "ファイルID", "更新の印", "タイトル"
#: Fields that a workbook does not carry: what the portal fills in by itself, and where a dataset belongs.
_LEFT_OUT = {
    "owner_org", "mimetype", "hash", "hash_algorithm", "hash_sha1", "encoding", "upload", "size", "rows",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the field, the part of a group of fields, what kind it is, and the vocabulary."""

    heading: str
    field: str
    kind: str = "text"
    part: str = ""
    vocabulary: str = ""

    def written(self, source: Mapping[str, Any], label: Any) -> str:
        """Return what stands in the cell of a dataset or file."""
        value = source.get(self.field)
        if self.kind == "tags":
            return ";".join(sorted(tag["name"] for tag in source.get("tags") or ()))
        if self.kind == "group":
            first = next(iter(value or ()), None) or {}
            return str(first.get(self.part) or "")
        if self.kind == "periods":
            spans = ((one.get("start") or "", one.get("end") or "") for one in value or ())
            return ";".join("/".join(span) for span in spans if any(span))
        values = value if isinstance(value, list) else [value]
        texts = [label(self.vocabulary, str(one)) or str(one) for one in values if one not in (None, "")]
        return ";".join(texts)

    def read(self, text: str, codes: Any) -> Any:
        """Return what a cell says, as the actions take it; codes that are none are left to the validators."""
        if self.kind == "tags":
            return [{"name": piece} for piece in pieces(text)]
        if self.kind == "periods":
            return [dict(zip(("start", "end"), _sides(piece), strict=True)) for piece in pieces(text)]
        if self.kind in {"codes", "list"}:
            return [_code(self.vocabulary, piece, codes) for piece in pieces(text)]
        return _code(self.vocabulary, text, codes) if self.vocabulary else text


def _sides(text: str) -> tuple[str, str]:
    start, slash, end = text.partition("/")
    return (start.strip(), end.strip()) if slash else (text, text)


def _code(vocabulary: str, text: str, codes: Any) -> str:
    found = codes(vocabulary, text) if vocabulary and text else ()
    return found[0] if len(found) == 1 else text


def columns(fields: Iterable[Mapping[str, Any]], *without: str) -> list[Column]:
    """Return the columns of the fields of a scheming schema, in their order; some fields have none."""
    found: list[Column] = []
    for field in fields:
        name, heading = field["field_name"], _heading(field)
        if name == "tag_string":
            found.append(Column(heading, "tags", "tags"))
        elif name in _LEFT_OUT or name in without:
            continue
        elif "repeating_subfields" in field:
            found += _group(field, heading)
        else:
            found.append(Column(heading, name, _kind(field), "", _vocabulary(field)))
    return found


def _group(field: Mapping[str, Any], heading: str) -> list[Column]:
    name = field["field_name"]
    parts = {part["field_name"]: part for part in field["repeating_subfields"]}
    if set(parts) == {"start", "end"}:
        return [Column(heading, name, "periods")]
    if not field.get("repeating_once"):
        # A row has cells for one group, and would take the others away.
        return []
    return [Column(f"{heading}：{_heading(part)}", name, "group", key) for key, part in parts.items()]


def _kind(field: Mapping[str, Any]) -> str:
    validators = str(field.get("validators") or "")
    if "hokkaido_codes" in validators:
        return "codes"
    return "list" if "hokkaido_urls" in validators else "text"


def _vocabulary(field: Mapping[str, Any]) -> str:
    return "licences" if field["field_name"] == "license_id" else str(field.get("vocabulary") or "")


def _heading(field: Mapping[str, Any]) -> str:
    label = field.get("label") or field["field_name"]
    return str(label.get("ja")) if isinstance(label, Mapping) else str(label)
