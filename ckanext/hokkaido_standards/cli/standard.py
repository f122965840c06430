"""`ckan hokkaido standard …`: the definitions of the standard data sets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import click
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_core.shared import calling_as, hokkaido_cli

__all__: list[str] = []


@hokkaido_cli.group("standard", short_help="Definitions of the standard data sets.")
def standard() -> None:
    """Load definition workbooks, undo that, or list how far the sets are known."""


@standard.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--code", required=True, help="Two digits of the set.")
@click.option("--sheet", default="", help="Sheet that defines the set; found unless told.")
@click.option("--source", default="", help="Where the workbook is from: title, version, date.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and store nothing.")
@click.option("--force", is_flag=True, help="Load it although its items look like those of another set.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a report.")
@click.option("--user", default=None, help="User in whose name to act; the portal itself unless told.")
@click.pass_context
def load(ctx: click.Context, file: Path, code: str, *, as_json: bool, user: str | None, **asked: Any) -> None:
    """Load FILE, a definition workbook in the official layout, in place of the shipped columns of a set."""
    with ctx.meta["flask_app"].test_request_context(), file.open("rb") as stream:
        try:
            asked |= {"id": code, "upload": FileStorage(stream, filename=file.name)}
            told = tk.get_action("hokkaido_standard_load")(calling_as(user), asked)
        except tk.ValidationError as error:
            for sentences in error.error_dict.values():
                for sentence in sentences:
                    click.echo(sentence, err=True)
            ctx.exit(1)
        except tk.ObjectNotFound as error:
            raise click.ClickException(str(error)) from error
        click.echo(json.dumps(told, ensure_ascii=False) if as_json else _report(told))


@standard.command("undo")
@click.option("--code", required=True, help="Two digits of the set.")
@click.option("--user", default=None, help="User in whose name to act; the portal itself unless told.")
@click.pass_context
def undo(ctx: click.Context, code: str, user: str | None) -> None:
    """Let the shipped columns of a set hold again."""
    with ctx.meta["flask_app"].test_request_context():
        try:
            told = tk.get_action("hokkaido_standard_unload")(calling_as(user), {"id": code})
        except tk.ObjectNotFound as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{told['standard']}: {told['file']}")


@standard.command("list")
@click.pass_context
def list_(ctx: click.Context) -> None:
    """List the sets and how far each form is known."""
    with ctx.meta["flask_app"].test_request_context():
        for one in tk.get_action("hokkaido_standard_list")(calling_as(None), {}):
            forms = (f"{name} {form['proof']} {form['columns']}" for name, form in one["forms"].items())
            click.echo("\t".join((one["code"], one["title"]["ja"], *forms)))


def _report(told: dict[str, Any]) -> str:
    between = tk._(", ")
    lines = [
        tk._("{standard}, sheet {sheet}: {columns} columns").format(**told),
        *(
            f"{label}: {between.join(told[part])}"
            for part, label in (
                ("new", tk._("Not in the shipped form")),
                ("missing", tk._("Only in the shipped form")),
                ("left_out", tk._("Taken for notes and left out")),
            )
            if told[part]
        ),
        tk._("The definition was loaded.") if told["stored"] else tk._("Nothing was stored (dry run)."),
    ]
    return "\n".join(lines)
