"""Scanning a folder of files for a list of what is held: `python -m ckanext.hokkaido_inventory.scan DIR --json`.

It runs on a file server without a portal (nothing of CKAN is imported) and writes names, forms and headings, nothing
else of what stands in the files. The list is uploaded to a unit's page, where rows are drafted from it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from ckanext.hokkaido_core.domain.file_title import title_of_file
from ckanext.hokkaido_core.domain.standard_match import Signature, best_match
from ckanext.hokkaido_inventory.domain.personal_columns import looks_personal
from ckanext.hokkaido_inventory.domain.scan_report import FileFacts, Report
from ckanext.hokkaido_inventory.workbook.scan_file import Look, Unreadable, look_into
from ckanext.hokkaido_schema.shared import vocabulary

__all__ = ["Limits", "main", "scan_folder"]

#: Endings that are no data of an office: programs, shortcuts, leftovers.
_NOT_DATA = frozenset({".exe", ".dll", ".lnk", ".tmp", ".bak", ".db", ".ini", ".log", ".url", ".bat", ".sys"})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is looked at: files, folders below one another, and bytes of one file."""

    files: int = 5000
    depth: int = 12
    file_bytes: int = 20 * 1024 * 1024


@dataclass(slots=True)
class _Walk:
    root: Path
    limits: Limits
    skipped: Counter[str] = field(default_factory=Counter)

    def files(self) -> Iterator[Path]:
        """Yield the files below the root in a stable order; nothing is followed out of it."""
        for place, folders, names in os.walk(self.root, followlinks=False):
            here = Path(place)
            if len(here.relative_to(self.root).parts) >= self.limits.depth:
                self.skipped["too_deep"] += len(folders)
                folders.clear()
            folders[:] = sorted(name for name in folders if self._is_wanted_folder(here / name))
            for name in sorted(names):
                if self._is_wanted(here / name):
                    yield here / name

    def _is_wanted_folder(self, path: Path) -> bool:
        if path.is_symlink():
            self.skipped["symbolic_link"] += 1
            return False
        return not path.name.startswith((".", "$"))

    def _is_wanted(self, path: Path) -> bool:
        if path.is_symlink():
            self.skipped["symbolic_link"] += 1
        elif path.name.startswith((".", "~$")) or path.suffix.casefold() in _NOT_DATA:
            self.skipped["not_data"] += 1
        else:
            return path.is_file()
        return False


def scan_folder(root: Path, limits: Limits | None = None) -> Report:
    """Return what the files of a folder are; a file that cannot be read is listed with its problem."""
    walk = _Walk(root, limits or Limits())
    found: list[FileFacts] = []
    for path in walk.files():
        if len(found) >= walk.limits.files:
            walk.skipped["too_many_files"] += 1
            break
        found.append(_facts(path, walk))
    return Report(tuple(found), walk.skipped)


def _facts(path: Path, walk: _Walk) -> FileFacts:
    status = path.stat()
    said = _format_of(path)
    problem, look = "", Look(said)
    if status.st_size > walk.limits.file_bytes:
        problem = "file_too_large"
    else:
        try:
            look = look_into(path, said)
        except Unreadable as error:
            problem = error.code
        except OSError:
            problem = "not_permitted"
    title = look.title or title_of_file(path.name)
    standard = best_match(title, look.columns, _signatures())
    if standard and title.isascii():
        title = standard.name
    return FileFacts(
        name=path.name,
        folder=path.parent.relative_to(walk.root).as_posix(),
        title=title,
        format=look.format,
        size=status.st_size,
        modified=datetime.fromtimestamp(status.st_mtime, UTC).date().isoformat(),
        encoding=look.encoding,
        sheets=look.sheets,
        rows=look.rows,
        columns=look.columns,
        standard=standard.code if standard else "",
        problem=problem,
    )


def _format_of(path: Path) -> str:
    """Return the code of the format that the name says, the bare ending where no format is known by it."""
    ending = path.suffix.casefold().lstrip(".")
    return next((item.code for item in vocabulary("formats") if ending in item.get("extensions", ())), ending.upper())


@cache
def _signatures() -> tuple[Signature, ...]:
    return tuple(
        Signature(item.code, item.ja, tuple(item.get("headings", ())))
        for item in vocabulary("standard_datasets")
        if item.get("headings")
    )


def lines(report: Report) -> Iterator[str]:
    """Yield a report as lines for people, separated by tabs."""
    yield "データ名\t形式\t行数\t項目数\t個人情報らしい項目\t標準データセット\t更新日\tファイル"
    names = vocabulary("standard_datasets")
    for one in report.files:
        yield "\t".join(
            (
                one.title,
                one.format,
                "" if one.rows is None else str(one.rows),
                str(len(one.columns) or ""),
                "有" if looks_personal(one.columns) else "",
                names.label(one.standard),
                one.modified,
                f"{one.folder}/{one.name}".removeprefix("./"),
            )
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Scan a folder and print what was found."""
    parser = argparse.ArgumentParser(
        prog="python -m ckanext.hokkaido_inventory.scan",
        description="フォルダーのファイルの名前・形式・見出しを調べます。中身は書き出しません。"
        " / Lists names, forms and headings of the files in a folder; nothing of their content.",
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--json", action="store_true", help="ポータルに読み込ませる JSON を書き出す / write JSON for the portal"
    )
    asked = parser.parse_args(arguments)
    if not asked.folder.is_dir():
        parser.error(f"フォルダーがありません / no such folder: {asked.folder}")
    report = scan_folder(asked.folder)
    if asked.json:
        json.dump(report.as_json(), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
