"""Pages of the survey: who sees what, and what a page says when something cannot be done."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest

CANARY = "かなりあ7391"


@pytest.mark.parametrize("who", ["office", "respondent", "approver"])
def test_people_of_the_round_see_the_page_of_the_unit(stage: Any, visit: Any, who: str) -> None:
    assert visit(who, stage.unit_page).status_code == 200


@pytest.mark.parametrize("who", ["stranger", "citizen"])
def test_the_page_of_a_unit_does_not_exist_for_others(stage: Any, visit: Any, who: str) -> None:
    """AZ-01: the same answer as for a round that does not exist."""
    page, invented = visit(who, stage.unit_page), visit(who, f"/survey/{'0' * 36}/unit/doro-ka")
    assert (page.status_code, invented.status_code) == (404, 404)


@pytest.mark.parametrize("address", ["/survey", "/survey/new"])
def test_nobody_is_asked_to_log_in_and_brought_back(visit: Any, address: str) -> None:
    answer = visit("nobody", address)
    assert answer.status_code == 302
    assert unquote(answer.headers["Location"]).endswith(f"/user/login?came_from={address}")


def test_a_citizen_who_logs_in_is_brought_to_the_dashboard(visit: Any) -> None:
    answer = visit("citizen", "/survey")
    assert answer.status_code == 302
    assert "dashboard" in answer.headers["Location"]


@pytest.mark.parametrize("who", ["respondent", "approver", "stranger"])
def test_only_the_office_gets_the_form_of_a_round(visit: Any, who: str) -> None:
    assert visit(who, "/survey/new").status_code == 403


def test_the_form_of_a_round_is_ready_to_be_sent(stage: Any, visit: Any) -> None:
    page = visit("office", "/survey/new").body
    assert re.search(r'name="title" value="令和\d+年度 保有データ棚卸し調査"', page)
    assert re.search(rf'value="{stage.unit["id"]}"[^>]* checked', page)
    assert "作成して開始する" in page


def test_a_round_is_made_and_opened_by_one_button(stage: Any, send: Any) -> None:
    answer = send(
        "office", "/survey/new", title="秋の調査", fiscal_year="2026", deadline="2099-03-31", units=stage.unit["id"]
    )
    assert answer.status_code == 302
    made = stage.act("office", "hokkaido_survey_show", id=answer.headers["Location"].rsplit("/", 1)[1])
    assert (made["title"], made["state"]) == ("秋の調査", "open")


def test_a_round_without_units_is_refused_with_the_form_and_what_was_typed(visit: Any, send: Any) -> None:
    answer = send("office", "/survey/new", title="秋の調査", fiscal_year="2026", deadline="2099-03-31")
    assert answer.status_code == 409
    assert 'value="秋の調査"' in answer.body
    assert "保存していません" in answer.body


def test_the_respondent_finds_what_is_to_do_first(stage: Any, visit: Any) -> None:
    page = visit("respondent", "/survey").body
    assert re.search(rf'href="{stage.unit_page}"[^>]*>回答する', page)


def test_the_approver_is_not_asked_before_the_unit_submits(stage: Any, visit: Any) -> None:
    assert "確認・承認する" not in visit("approver", "/survey").body


def test_the_approver_is_asked_when_the_unit_has_submitted(stage: Any, visit: Any, answered: Any, submit: Any) -> None:
    submit()
    assert re.search(rf'href="{stage.unit_page}"[^>]*>確認・承認する', visit("approver", "/survey").body)


def test_a_row_is_saved_by_the_form(stage: Any, visit: Any, send: Any) -> None:
    answer = send("respondent", f"{stage.unit_page}/answer/new", title="除雪路線図", personal_information="no")
    assert answer.status_code == 302
    assert "除雪路線図" in visit("respondent", stage.unit_page).body


def test_a_row_without_name_is_refused_with_what_was_typed(stage: Any, send: Any) -> None:
    answer = send("respondent", f"{stage.unit_page}/answer/new", title="", description="路線の図")
    assert answer.status_code == 409
    assert "路線の図" in answer.body


def test_a_row_is_taken_out(stage: Any, visit: Any, send: Any, answered: dict[str, Any]) -> None:
    address = f"{stage.unit_page}/answer/{answered['id']}/delete"
    assert send("respondent", address, version=answered["version"]).status_code == 302
    assert "道路台帳" not in visit("respondent", stage.unit_page).body


def test_a_row_of_another_unit_is_not_found_under_this_one(stage: Any, visit: Any, answered: dict[str, Any]) -> None:
    address = f"/survey/{stage.survey['id']}/unit/{stage.other['name']}/answer/{answered['id']}"
    assert visit("office", address).status_code == 404


@pytest.mark.parametrize("who", ["stranger", "citizen", "nobody"])
def test_others_cannot_change_a_row(stage: Any, send: Any, answered: dict[str, Any], who: str) -> None:
    answer = send(who, f"{stage.unit_page}/answer/{answered['id']}", title="書き換え")
    assert answer.status_code in {403, 404}


def test_a_remark_is_needed_to_return(stage: Any, send: Any, answered: Any, submit: Any) -> None:
    version = submit()["version"]
    answer = send("approver", f"{stage.unit_page}/return", version=version, remark="")
    assert answer.status_code == 409
    assert "内容は変更されていません" in answer.body


def test_the_unit_sees_the_remark(stage: Any, visit: Any, send: Any, answered: Any, submit: Any) -> None:
    version = submit()["version"]
    assert send("approver", f"{stage.unit_page}/return", version=version, remark="幅員の単位も").status_code == 302
    assert "幅員の単位も" in visit("respondent", stage.unit_page).body


def test_a_stale_page_cannot_approve(stage: Any, send: Any, answered: Any, submit: Any) -> None:
    """AZ-03: an approval binds to the version that was on the page."""
    version = submit()["version"]
    answer = send("approver", f"{stage.unit_page}/approve", version=version - 1)
    assert answer.status_code == 409


def test_closing_and_publishing_is_one_button(stage: Any, visit: Any, send: Any, answered: Any, submit: Any) -> None:
    version = submit()["version"]
    send("approver", f"{stage.unit_page}/approve", version=version)
    assert send("office", f"/survey/{stage.survey['id']}/publish").status_code == 302
    assert "道路台帳" in visit("nobody", "/inventory").body


@pytest.mark.parametrize("address", ["/inventory", "/inventory/{holding}"])
def test_the_public_sees_what_is_held_and_nothing_more(
    stage: Any, visit: Any, published: dict[str, Any], address: str
) -> None:
    page = visit("nobody", address.format(holding=published["id"]))
    assert page.status_code == 200
    assert "道路台帳" in page.body
    assert CANARY not in page.body


@pytest.mark.parametrize("who", ["nobody", "citizen", "stranger"])
def test_only_the_unit_is_offered_the_dataset(visit: Any, published: dict[str, Any], who: str) -> None:
    assert "データセットを作る" not in visit(who, f"/inventory/{published['id']}").body


def test_the_unit_is_offered_the_dataset(visit: Any, published: dict[str, Any]) -> None:
    assert "データセットを作る" in visit("respondent", f"/inventory/{published['id']}").body


def test_making_the_dataset_leads_to_its_file(send: Any, published: dict[str, Any]) -> None:
    answer = send("respondent", f"/inventory/{published['id']}/promote")
    assert answer.status_code == 302
    assert re.search(r"/dataset/[^/]+/resource/new", answer.headers["Location"])


def test_a_dataset_without_a_file_is_not_made_public(send: Any, stage: Any, published: dict[str, Any]) -> None:
    dataset = stage.act("respondent", "hokkaido_holding_promote", id=published["id"])
    answer = send("respondent", f"/inventory/dataset/{dataset['name']}/publish")
    assert answer.status_code == 409
    assert stage.act("respondent", "package_show", id=dataset["id"])["private"] is True


@pytest.mark.parametrize("page", ["abc", "-1", "0", "99999999999999999999"])
def test_a_page_number_that_is_nonsense_does_no_harm(visit: Any, page: str) -> None:
    """DO-01."""
    assert visit("nobody", f"/inventory?page={page}").status_code == 200


def test_markup_in_a_search_comes_back_as_text(visit: Any) -> None:
    """XS-05."""
    assert "<script>alert" not in visit("nobody", "/inventory?q=<script>alert(1)</script>").body


def test_a_file_is_previewed_corrected_and_taken_in_on_pages(stage: Any, send: Any, visit: Any) -> None:
    """UP-12, UP-18: what is wrong is said on the preview; the buttons correct the columns and store the rows."""
    answer = send("respondent", f"{stage.unit_page}/workbook", upload=(BytesIO(b"%PDF-1.7"), "memo.xlsx"))
    assert answer.status_code == 302
    wrong = visit("respondent", answer.headers["Location"])
    assert "memo.xlsx" in wrong.body
    assert 'value="confirm"' not in wrong.body
    assert send("respondent", answer.headers["Location"], act="confirm").status_code == 409

    content = "台帳名,内容,<b>x</b>\n許可台帳,占用の許可,<script>1</script>\n".encode("cp932")
    page = send("respondent", f"{stage.unit_page}/workbook", upload=(BytesIO(content), "a.csv")).headers["Location"]
    shown = visit("respondent", page)
    assert "<script>1" not in shown.body
    assert re.search(r'name="column_A".*?value="title" selected', shown.body, re.DOTALL)
    kept = {"sheet": "CSV", "sheet_before": "CSV", "header_rows": "1", "header_rows_before": "1"}
    columns = {"column_A": "title", "column_B": "", "column_C": "remarks"}
    assert send("respondent", page, act="read", **kept, **columns).status_code == 302
    assert send("respondent", page, act="confirm").status_code == 302
    rows = stage.act("respondent", "hokkaido_response_show", survey=stage.survey["id"], unit=stage.unit["id"])[
        "answers"
    ]
    taken = next(row for row in rows if row["title"] == "許可台帳")
    assert (taken["description"], taken["answers"]["remarks"]) == ("", "<script>1</script>")


def test_the_button_without_a_file_says_what_to_do(stage: Any, send: Any) -> None:
    answer = send("respondent", f"{stage.unit_page}/workbook")
    assert answer.status_code == 409
    assert "ファイルを選んでから" in answer.body


def test_the_form_of_the_unit_can_be_fetched(stage: Any, visit: Any) -> None:
    answer = visit("respondent", f"{stage.unit_page}/workbook")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_closed_round_takes_no_file(stage: Any, send: Any) -> None:
    stage.act("office", "hokkaido_survey_close", id=stage.survey["id"])
    answer = send("respondent", f"{stage.unit_page}/workbook", upload=(BytesIO(b"PK"), "a.xlsx"))
    assert answer.status_code in {403, 409}


@pytest.mark.parametrize("address", ["close", "publish", "unit/doro-ka/submit", "unit/doro-ka/approve"])
def test_nothing_changes_by_a_link(stage: Any, visit: Any, address: str) -> None:
    """CS-03."""
    assert visit("office", f"/survey/{stage.survey['id']}/{address}").status_code in {404, 405}


@pytest.mark.parametrize("address", ["/survey/new", "{unit}", "{unit}/answer/new"])
def test_every_form_carries_the_token(stage: Any, visit: Any, address: str) -> None:
    """CS-01."""
    who = "office" if address == "/survey/new" else "respondent"
    page = visit(who, address.format(unit=stage.unit_page)).body
    forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", page, re.DOTALL | re.IGNORECASE)
    assert forms
    assert all('name="_csrf_token"' in form for form in forms)
