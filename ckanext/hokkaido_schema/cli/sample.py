"""`ckan hokkaido sample …`: the sample portal."""

from __future__ import annotations

import json
import os

import click

from ckanext.hokkaido_core.shared import hokkaido_cli

__all__: list[str] = []

PASSWORD = "HOKKAIDO_SAMPLE_PASSWORD"  # noqa: S105 - the name of an environment variable.


@hokkaido_cli.group("sample", short_help="The sample portal.")
def sample() -> None:
    """Load the sample portal, or see what of it is there."""


@sample.command("load")
@click.pass_context
def load(ctx: click.Context) -> None:
    """Load what is missing of the sample portal; what is there stays as it is.

    The password of the sample accounts is read from the environment variable HOKKAIDO_SAMPLE_PASSWORD.
    """
    from ckanext.hokkaido_schema.sample.loader import load as load_sample

    password = os.environ.get(PASSWORD, "")
    if len(password) < 8:  # noqa: PLR2004 - CKAN's own least length of a password.
        raise click.ClickException(
            f"Set the environment variable {PASSWORD} to a password of at least 8 characters for the sample accounts."
        )
    with ctx.meta["flask_app"].test_request_context():
        for part, made in load_sample(password, click.echo).items():
            click.echo(f"{part}: {made}")


@sample.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def status(ctx: click.Context, *, as_json: bool) -> None:
    """Print how much of the sample portal is there; the exit code is 1 when something is missing."""
    from ckanext.hokkaido_schema.sample.loader import status as sample_status

    with ctx.meta["flask_app"].test_request_context():
        found = sample_status()
    if as_json:
        click.echo(json.dumps(found))
    else:
        for part, (there, wanted) in found.items():
            click.echo(f"{part}: {there} / {wanted}")
    if any(there < wanted for there, wanted in found.values()):
        ctx.exit(1)
