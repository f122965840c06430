"""`ckan hokkaido linked …`: files of datasets that lie at other sites."""

from __future__ import annotations

import json

import click
from ckan import model

from ckanext.hokkaido_core.shared import hokkaido_cli

__all__: list[str] = []


@hokkaido_cli.group("linked", short_help="Files of datasets at other sites.")
def linked() -> None:
    """Fetch the files that public datasets link to, or count what became of it."""


@linked.command("fetch")
@click.option(
    "--limit", default=100, show_default=True, help="The most files that are asked for, one a host at a time."
)
@click.pass_context
def fetch(ctx: click.Context, limit: int) -> None:
    """Find the links of all public datasets and fetch the files that are due; the pause of a host is kept."""
    from ckanext.hokkaido_standards.jobs.linked import collect_links, fetch_due

    with ctx.meta["flask_app"].test_request_context():
        collect_links()
        asked = 0
        while asked < limit and (done := fetch_due()):
            asked += done
        click.echo(f"fetched: {asked}")


@linked.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def status(ctx: click.Context, *, as_json: bool) -> None:
    """Print how many files are in each state."""
    from ckanext.hokkaido_standards.service import linked as files

    with ctx.meta["flask_app"].test_request_context():
        found = files.counts(model.Session())
    click.echo(json.dumps(found) if as_json else "\n".join(f"{state}: {count}" for state, count in found.items()))
