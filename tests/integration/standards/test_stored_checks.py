"""Files that are uploaded are checked in the background, and forgotten with their dataset."""

from __future__ import annotations

import io
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from calling import call
from ckan import model
from ckan.tests import factories
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_standards.jobs.check import follow_due
from ckanext.hokkaido_standards.model import ResourceCheck
from ckanext.hokkaido_standards.service import check as checks

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")

HEADINGS = (
    "全国地方公共団体コード,ID,地方公共団体名,名称,所在地_連結表記,設置位置,男性トイレ総数,女性トイレ総数,利用開始時間"
)
ROW = "011002,1,札幌市,大通公園トイレ,北海道札幌市中央区大通西一丁目,東,2,2,09:00"
GOOD = f"\ufeff{HEADINGS}\r\n{ROW}\r\n".encode()
BAD = f"\ufeff{HEADINGS}\r\n{ROW.replace('011002', '11002')}\r\n".encode()


def file(content: bytes, name: str = "public_toilet.csv") -> FileStorage:
    return FileStorage(io.BytesIO(content), filename=name)


def dataset(**fields: Any) -> dict[str, Any]:
    unit = factories.Organization()
    return factories.Dataset(owner_org=unit["id"], license_id="CC-BY-4.0", **fields)


def upload(package: dict[str, Any], content: bytes = GOOD, **fields: Any) -> str:
    made = call("resource_create", package_id=package["id"], url="", upload=file(content), name="トイレ", **fields)
    return made["id"]


def found(resource_id: str) -> ResourceCheck | None:
    outbox.drain()
    model.Session.expire_all()
    return checks.find(model.Session(), resource_id)


def test_an_upload_is_checked_once_it_is_committed() -> None:
    row = found(upload(dataset(), BAD))
    assert row is not None
    assert (row.state, row.standard, row.form, row.dialect, row.rows) == ("checked", "13", "current", "current", 1)
    assert row.counts["value-code-form"] == 1
    assert row.weights["wrong"] >= 1
    report = checks.report_of(row)
    assert report is not None
    told = {language: report.as_dict(language)["findings"] for language in ("ja", "en")}
    assert told["ja"][0]["rule"] == told["en"][0]["rule"]
    assert told["ja"][0]["message"] != told["en"][0]["message"]
    assert report.stars == row.score


def test_a_new_file_is_checked_anew_and_an_edit_of_words_is_not() -> None:
    resource_id = upload(dataset(), BAD)
    first = found(resource_id)
    assert first is not None
    at = first.checked_at
    call("resource_patch", id=resource_id, description="説明")
    again = found(resource_id)
    assert again is not None
    assert again.checked_at == at
    call("resource_patch", id=resource_id, url="", upload=file(GOOD))
    third = found(resource_id)
    assert third is not None
    assert (third.checked_at > at, "value-code-form" in third.counts) == (True, False)


def test_what_cannot_be_read_says_why() -> None:
    row = found(upload(dataset(), b"%PDF-1.7 no table\n"))
    assert row is not None
    assert (row.state, row.standard, row.score, list(row.counts)) == ("unreadable", None, 0, ["file-pdf"])


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_standards.stored_megabytes", 0)
    row = found(upload(dataset()))
    assert row is not None
    assert (row.state, row.digest, row.report) == ("large", "", None)


@pytest.mark.parametrize("way", ["resource_delete", "package_delete", "dataset_purge", "link"])
def test_a_file_that_is_gone_is_forgotten(way: str) -> None:
    package = dataset()
    resource_id = upload(package)
    assert found(resource_id) is not None
    if way == "link":
        call("resource_patch", id=resource_id, url="https://www.example.jp/t.csv", clear_upload=True)
    else:
        call(way, id=resource_id if way == "resource_delete" else package["id"])
    assert found(resource_id) is None


def test_drafts_and_private_datasets_are_checked_for_their_editors() -> None:
    row = found(upload(dataset(private=True)))
    assert row is not None
    assert row.standard == "13"


def test_the_clock_finds_what_was_missed_or_was_checked_by_other_rules() -> None:
    resource_id = upload(dataset())
    assert found(resource_id) is not None
    assert follow_due() == 0
    model.Session.execute(sa.update(ResourceCheck).values(checked_by="other"))
    model.Session.commit()
    assert follow_due() == 1
    assert follow_due() == 0
    model.Session.execute(sa.delete(ResourceCheck))
    model.Session.commit()
    assert follow_due() == 1
    assert found(resource_id) is not None


def test_the_title_of_the_dataset_tells_what_the_file_does_not() -> None:
    package = dataset(title="AED設置箇所一覧")
    content = "\ufeff名称,住所,緯度,経度\r\n市役所,北海道札幌市中央区,43.06,141.35\r\n".encode()
    made = call("resource_create", package_id=package["id"], url="", upload=file(content, "x.csv"), name="CSV")
    row = found(made["id"])
    assert row is not None
    assert row.standard == "08"
