"""Reading the file of a resource for people: its preview, and what would not survive a conversion."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.hokkaido_schema import config, conversions
from ckanext.hokkaido_schema.service import reading
from ckanext.hokkaido_schema.stored_file import NoFile, open_stored

__all__ = ["hokkaido_resource_conversion_show", "hokkaido_resource_preview"]

_MOST_ROWS = 100


@tk.side_effect_free
def hokkaido_resource_preview(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show the beginning of the stored file of a resource: a table, a text, or why there is nothing to show.

    :param id: the resource.
    :param sheet: name of the worksheet (optional; the first one that is not hidden).
    :returns: a dictionary with `kind` (`table`, `text` or `nothing`), `reason`, `encoding`, `complete`, `notes`,
        `text`, `table` (`headings`, at most 100 `rows`, `above`, `skip`, `total`, `width`, `sheets`, `sheet`,
        `delimiter`) and `places` (`points` with `row`, `name`, `latitude` and `longitude`; `shapes` with `row`, `name`,
        `kind`, their `geometry` as it is drawn and their bounds; `blank`, `unreadable`, `outside` and `more` count the
        others; `thinned` says that lines and outlines are coarser than those of the file).
    :raises NotAuthorized: when the user may not have the file.
    """
    resource_id = tk.get_or_bust(data_dict, "id")
    tk.check_access("hokkaido_resource_preview", context, {"id": resource_id})
    resource = tk.get_action("resource_show")(tk.fresh_context(context), {"id": resource_id})
    try:
        stored = open_stored(resource)
    except NoFile:
        return asdict(reading.Reading("nothing", "no_file"))
    read = reading.read(
        stored,
        str(resource.get("url") or ""),
        str(resource.get("format") or ""),
        config.preview_bytes(),
        str(data_dict.get("sheet") or ""),
    )
    shown = asdict(read)
    if read.table is not None:
        shown["table"]["rows"] = read.table.rows[:_MOST_ROWS]
    return shown


@tk.side_effect_free
def hokkaido_resource_conversion_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show what a download of a resource in another encoding would change, before it is made.

    :param id: the resource, whose file is a text with columns or a workbook.
    :param encoding: `utf-8` (with its mark, as Excel needs it) or `cp932`.
    :param sheet: name of the worksheet (optional).
    :returns: a dictionary with `encoding`, `label`, `source` (encoding of the file, empty for a worksheet), `sheets`,
        `sheet`, `headings`, `complete` (whether all of the file was looked at) and `misfits`, each with `character`,
        `code_point`, `becomes`, `count` and the first `places` (row and column, counted from 1).
    :raises NotAuthorized: when the user may not have the file.
    :raises ValidationError: when the file is of another kind, or the encoding is not known.
    """
    resource_id = tk.get_or_bust(data_dict, "id")
    tk.check_access("hokkaido_resource_conversion_show", context, {"id": resource_id})
    target = conversions.target_of(data_dict.get("encoding"))
    resource = tk.get_action("resource_show")(tk.fresh_context(context), {"id": resource_id})
    source = conversions.open_source(resource, str(data_dict.get("sheet") or ""))
    found, complete = source.misfits(target)
    return {
        "encoding": target.code,
        "label": target.label,
        "source": source.encoding,
        "sheets": list(source.sheets),
        "sheet": source.sheet,
        "headings": list(source.headings),
        "complete": complete,
        "misfits": [asdict(one) | {"code_point": one.code_point} for one in found],
    }
