"""How the fields of the dataset form are laid out: few in sight, the others folded away by subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["FILE_IN_SIGHT", "GROUPS", "IN_SIGHT", "Group", "grouped", "grouped_file"]

#: What every dataset needs.
IN_SIGHT = ("title", "subtitle", "notes", "owner_org", "license_id", "contact")
FILE_IN_SIGHT = ("url", "name", "description", "format", "columns")
#: Folded groups and their fields; a field that stands nowhere here is one of the last group.
GROUPS = (
    ("find", ("theme", "tag_string", "spatial_code", "temporal_coverage", "standard")),
    ("keep", ("frequency", "frequency_note", "issued", "modified", "url")),
    ("access", ("access_rights", "access_conditions")),
    ("more", ()),
)
#: What a new dataset has without anybody's doing: no reason to unfold a group.
_GIVEN = {"language": ["ja"]}


@dataclass(frozen=True, slots=True)
class Group:
    """A folded group; it is open when one of its fields has a value or an error."""

    name: str
    fields: tuple[Mapping[str, Any], ...]
    open: bool


def grouped(
    fields: Iterable[Mapping[str, Any]], data: Mapping[str, Any], errors: Mapping[str, Any]
) -> tuple[tuple[Mapping[str, Any], ...], tuple[Group, ...]]:
    """Return the fields of a dataset in sight and the folded groups, in the order of the lists above and the schema."""
    return _grouped(fields, data, errors, IN_SIGHT, GROUPS)


def grouped_file(
    fields: Iterable[Mapping[str, Any]], data: Mapping[str, Any], errors: Mapping[str, Any]
) -> tuple[tuple[Mapping[str, Any], ...], tuple[Group, ...]]:
    """Return the fields of a file in sight and the folded group."""
    return _grouped(fields, data, errors, FILE_IN_SIGHT, (("more", ()),))


def _grouped(
    fields: Iterable[Mapping[str, Any]],
    data: Mapping[str, Any],
    errors: Mapping[str, Any],
    in_sight: tuple[str, ...],
    folded: tuple[tuple[str, tuple[str, ...]], ...],
) -> tuple[tuple[Mapping[str, Any], ...], tuple[Group, ...]]:
    shown = {one["field_name"]: one for one in fields if one.get("form_snippet", "") is not None}
    placed = {*in_sight, *(name for _, names in folded for name in names)}
    rest = tuple(name for name in shown if name not in placed)
    groups = []
    for name, names in folded:
        present = tuple(shown[one] for one in (names or rest) if one in shown)
        is_open = any(_speaks(one["field_name"], data, errors) for one in present)
        if present:
            groups.append(Group(name, present, is_open))
    return tuple(shown[name] for name in in_sight if name in shown), tuple(groups)


def _speaks(name: str, data: Mapping[str, Any], errors: Mapping[str, Any]) -> bool:
    # The end of the address is always there, and nobody has to look at it.
    if name == "name":
        return bool(errors.get(name))
    value = data.get(name)
    return bool(errors.get(name)) or (bool(value) and value != _GIVEN.get(name))
