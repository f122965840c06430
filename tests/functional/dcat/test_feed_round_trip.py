"""A portal with our schema reads our feed by ckanext-dcat's profiles: repeated groups come back whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ckan.tests.helpers import CKANTestApp
from ckanext.dcat.processors import RDFParser, RDFSerializer

Make = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.usefixtures("empty_feed")

#: Our profile, and the profiles of ckanext-dcat that read it.
READERS = [("dcat-ap-3", ["euro_dcat_ap_3"]), ("dcat-ap-2", ["euro_dcat_ap_2", "euro_dcat_ap_scheming"])]
PERIODS = [{"start": "2024-04-01", "end": "2025-03-31"}, {"start": "2025-04-01", "end": "2026-03-31"}]


@pytest.mark.parametrize(("profile", "readers"), READERS)
def test_groups_of_our_schema_come_back(app: CKANTestApp, make_dataset: Make, profile: str, readers: list[str]) -> None:
    made = make_dataset(temporal_coverage=PERIODS)
    parser = RDFParser(profiles=readers, dataset_type="dataset")
    parser.parse(app.get(f"/dataset/{made['id']}.ttl?profile={profile}").data, _format="turtle")
    (read,) = parser.datasets()
    assert sorted(read["temporal_coverage"], key=lambda one: one["start"]) == PERIODS
    (contact,) = read["contact"]
    assert (contact["name"], contact["email"], contact["url"]) == (
        "危機対策課", "kiki@example.lg.jp", "https://example.lg.jp/",
    )  # fmt: skip
    assert (read["title"], read["notes"]) == (made["title"], made["notes"])


def test_a_dataset_that_was_never_stored_is_written_by_our_profile_and_read_again(app: CKANTestApp) -> None:
    """As the commands of ckanext-dcat and its examples have it: no ids, tags as objects, the rest in extras."""
    given = {
        "name": "shelters",
        "title": "避難所一覧",
        "notes": "一覧です。",
        "tags": [{"name": "防災"}],
        "extras": [
            {"key": "publisher_name", "value": "北海道"},
            {"key": "contact_email", "value": "kiki@example.lg.jp"},
            {"key": "temporal_start", "value": "2025-04-01"},
        ],
        "resources": [{"name": "表", "url": "https://example.lg.jp/a.csv", "format": "CSV"}],
    }
    with app.flask_app.test_request_context():
        written = RDFSerializer(profiles=["hokkaido_dcat_ap"]).serialize_dataset(given, _format="turtle")
    parser = RDFParser(profiles=["euro_dcat_ap_3"])
    parser.parse(written, _format="turtle")
    (read,) = parser.datasets()
    assert (read["title"], read["notes"], read["tags"]) == ("避難所一覧", "一覧です。", [{"name": "防災"}])
    assert read["contact"][0]["email"] == "kiki@example.lg.jp"
    assert read["temporal_coverage"] == [{"start": "2025-04-01"}]
    assert "北海道" in {one["value"] for one in read["extras"]} | {one["name"] for one in read.get("publisher", [])}
    assert [one["name"] for one in read["resources"]] == ["表"]
