"""`ckan hokkaido inventory …`: looking after the published inventory."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import click
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_core.shared import calling_as, hokkaido_cli
from ckanext.hokkaido_inventory.scan import lines, scan_folder
from ckanext.hokkaido_inventory.service.inventory_index import IndexUnavailable

__all__ = ["inventory"]


@hokkaido_cli.group("inventory", short_help="The published inventory.")
def inventory() -> None:
    """Look after the published inventory."""


@inventory.command("reconcile")
@click.option("--fix", is_flag=True, help="Mend what is safe to mend.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of lines.")
@click.pass_context
def reconcile(ctx: click.Context, fix: bool, as_json: bool) -> None:
    """Compare the survey's tables with the datasets; exit with 1 when something does not agree (with --fix: still)."""
    with ctx.meta["flask_app"].test_request_context():
        outcome = tk.get_action("hokkaido_inventory_reconcile")(calling_as(None), {"fix": fix})
    if as_json:
        click.echo(json.dumps(outcome, ensure_ascii=False, indent=2))
    else:
        for drift in outcome["drift"]:
            click.echo(f"{drift['kind']}\t{drift['subject']}\t{drift['detail']}")
        click.echo(f"drift: {len(outcome['drift'])}, fixed: {outcome['fixed']}, left: {len(outcome['left'])}")
    if outcome["left"]:
        ctx.exit(1)


@inventory.command("reindex")
@click.pass_context
def reindex(ctx: click.Context) -> None:
    """Write the index of the published inventory anew; what was found before is found all the while."""
    with ctx.meta["flask_app"].test_request_context():
        try:
            outcome = tk.get_action("hokkaido_inventory_reindex")(calling_as(None), {})
        except tk.ValidationError as error:
            raise click.ClickException(" ".join(error.error_dict["message"])) from error
        except IndexUnavailable as error:
            raise click.ClickException(tk._("The index does not answer: {error}").format(error=error)) from error
    click.echo(str(outcome["count"]))


@inventory.command("scan")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--survey", default=None, help="Id of the survey into which rows are drafted.")
@click.option("--unit", default=None, help="Name or id of the organisation that answers.")
@click.option("--dry-run", is_flag=True, help="Say what would be drafted, and store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of lines.")
@click.option("--user", default=None, help="User in whose name to act; the portal itself unless told.")
@click.pass_context
def scan(
    ctx: click.Context,
    folder: Path,
    survey: str | None,
    unit: str | None,
    dry_run: bool,
    as_json: bool,
    user: str | None,
) -> None:
    """List the files of FOLDER by name, form and headings; with --survey and --unit, draft rows from them.

    Nothing that stands in the files is kept or printed but the headings of tables.
    """
    report = scan_folder(folder)
    if bool(survey) != bool(unit):
        raise click.UsageError("Give --survey and --unit together.")
    if not survey:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False) if as_json else "\n".join(lines(report)))
        return
    content = json.dumps(report.as_json(), ensure_ascii=False).encode()
    upload = FileStorage(io.BytesIO(content), filename="scan.json")
    asked = {"survey": survey, "unit": unit, "source": "scan", "upload": upload, "dry_run": dry_run}
    with ctx.meta["flask_app"].test_request_context():
        outcome = _seeded(ctx, calling_as(user), asked)
    click.echo(json.dumps(outcome, ensure_ascii=False, indent=2) if as_json else _drafted(outcome))


def _seeded(ctx: click.Context, context: Any, asked: dict[str, Any]) -> dict[str, Any]:
    """Call the action; what the rules or the rights refuse is printed, and the command fails."""
    try:
        return tk.get_action("hokkaido_response_seed")(context, asked)
    except tk.ValidationError as error:
        words = [text for texts in error.error_dict.values() for text in texts]
    except (tk.ObjectNotFound, tk.NotAuthorized) as error:
        words = [str(error.message or error)]
    click.echo("\n".join(words), err=True)
    return ctx.exit(1)


def _drafted(outcome: dict[str, Any]) -> str:
    rows = [f"{'=' if row['present'] else '+'} {row['title']}" for row in outcome["rows"]]
    return "\n".join([*rows, f"new: {len(rows) - outcome['present']}, present: {outcome['present']}"])
