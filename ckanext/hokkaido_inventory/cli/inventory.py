"""`ckan hokkaido inventory …`: looking after the published inventory."""

from __future__ import annotations

import json

import ckan.plugins.toolkit as tk
import click

from ckanext.hokkaido_core.shared import hokkaido_cli
from ckanext.hokkaido_inventory.cli.caller import calling_as
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
