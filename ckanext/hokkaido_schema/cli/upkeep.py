"""`ckan hokkaido upkeep …`: the monthly mail about what is to be done on datasets."""

from __future__ import annotations

import json

import click
from ckan import model

from ckanext.hokkaido_core.domain.japan_time import JAPAN
from ckanext.hokkaido_core.shared import hokkaido_cli, now

__all__: list[str] = []


@hokkaido_cli.group("upkeep", short_help="What is to be done on datasets.")
def upkeep() -> None:
    """Write to people about what is to be done, or count it."""


@upkeep.command("remind")
@click.pass_context
def remind(ctx: click.Context) -> None:
    """Write to everybody concerned who was not written to this month; the clock does it by itself."""
    from ckanext.hokkaido_schema.domain.upkeep import month_of
    from ckanext.hokkaido_schema.service.upkeep import put_digests

    today = now().astimezone(JAPAN).date()
    with ctx.meta["flask_app"].test_request_context():
        count = put_digests(model.Session(), month_of(today), today)
        model.Session.commit()
    click.echo(f"people: {count}")


@upkeep.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def status(ctx: click.Context, *, as_json: bool) -> None:
    """Print how much is to be done, and what became of this month's mail."""
    from ckanext.hokkaido_schema.domain.upkeep import Kind, month_of
    from ckanext.hokkaido_schema.service.upkeep import items_of, last_digests

    today = now().astimezone(JAPAN).date()
    with ctx.meta["flask_app"].test_request_context():
        items = items_of(model.Session(), None, today)
        mail = last_digests(model.Session(), month_of(today))
    found = {kind.value: sum(item.kind is kind for item in items) for kind in Kind}
    if as_json:
        click.echo(json.dumps({"items": found, "mail": mail}))
        return
    for name, count in (*found.items(), *((f"mail {outcome}", count) for outcome, count in mail.items())):
        click.echo(f"{name}: {count}")
