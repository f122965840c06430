"""Rows drafted from a scanned folder, as `python -m ckanext.hokkaido_inventory.scan` writes it."""

from __future__ import annotations

import json

from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.refusal import SeedFileUnreadable
from ckanext.hokkaido_inventory.domain.scan_report import read_report, seeds_of
from ckanext.hokkaido_inventory.domain.seed import Seed
from ckanext.hokkaido_inventory.service.seeding.source import Asked

__all__ = ["ScannedFolder"]


class ScannedFolder:
    """The list of a folder's files."""

    takes_file = True

    def seeds(self, _session: Session, asked: Asked) -> list[Seed]:
        """Return one row for each title."""
        try:
            return seeds_of(read_report(json.loads(asked.content.decode("utf-8-sig"))))
        except (UnicodeDecodeError, RecursionError, ValueError) as error:
            # NotAReport and what the decoders raise are ValueErrors.
            raise SeedFileUnreadable("not_a_scan") from error
