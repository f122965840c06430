"""Pages of rounds and people: rolling over by one button, inviting from a list, and taking a duty by a link."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from ckanext.hokkaido_inventory.logic.invitation_secret import secret_of

LIST = "氏名,メールアドレス,組織,役割\r\n山田 太郎,taro@example.jp,道路課,副担当\r\n"


def test_the_office_makes_the_next_round_of_the_last_by_one_button(
    stage: Any, answered: Any, visit: Any, send: Any
) -> None:
    form = visit("office", "/survey/new").body
    assert f'action="/survey/{stage.survey["id"]}/roll-over"' in form
    answer = send("office", f"/survey/{stage.survey['id']}/roll-over")
    made = answer.headers["Location"].rsplit("/", 1)[1]
    shown = stage.act("office", "hokkaido_survey_show", id=made)
    assert (shown["state"], shown["counts"]["rows"]) == ("open", 1)
    page = visit("respondent", f"/survey/{made}/unit/{stage.unit['name']}").body
    assert answered["title"] in page


def test_a_round_for_practice_says_so_on_every_page_of_it(stage: Any, visit: Any) -> None:
    values = {"title": "練習", "fiscal_year": 2026, "deadline": "2098-05-03", "units": [stage.unit["id"]]}
    made = stage.act("office", "hokkaido_survey_create", training=True, open=True, **values)
    board = visit("office", f"/survey/{made['id']}").body
    assert "練習用の調査です" in board
    assert 'name="deadline" value="2098-05-07"' in board
    assert "練習用の調査です" in visit("respondent", f"/survey/{made['id']}/unit/{stage.unit['name']}").body
    assert "練習用の調査です" not in visit("respondent", stage.unit_page).body


def test_a_round_is_changed_and_units_get_more_time_on_pages(stage: Any, visit: Any, send: Any) -> None:
    where = f"/survey/{stage.survey['id']}"
    assert f'value="{stage.survey["title"]}"' in visit("office", f"{where}/edit").body
    units = [stage.unit["id"], stage.other["id"]]
    form = {
        "title": "新しい名前",
        "fiscal_year": "2026",
        "deadline": "2099-03-31",
        "question_set": "light",
        "units": units,
    }
    assert send("office", f"{where}/edit", **form).status_code == 302
    assert send("office", f"{where}/extend", units=[stage.unit["name"]], deadline="2020-01-01").status_code == 409
    assert send("office", f"{where}/extend", units=[stage.unit["name"]], deadline="2099-04-30").status_code == 302
    shown = stage.act("office", "hokkaido_survey_show", id=stage.survey["id"])
    assert (shown["title"], shown["question_set"]) == ("新しい名前", "light")
    assert {one["unit"]["name"]: one["deadline"] for one in shown["responses"]} == {
        "doro-ka": "2099-04-30",
        "nosei-ka": "2099-03-31",
    }


def test_people_are_invited_from_a_list_and_take_their_duty(stage: Any, visit: Any, send: Any) -> None:
    """AZ-01: the link is the only key; it works once, and its page stays out of caches."""
    seen = send("office", "/survey/people/invite", upload=(BytesIO(LIST.encode("cp932")), "meibo.csv"))
    assert "招待する人：1人" in seen.body
    assert send("office", "/survey/people/invite", text=LIST, send="1").status_code == 302
    listed = visit("approver", "/survey/people")
    assert "taro@example.jp" in listed.body
    (invitation,) = stage.act("office", "hokkaido_person_list")["invitations"]
    link = f"/survey/invitation/{secret_of(invitation['id'])}"
    page = visit("nobody", link)
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    assert (page.headers["Referrer-Policy"], "道路課" in page.body) == ("no-referrer", True)
    given = {"fullname": "山田 太郎", "password": "ながいあいことば2026"}
    assert send("nobody", link, again="ちがう", **given).status_code == 409
    assert send("nobody", link, again=given["password"], **given).status_code == 302
    assert visit("nobody", link).status_code == 410
    names = {one["user"]["fullname"] for one in stage.act("office", "hokkaido_person_list", unit="doro-ka")["people"]}
    assert "山田 太郎" in names


def test_a_list_with_errors_names_every_row_and_offers_no_button(send: Any) -> None:
    text = LIST + "佐藤,hanako,道路課,係長\n"
    page = send("office", "/survey/people/invite", text=text).body
    assert "3行目" in page
    assert 'name="send"' not in page


def test_a_merger_is_shown_before_it_is_done(stage: Any, answered: Any, send: Any, visit: Any) -> None:
    order = {"kind": "merged", "from_units": ["doro-ka"], "to_unit": "nosei-ka", "effective_on": "2026-04-01"}
    seen = send("office", "/survey/transfer", **order)
    assert answered["title"] in seen.body
    assert re.search(r'name="do" value="1"', seen.body)
    assert visit("respondent", stage.unit_page).body.count(answered["title"])
    assert answered["title"] in send("office", "/survey/transfer", do="1", **order).body
    assert answered["title"] not in visit("respondent", stage.unit_page).body
