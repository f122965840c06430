"""`ckan hokkaido …`: the command group of the suite, and the commands of its core."""

from __future__ import annotations

import signal
import threading
from types import FrameType

import click
from ckan import model

from ckanext.hokkaido_core import clock as clock_module
from ckanext.hokkaido_core import outbox as outbox_module

__all__ = ["hokkaido"]


@click.group(short_help="Commands of ckanext-hokkaido.")
def hokkaido() -> None:
    """Run a command of the Hokkaido open-data suite."""


@hokkaido.group(short_help="What is due by time.")
def clock() -> None:
    """Run or list what is due by time."""


@clock.command("run")
@click.pass_context
def clock_run(ctx: click.Context) -> None:
    """Run until told to stop (SIGTERM or Ctrl+C)."""
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    with ctx.meta["flask_app"].test_request_context():
        clock_module.run(stop)


@clock.command("list")
def clock_list() -> None:
    """List the duties and how often each is run."""
    for tick in clock_module.ticks():
        click.echo(f"{tick.name}\t{tick.seconds:g} s")


@hokkaido.group(short_help="What waits to be done after a commit.")
def outbox() -> None:
    """Deliver or count what waits in the outbox."""


@outbox.command("drain")
@click.pass_context
def outbox_drain(ctx: click.Context) -> None:
    """Deliver what is due now."""
    with ctx.meta["flask_app"].test_request_context():
        click.echo(f"delivered {outbox_module.drain()}, waiting {outbox_module.pending(model.Session())}")
