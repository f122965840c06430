"""What a submitted form says, as a dataset dictionary: repeating groups, several values, text.

ckanext-scheming sorts the groups of a repeating field as text (10 before 2) and leaves them alone where the stored
value is there as well, so that an edit is lost (#385). Here the number of a group is a number, and a form that shows
a field says everything of it: what is not ticked is not chosen, and a group that was removed is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["FormShape", "read_form", "shape_of", "tags_of"]

_GROUP = re.compile(r"(?P<field>\w+)-(?P<number>\d{1,4})-(?P<part>\w+)")
_BETWEEN_TAGS = re.compile(r"[,、，;；\n]")
#: Snippets of fields that hold several values.
_MANY = {"multiple_checkbox.html", "multiple_select.html", "multiple_text.html", "hokkaido_multiple_select.html"}


@dataclass(frozen=True, slots=True)
class FormShape:
    """The fields of a form by kind: one text, several values, groups of parts."""

    single: frozenset[str]
    many: frozenset[str] = frozenset()
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)


def shape_of(fields: Iterable[Mapping[str, Any]]) -> FormShape:
    """Return the shape of the form of some expanded fields of ckanext-scheming."""
    single, many, groups = set(), set(), {}
    for one in fields:
        name, snippet = one["field_name"], one.get("form_snippet", "")
        if snippet is None:
            continue
        if "repeating_subfields" in one:
            groups[name] = frozenset(part["field_name"] for part in one["repeating_subfields"])
        elif snippet in _MANY:
            many.add(name)
        else:
            single.add(name)
    return FormShape(frozenset(single), frozenset(many), groups)


def read_form(items: Iterable[tuple[str, str]], shape: FormShape, *, complete: bool) -> dict[str, Any]:
    """Return the values of a form; names that the shape does not know are left out.

    :param items: names and values in the order of the form.
    :param complete: whether the form showed every field, so that one without a value was emptied.
    """
    found: dict[str, Any] = {}
    groups: dict[str, dict[int, dict[str, str]]] = {}
    for name, raw in items:
        value = raw.replace("\r\n", "\n").strip()
        if name in shape.single:
            found[name] = value
        elif name in shape.many:
            found.setdefault(name, []).append(value)
        else:
            _read_part(groups, name, value, shape)
    for name in shape.many if complete else shape.many & found.keys():
        found[name] = [value for value in found.get(name, []) if value]
    for name in shape.groups if complete else groups:
        numbered = groups.get(name, {})
        found[name] = [numbered[number] for number in sorted(numbered)]
    return found


def _read_part(groups: dict[str, dict[int, dict[str, str]]], name: str, value: str, shape: FormShape) -> None:
    match = _GROUP.fullmatch(name)
    if value and match and match["part"] in shape.groups.get(match["field"], ()):
        groups.setdefault(match["field"], {}).setdefault(int(match["number"]), {})[match["part"]] = value


def tags_of(text: str) -> list[dict[str, str]]:
    """Return the keywords of a text as CKAN wants them; Japanese commas part them, too."""
    names = (one.strip() for one in _BETWEEN_TAGS.split(text))
    return [{"name": name} for name in dict.fromkeys(names) if name]
