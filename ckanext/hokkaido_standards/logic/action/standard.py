"""Reading the standard data sets, and their empty tables."""

from __future__ import annotations

import base64
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import authz
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import session_of, spoken
from ckanext.hokkaido_standards.definitions import column_types
from ckanext.hokkaido_standards.domain.definition import Form, Standard
from ckanext.hokkaido_standards.domain.table_schema import table_schema
from ckanext.hokkaido_standards.domain.template import NotFillable, template
from ckanext.hokkaido_standards.logic import dictize, schema
from ckanext.hokkaido_standards.places import place
from ckanext.hokkaido_standards.service import definition as definitions
from ckanext.hokkaido_standards.workbook.template import as_csv, as_workbook

__all__ = ["hokkaido_standard_list", "hokkaido_standard_show", "hokkaido_standard_template_show"]

_WRITERS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@tk.side_effect_free
def hokkaido_standard_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """List the municipal standard open data sets and how far each is known.

    :returns: in the order of their digits, `code, title{ja, en}, about{ja, en}, obligations, forms, loading`: `forms`
        by name (`current, metadata, legacy, civic`) with `proof` (`official, loaded, published, part, none`), the
        number of `columns`, and of `publishers` whose files it was taken from; `loading` tells of the definition
        workbook that an administrator has loaded (`file, sheet, source, at`), or is null.
    """
    tk.check_access("hokkaido_standard_list", context, data_dict)
    who = authz.is_sysadmin(context.get("user"))
    return [dictize.standard(one, who=who) for one in definitions.current(session_of(context)).values()]


@tk.side_effect_free
@tk.validate_action_data(schema.standard_show)
def hokkaido_standard_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show one standard data set with its columns.

    :param id: its two digits.
    :param schemas: give the Table Schema of each form, too (optional).
    :param language: of the descriptions in these, `ja` or `en` (optional; the language of the request without it).
    :returns: as an item of `hokkaido_standard_list`, and `columns` by form: `key, heading, english, physical,
        obligation` (`mandatory, recommended, optional, unknown`)`, description, format, type{code, ja, en, how},
        values, closed, example, imi, older_heading`; `schemas` by form where they were asked for.
    :raises ObjectNotFound: no set has these digits.
    """
    tk.check_access("hokkaido_standard_show", context, data_dict)
    one = found_standard(context, data_dict["id"])
    shown = dictize.standard(one, who=authz.is_sysadmin(context.get("user")))
    shown["columns"] = dictize.standard_columns(one)
    if data_dict["schemas"]:
        language = data_dict.get("language") or ("en" if spoken().startswith("en") else "ja")
        shown["schemas"] = {form.value: table_schema(one, form, column_types(), language) for form in one.forms}
    return shown


@tk.side_effect_free
@tk.validate_action_data(schema.standard_template_show)
def hokkaido_standard_template_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Give an empty table of a standard data set, to be filled in.

    :param id: two digits of the set.
    :param format: `xlsx` (default: with dropdowns and a sheet of examples) or `csv` (UTF-8 with BOM).
    :param form: `current` (default where it is known), `legacy`, `metadata` or `civic` (optional).
    :param municipality: its code of six digits, or that of the prefecture; code and name stand in the rows then
        (optional).
    :returns: `{filename, content_type, content}`; `content` is bytes, and base64 text when called through the API.
    :raises ObjectNotFound: no set has these digits, or nothing is known of its columns.
    :raises ValidationError: no municipality has this code.
    """
    tk.check_access("hokkaido_standard_template_show", context, data_dict)
    one = found_standard(context, data_dict["id"])
    code = data_dict.get("municipality") or ""
    filler = place(code) if code else None
    if code and filler is None:
        raise tk.ValidationError({"municipality": [_no_place(code)]})
    form = Form(data_dict["form"]) if data_dict.get("form") else None
    try:
        made = template(one, column_types(), form, filler)
    except NotFillable as error:
        raise tk.ObjectNotFound(
            tk._("The columns of this form are not known, so there is no empty table of it.")
        ) from error
    write, content_type = _WRITERS[data_dict["format"]]
    content = write(made)
    name = "_".join(filter(None, (code, one.code, one.ja, "" if made.form == Form.CURRENT else made.form.value)))
    return {
        "filename": f"{name}.{data_dict['format']}",
        "content_type": content_type,
        "content": base64.b64encode(content).decode("ascii") if context.get("api_version") else content,
    }


def found_standard(context: Context, code: str) -> Standard:
    """Return a set as it holds now, or raise `ObjectNotFound`."""
    one = definitions.current(session_of(context)).get(code)
    if one is None:
        raise tk.ObjectNotFound(tk._("No standard data set has the number {code}.").format(code=code[:20]))
    return one


def _no_place(code: str) -> str:
    message = tk._("No municipality of the prefecture has the code {code}. Use the six digits with the check digit.")
    return message.format(code=code[:20])
