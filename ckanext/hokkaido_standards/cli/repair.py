"""`ckan hokkaido table repair …`, and `hokkaido-table repair …` where there is no portal."""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.cli.table import recognizer_here, spoken_here, table

if TYPE_CHECKING:
    from ckanext.hokkaido_standards.domain.recognition import Recognizer
    from ckanext.hokkaido_standards.repair.change import Repaired

__all__: list[str] = []

#: Exit codes: something is left to people; a file cannot be read.
_LEFT, _UNREADABLE = 1, 2
#: What a person is shown of each kind of change, and of what is left.
_SHOWN = 20


@table.command("repair")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder for the repaired files; beside each file, with -repaired in the name, unless told.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would be changed, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a file, with every change.")
@click.option(
    "--language", type=click.Choice(["ja", "en"]), default=None, help="Of the messages; the portal's unless told."
)
@click.pass_context
def repair(
    ctx: click.Context,
    files: tuple[Path, ...],
    *,
    out: Path | None,
    dry_run: bool,
    as_json: bool,
    language: str | None,
) -> None:
    """Repair FILES: what a machine can mend for certain, as CSV files, each table in one of its own.

    No file is overwritten, and one in which there is nothing to mend is left alone. What stands beside a table (titles,
    notes) goes into a text file. The exit code is 0 when nothing is left to people, 1 when something is, 2 when a file
    cannot be read.
    """
    code, told, knowing = 0, language or spoken_here(), recognizer_here()
    for path in files:
        repaired = _repaired(path, knowing)
        written = [] if dry_run or not repaired.changed else list(_written(repaired, path, out))
        (_print_json if as_json else _print)(repaired, path, written, told)
        code = max(code, 0 if repaired.tables and not repaired.left else _LEFT if repaired.tables else _UNREADABLE)
    ctx.exit(code)


def _repaired(path: Path, knowing: Recognizer | None) -> Repaired:
    from ckanext.hokkaido_standards.repairing import repair as repair_table

    return repair_table(path.name, path.read_bytes(), region=config.region(), recognizer=knowing)


def _written(repaired: Repaired, path: Path, out: Path | None) -> list[Path]:
    """Write the repaired tables, and what stood beside them; return where."""
    from ckanext.hokkaido_standards.repair.written import csv_bytes, notes_text

    folder, mark = (out, "") if out else (path.parent, "-repaired")
    folder.mkdir(parents=True, exist_ok=True)
    written = [_new(folder, f"{Path(one.name).stem}{mark}", ".csv", csv_bytes(one)) for one in repaired.tables]
    if repaired.notes:
        text = b"\xef\xbb\xbf" + notes_text(repaired.notes).encode()
        written.append(_new(folder, f"{path.stem}-notes", ".txt", text))
    return written


def _new(folder: Path, stem: str, ending: str, content: bytes) -> Path:
    """Write a file under the first name of its kind that no other has."""
    for number in itertools.count(1):
        path = folder / (f"{stem}{ending}" if number == 1 else f"{stem}-{number}{ending}")
        try:
            with path.open("xb") as stream:
                stream.write(content)
        except FileExistsError:
            continue
        return path
    raise AssertionError


def _told(repaired: Repaired, path: Path, written: list[Path], language: str) -> dict[str, Any]:
    from ckanext.hokkaido_standards.repair_report import output_dict, repair_dict

    outputs = [output_dict(one) for one in repaired.tables]
    for output, place in itertools.zip_longest(outputs, written[: len(outputs)]):
        output["path"] = str(place) if place else None
    notes = str(written[-1]) if len(written) > len(outputs) else None
    return repair_dict(repaired, str(path), language) | {"outputs": outputs, "notes_path": notes}


def _print_json(repaired: Repaired, path: Path, written: list[Path], language: str) -> None:
    click.echo(json.dumps(_told(repaired, path, written, language), ensure_ascii=False))
    sys.stdout.flush()


def _print(repaired: Repaired, path: Path, written: list[Path], language: str) -> None:
    told = _told(repaired, path, written, language)
    click.echo("\t".join((told["path"], told["standard"] or "-", f"{sum(one['count'] for one in told['counts'])}")))
    for kind in told["counts"]:
        click.echo(f"  {kind['rule']}\t{kind['message']} (x {kind['count']})")
        changes = [one for one in told["changes"] if one["rule"] == kind["rule"]]
        for one in changes[:_SHOWN]:
            click.echo(f"    {_place(one)}\t{_line(one['before'])} → {_line(one['after'])}")
        if len(changes) > _SHOWN:
            click.echo("    …")
    for one in told["left"][:_SHOWN]:
        click.echo(f"  ! {one['rule']}\t{_place(one)}\t{one['message']}\n    → {one['remedy']}")
    for place in written:
        click.echo(f"  = {place}")


def _place(one: dict[str, Any]) -> str:
    return ":".join(str(part) for part in (one["sheet"], one["row"], one["column"]) if part)


def _line(text: str) -> str:
    return " ⏎ ".join(text.splitlines())
