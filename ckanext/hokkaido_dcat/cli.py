"""`ckan hokkaido feed …`: upkeep of the feed."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import ckan.plugins.toolkit as tk
import click
from ckan import model

from ckanext.hokkaido_core.shared import hokkaido_cli
from ckanext.hokkaido_dcat.domain.profiles import PROFILES
from ckanext.hokkaido_dcat.mapping import fields as field_list
from ckanext.hokkaido_dcat.mapping.document import document
from ckanext.hokkaido_dcat.rebuild import work

__all__ = []


@hokkaido_cli.group(short_help="The DCAT-AP feed.")
def feed() -> None:
    """Write, check or count what the feed says of the datasets."""


#: Below so many datasets, starting helpers takes longer than the work.
_MANY = 5000


@feed.command()
@click.option("--jobs", type=click.IntRange(min=1), help="Processes that share the work; default: one a core.")
@click.option("--restart", is_flag=True, help="Begin anew, even where the last rebuild was stopped half way.")
def rebuild(jobs: int | None, restart: bool) -> None:
    """Write every dataset of the feed again; places on the pages and tombstones stay.

    A rebuild that was stopped goes on where it was.
    """
    if jobs is None:
        public = tk.get_action("hokkaido_feed_status_show")({"ignore_auth": True}, {})["public"]
        jobs = (os.cpu_count() or 1) if public >= _MANY else 1
    with click.progressbar(length=0, label="datasets", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        context = {"ignore_auth": True, "hokkaido_progress": progress}
        result = tk.get_action("hokkaido_feed_rebuild")(context, {"jobs": jobs, "restart": restart})
    if result["skipped"]:
        click.echo(f"went on after {result['skipped']} that were done before (--restart begins anew)", err=True)
    click.echo(f"written {result['written']}, withdrawn {result['withdrawn']}, failed {result['failed']}")
    if result["failed"]:
        raise click.ClickException("some datasets cannot be written; `ckan hokkaido feed check` names them")


@feed.command("rebuild-worker", hidden=True)
def rebuild_worker() -> None:
    """Write what the process that has started this one orders."""
    work(sys.stdin, sys.stdout, model.Session())


@feed.command()
@click.option("--profile", type=click.Choice(list(PROFILES)), help="Only this profile.")
@click.option("--output", type=click.Path(file_okay=False), help="Write into this folder; what is served stays.")
def dump(profile: str | None, output: str | None) -> None:
    """Build the whole dump now, of every profile or of one."""
    for name in [profile] if profile else PROFILES:
        context = {"ignore_auth": True}
        if output:
            context["hokkaido_output"] = Path(output) / ("" if profile else name)
        made = tk.get_action("hokkaido_feed_dump_build")(context, {"profile": name})
        if not made["built"]:
            raise click.ClickException("another process is building the dump; try again when it has finished")
        click.echo(f"{name}\tdatasets {made['datasets']}, triples {made['triples']}")


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
def fields() -> None:
    """Print what each field of the schema asks and where it goes, as the tables of docs/fields.md."""
    click.echo(field_list.document(), nl=False)


@feed.command()
def status() -> None:
    """Print counts and times of the feed, one a line; then its dumps and its last changes."""
    told = tk.get_action("hokkaido_feed_status_show")({"ignore_auth": True}, {})
    dumps = told.pop("dumps")
    for name, value in told.items():
        click.echo(f"{name}\t{value}")
    for name, made in dumps.items():
        state = "{datasets} datasets, built {built_at}, {behind} changes behind".format(**made) if made else "none yet"
        click.echo(f"dump {name}\t{state}")
    for change in tk.get_action("hokkaido_feed_change_list")({"ignore_auth": True}, {"last": 10}):
        click.echo(f"change {change['position']}\t{change['at']} {change['kind']} {change['id']}")
