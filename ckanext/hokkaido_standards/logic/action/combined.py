"""The one table of a standard data set: what it is made of, its rows, what is left out, and making it anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import session_of, unit_of_work
from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.domain.combined import Wanted
from ckanext.hokkaido_standards.logic import combined_dictize, schema
from ckanext.hokkaido_standards.logic.combined_table import Opened, opened
from ckanext.hokkaido_standards.logic.combined_wanted import wanted_of
from ckanext.hokkaido_standards.service import combined, definition
from ckanext.hokkaido_standards.service.check import ask as ask_checks

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "hokkaido_combined_left_list",
    "hokkaido_combined_list",
    "hokkaido_combined_rebuild",
    "hokkaido_combined_record_show",
    "hokkaido_combined_search",
    "hokkaido_combined_show",
]


@tk.side_effect_free
def hokkaido_combined_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """List the standard data sets whose files are joined into one table.

    :returns: in the order of their digits, `code, title{ja, en}, rows, files, municipalities` (numbers), `url`.
    """
    tk.check_access("hokkaido_combined_list", context, data_dict)
    codes = combined.standards_of(session_of(context))
    found = (opened(context, code) for code in sorted(codes & definition.current(session_of(context)).keys()))
    return [combined_dictize.listed(one) for one in found if one.table.parts]


@tk.side_effect_free
@tk.validate_action_data(schema.combined_show)
def hokkaido_combined_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show what the one table of a standard data set is made of.

    :param id: two digits of the set.
    :returns: `code, title{ja, en}, mark` (another one whenever any of it changes)`, rows, places, dated, keys` (rows by
        `id` and `name`)`, left` (rows left out by reason)`, columns` (`key, heading, english, type, imi`)`,
        municipalities` (`code, ja, en, bureau, rows`)`, licences` (`licence, files`)`, formats` (`extension, label,
        url, media_type`)`, dataset` (id in the catalogue) and `files`: `resource_id, package_id, title, dataset,
        publisher, municipality, licence, attribution, checked_at, url, original` (address of a file at another
        site; blank for one that lies here)`, rows, left, reason` (why it gives none; blank otherwise).
    :raises ObjectNotFound: no set has these digits.
    """
    tk.check_access("hokkaido_combined_show", context, data_dict)
    return combined_dictize.shown(opened(context, data_dict["id"]), config.site_url())


@tk.side_effect_free
@tk.validate_action_data(schema.combined_search)
def hokkaido_combined_search(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Search the rows of the one table of a standard data set.

    :param id: two digits of the set.
    :param municipality: codes of six digits, several with commas (optional, as all that follow).
    :param bureau: codes of subprefectural bureaus, several with commas.
    :param bbox: west, south, east, north in degrees.
    :param since: first day of a period; rows of which a day lies in it, or that enclose it.
    :param until: last day of the period.
    :param q: stands in the name or the address.
    :param placed: only rows that have a place.
    :param offset: rows to skip.
    :param limit: rows at most, 100 unless told, 1,000 at most.
    :returns: `count`, `mark` of the table and `rows` by the keys of the columns, with `_iri, _key, _key_kind` (`id` or
        `name`)`, _municipality, _bureau, _latitude, _longitude, _from, _until, _file, _source` (page of the
        file on this portal)`, _original` (address of a file at another site)`, _sheet, _line, _checked_at, _licence,
        _attribution, _resource, _dataset`.
    :raises ValidationError: when a filter cannot be read.
    """
    tk.check_access("hokkaido_combined_search", context, data_dict)
    found, wanted = opened(context, data_dict["id"]), wanted_of(data_dict)
    if found.folder is None:
        return {"count": 0, "mark": found.table.mark, "rows": []}
    from ckanext.hokkaido_standards.combined.files import describer
    from ckanext.hokkaido_standards.combined.merging import ROWS
    from ckanext.hokkaido_standards.combined.selecting import count, page

    path, describe = found.folder / ROWS, describer(found.table.standard, config.site_url())
    total = found.facts["rows"] if wanted == Wanted() else count(path, wanted)
    rows = page(path, wanted, data_dict["offset"], data_dict["limit"])
    return {"count": total, "mark": found.table.mark, "rows": describe.told(rows, "plain")}


@tk.side_effect_free
@tk.validate_action_data(schema.combined_left_list)
def hokkaido_combined_left_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List the rows of files that are not in the one table of a standard data set, and why.

    :param id: two digits of the set.
    :param offset: rows to skip (optional).
    :param limit: rows at most (optional; 100 unless told, 1,000 at most).
    :returns: `count` and `rows` with `_reason` (`misfit, total, no-key, no-municipality, double, replaced`)`,
        _municipality, _id, _name, _file, _source, _sheet, _line, _resource, _dataset`.
    """
    tk.check_access("hokkaido_combined_left_list", context, data_dict)
    found = opened(context, data_dict["id"])
    if found.folder is None:
        return {"count": 0, "rows": []}
    from ckanext.hokkaido_standards.combined.merging import LEFT
    from ckanext.hokkaido_standards.combined.selecting import page

    rows = page(found.folder / LEFT, Wanted(), data_dict["offset"], data_dict["limit"])
    return {"count": sum(found.facts["left"].values()), "rows": rows.to_dicts()}


@tk.side_effect_free
@tk.validate_action_data(schema.combined_record_show)
def hokkaido_combined_record_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show one record of the one table of a standard data set.

    :param iri: its address on this portal, as `_iri` has it.
    :returns: `row` as `hokkaido_combined_search` returns rows, `columns` as `hokkaido_combined_show`, those alone that
        have a value, `title` of the set, `mark`, and `node`, the record in JSON-LD under `context`.
    :raises ObjectNotFound: there is no such record, or its file is not for everybody any more.
    """
    tk.check_access("hokkaido_combined_record_show", context, data_dict)
    iri = data_dict["iri"]
    found = opened(context, _code_of(iri))
    record = _record(found, iri)
    if record is None:
        raise tk.ObjectNotFound(tk._("There is no such record. Its file may have changed or been withdrawn."))
    from ckanext.hokkaido_standards.combined.files import describer

    describe = describer(found.table.standard, config.site_url())
    (row,), (node,) = describe.told(record, "plain"), describe.told(record, "node")
    columns = [one for one in combined_dictize.columns(found.table.standard) if row.get(one["key"])]
    told = {"code": found.table.standard.code, "title": combined_dictize.title(found.table.standard)}
    told |= {"mark": found.table.mark, "columns": columns, "row": row}
    return told | {"context": describe.context(), "node": node}


def _code_of(iri: str) -> str:
    below = iri.removeprefix(f"{config.site_url()}/combined/")
    if below == iri:
        raise tk.ObjectNotFound(tk._("There is no such record. Its file may have changed or been withdrawn."))
    return below.split("/")[0]


def _record(found: Opened, iri: str) -> pl.DataFrame | None:
    if found.folder is None:
        return None
    from ckanext.hokkaido_standards.combined.merging import ROWS
    from ckanext.hokkaido_standards.combined.selecting import record

    there = record(found.folder / ROWS, iri)
    return there if there.height else None


@tk.validate_action_data(schema.combined_rebuild)
def hokkaido_combined_rebuild(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Have the files of a standard data set read again and its one table made anew, in the background.

    :param id: two digits of the set (optional; all sets that have a table).
    :returns: `standards` that are made anew and the number of `datasets` that are read.
    """
    tk.check_access("hokkaido_combined_rebuild", context, data_dict)
    with unit_of_work(context) as session:
        codes = {data_dict["id"]} if data_dict.get("id") else combined.standards_of(session)
        datasets = combined.forget_parts(session, codes)
        ask_checks(session, datasets)
        combined.ask(session, codes)
    # Nothing of the tables that are on the disk is taken over.
    for code in codes if (kept := combined.store()) else ():
        kept.drop_tables(code)
    return {"standards": sorted(codes), "datasets": len(datasets)}
