"""`ckan hokkaido workbook …`: taking files into a response."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import click
from ckan.types import Context
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_core.shared import calling_as, hokkaido_cli

__all__ = ["workbook"]

#: The outcome of a file that was refused: every key that a reader may rely on is there.
_NOTHING: dict[str, Any] = {
    "kind": None,
    "sheet": None,
    "header_rows": [],
    "mapping": [],
    "rows": dict.fromkeys(("new", "changed", "unchanged", "gone", "conflict"), 0),
    "changes": [],
    "findings": [],
    "stored": False,
}


@hokkaido_cli.group("workbook", short_help="Workbooks of the inventory survey.")
def workbook() -> None:
    """Take workbooks of the inventory survey in."""


@workbook.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--survey", required=True, help="Id of the survey.")
@click.option("--unit", required=True, help="Name or id of the organisation that answers.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a report.")
@click.option("--sheet", default=None, help="Sheet of an own list; found unless told.")
@click.option("--header-row", default=None, help="Row of its headings, or the first and last of them as 3-4.")
@click.option(
    "--map", "columns", multiple=True, metavar="HEADING=FIELD", help="What a column is; FIELD blank: left out."
)
@click.option("--user", default=None, help="User in whose name to act; the portal itself unless told.")
@click.pass_context
def import_(
    ctx: click.Context,
    file: Path,
    survey: str,
    unit: str,
    *,
    dry_run: bool,
    as_json: bool,
    user: str | None,
    **chosen: Any,
) -> None:
    """Take FILE into the response of a unit; exit with 1 when it has errors, and nothing is stored then.

    FILE is the form of the portal, the official form, or any list of an office (.xlsx, .xls, .csv).
    """
    asked = {"survey": survey, "unit": unit, "dry_run": dry_run} | _choices(**chosen)
    with ctx.meta["flask_app"].test_request_context(), file.open("rb") as stream:
        outcome = _import(calling_as(user), asked | {"upload": FileStorage(stream, filename=file.name)})
        # Within the request, because a message finds its language there.
        click.echo(json.dumps(outcome, ensure_ascii=False, indent=2) if as_json else _report(outcome))
    if outcome["errors"]:
        ctx.exit(1)


def _choices(sheet: str | None, header_row: str | None, columns: tuple[str, ...]) -> dict[str, Any]:
    """Return how the file is to be read, as far as it is told."""
    mapping = {}
    for column in columns:
        heading, equals, field = column.rpartition("=")
        if not equals or not heading:
            raise click.BadParameter(tk._("Write it as HEADING=FIELD."), param_hint="--map")
        mapping[heading] = field
    given = {"sheet": sheet, "header_rows": header_row, "mapping": mapping}
    return {key: value for key, value in given.items() if value}


def _import(context: Context, asked: dict[str, Any]) -> dict[str, Any]:
    """Call the action and return its outcome with `errors`, also where the rules or the rights refuse."""
    try:
        outcome = tk.get_action("hokkaido_workbook_import")(context, asked)
    except tk.ValidationError as error:
        findings = error.error_dict.get("findings", [])
        words = [text for key, texts in error.error_dict.items() if key != "findings" for text in texts]
        return _NOTHING | {"errors": words, "findings": findings}
    except (tk.ObjectNotFound, tk.NotAuthorized) as error:
        return _NOTHING | {"errors": [str(error.message or error)]}
    wrong = [finding["message"] for finding in outcome["findings"] if finding["severity"] == "error"]
    return outcome | {"errors": wrong}


def _report(outcome: dict[str, Any]) -> str:
    """Write an outcome as lines for people."""
    lines = [] if outcome["kind"] else list(outcome["errors"])
    for finding in outcome["findings"]:
        mark = "!" if finding["severity"] == "error" else "-"
        lines.append(f"{mark} {finding['message']} {finding['remedy']}")
    for column in outcome["mapping"]:
        if column["field"]:
            lines.append(f"{column['column']} {column['heading']} → {column['field']} ({column['confidence']})")
    if outcome["kind"]:
        rows = outcome["rows"]
        lines.append(
            tk._("%(new)d new, %(changed)d changed, %(unchanged)d unchanged; not in the file: %(gone)d.") % rows
        )
        lines.append(tk._("Stored.") if outcome["stored"] else tk._("Nothing was stored."))
    return "\n".join(lines)
