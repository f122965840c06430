"""One record travels from a department's answer to the feed: through the browser, in Japanese, with few clicks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

#: Over all roles, from opening the round to the dataset being public; logging in is not counted.
MAX_CLICKS = 25
MAX_FIELDS = 12

CSV = "施設名,所在地,電話番号\n道立文書館,札幌市中央区北3条西6丁目,011-204-5073\n".encode("utf-8-sig")


@pytest.fixture(params=["ours", "official"])
def workbook(request: pytest.FixtureRequest, tmp_path: Path, write_official) -> Path:
    """Return a filled form: one of the official layout that the suite writes, or the official file itself."""
    if request.param == "ours":
        return write_official(tmp_path / "棚卸し調査_回答.xlsx")
    folder = request.getfixturevalue("shared_dir")
    return folder / "reference" / "gif" / "xlsx" / "465-3.xlsx"


@pytest.fixture
def csv_file(tmp_path: Path) -> Path:
    """Return a small open file to publish."""
    path = tmp_path / "facilities.csv"
    path.write_bytes(CSV)
    return path


@pytest.mark.parametrize("workbook", ["ours", "official"], indirect=True)
def test_a_record_travels_from_answer_to_feed(workbook: Path, csv_file: Path, log_in, count, photograph) -> None:
    office = log_in("chosa", count)
    office.page.goto("/survey")
    photograph(office.page, "survey-office-start")
    office.follow("新しい調査")
    photograph(office.page, "survey-new")
    office.press("作成して開始する")
    survey = office.page.url.rsplit("/", 1)[1]
    mine = f'.hk-todo a[href*="{survey}"]'
    photograph(office.page, "survey-board-open")

    respondent = log_in("kaito", count)
    photograph(respondent.page, "survey-respondent-start")
    respondent.click(respondent.page.locator(mine).first)
    unit_page = respondent.page.url
    photograph(respondent.page, "response-empty")
    respondent.choose_file("#field-upload", workbook)
    respondent.press("取り込む")
    expect(respondent.page.get_by_text("取り込みました").first).to_be_visible()
    photograph(respondent.page, "response-filled")
    if "/workbook" in respondent.page.url:
        respondent.click(respondent.page.locator(".hk-page > .hk-actions a"))
    respondent.press("提出する")

    approver = log_in("shonin", count)
    approver.click(approver.page.locator(mine).first)
    photograph(approver.page, "response-review")
    approver.type("#field-remark", "件名をもう少し具体的にしてください。")
    approver.press("差し戻す")

    respondent.follow("棚卸し調査")
    respondent.click(respondent.page.locator(mine).first)
    expect(respondent.page.get_by_text("件名をもう少し具体的にしてください。").first).to_be_visible()
    photograph(respondent.page, "response-returned")
    respondent.press("再提出する")

    approver.follow("棚卸し調査")
    approver.click(approver.page.locator(mine).first)
    approver.press("承認する")

    office.page.reload()
    photograph(office.page, "survey-board-approved")
    office.press("締め切って公開する")
    photograph(office.page, "survey-published")

    respondent.follow("棚卸し調査")
    respondent.click(respondent.page.locator(mine).first)
    photograph(respondent.page, "response-published")
    respondent.click(respondent.page.get_by_role("button", name=re.compile("^データセットを作る")).first)
    photograph(respondent.page, "dataset-add-file")
    respondent.choose_file("#field-resource-upload", csv_file)
    respondent.click(respondent.page.locator(".form-actions button[value=go-metadata], .form-actions button.btn-primary").last)
    photograph(respondent.page, "dataset-private")
    respondent.press("公開する")
    expect(respondent.page.get_by_text("データセットを公開しました").first).to_be_visible()
    photograph(respondent.page, "dataset-public")
    name = respondent.page.url.rstrip("/").rsplit("/", 1)[1].split("?")[0]

    print("\n".join(count.log))  # noqa: T201 - the walk is what a reader of a failure needs.
    print(f"clicks {count.clicks}, fields {count.fields}, pages {count.pages}")  # noqa: T201
    assert count.clicks <= MAX_CLICKS
    assert count.fields <= MAX_FIELDS
    assert unit_page.endswith(respondent.page.url) is False
    _is_public_everywhere(office.page, name, photograph)


def _is_public_everywhere(page: Page, name: str, photograph) -> None:
    """The holding shows 公開済, and the feed lists the dataset."""
    page.goto("/inventory?status=published")
    photograph(page, "inventory")
    holding = page.locator(f'.hk-results a[href$="/dataset/{name}"]')
    expect(holding).to_be_visible()
    item = page.locator(".hk-results > li", has=holding)
    expect(item.locator(".hk-badge")).to_have_text("公開済")
    item.locator("h2 a").click()
    photograph(page, "inventory-holding")
    feed = page.request.get("/catalog.ttl")
    assert feed.ok
    assert f"/dataset/{name}" in feed.text() or name in feed.text()
