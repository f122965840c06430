"""Validators of the metadata schema: thin, the rules live in `domain`.

They mend what can be mended without guessing (a lost zero, an era) and say plainly what cannot.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey
from ckanext.scheming.validation import scheming_validator

from ckanext.hokkaido_core.domain.text import has_hidden_characters
from ckanext.hokkaido_schema.domain.flat import drop_empty_groups, group_numbers
from ckanext.hokkaido_schema.domain.standard_tags import missing_tags
from ckanext.hokkaido_schema.logic.batch_knowledge import knowledge_of
from ckanext.hokkaido_schema.logic.readings import area_code
from ckanext.hokkaido_schema.vocabularies import vocabulary

__all__ = [
    "hokkaido_choice",
    "hokkaido_codes",
    "hokkaido_compact_groups",
    "hokkaido_dataset_name",
    "hokkaido_default_language",
    "hokkaido_licence",
    "hokkaido_no_files",
    "hokkaido_periods",
    "hokkaido_plain_text",
    "hokkaido_size",
    "hokkaido_standard_tags",
    "hokkaido_url",
    "hokkaido_urls",
]

_SCHEMES = {"http", "https"}
_BETWEEN_CODES = re.compile(r"[;,、；，\s]+")


def _(text: str) -> str:
    return tk._(text)


def hokkaido_url(value: Any) -> Any:
    """Accept addresses that begin with http:// or https:// and nothing else (no javascript:, no file:)."""
    if not value:
        return value
    text = str(value).strip()
    try:
        parts = urlsplit(text)
        good = parts.scheme.lower() in _SCHEMES and bool(parts.hostname)
    except ValueError:
        good = False
    if not good or re.search(r"\s", text) or has_hidden_characters(text):
        raise tk.Invalid(_("“{text}” is not a web address. Write it from http:// or https:// on.").format(text=text))
    return text


def hokkaido_urls(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Accept a list of web addresses (or one text, or JSON text) and store it as JSON."""
    _store_list(key, data, errors, hokkaido_url)


@scheming_validator
def hokkaido_choice(field: dict[str, Any], schema: dict[str, Any]) -> Callable[[Any], Any]:
    """Make a validator that accepts one code of the vocabulary that the field names, or nothing."""
    codes = vocabulary(field["vocabulary"]).codes
    return lambda value: value if value is tk.missing or not value else _chosen(value, codes)


def _chosen(code: Any, codes: frozenset[str]) -> Any:
    # JSON may bring anything, lists and dictionaries among it, which no set can be asked for.
    if not isinstance(code, str) or code not in codes:
        raise tk.Invalid(_("“{code}” is not one of the choices. Choose from the list.").format(code=code))
    return code


def hokkaido_codes(name: str) -> Callable[..., None]:
    """Make a validator that accepts a list of codes of a vocabulary and stores it as JSON.

    A list may come as a list, as JSON text, or as one text with the codes between semicolons, commas or blanks.
    Codes of areas are mended as `hokkaido_local_government_code` does.
    """

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        def one(text: str) -> str:
            return _chosen(area_code(text, key) if name == "areas" else text, vocabulary(name).codes)

        _store_list(key, data, errors, one)

    return validator


def _store_list(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, check: Callable[[str], str]) -> None:
    if errors.get(key):
        return
    kept: list[str] = []
    for text in _texts(data.get(key)):
        try:
            value = check(text)
        except tk.Invalid as error:
            errors[key].append(error.error)
            continue
        if value not in kept:
            kept.append(value)
    if not errors[key]:
        data[key] = json.dumps(kept, ensure_ascii=False)


def _texts(value: Any) -> list[str]:
    """Bring the ways in which a list arrives to a list of texts without blanks."""
    if value is None or value is tk.missing:
        return []
    if isinstance(value, str):
        if value.lstrip().startswith("["):
            try:
                value = json.loads(value)
            except (ValueError, RecursionError):
                return [value]
        else:
            value = _BETWEEN_CODES.split(value)
    if not isinstance(value, list | tuple):
        value = [value]
    return [text for one in value if (text := str(one).strip())]


def hokkaido_licence(value: Any) -> Any:
    """Accept the licences of the site's list only."""
    if value and str(value) not in model.Package.get_license_register().keys():  # noqa: SIM118 - the register is no dict.
        message = _("The licence “{code}” is not on the list of this site. Choose from the list.")
        raise tk.Invalid(message.format(code=value))
    return value


def hokkaido_no_files(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Refuse files: a series has none of its own, and nobody would have looked at them."""
    for number in group_numbers(data, "resources"):
        errors.setdefault(("resources", number, "url"), []).append(
            _("A series has no files of its own. Add them to a dataset of the series.")
        )


def hokkaido_plain_text(value: Any) -> Any:
    """Refuse characters that nobody can see (control, zero width, direction), which make a name lie."""
    if isinstance(value, str) and has_hidden_characters(value):
        raise tk.Invalid(_("The text holds characters that cannot be seen. Type it again without copying."))
    return value


def hokkaido_size(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Read a number of bytes; a blank clears the stored one, which CKAN's own validators would leave standing."""
    value = data.get(key)
    if value is tk.missing:
        data.pop(key)
        raise tk.StopOnError
    data[key] = tk.get_validator("int_validator")(value, context) if value not in (None, "") else None


def hokkaido_dataset_name(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Give a dataset an address of its own when the editor left it blank, since a Japanese title yields none."""
    if data.get(key) and data[key] is not tk.missing:
        return
    package = context.get("package")
    if package is not None:
        data[key] = package.name
        return
    data[key] = f"dataset-{uuid.uuid4().hex[:10]}"
    if (known := knowledge_of(context)) is not None:
        known.free_names.add(data[key])


def hokkaido_default_language(value: Any) -> Any:
    """Take data whose language nobody names for Japanese."""
    return "ja" if value is tk.missing or not value else value


def hokkaido_compact_groups(field: str) -> Callable[..., None]:
    """Make a validator that removes the groups of a repeating field in which nothing was filled in."""

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        if not any(errors.get(one) for one in errors if one[0] == field):
            drop_empty_groups(data, field, blank=(tk.missing,))

    return validator


def hokkaido_periods(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Refuse a period that ends before it begins."""
    for number in group_numbers(data, "temporal_coverage"):
        start, end = (_text(data.get(("temporal_coverage", number, side))) for side in ("start", "end"))
        if start and end and _reversed(start, end):
            errors.setdefault(("temporal_coverage", number, "end"), []).append(
                _("The period ends ({end}) before it begins ({start}).").format(start=start, end=end)
            )


def hokkaido_standard_tags(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Give a dataset of a standard the tags by which aggregators find it; other tags stay as they are."""
    item = vocabulary("standard_datasets").get(_text(data.get(("standard",))))
    if item is None:
        return
    places = [one for one in data if len(one) == 3 and one[0] == "tags" and one[2] == "name"]  # noqa: PLR2004 - a tag's name.
    number = max((int(one[1]) for one in places), default=-1)
    for tag in missing_tags(item.ja, [str(data[one]) for one in places]):
        number += 1
        data["tags", number, "name"] = tag


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _reversed(start: str, end: str) -> bool:
    try:
        return date.fromisoformat(start) > date.fromisoformat(end)
    except ValueError:
        return False
