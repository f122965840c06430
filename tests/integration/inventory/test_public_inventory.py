"""The public inventory: its index, its levels, what differs between rounds, and taking one holding out."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from zipfile import ZipFile

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from openpyxl import load_workbook

from ckanext.hokkaido_core.shared import tasks
from ckanext.hokkaido_inventory.jobs.publication import KIND
from ckanext.hokkaido_inventory.model import Event, Published
from ckanext.hokkaido_inventory.service import inventory_index, inventory_upkeep

NOBODY_THERE = "http://127.0.0.1:9/solr/inventory_test"


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Use the core of the public inventory, empty."""
    url = f"{tk.config['solr_url'].rpartition('/')[0]}/inventory_test"
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_inventory.solr_url", url)
    inventory_index.clear_except(url, "none")
    inventory_index.show(url)
    return url


def _publish(house, *rows, survey=None):
    survey = survey or house.open_survey()
    answers = [house.answer(survey, **{"description": "説明", **row}) for row in rows]
    house.submit(survey)
    house.approve(survey)
    house.publish(survey)
    return survey, [answer["holding_id"] for answer in answers]


def _be_government(*names):
    for name in names:
        model.Group.get(name).extras = {"kind": "department"}
    model.Session.commit()


def _titles(found):
    return [one["title"] for one in found["results"]]


def test_the_index_finds_what_the_language_means_and_counts_what_is_public(house, deliver, index):
    """LK-01: facets count public rows only; a synonym and a part of a word are found."""
    _publish(
        house,
        {"title": "河川一覧", "format": "csv", "theme": "environment"},
        {"title": "橋梁台帳", "harm_to_order_or_rights": "yes", "fit_council": "yes", "fit_report": "yes"},
        {"title": "庁内の暗号", "listing": "staff"},
        {"title": "秘密の暗号", "listing": "withheld"},
    )
    deliver()

    def search(**query):
        found = house.nobody("hokkaido_holding_search", **query)
        assert not found["degraded"]
        return found

    everything = search()
    assert (everything["count"], _titles(everything)) == (2, ["河川一覧", "橋梁台帳"])
    counted = {name: {one["value"]: one["count"] for one in values} for name, values in everything["facets"].items()}
    assert counted["decision"] == {"open": 1, "closed": 1}
    assert counted["unit"] == {"hokkaido": 2, "kensetsu-bu": 2, "kasen-ka": 2}
    assert (counted["format"], counted["theme"], counted["priority"]) == ({"CSV": 1}, {"environment": 1}, {"2": 1})
    for query, titles in (
        ({"q": "リスト"}, ["河川一覧"]),
        ({"q": "梁台"}, ["橋梁台帳"]),
        ({"q": "河 川"}, ["河川一覧"]),
        ({"q": "暗号"}, []),
        ({"unit": "kensetsu-bu", "decision": "closed"}, ["橋梁台帳"]),
        ({"sort": "priority"}, ["橋梁台帳", "河川一覧"]),
        ({"priority": "2"}, ["橋梁台帳"]),
        ({"unit": "doro-ka"}, []),
    ):
        assert _titles(search(**query)) == titles, query
    narrowed = {one["value"]: one["count"] for one in search(decision="open")["facets"]["decision"]}
    assert narrowed == {"open": 1, "closed": 1}


def test_no_syntax_of_a_request_reaches_the_index(house, deliver, index):
    _publish(house, {"title": "河川一覧"})
    deliver()
    for words in (
        "*:*",
        "{!lucene}*:*",
        "id:*",
        '") OR (*:*',
        "/.*/",
        "_query_:x",
        "[* TO *]",
        "a^9",
        "%",
        "河川) OR (a",
    ):
        for query in ({"q": words}, {"q": "河川", "decision": words}, {"q": "河川", "unit": words}):
            found = house.nobody("hokkaido_holding_search", **query)
            assert (found["degraded"], found["count"]) == (False, 0), query
    assert house.nobody("hokkaido_holding_search", q='"河川" \\')["count"] == 1


def test_without_the_index_the_database_answers_and_the_index_comes_back_by_itself(house, deliver, index, monkeypatch):
    """FA-01: search engine down, empty, and back again."""
    _publish(house, {"title": "河川一覧"})
    empty = house.nobody("hokkaido_holding_search", q="河川")
    assert (empty["degraded"], empty["count"]) == (True, 1)
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_inventory.solr_url", NOBODY_THERE)
    down = house.nobody("hokkaido_holding_search", q="河川")
    assert (down["degraded"], down["count"], down["facets"]["decision"][0]["count"]) == (True, 1, 1)
    assert "index_unreachable" in [one["kind"] for one in house.sysadmin("hokkaido_inventory_reconcile")["drift"]]
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_inventory.solr_url", index)
    deliver()
    back = house.nobody("hokkaido_holding_search", q="河川")
    assert (back["degraded"], back["count"]) == (False, 1)


def test_the_index_follows_the_dataset_and_is_proved_to(house, deliver, index):
    """FA-02: a phantom in the index is never shown, and the comparison finds what is missing, stale or too much."""
    _survey, (holding, other) = _publish(house, {"title": "河川一覧"}, {"title": "橋梁台帳"})
    deliver()
    dataset = house.respondent("hokkaido_holding_promote", id=holding)
    deliver()
    assert _titles(house.nobody("hokkaido_holding_search", status="preparing")) == ["河川一覧"]
    tk.get_action("package_delete")({"ignore_auth": True, "user": house.respondent.name}, {"id": dataset["id"]})
    deliver()
    assert house.nobody("hokkaido_holding_search", status="preparing")["count"] == 0
    assert inventory_upkeep.index_drift(model.Session, index) == []
    inventory_index.write(index, [{"id": "ghost", "title": "河川の幽霊", "text": "河川の幽霊", "grams": "河川の幽霊"}])
    inventory_index.delete(index, [other])
    inventory_index.write(index, [{"id": holding, "title": "河川の古い名", "grams": "河川の古い名", "stamp": "x"}])
    inventory_index.show(index)
    found = house.nobody("hokkaido_holding_search", q="河川")
    assert (found["count"], _titles(found)) == (1, ["河川一覧"])
    drift = {(one.kind, one.subject) for one in inventory_upkeep.index_drift(model.Session, index)}
    assert drift == {("index_phantom", "ghost"), ("index_missing", other), ("index_stale", holding)}
    assert house.sysadmin("hokkaido_inventory_reindex")["count"] == 2
    assert inventory_upkeep.index_drift(model.Session, index) == []


def test_what_is_withdrawn_is_gone_at_once_and_comes_back_with_the_next_publication(house, deliver, download, index):
    """LK-12, and the page shows nothing although the index still holds it."""
    survey, (holding, _other) = _publish(house, {"title": "消すべき名前"}, {"title": "河川一覧"})
    deliver()
    for who in (house.respondent, house.approver, house.citizen):
        with pytest.raises(tk.NotAuthorized):
            who("hokkaido_holding_withdraw", id=holding, reason="mistake")
    house.office("hokkaido_holding_withdraw", id=holding, reason="name_tells_too_much")
    found = house.nobody("hokkaido_holding_search", q="名前")
    assert (found["count"], found["results"]) == (0, [])
    with pytest.raises(tk.ObjectNotFound):
        house.nobody("hokkaido_holding_show", id=holding)
    deliver()
    assert inventory_upkeep.index_drift(model.Session, index) == []
    dataset = tk.get_action("package_show")({"ignore_auth": True}, {"id": "hoyu-data-ichiran-r8"})
    assert "消すべき名前".encode() not in download(dataset)
    event = model.Session.execute(sa.select(Event).where(Event.act == "holding_withdrawn")).scalar_one()
    assert (event.actor_id, event.detail["reason"]) == (house.office.id, "name_tells_too_much")
    house.office("hokkaido_survey_reopen", id=survey["id"])
    house.publish(survey)
    assert house.nobody("hokkaido_holding_show", id=holding)["title"] == "消すべき名前"


def test_what_is_listed_for_staff_is_found_by_staff_alone(house, make_unit, make_person):
    """Design D19: any unit of government, no firm, no citizen; the public counts do not know of it."""
    _be_government("doro-ka")
    make_unit("kaisha", "株式会社")
    model.Group.get("kaisha").extras = {"kind": "private"}
    model.Session.commit()
    firm = make_person("kaishain", kaisha="editor")
    _survey, (holding, _open) = _publish(house, {"title": "庁内の名簿", "listing": "staff"}, {"title": "河川一覧"})
    for who in (house.nobody, house.citizen, firm):
        found = who("hokkaido_holding_search", listing="staff")
        assert (found["count"], found["staff_only"], found["facets"]["unit"]) == (0, 0, [])
        with pytest.raises(tk.ObjectNotFound):
            who("hokkaido_holding_show", id=holding)
    for who in (house.neighbour, house.office):
        assert who("hokkaido_holding_search")["staff_only"] == 1
        assert _titles(who("hokkaido_holding_search")) == ["河川一覧"]
        assert _titles(who("hokkaido_holding_search", listing="staff", q="名簿")) == ["庁内の名簿"]
        assert who("hokkaido_holding_show", id=holding)["listing"] == "staff"


def test_a_withheld_name_is_nowhere_in_the_public_copy_but_counted(house, deliver, download):
    """LK-01, LK-04: also last year's copy and file lose the name, and nobody has a page of it."""
    row = {"title": "特殊な調査の名簿", "reason": "public_safety", "harm_to_order_or_rights": "yes", "law": "秘密法1条"}
    _survey, (holding,) = _publish(house, row, survey=house.open_survey(fiscal_year=2025))
    deliver()
    survey = house.open_survey()
    house.answer(survey, **row, listing="withheld")
    house.answer(survey, "河川一覧")
    house.submit(survey)
    house.approve(survey)
    house.publish(survey)
    deliver()
    stored = model.Session.execute(sa.select(Published.__table__)).all()
    assert len(stored) == 3
    assert "特殊" not in str(stored)
    assert "秘密法" not in str(stored)
    for who in (house.nobody, house.office, house.respondent):
        found = who("hokkaido_holding_search")
        assert [(one["reason"], one["count"]) for one in found["withheld"]] == [("public_safety", 1)]
        assert found["count"] == 1
        with pytest.raises(tk.ObjectNotFound):
            who("hokkaido_holding_show", id=holding)
    for year in (7, 8):
        dataset = tk.get_action("package_show")({"ignore_auth": True}, {"id": f"hoyu-data-ichiran-r{year}"})
        content = download(dataset).decode("utf-8-sig")
        assert "特殊" not in content
        assert "河川課,,（データ名を伏せています）" in content


def test_the_yearly_files_say_the_same_in_three_forms(house, deliver, app):
    """UP-07, LK-04: text cells only, no author, IRIs that are the pages' addresses."""
    evil = '=HYPERLINK("http://example.com","河川")'
    _survey, (holding,) = _publish(
        house, {"title": evil, "theme": "environment", "record_count": 12, "review_on": "2028-04-01"}
    )
    deliver()
    dataset = tk.get_action("package_show")({"ignore_auth": True}, {"id": "hoyu-data-ichiran-r8"})
    contents = {
        one["format"]: app.get(one["url"].replace(tk.config["ckan.site_url"], ""), status=200).data
        for one in dataset["resources"]
    }
    with ZipFile(io.BytesIO(contents["XLSX"])) as archive:
        properties = archive.read("docProps/core.xml").decode()
    assert "<dc:creator>" not in properties
    sheet = load_workbook(io.BytesIO(contents["XLSX"])).active
    cells = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert (cells["データ名"].value, cells["データ名"].data_type) == (evil, "s")
    assert (cells["レコード数"].value, cells["見直す日"].value, cells["件数"].value) == (12, "2028-04-01", 1)
    (node,) = json.loads(contents["JSON-LD"])["resource"]
    assert (node["@id"], node["title"]) == (f"{tk.config['ckan.site_url']}/inventory/{holding}", evil)


def test_two_rounds_are_compared_by_what_both_published(house):
    first = house.open_survey(fiscal_year=2025)
    _survey, holdings = _publish(
        house,
        {"title": "河川一覧"},
        {"title": "橋梁台帳"},
        {"title": "廃止する一覧"},
        {"title": "変わらない一覧"},
        survey=first,
    )
    second = house.open_survey()
    house.answer(second, "河川一覧", description="新しい説明")
    house.answer(second, "橋梁台帳", description="説明", harm_to_order_or_rights="yes")
    house.answer(second, "変わらない一覧", description="説明")
    house.answer(second, "道の駅一覧")
    house.answer(second, "庁内の名簿", listing="staff")
    house.submit(second)
    house.approve(second)
    house.publish(second)
    found = house.nobody("hokkaido_inventory_difference")
    assert (found["from"]["id"], found["to"]["id"]) == (first["id"], second["id"])
    assert {one["value"]: one["count"] for one in found["counts"]} == {
        "added": 1,
        "gone": 1,
        "reclassified": 1,
        "changed": 1,
        "opened": 0,
    }
    kinds = {one["title"]: [kind["value"] for kind in one["kinds"]] for one in found["results"]}
    assert kinds == {
        "河川一覧": ["changed"],
        "橋梁台帳": ["reclassified"],
        "廃止する一覧": ["gone"],
        "道の駅一覧": ["added"],
    }
    (changed,) = house.nobody("hokkaido_inventory_difference", kind="changed")["results"]
    assert [(one["field"], one["after"]) for one in changed["fields"]] == [("description", "新しい説明")]
    assert house.nobody("hokkaido_inventory_difference", unit="doro-ka")["results"] == []
    assert house.nobody("hokkaido_holding_show", id=holdings[0])["history"][1]["fiscal_year"] == 2025
    third = house.open_survey(fiscal_year=2027)
    with pytest.raises(tk.ObjectNotFound):
        house.office("hokkaido_inventory_difference", to=third["id"])


def test_a_training_round_is_never_published(house):
    survey = house.open_survey()
    house.answer(survey)
    house.submit(survey)
    house.approve(survey)
    model.Session.execute(sa.text("UPDATE hokkaido_inventory_survey SET training = true"))
    model.Session.commit()
    with pytest.raises(tk.ValidationError):
        house.publish(survey)
    assert house.nobody("hokkaido_holding_search")["count"] == 0


def test_a_large_round_is_published_by_a_task_all_or_nothing(house):
    survey = house.open_survey()
    house.answer(survey)
    house.submit(survey)
    house.approve(survey)
    model.Session.execute(
        sa.text(
            """
            WITH more AS (
                INSERT INTO hokkaido_inventory_holding (id, unit_id, number, created_at)
                SELECT 'holding-' || n, unit_id, 1 + n, created_at
                FROM hokkaido_inventory_holding, generate_series(1, 5000) n RETURNING id
            )
            INSERT INTO hokkaido_inventory_answer
            SELECT (jsonb_populate_record(a, jsonb_build_object('id', 'answer-' || more.id, 'holding_id', more.id))).*
            FROM hokkaido_inventory_answer a, more
            """
        )
    )
    model.Session.commit()
    done = house.publish(survey)
    assert house.office("hokkaido_survey_show", id=survey["id"])["state"] == "closed"
    tasks.run(done["task"])
    shown = house.office("hokkaido_task_show", id=done["task"])
    assert (shown["state"], shown["result"]["rows"]) == ("done", 5001)
    assert house.nobody("hokkaido_holding_search")["count"] == 5001
    assert house.office("hokkaido_survey_show", id=survey["id"])["state"] == "published"
    again = tasks.start(model.Session, KIND, {"survey": survey["id"]}, owner_id=house.office.id, title="x")
    model.Session.commit()
    tasks.run(again)
    assert house.nobody("hokkaido_holding_search")["count"] == 5001
