"""One record travels from a department's answer to the feed: through the browser, in Japanese, with few clicks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

#: Over all roles, from opening the round to the dataset being public; logging in is not counted.
MAX_CLICKS = 25
MAX_FIELDS = 12

CSV = "施設名,所在地,電話番号\n道立文書館,札幌市中央区北3条西6丁目,011-204-5073\n".encode("utf-8-sig")
REMARK = "データ名をもう少し具体的にしてください。"


#: How often a reader comes back to the public list until it shows what was just made public.
VISITS = 60


@pytest.fixture
def workbook(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a filled form: one of the official layout that the suite writes, or the official file itself."""
    if request.param == "ours":
        return request.getfixturevalue("write_official")(tmp_path / "棚卸し調査_回答.xlsx")
    return request.getfixturevalue("shared_dir") / "reference" / "gif" / "xlsx" / "465-3.xlsx"


@pytest.fixture
def csv_file(tmp_path: Path) -> Path:
    """Return a small open file to publish."""
    path = tmp_path / "facilities.csv"
    path.write_bytes(CSV)
    return path


@pytest.mark.parametrize("workbook", ["ours", "official"], indirect=True)
def test_a_record_travels_from_answer_to_feed(
    workbook: Path, csv_file: Path, log_in: Any, count: Any, photograph: Any
) -> None:
    office = log_in("chosa")
    photograph(office.page, "survey-office-start")
    survey = _open_round(office, photograph)

    respondent = log_in("kaito")
    _answer(respondent, survey, workbook, photograph)

    approver = log_in("shonin")
    _return(approver, survey, photograph)
    _resubmit(respondent, survey, photograph)
    approver.follow("棚卸し調査")
    _to_my_unit(approver, survey)
    approver.press("承認する")

    office.follow("棚卸し調査")
    office.click(office.page.locator(f'.hk-table a[href$="{survey}"]'))
    photograph(office.page, "survey-board")
    office.press("締め切って公開する")
    # The rows are copied in the background; the page goes on to the board by itself when that is done.
    office.page.wait_for_url(re.compile(rf"/survey/{survey}$"))
    photograph(office.page, "survey-published")

    dataset = _promote(respondent, survey, csv_file, photograph)

    print("\n".join(count.log))
    print(f"clicks {count.clicks}, fields {count.fields}, pages {count.pages}")
    assert count.clicks <= MAX_CLICKS
    assert count.fields <= MAX_FIELDS
    _is_public_everywhere(office.page, dataset, photograph)


def _open_round(office: Any, photograph: Any) -> str:
    """Open a round for all sections, as the form proposes; return its id."""
    office.follow("新しい調査")
    photograph(office.page, "survey-new")
    office.press("作成して開始する")
    photograph(office.page, "survey-board-open")
    return office.page.url.rsplit("/", 1)[1]


def _to_my_unit(person: Any, survey: str) -> None:
    """Go from the list of what is to do to the page of the unit."""
    person.click(person.page.locator(f'.hk-todo a[href*="{survey}"]').first)


def _answer(respondent: Any, survey: str, workbook: Path, photograph: Any) -> None:
    """Take a filled workbook in and submit it."""
    photograph(respondent.page, "survey-respondent-start")
    _to_my_unit(respondent, survey)
    photograph(respondent.page, "response-empty")
    respondent.choose_file("#field-upload", workbook)
    respondent.press("ファイルの確認")
    expect(respondent.page.get_by_text("まだ何も保存していません").first).to_be_visible()
    photograph(respondent.page, "workbook-preview")
    respondent.press("取り込む")
    expect(respondent.page.get_by_text("取り込みました").first).to_be_visible()
    photograph(respondent.page, "response-filled")
    respondent.press("提出する")


def _return(approver: Any, survey: str, photograph: Any) -> None:
    """Give the answers back with a remark."""
    _to_my_unit(approver, survey)
    photograph(approver.page, "response-review")
    approver.type("#field-remark", REMARK)
    approver.press("差し戻す")


def _resubmit(respondent: Any, survey: str, photograph: Any) -> None:
    """Read the remark and submit again."""
    respondent.follow("棚卸し調査")
    _to_my_unit(respondent, survey)
    expect(respondent.page.get_by_text(REMARK).first).to_be_visible()
    photograph(respondent.page, "response-returned")
    respondent.press("再提出する")


def _promote(respondent: Any, survey: str, csv_file: Path, photograph: Any) -> str:
    """Make the dataset of a holding that can be opened, add its file, make it public; return its name."""
    respondent.follow("棚卸し調査")
    _to_my_unit(respondent, survey)
    photograph(respondent.page, "response-published")
    respondent.click(respondent.page.get_by_role("button", name=re.compile("^データセットを作る")).first)
    photograph(respondent.page, "dataset-add-file")
    respondent.choose_file("#field-resource-upload", csv_file)
    respondent.click(respondent.page.locator(".form-actions button.btn-primary").last)
    photograph(respondent.page, "dataset-private")
    respondent.press("公開する")
    expect(respondent.page.get_by_text("データセットを公開しました").first).to_be_visible()
    photograph(respondent.page, "dataset-public")
    return re.search(r"/dataset/([^/?]+)", respondent.page.url)[1]


def _is_public_everywhere(page: Page, name: str, photograph: Any) -> None:
    """Look for the holding among what is published, and for the dataset in the feed."""
    link = page.locator(f'.hk-results a[href$="/dataset/{name}"]')
    # The index follows a moment later, when the worker has its turn.
    for _ in range(VISITS):
        page.goto("/inventory?status=published", wait_until="networkidle")
        if link.count():
            break
    photograph(page, "inventory")
    expect(link).to_be_visible()
    item = page.locator(".hk-results > li", has=page.locator(f'a[href$="/dataset/{name}"]'))
    expect(item.locator(".hk-badge")).to_have_text("公開済")
    item.locator("h2 a").click()
    photograph(page, "inventory-holding")
    dataset = page.request.get(f"/api/3/action/package_show?id={name}").json()["result"]["id"]
    assert re.search(rf"/dataset/{dataset}> a [^;]*dcat:Dataset", page.request.get("/catalog.ttl").text())
