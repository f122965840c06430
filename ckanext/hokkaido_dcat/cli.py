"""`ckan hokkaido feed …`: upkeep of the feed."""

from __future__ import annotations

import json
import sys

import ckan.plugins.toolkit as tk
import click

from ckanext.hokkaido_core.shared import hokkaido_cli
from ckanext.hokkaido_dcat.mapping.document import document

__all__ = []


@hokkaido_cli.group(short_help="The DCAT-AP feed.")
def feed() -> None:
    """Write, check or count what the feed says of the datasets."""


@feed.command()
def rebuild() -> None:
    """Write every dataset of the feed again; places on the pages and tombstones stay."""
    with click.progressbar(length=0, label="datasets", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        result = tk.get_action("hokkaido_feed_rebuild")({"ignore_auth": True, "hokkaido_progress": progress}, {})
    click.echo(f"written {result['written']}, withdrawn {result['withdrawn']}, failed {result['failed']}")
    if result["failed"]:
        raise click.ClickException("some datasets cannot be written; `ckan hokkaido feed check` names them")


@feed.command()
@click.option("--json", "as_json", is_flag=True, help="Print the ids as one JSON object.")
def check(as_json: bool) -> None:
    """Compare every dataset with the feed; exit with 1 where they differ."""
    found = tk.get_action("hokkaido_feed_check")({"ignore_auth": True}, {})
    if as_json:
        click.echo(json.dumps(found))
    else:
        for kind, ids in found.items():
            click.echo(f"{kind} {len(ids)}")
            for dataset_id in ids:
                click.echo(f"  {dataset_id}")
    if any(found.values()):
        raise click.ClickException("the feed differs from the datasets; run `ckan hokkaido feed rebuild`")


@feed.command()
def mapping() -> None:
    """Print which field becomes which property, as the table of docs/mapping.md."""
    click.echo(document(), nl=False)


@feed.command()
def status() -> None:
    """Print counts and times of the feed, one a line."""
    for name, value in tk.get_action("hokkaido_feed_status_show")({"ignore_auth": True}, {}).items():
        click.echo(f"{name}\t{value}")
