"""`ckan hokkaido dataset …`: descriptions of datasets in and out, many at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import click

from ckanext.hokkaido_core.shared import calling_as, hokkaido_cli

__all__ = ["dataset"]


@hokkaido_cli.group("dataset", short_help="Descriptions of datasets, many at once.")
def dataset() -> None:
    """Take descriptions of datasets in, or give them out."""


@dataset.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen, and store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a record instead of a report.")
@click.option("--organization", default=None, help="Organisation of all of them; without it each names its own.")
@click.option("--draft/--public", "draft", default=True, help="Keep all as drafts (default), or publish complete ones.")
@click.option("--user", default=None, help="User in whose name to act; the portal itself unless told.")
@click.pass_context
def import_(
    ctx: click.Context,
    file: Path,
    *,
    dry_run: bool,
    as_json: bool,
    organization: str | None,
    draft: bool,
    user: str | None,
) -> None:
    """Take the descriptions in FILE in; exit with 1 when a record was refused.

    FILE is オープンデータ一覧 (CSV or workbook, of any generation), the workbook of an organisation, or JSON lines of
    CKAN datasets. Started again after it was stopped, it goes on behind the last record that was stored.
    """
    asked = {"content": file.read_bytes(), "filename": file.name, "organization": organization, "dry_run": dry_run}
    with ctx.meta["flask_app"].test_request_context():
        context = calling_as(user)
        context["hokkaido_progress"] = _progress  # type: ignore[typeddict-unknown-key]
        try:
            done = tk.get_action("hokkaido_dataset_import")(context, asked | {"public": not draft})
        except tk.ValidationError as error:
            raise click.ClickException("\n".join(error.error_summary.values())) from error
        except (tk.ObjectNotFound, tk.NotAuthorized) as error:
            raise click.ClickException(str(error.message or error)) from error
        for part in done["hidden"]:
            click.echo(part["message"], err=True)
        _print_json(done) if as_json else _print_report(done, dry_run=dry_run)
    if done["counts"].get("refused"):
        ctx.exit(1)


@dataset.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--organization", required=True, help="Organisation whose datasets are wanted.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["workbook", "list", "jsonl"]),
    default=None,
    help="By FILE's ending unless told.",
)
@click.pass_context
def export(ctx: click.Context, file: Path, *, organization: str, kind: str | None) -> None:
    """Write the descriptions of an organisation's datasets, drafts among them, to FILE."""
    by_ending = {".xlsx": "workbook", ".csv": "list", ".jsonl": "jsonl"}
    asked = {"organization": organization, "format": kind or by_ending.get(file.suffix.lower(), "workbook")}
    with ctx.meta["flask_app"].test_request_context():
        try:
            made = tk.get_action("hokkaido_dataset_export")(calling_as(None), asked)
        except tk.ObjectNotFound as error:
            raise click.ClickException(str(error.message or error)) from error
    file.write_bytes(made["content"])


def _progress(done: int, total: int) -> None:
    click.echo(f"{done} / {total}", err=True)


def _print_json(done: dict[str, Any]) -> None:
    for record in done["records"]:
        click.echo(json.dumps(record, ensure_ascii=False))


def _print_report(done: dict[str, Any], *, dry_run: bool) -> None:
    for record in done["records"]:
        click.echo(f"{record['line']}\t{record['outcome']}\t{record['name']}\t{record['title']}")
        for mark, notes in (("-", record["repairs"]), ("!", record["refusals"])):
            for note in notes:
                arrow = f" → {note['after']}" if note["after"] else ""
                click.echo(f"  {mark} {note['field']}: {note['before']}{arrow}: {note['message']}")
    click.echo(", ".join(f"{outcome}: {count}" for outcome, count in sorted(done["counts"].items())))
    if dry_run:
        click.echo(tk._("Nothing was stored."))
