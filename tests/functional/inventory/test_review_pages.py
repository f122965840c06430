"""The review on pages: a remark at one answer, answered in place, and approved from the queue."""

from __future__ import annotations

import re
from typing import Any


def _version(page: str) -> str:
    return re.findall(r'name="version" value="(\d+)"', page)[-1]


def test_a_remark_on_one_field_is_made_answered_and_approved(
    stage: Any, answered: dict[str, Any], submit: Any, visit: Any, send: Any
) -> None:
    """The reviewer opens a field, the unit sees just that field, and the approval comes from the queue."""
    submit()
    page = visit("approver", f"{stage.unit_page}/review").body
    name = f"note|{answered['id']}|description"
    assert f'name="{name}"' in page
    send("approver", f"{stage.unit_page}/return", version=_version(page), **{name: "どの年度のものか書いてください"})

    page = visit("respondent", f"{stage.unit_page}/remarks").body
    assert "どの年度のものか書いてください" in page
    assert 'name="description"' in page
    assert 'name="system_name"' not in page
    row = re.search(r'name="id" value="[^"]+">\s*<input type="hidden" name="version" value="(\d+)"', page)
    assert row
    given = {"id": answered["id"], "version": row[1], "description": "令和8年度の道路台帳"}
    assert send("respondent", f"{stage.unit_page}/remarks", **given).status_code == 302
    page = visit("respondent", f"{stage.unit_page}/remarks").body
    assert "どの年度のものか書いてください" not in page
    send("respondent", f"{stage.unit_page}/submit", version=_version(page))

    queue = visit("approver", "/survey/review").body
    (chosen,) = re.findall(r'name="response" value="([^"]+)"', queue)
    assert send("approver", "/survey/review/approve", response=chosen).status_code == 302
    where = {"survey": stage.survey["id"], "unit": stage.unit["id"]}
    assert stage.act("office", "hokkaido_response_show", **where)["state"] == "approved"

    paper = visit("approver", f"{stage.unit_page}/print").body
    assert "起案者" in paper
    assert "道路台帳" in paper
    trail = visit("office", f"/survey/{stage.survey['id']}/trail.csv")
    assert trail.data.startswith(b"\xef\xbb\xbf")
    lines = trail.data.decode("utf-8-sig").splitlines()
    assert sum("道路課" in line for line in lines) == 6
