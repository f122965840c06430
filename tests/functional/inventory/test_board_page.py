"""The board on the page of a round."""

from __future__ import annotations

from ckan.tests.helpers import CKANTestApp


def test_the_office_goes_down_to_a_unit_and_gives_it_more_time(app: CKANTestApp, stage) -> None:
    headers = stage.headers("office")
    page = f"/survey/{stage.survey['id']}"
    shown = app.get(page, headers=headers).body
    assert "回答状況" in shown
    assert stage.unit_page in shown
    assert "hk-board" not in app.get(page, headers=stage.headers("respondent")).body
    kept = app.get(f"{page}?group=flat&state=unanswered&q=道路", headers=headers).body
    assert stage.unit["title"] in kept
    assert stage.other["title"] not in kept
    assert app.get(f"{page}?group=no-such", headers=headers, status=409).status_code == 409
    form = {"units": [stage.unit["id"]], "deadline": "2099-05-31"}
    done = app.post(f"{page}/extend?group=flat", headers=headers, data=form).body
    assert "1部署の締切を延ばしました" in done
    assert "部署が選ばれていません" in app.post(f"{page}/extend", headers=headers, data={"deadline": ""}).body
    assert "かかった時間" in app.get(f"{page}/burden", headers=headers).body
