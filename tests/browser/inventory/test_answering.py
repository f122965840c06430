"""Answering in minutes: nothing changed, a paste from Excel, a lost session, no mouse, two people in one row."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

CALL = (Path(__file__).parents[1] / "call_action.js").read_text(encoding="utf-8")
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
}"""
ROWS = 12
STATE = "[data-grid-state]"


def call(page: Page, action: str, **data: Any) -> Any:
    """Call an action as whoever is logged in."""
    answer = page.evaluate(CALL, [action, data])
    assert answer["success"], answer
    return answer["result"]


@pytest.fixture
def respondent(log_in: Any) -> Any:
    return log_in("kaito")


@pytest.fixture
def unit(respondent: Any) -> str:
    """Return the unit that the respondent answers for."""
    return call(respondent.page, "organization_list_for_user", permission="update_dataset")[0]["name"]


@pytest.fixture
def open_round(log_in: Any, unit: str) -> Any:
    """Return a function that opens a round for the unit and returns the address of the unit's page."""
    office = log_in("chosa")

    def make(year: int) -> str:
        deadline = (date.today() + timedelta(days=30)).isoformat()  # noqa: DTZ011 - any day that is far enough away.
        made = call(
            office.page,
            "hokkaido_survey_create",
            title=f"回答の試し {datetime.now(UTC):%H%M%S}",
            fiscal_year=year,
            deadline=deadline,
            units=[unit],
            open=True,
        )
        return f"/survey/{made['id']}/unit/{unit}"

    return make


@pytest.fixture
def carried(respondent: Any, unit: str, open_round: Any) -> str:
    """Open a round whose rows were carried over from the last one; return the address of the unit's page."""
    rows = [{"title": f"保有データ {number}", "description": "説明"} for number in range(1, ROWS + 1)]
    for address in (open_round(2024), open_round(2025)):
        where = {"survey": address.split("/")[2], "unit": unit}
        done = call(respondent.page, "hokkaido_answer_bulk_update", **where, rows=rows)
    ids = [row["id"] for row in done["rows"]]
    call(respondent.page, "hokkaido_answer_confirm", **where, ids=ids, change="carried")
    return address


def test_a_unit_in_which_nothing_changed_is_done_with_one_click(
    respondent: Any, carried: str, count: Any, photograph: Any
) -> None:
    page = respondent.page
    begun = time.monotonic()
    page.goto(carried)
    expect(page.locator("[data-progress-text]")).to_have_text(f"0/{ROWS} 件を確認済み")
    photograph(page, "response-carried")
    respondent.press("すべて変更なしとして提出する")
    expect(page.locator(".hk-head .hk-badge").first).to_have_text("承認待ち")
    print(f"nothing changed: {time.monotonic() - begun:.1f} s, clicks {count.clicks}, fields {count.fields}")
    assert (count.clicks, count.fields) == (1, 0)


def test_single_rows_are_said_to_be_gone_or_changed_with_one_click_each(
    respondent: Any, carried: str, count: Any, photograph: Any
) -> None:
    page = respondent.page
    page.goto(carried)
    first, second = page.locator("[data-row]").nth(0), page.locator("[data-row]").nth(1)
    respondent.click(first.get_by_role("button", name="廃止"))
    expect(page.locator("[data-progress-text]")).to_have_text(f"1/{ROWS} 件を確認済み")
    expect(first.locator("[data-change-label]")).to_have_text("廃止")
    respondent.click(second.get_by_role("button", name="変更なし"))
    expect(page.locator("[data-progress-text]")).to_have_text(f"2/{ROWS} 件を確認済み")
    photograph(page, "response-half-looked-at")
    respondent.click(first.get_by_role("button", name="取り消す"))
    expect(page.locator("[data-progress-text]")).to_have_text(f"1/{ROWS} 件を確認済み")
    respondent.click(page.locator("[data-row]").nth(2).get_by_role("link", name="変更あり"))
    page.fill("#field-description", "項目を一つ加えた")
    expect(page.locator('[data-question="description"] .hk-before')).to_have_text("前回の回答：説明")
    photograph(page, "answer-form-changed")
    respondent.press("保存して次の行へ")
    expect(page.locator("h1")).to_contain_text("4")
    respondent.click(page.get_by_role("link", name="← 前の行"))
    expect(page.locator(".hk-head .hk-badge").nth(1)).to_have_text("変更あり")
    page.goto(carried)
    respondent.press("残りを変更なしとして提出する")
    expect(page.locator(".hk-head .hk-badge").first).to_have_text("承認待ち")


def test_twenty_rows_are_pasted_from_excel(respondent: Any, open_round: Any, photograph: Any) -> None:
    address = open_round(2026)
    page = respondent.page
    page.goto(address + "/grid")
    photograph(page, "grid-empty")
    page.locator("td[role=gridcell]").first.focus()
    cells = ["\t".join([f"貼り付け {number}", '"一行目\n二 ""行"" 目"', "無", "有"]) for number in range(19)]
    page.evaluate(PASTE, "\r\n".join([*cells, "貼り付け 19\t説明\tたぶん\t要確認"]) + "\r\n")
    expect(page.locator(STATE)).to_contain_text("ほかは保存しました")
    wrong = page.locator(".hk-bad")
    expect(wrong).to_have_count(1)
    expect(wrong).to_contain_text("「たぶん」は選択肢にありません")
    photograph(page, "grid-pasted")
    page.reload()
    expect(page.locator("tr[data-id]")).to_have_count(20)
    first = page.locator("tr[data-id]").first.locator("td")
    expect(first.nth(1)).to_have_text('一行目\n二 "行" 目', use_inner_text=True)
    assert [first.nth(place).get_attribute("data-v") for place in (2, 3)] == ["no", "yes"]
    # What could not be taken is still there, in this browser only.
    expect(page.locator(".hk-bad")).to_contain_text("たぶん")


def test_what_was_typed_survives_a_lost_session_and_a_closed_tab(respondent: Any, open_round: Any) -> None:
    """FA-07: the server never got it, the tab is closed, somebody logs in again: it is there and is stored, once."""
    address = open_round(2026) + "/grid"
    page = respondent.page
    page.goto(address)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.locator("td[role=gridcell]").first.focus()
    page.keyboard.press("F2")
    page.keyboard.type("消えてはいけない")
    page.keyboard.press("Enter")
    trouble = page.locator("[data-grid-trouble]")
    expect(trouble).to_contain_text("ログインの期限が切れた")
    expect(trouble.get_by_role("link", name="新しいタブでログインする")).to_have_attribute("target", "_blank")
    context = page.context
    with page.expect_event("close"):
        page.close(run_before_unload=True)

    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(address)
    expect(page.locator("tr[data-id]")).to_have_count(1, timeout=40_000)
    expect(page.locator(STATE)).to_have_text("すべて保存しました")
    page.reload()
    expect(page.locator("tr[data-id] td").first).to_have_text("消えてはいけない")
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('hk-grid:')).length") == 0


def test_the_table_is_filled_in_without_a_mouse(respondent: Any, open_round: Any) -> None:
    """AX-01, I18-01."""
    page = respondent.page
    page.goto(open_round(2026) + "/grid")
    page.locator("td[role=gridcell]").first.focus()
    keys = page.keyboard
    keys.type("A-1 台帳")
    keys.press("Tab")
    keys.press("F2")
    keys.type("捨てる")
    keys.press("Escape")
    keys.press("Enter")
    keys.type("施設の名称")
    # The input method takes this Enter; the cell stays open.
    page.evaluate(
        "document.activeElement.dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    )
    keys.type("と所在地")
    keys.press("Tab")
    keys.press("Enter")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Enter")
    keys.press("Home")
    keys.press("ArrowDown")
    keys.type("2 番目")
    keys.press("Enter")
    expect(page.locator("tr[data-id]")).to_have_count(2)
    cells = page.locator("tr[data-id]").first.locator("td")
    expect(cells.nth(1)).to_have_text("施設の名称と所在地")
    assert cells.nth(2).get_attribute("data-v") == "no"
    expect(page.locator(STATE)).to_have_text("すべて保存しました")
    keys.press("Escape")
    keys.press("Enter")
    page.wait_for_url("**/unit/*")
    expect(page.locator("[data-row]")).to_have_count(2)


def test_two_people_in_one_row_see_both_texts(respondent: Any, open_round: Any, unit: str, photograph: Any) -> None:
    """CC-01: in the form and in the table."""
    address = open_round(2026)
    page = respondent.page
    where = {"survey": address.split("/")[2], "unit": unit}
    row = call(page, "hokkaido_answer_update", **where, title="橋りょう一覧", description="元の説明")
    page.goto(f"{address}/answer/{row['id']}")
    call(page, "hokkaido_answer_update", **where, id=row["id"], description="相手の説明", system_name="橋りょう台帳")
    page.fill("#field-description", "自分の説明")
    respondent.press("保存")
    expect(page.locator(".hk-clash")).to_have_count(1)
    for text in ("元の説明", "自分の説明", "相手の説明"):
        expect(page.locator(".hk-clash")).to_contain_text(text)
    photograph(page, "answer-conflict")
    respondent.press("選んだ内容で保存する")
    saved = call(page, "hokkaido_answer_show", id=row["id"])
    assert (saved["description"], saved["answers"]["system_name"]) == ("自分の説明", "橋りょう台帳")

    page.goto(address + "/grid")
    call(page, "hokkaido_answer_update", **where, id=row["id"], description="また相手")
    cell = page.locator("tr[data-id] td").nth(1)
    cell.focus()
    page.keyboard.press("F2")
    page.keyboard.press("Control+A")
    page.keyboard.type("また自分")
    page.keyboard.press("Enter")
    expect(cell).to_contain_text("また相手")
    photograph(page, "grid-conflict")
    cell.get_by_role("button").last.click()
    expect(page.locator(STATE)).to_have_text("すべて保存しました")
    assert call(page, "hokkaido_answer_show", id=row["id"])["description"] == "また相手"
