"""`ckan hokkaido table …`, and `hokkaido-table …` where there is no portal, which asks no database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import ckan.plugins.toolkit as tk
import click

from ckanext.hokkaido_core.shared import hokkaido_cli, spoken
from ckanext.hokkaido_standards import config

if TYPE_CHECKING:
    from ckanext.hokkaido_standards.domain.recognition import Recognizer
    from ckanext.hokkaido_standards.report import Report

__all__ = ["recognizer_here", "spoken_here"]

#: Exit codes: something is to be mended or looked at; a file cannot be read.
_FOUND, _UNREADABLE = 1, 2


@hokkaido_cli.group("table", short_help="Tables of standard data sets.")
def table() -> None:
    """Check and repair tables of any kind, those of standard data sets above all."""


@table.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a file instead of a report.")
@click.option("--csv", "as_csv", is_flag=True, help="Print one CSV file with a row a finding.")
@click.option("--all", "everything", is_flag=True, help="List every place, not only the first 100 a rule and column.")
@click.option(
    "--language", type=click.Choice(["ja", "en"]), default=None, help="Of the messages; the portal's unless told."
)
@click.pass_context
def check(
    ctx: click.Context,
    files: tuple[Path, ...],
    *,
    as_json: bool,
    as_csv: bool,
    everything: bool,
    language: str | None,
) -> None:
    """Check FILES: which standard data set each is meant to be, and what is to be mended.

    The exit code is 0 when nothing is to be mended or looked at, 1 when something is, 2 when a file cannot be read.
    """
    from ckanext.hokkaido_standards.report_csv import report_csv

    code, told, rows, knowing = 0, language or spoken_here(), [], recognizer_here()
    for path in files:
        report = _checked(path, knowing, everything=everything)
        if as_csv:
            rows.append(report.as_dict(told))
        else:
            (_print_json if as_json else _print_report)(report, told)
        code = max(code, 0 if report.clean else _FOUND if report.readable else _UNREADABLE)
    if as_csv:
        click.echo(f"\ufeff{report_csv(rows, told)}", nl=False)
    ctx.exit(code)


def spoken_here() -> str:
    """Return the portal's language; Japanese without a portal."""
    return spoken() if _is_portal() else "ja"


def _is_portal() -> bool:
    return bool(tk.config.get("ckan.locale_default"))


def recognizer_here() -> Recognizer | None:
    """Return what knows the definitions that an administrator has loaded; nothing without a portal."""
    if not _is_portal():
        return None
    from ckan import model

    from ckanext.hokkaido_standards.service import definition as definitions

    return definitions.recognizer(model.Session())


def _checked(path: Path, knowing: Recognizer | None, *, everything: bool) -> Report:
    from ckanext.hokkaido_standards.checking import MOST, check_file
    from ckanext.hokkaido_standards.tables.reader import read

    most = None if everything else MOST
    file = read(path.name, path.read_bytes())
    return check_file(file, path=str(path), region=config.region(), most=most, recognizer=knowing)


@table.command("rules")
def rules() -> None:
    """Print the list of all rules as docs/standards.md has it."""
    from ckanext.hokkaido_standards.rule_list import rule_lines

    for line in rule_lines():
        click.echo(line)


def _print_json(report: Report, language: str) -> None:
    click.echo(json.dumps(report.as_dict(language), ensure_ascii=False))
    sys.stdout.flush()


def _print_report(report: Report, language: str) -> None:
    shown = report.as_dict(language)
    stars = "★" * shown["score"] or "-"
    size = f"{shown['rows']} x {shown['columns']}"
    known = (shown["standard"] or "-", shown["dialect"], shown["encoding"] or report.kind or "-", size, stars)
    click.echo("\t".join((shown["path"], *known)))
    for one in shown["findings"]:
        place = ":".join(str(part) for part in (one["sheet"], one["row"], one["column"]) if part)
        more = f" (x {one['count']})" if one["count"] > 1 else ""
        click.echo(f"  {one['rule']}\t{place}\t{one['message']}{more}\n    → {one['remedy']}")
