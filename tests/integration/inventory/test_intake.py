"""Any list of an office on its way into a response: previewed, corrected, confirmed, remembered."""

from __future__ import annotations

import io
from datetime import timedelta

import ckan.plugins.toolkit as tk
import openpyxl
import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.hokkaido_core import tasks
from ckanext.hokkaido_core.columns import now
from ckanext.hokkaido_inventory.jobs.intake import drop_forgotten
from ckanext.hokkaido_inventory.model import Intake

LIST = """令和8年度 河川課 台帳一覧,,,,
No,台帳名,内容,公開状況,主管
1,河川台帳,河川の名称と延長,公開済,A
2,許可台帳,占用の許可,非公開,B
3,許可台帳,占用の許可（旧）,検討中かも,B
計,,,3,
""".encode("cp932")


def _create(house, survey, content=LIST, name="台帳.xlsx", **where):
    file = house.file(content, name)
    return house.respondent(
        "hokkaido_intake_create", survey=survey["id"], **({"unit": "kasen-ka"} | where), upload=file
    )


def _act(house, survey, intake, action, **given):
    asked = {"survey": survey["id"], "unit": "kasen-ka", "id": intake["id"]} | given
    return house.respondent(f"hokkaido_intake_{action}", **asked)


def test_a_list_of_the_office_is_previewed_stored_and_known_again_next_year(house):
    """UP-12, UP-14, CC-04: told by content, not by name; the same file twice changes nothing."""
    survey = house.open_survey()
    seen = _create(house, survey)
    assert (seen["kind"], seen["sheet"], seen["header_rows"]) == ("own", "CSV", [2])
    fields = {column["heading"]: column["field"] for column in seen["mapping"]}
    assert fields == {
        "No": None, "台帳名": "title", "内容": "description", "公開状況": "publication_status", "主管": None,
    }  # fmt: skip
    assert seen["rows"] == {"new": 3, "changed": 0, "unchanged": 0, "gone": 0, "conflict": 0}
    assert [finding["code"] for finding in seen["findings"]] == ["not_understood", "total_skipped"]
    assert house.show(survey)["answers"] == []

    done = _act(house, survey, seen, "confirm")
    rows = house.show(survey)["answers"]
    assert (done["stored"], done["state"]) == (True, "stored")
    assert [row["title"] for row in rows] == ["河川台帳", "許可台帳", "許可台帳"]
    assert rows[0]["answers"]["publication_status"] == "published"
    assert rows[2]["answers"]["remarks"] == "公開状況：検討中かも"
    assert model.Session.get(Intake, seen["id"]).content is None

    again = _create(house, survey)
    assert (again["kept"], again["rows"]["unchanged"], again["rows"]["new"]) == (True, 3, 0)
    assert {column["confidence"] for column in again["mapping"]} == {1.0}
    before = house.show(survey)
    _act(house, survey, again, "confirm")
    after = house.show(survey)
    assert (after["version"], len(after["events"])) == (before["version"], len(before["events"]))
    with pytest.raises(tk.ValidationError):
        _act(house, survey, again, "update", mapping={"B": "title"})


def test_the_columns_are_corrected_and_a_file_is_dropped(house):
    survey = house.open_survey()
    seen = _create(house, survey)
    changed = _act(house, survey, seen, "update", mapping={"C": "", "主管": "system_name"})
    fields = {column["column"]: column["field"] for column in changed["mapping"]}
    assert (fields["B"], fields["C"], fields["E"]) == ("title", None, "system_name")
    moved = _act(house, survey, seen, "update", header_rows="3")
    assert moved["header_rows"] == [3]
    assert all(column["source"] != "chosen" for column in moved["mapping"])
    with pytest.raises(tk.ValidationError):
        _act(house, survey, seen, "update", mapping={"B": "no_such_question"})
    with pytest.raises(tk.ObjectNotFound):
        house.neighbour("hokkaido_intake_show", survey=survey["id"], unit="kasen-ka", id=seen["id"])
    assert _act(house, survey, seen, "drop")["state"] == "dropped"
    assert house.show(survey)["answers"] == []


def test_a_file_that_nobody_confirms_is_forgotten(house):
    survey = house.open_survey()
    seen = _create(house, survey)
    model.Session.execute(sa.update(Intake).values(created_at=now() - timedelta(days=8)))
    model.Session.commit()
    drop_forgotten()
    kept = model.Session.get(Intake, seen["id"], populate_existing=True)
    assert (kept.state, kept.content) == ("dropped", None)


def test_a_formula_is_refused_with_its_cell_and_nothing_is_stored(house):
    """UP-06, CC-05."""
    survey = house.open_survey()
    book = openpyxl.Workbook()
    for row in (["データ名", "概要"], ["河川一覧", "延長"], ["橋梁一覧", '="あ"&"い"']):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    seen = _create(house, survey, stream.getvalue())
    assert [(f["code"], f["row"], f["column"]) for f in seen["findings"]] == [("formula", 3, "B")]
    with pytest.raises(tk.ValidationError) as refused:
        _act(house, survey, seen, "confirm")
    assert refused.value.error_dict["findings"][0]["column"] == "B"
    assert house.show(survey)["answers"] == []
    done = _act(house, survey, seen, "update", mapping={"B": ""})
    assert done["findings"] == []
    assert _act(house, survey, seen, "confirm")["rows"]["new"] == 2


def test_a_large_file_is_stored_by_a_task_once(house):
    """CC-05: all of it or nothing, and a task that is run again does nothing more."""
    survey = house.open_survey()
    lines = "\n".join(f"{number},台帳{number}" for number in range(1, 1102))
    seen = _create(house, survey, f"No,台帳名\n{lines}\n".encode())
    started = _act(house, survey, seen, "confirm")
    assert (started["state"], started["stored"]) == ("running", False)
    tasks.run(started["task"])
    shown = house.respondent("hokkaido_task_show", id=started["task"])
    assert (shown["state"], shown["result"]["rows"]["new"]) == ("done", 1101)
    tasks.run(started["task"])
    assert len(house.show(survey)["answers"]) == 1101


def test_a_dry_run_tells_what_would_happen_and_stores_nothing(house):
    survey = house.open_survey()
    asked = {"survey": survey["id"], "unit": "kasen-ka", "upload": house.file(LIST), "dry_run": True}
    told = house.respondent("hokkaido_workbook_import", **asked, mapping={"主管": "system_name"})
    assert (told["kind"], told["sheet"], told["header_rows"]) == ("own", "CSV", [2])
    assert {"column": "E", "heading": "主管", "field": "system_name"}.items() <= told["mapping"][4].items()
    assert (told["rows"]["new"], told["stored"], house.show(survey)["answers"]) == (3, False, [])
