"""Downloads of a resource as CSV in another encoding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote, urlparse

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.hokkaido_schema import config
from ckanext.hokkaido_schema.domain.conversion import TARGETS, Target
from ckanext.hokkaido_schema.logic.fetching import check_fetch
from ckanext.hokkaido_schema.reading_words import why_not
from ckanext.hokkaido_schema.service.converting import NotConvertible, Source, source_of
from ckanext.hokkaido_schema.stored_file import NoFile, open_stored

__all__ = ["Converted", "as_text", "open_converted", "open_source", "target_of"]


@dataclass(frozen=True, slots=True)
class Converted:
    """A file to be sent."""

    chunks: Iterable[bytes]
    content_type: str
    filename: str


def target_of(encoding: object) -> Target:
    """Return the encoding that somebody asked for; UTF-8 when nobody said.

    :raises ValidationError: when it is none that is offered.
    """
    target = TARGETS.get(str(encoding or "utf-8"))
    if target is None:
        raise tk.ValidationError({"encoding": [tk._("Choose utf-8 or cp932 for the encoding.")]})
    return target


def open_source(resource: dict[str, Any], sheet: str) -> Source:
    """Return the stored file of a resource as something that can be written as CSV.

    :raises ValidationError: when it is nothing of that kind.
    """
    try:
        return source_of(open_stored(resource), config.preview_bytes(), sheet)
    except NoFile as error:
        raise tk.ValidationError({"id": [why_not("no_file")]}) from error
    except NotConvertible as refused:
        raise tk.ValidationError({"id": [why_not(refused.code)]}) from refused


def open_converted(context: Context, resource: dict[str, Any], encoding: str, sheet: str) -> Converted:
    """Return the file of a resource in another encoding, for whoever may have the file itself.

    :raises NotAuthorized: when the user of the context may not.
    :raises ValidationError: when the file or the encoding cannot be had.
    """
    check_fetch(context, resource["id"])
    target = target_of(encoding)
    source = open_source(resource, sheet)
    stem = PurePath(unquote(urlparse(str(resource.get("url") or "")).path)).stem or "data"
    parts = [stem, *([source.sheet] if source.sheet else []), target.code]
    kind, ending = ("tab-separated-values", "tsv") if source.delimiter == "\t" else ("csv", "csv")
    charset = "utf-8" if target.code == "utf-8" else "windows-31j"
    return Converted(source.bytes(target), f"text/{kind}; charset={charset}", f"{'_'.join(parts)}.{ending}")


def as_text(resource: dict[str, Any], report: dict[str, Any]) -> str:
    """Return what a conversion would change as lines of text, each value after a tab."""
    lines = [
        f"{tk._('File')}\t{resource.get('name') or resource.get('url')}",
        f"{tk._('Encoding of the download')}\t{report['label']}",
        "",
        "\t".join((tk._("Character"), tk._("Code point"), tk._("Becomes"), tk._("Times"), tk._("First places"))),
    ]
    for misfit in report["misfits"]:
        places = "; ".join(
            tk._("row {row}, column {column}").format(row=row, column=column) for row, column in misfit["places"]
        )
        becomes = misfit["becomes"] or tk._("(left out)")
        lines.append("\t".join((misfit["character"], misfit["code_point"], becomes, str(misfit["count"]), places)))
    return "\r\n".join(lines) + "\r\n"
