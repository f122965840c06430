"""Rows drafted from an オープンデータ一覧: what the unit has published elsewhere."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.open_data_list import Listed, NotAList, belonging_to, read_list
from ckanext.hokkaido_inventory.domain.readability_level import suggested_level
from ckanext.hokkaido_inventory.domain.refusal import SeedFileUnreadable
from ckanext.hokkaido_inventory.domain.seed import Seed
from ckanext.hokkaido_inventory.domain.theme_words import theme_of
from ckanext.hokkaido_inventory.service.seeding.source import ALL_NO, Asked, frequency_of
from ckanext.hokkaido_inventory.workbook.scan_file import Unreadable, read_tables

__all__ = ["OpenDataList"]


class OpenDataList:
    """A list of open data as CSV or workbook, of any generation of headings."""

    takes_file = True

    def seeds(self, _session: Session, asked: Asked) -> list[Seed]:
        """Return one row for each data set of the unit, however many files it has."""
        try:
            sheets = read_tables(asked.content, asked.filename).sheets
        except Unreadable as error:
            raise SeedFileUnreadable(error.code) from error
        for sheet in sheets:
            try:
                listed = read_list(sheet)
            except NotAList:
                continue
            return [_seed(one) for one in belonging_to(listed, title=asked.title, code=asked.code)]
        raise SeedFileUnreadable("not_a_list")


def _seed(one: Listed) -> Seed:
    form = "、".join(one.formats)
    answers: dict[str, Any] = ALL_NO | {
        "format": form,
        "machine_readability": suggested_level(form),
        "update_frequency": frequency_of(one.frequency),
        "theme": theme_of(one.theme),
    }
    return Seed(one.title, one.description, answers)
