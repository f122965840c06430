"""`ckan hokkaido link …`: links of datasets."""

from __future__ import annotations

import json

import click
from ckan import model

from ckanext.hokkaido_core.shared import hokkaido_cli

__all__: list[str] = []


@hokkaido_cli.group("link", short_help="Links of datasets.")
def link() -> None:
    """Look at the links of datasets, or count what was found."""


@link.command("check")
@click.option(
    "--limit", default=100, show_default=True, help="The most links that are looked at, one a host at a time."
)
@click.pass_context
def check(ctx: click.Context, limit: int) -> None:
    """Find the links of all datasets and look at those that are due."""
    from ckanext.hokkaido_schema.jobs.link import collect_all, look_at_due

    with ctx.meta["flask_app"].test_request_context():
        collect_all()
        looked = 0
        while looked < limit and (done := look_at_due(min(limit - looked, 8))):
            looked += done
        click.echo(f"checked: {looked}")


@link.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def status(ctx: click.Context, *, as_json: bool) -> None:
    """Print how many links are in each state; the exit code is 1 when some are broken."""
    from ckanext.hokkaido_schema.service import link as links

    with ctx.meta["flask_app"].test_request_context():
        found = links.counts(model.Session())
    click.echo(json.dumps(found) if as_json else "\n".join(f"{state}: {count}" for state, count in found.items()))
    if found["broken"]:
        ctx.exit(1)
