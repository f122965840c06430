"""`ckan hokkaido combined …`: the one tables of the standard data sets."""

from __future__ import annotations

import json

import ckan.plugins.toolkit as tk
import click

from ckanext.hokkaido_core.shared import calling_as, hokkaido_cli

__all__: list[str] = []


@hokkaido_cli.group("combined", short_help="One table of all files of a standard data set.")
def combined() -> None:
    """Make the one tables anew, or list them."""


@combined.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a table.")
@click.pass_context
def list_(ctx: click.Context, *, as_json: bool) -> None:
    """List the tables: set, title, rows, files, municipalities, rows left out."""
    with ctx.meta["flask_app"].test_request_context():
        for one in tk.get_action("hokkaido_combined_list")(calling_as(None), {}):
            counts = (one[name] for name in ("rows", "files", "municipalities", "left"))
            line = (
                json.dumps(one, ensure_ascii=False)
                if as_json
                else "\t".join(map(str, (one["code"], one["title"]["ja"], *counts)))
            )
            click.echo(line)


@combined.command("rebuild")
@click.option("--code", default="", help="Two digits of the set; all sets unless told.")
@click.option("--user", default=None, help="User in whose name to act; the portal itself unless told.")
@click.pass_context
def rebuild(ctx: click.Context, code: str, user: str | None) -> None:
    """Have the files of a set read again and its table made anew; workers do it."""
    with ctx.meta["flask_app"].test_request_context():
        told = tk.get_action("hokkaido_combined_rebuild")(calling_as(user), {"id": code})
        click.echo(f"{' '.join(told['standards']) or '-'}\t{told['datasets']}")
