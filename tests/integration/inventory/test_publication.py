"""Publication: what leaves the survey, what never does, and the dataset that carries it."""

from __future__ import annotations

import csv
import io

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.lib.search import show

from ckanext.hokkaido_core.domain.csv_cell import restore
from ckanext.hokkaido_inventory.domain.questions import PUBLIC_KEYS, QUESTIONS, AnswerKind
from ckanext.hokkaido_inventory.jobs.inventory_list import renew
from ckanext.hokkaido_inventory.model import Published

CANARY = "カナリア7731"


def _approved(house, *rows, survey=None):
    survey = survey or house.open_survey()
    for row in rows or ({"title": "河川一覧"},):
        house.answer(survey, **row)
    house.submit(survey)
    house.approve(survey)
    return survey


def _dataset(year=2026):
    return tk.get_action("package_show")({"ignore_auth": True}, {"id": f"hoyu-data-ichiran-r{year - 2018}"})


def test_only_approved_answers_are_published(house):
    survey = house.open_survey("kasen-ka", "doro-ka")
    house.neighbour("hokkaido_answer_update", survey=survey["id"], unit="doro-ka", title="道路一覧")
    _approved(house, survey=survey)
    done = house.publish(survey)
    assert (done["published"], [unit["name"] for unit in done["left_out"]]) == (1, ["doro-ka"])
    assert [one["title"] for one in house.nobody("hokkaido_holding_search")["results"]] == ["河川一覧"]


def test_a_round_without_an_approved_unit_is_not_published(house):
    survey = house.open_survey()
    house.answer(survey)
    with pytest.raises(tk.ValidationError):
        house.publish(survey)
    assert house.office("hokkaido_survey_show", id=survey["id"])["state"] == "closed"


def test_an_open_round_is_not_published(house):
    survey = _approved(house)
    with pytest.raises(tk.ValidationError):
        house.office("hokkaido_survey_publish", id=survey["id"])
    assert house.nobody("hokkaido_holding_search")["count"] == 0


def test_nothing_but_the_allowed_columns_leaves_the_survey(house, deliver, download):
    """LK-01, LK-02, LK-04, LK-11: a secret in every field that is not public shows up nowhere."""
    secret = {
        question.key: CANARY
        for question in QUESTIONS
        if question.kind is AnswerKind.TEXT and question.key not in PUBLIC_KEYS
    }
    survey = house.open_survey(instructions=CANARY)
    row = house.answer(survey, **secret)
    version = house.submit(survey)["version"]
    where = {"survey": survey["id"], "unit": "kasen-ka"}
    house.approver("hokkaido_response_return", **where, version=version, remark=CANARY)
    house.submit(survey)
    house.approve(survey)
    house.publish(survey)
    deliver()
    house.respondent("hokkaido_holding_promote", id=row["holding_id"])
    dataset = _dataset()
    seen = [
        house.nobody("hokkaido_holding_search"),
        house.nobody("hokkaido_holding_show", id=row["holding_id"]),
        dataset,
        show(dataset["name"]),
        [package.as_dict() for package in model.Session.query(model.Package)],
        download(dataset),
        model.Session.execute(sa.select(Published.__table__)).all(),
    ]
    assert len(secret) > 5
    assert CANARY not in str(seen)


def test_the_public_copy_has_only_public_answers(house):
    own = {
        "id",
        "survey_id",
        "holding_id",
        "unit_id",
        "number",
        "decision",
        # Counted from answers that stay inside, and the level that decides who sees the row.
        "priority",
        "listing",
        "search_text",
        "published_at",
        "superseded_by",
    }
    assert {column.name for column in Published.__table__.columns} - own <= PUBLIC_KEYS


def test_the_public_copy_stands_while_a_later_draft_exists(house):
    """LK-11: approved text stays public until the next publication."""
    survey = _approved(house)
    house.publish(survey)
    house.office("hokkaido_survey_reopen", id=survey["id"])
    where = {"survey": survey["id"], "unit": "kasen-ka"}
    version = house.show(survey)["version"]
    house.approver("hokkaido_response_return", **where, version=version, remark="直してください")
    row = house.show(survey)["answers"][0]
    house.respondent("hokkaido_answer_update", **where, id=row["id"], title="まだ承認されていない名前")
    assert house.nobody("hokkaido_holding_show", id=row["holding_id"])["title"] == "河川一覧"
    house.submit(survey)
    house.approve(survey)
    house.publish(survey)
    assert house.nobody("hokkaido_holding_show", id=row["holding_id"])["title"] == "まだ承認されていない名前"


def test_a_later_round_replaces_what_an_earlier_one_said(house):
    first = _approved(
        house, {"title": "河川一覧"}, {"title": "廃止する一覧"}, survey=house.open_survey(fiscal_year=2025)
    )
    house.publish(first)
    house.publish(_approved(house, survey=house.open_survey(fiscal_year=2026)))
    found = house.nobody("hokkaido_holding_search")["results"]
    assert [(one["title"], one["fiscal_year"]) for one in found] == [("河川一覧", 2026)]


def test_an_earlier_round_published_late_does_not_replace_a_later_one(house):
    early = _approved(house, survey=house.open_survey(fiscal_year=2025))
    house.publish(_approved(house, {"title": "河川一覧", "legal_restriction": "yes"}, survey=house.open_survey()))
    house.publish(early)
    found = house.nobody("hokkaido_holding_search")["results"]
    assert [(one["decision"], one["fiscal_year"]) for one in found] == [("method", 2026)]


def test_the_list_becomes_a_public_dataset_with_a_file(house, deliver):
    house.publish(_approved(house))
    deliver()
    dataset = _dataset()
    assert (dataset["title"], dataset["private"]) == ("保有データ一覧 令和8年度（2026年度）", False)
    assert (dataset["license_id"], dataset["organization"]["name"]) == ("CC-BY-4.0", "joho-seisaku-ka")
    assert [resource["format"] for resource in dataset["resources"]] == ["CSV", "XLSX", "JSON-LD"]


def test_the_file_opens_in_a_spreadsheet_with_japanese_headings(house, deliver, download):
    house.publish(_approved(house, {"title": "河川一覧", "update_frequency": "ANNUAL", "format": "CSV"}))
    deliver()
    content = download(_dataset())
    assert content.startswith(b"\xef\xbb\xbf")
    row = next(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert (row["組織"], row["データ名"], row["公開可否"], row["更新頻度"]) == (
        "河川課",
        "河川一覧",
        "公開可能",
        "毎年",
    )


def test_the_file_holds_no_formula(house, deliver, download):
    """UP-07: what a spreadsheet would calculate is made text, and can be restored."""
    evil = '=HYPERLINK("http://example.com","河川")'
    house.publish(_approved(house, {"title": evil, "description": "＝1+1"}))
    deliver()
    row = next(csv.DictReader(io.StringIO(download(_dataset()).decode("utf-8-sig"))))
    assert row["データ名"].startswith("'=")
    assert (restore(row["データ名"]), restore(row["説明"])) == (evil, "＝1+1")


def test_publishing_again_updates_the_same_dataset_and_file(house, deliver, download):
    survey = _approved(house)
    house.publish(survey)
    deliver()
    before = _dataset()
    house.office("hokkaido_survey_reopen", id=survey["id"])
    version = house.show(survey)["version"]
    house.approver("hokkaido_response_return", survey=survey["id"], unit="kasen-ka", version=version, remark="追加を")
    house.answer(survey, "橋梁一覧")
    house.submit(survey)
    house.approve(survey)
    house.publish(survey)
    deliver()
    after = _dataset()
    assert after["id"] == before["id"]
    assert [one["id"] for one in after["resources"]] == [one["id"] for one in before["resources"]]
    assert "橋梁一覧".encode() in download(after)


def test_a_message_delivered_twice_changes_nothing(house, deliver):
    house.publish(_approved(house))
    deliver()
    before = _dataset()
    renew({"year": 2026})
    assert _dataset()["metadata_modified"] == before["metadata_modified"]


def test_nothing_waits_in_the_outbox_when_a_publication_fails(house, deliver):
    survey = house.open_survey()
    house.answer(survey)
    with pytest.raises(tk.ValidationError):
        house.publish(survey)
    assert deliver() == 0


def test_publishing_needs_an_office_that_owns_the_list(house, monkeypatch):
    survey = _approved(house)
    house.office("hokkaido_survey_close", id=survey["id"])
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_inventory.office_organization", "nai-ka")
    with pytest.raises(tk.ValidationError):
        house.sysadmin("hokkaido_survey_publish", id=survey["id"])


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"q": "かせん　イチラン"}, []),
        ({"q": "河 川"}, ["河川一覧"]),
        ({"q": "台帳 河川"}, ["河川一覧"]),
        ({"q": "ＣＳＶ"}, ["csv の一覧"]),
        ({"q": "河川 橋梁"}, []),
        ({"q": "%"}, []),
        ({"decision": "closed"}, ["橋梁一覧"]),
        ({"status": "open"}, ["csv の一覧", "河川一覧"]),
        ({"unit": "kasen-ka"}, ["csv の一覧", "橋梁一覧", "河川一覧"]),
        ({"unit": "nai-ka"}, []),
    ],
)
def test_the_catalogue_is_searched(house, query, titles):
    rows = ({"title": "河川一覧"}, {"title": "橋梁一覧", "harm_to_order_or_rights": "yes"}, {"title": "csv の一覧"})
    house.publish(_approved(house, *(row | {"description": "台帳"} for row in rows)))
    found = house.nobody("hokkaido_holding_search", **query)
    assert sorted(one["title"] for one in found["results"]) == sorted(titles)
    assert found["count"] == len(titles)


def test_facets_count_what_is_found(house):
    rows = ({"title": "河川一覧"}, {"title": "橋梁一覧", "harm_to_order_or_rights": "yes"})
    house.publish(_approved(house, *rows))
    facets = house.nobody("hokkaido_holding_search")["facets"]
    assert {facet["value"]: facet["count"] for facet in facets["decision"]} == {"open": 1, "closed": 1}
    units = [(facet["level"], facet["value"], facet["count"]) for facet in facets["unit"]]
    assert units == [(0, "hokkaido", 2), (1, "kensetsu-bu", 2), (2, "kasen-ka", 2)]


def test_the_catalogue_asks_the_database_the_same_for_more_rows(house, count_queries):
    house.publish(_approved(house, *({"title": f"データ{number}"} for number in range(15))))

    def asked(rows):
        with count_queries() as sent:
            house.nobody("hokkaido_holding_search", rows=rows)
        return len(sent)

    assert asked(15) == asked(1) < 10


def test_what_is_not_published_is_not_found(house):
    survey = house.open_survey()
    row = house.answer(survey)
    for who in (house.nobody, house.citizen, house.office):
        with pytest.raises(tk.ObjectNotFound):
            who("hokkaido_holding_show", id=row["holding_id"])


def test_staff_of_the_unit_see_the_answers_behind_a_holding(house):
    survey = _approved(house, {"title": "河川一覧", "remarks": CANARY})
    house.publish(survey)
    holding = house.show(survey)["answers"][0]["holding_id"]
    assert house.reader("hokkaido_holding_show", id=holding)["answers"][0]["answers"]["remarks"] == CANARY
    for stranger in (house.nobody, house.citizen, house.neighbour):
        assert "answers" not in stranger("hokkaido_holding_show", id=holding)
