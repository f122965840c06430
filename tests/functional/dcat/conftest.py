"""What the tests of the feed's pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

from ckanext.hokkaido_dcat.model import Change, Entry, Fragment
from ckanext.hokkaido_dcat.service import changes

EVERYTHING: dict[str, Any] = {
    "title": "避難所一覧",
    "title_en": "List of shelters",
    "title_kana": "ひなんじょいちらん",
    "notes": "指定避難所の一覧です。\n\n* 毎年更新します。",
    "notes_en": "Designated shelters.",
    "license_id": "CC-BY-4.0",
    "tag_string": "避難所,防災",
    "theme": ["safety", "region"],
    "frequency": "ANNUAL",
    "frequency_note": "毎年4月",
    "spatial_code": ["010006", "01300", "011002"],
    "temporal_coverage": [{"start": "2025-04-01", "end": "2026-03-31"}],
    "issued": "2025-04-01",
    "modified": "2026-04-01",
    "contact": [
        {"name": "危機対策課", "email": "kiki@example.lg.jp", "phone": "011-231-4111", "url": "https://example.lg.jp/"}
    ],
    "url": "https://example.lg.jp/hinan",
    "language": ["ja", "en"],
    "version": "2",
    "provenance": "市町村の報告をまとめました。",
    "access_rights": "PUBLIC",
    "conforms_to": ["https://example.org/standards/shelters"],
    "documentation": ["https://example.lg.jp/hinan/about"],
    "identifier": "hinan-2026",
    "resources": [
        {
            "url": "https://example.lg.jp/hinan.csv",
            "name": "避難所一覧（CSV）",
            "description": "全道の避難所",
            "format": "CSV",
            "mimetype": "text/csv",
            "size": 12345,
            "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "license": "CC0-1.0",
            "rights": "出典を示してください。",
            "availability": "AVAILABLE",
            "status": "COMPLETED",
            "issued": "2025-04-01",
            "modified": "2026-04-01",
            "language": ["ja"],
            "conforms_to": ["https://example.org/standards/shelters"],
            "encoding": "UTF-8",
            "compress_format": "gzip",
            "package_format": "zip",
        },
    ],
}


@pytest.fixture
def empty_feed(app: CKANTestApp, ckan_config: Any) -> None:
    """Start with nothing in the feed; datasets of other tests do no harm."""
    model.Session.rollback()
    model.Session.execute(sa.delete(Fragment))
    model.Session.execute(sa.delete(Entry))
    model.Session.execute(sa.delete(Change))
    model.Session.execute(sa.delete(model.SystemInfo).where(model.SystemInfo.key == changes.FORGOTTEN))
    model.Session.commit()


@pytest.fixture
def make_dataset(empty_feed: None) -> Callable[..., dict[str, Any]]:
    """Return a function that saves a dataset with every field filled, or with those given."""

    def make(**fields: Any) -> dict[str, Any]:
        owner = (
            fields.pop("owner_org", None)
            or factories.Organization(
                title="北海道",
                title_en="Hokkaido Government",
                kind="prefecture",
                code="010006",
                url="https://example.lg.jp/",
            )["id"]
        )
        return factories.Dataset(owner_org=owner, **(EVERYTHING | fields))

    return make
