"""Nothing that is not public can be read, searched, counted or downloaded by those outside (LK-01 to LK-12)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model

from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_inventory.domain.questions import PUBLIC_KEYS, QUESTIONS, AnswerKind
from ckanext.hokkaido_inventory.model import Burden, Holding, Opening
from ckanext.hokkaido_inventory.service import inventory_index

#: What is typed into searches, and so comes back in the search box; the secrets go on where it ends.
BAIT = "ZZLEAK"
SECRET = f"{BAIT}-7391"
STAFF = "ZZSTAFF-7391"
SIX = (
    "personal_information",
    "specific_personal_information",
    "sensitive_personal_information",
    "anonymised_release_requested",
    "harm_to_order_or_rights",
    "legal_restriction",
)
FACETS = ("decision", "status", "theme", "format", "update_frequency", "priority", "machine_readability", "unit")


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch, with_plugins: None) -> None:
    url = f"{tk.config['solr_url'].rpartition('/')[0]}/inventory_test"
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_inventory.solr_url", url)
    inventory_index.clear_except(url, "none")
    inventory_index.show(url)


@pytest.fixture
def told(stage: Any, index: None) -> dict[str, str]:
    """Publish two rounds of one unit, a secret in every field that is not public; the other unit has not submitted."""
    hidden = {
        question.key: SECRET
        for question in QUESTIONS
        if question.kind is AnswerKind.TEXT and question.key not in PUBLIC_KEYS
    }
    assert len(hidden) > 5
    six = dict.fromkeys(SIX, "no")
    rows = {
        "open": {"title": "道路台帳", **six, **hidden},
        "staff": {"title": STAFF, "description": STAFF, "listing": "staff", **six, **hidden},
        "withheld": {"title": SECRET, "description": SECRET, "law": SECRET, "listing": "withheld", **six, **hidden},
    }
    earlier = stage.act(
        "office",
        "hokkaido_survey_create",
        title="令和7年度",
        fiscal_year=2025,
        deadline="2099-03-31",
        units=[stage.unit["id"]],
        instructions=SECRET,
        open=True,
    )
    where = {"survey": stage.survey["id"], "unit": stage.other["id"]}
    draft = stage.act("stranger", "hokkaido_answer_update", **where, title=SECRET, description=SECRET, **hidden)
    ids = {"draft": draft["holding_id"]}
    for survey in (earlier, stage.survey):
        ids |= _publish(stage, survey["id"], rows)
    session = model.Session
    session.add(Opening(holding_id=ids["open"], planned_on=date(2099, 3, 31), note=SECRET))
    session.add(
        Burden(
            response_id=_response(stage), work="answering", user_id=stage.people["respondent"]["id"], minutes=73917391
        )
    )
    session.commit()
    with stage.app.flask_app.test_request_context():
        outbox.drain()
    return ids


def _publish(stage: Any, survey: str, rows: dict[str, dict[str, Any]]) -> dict[str, str]:
    where = {"survey": survey, "unit": stage.unit["id"]}
    ids = {
        name: stage.act("respondent", "hokkaido_answer_update", **where, **row)["holding_id"]
        for name, row in rows.items()
    }
    version = stage.act("respondent", "hokkaido_response_show", **where)["version"]
    version = stage.act("respondent", "hokkaido_response_submit", **where, version=version)["version"]
    version = stage.act("approver", "hokkaido_response_return", **where, version=version, remark=SECRET)["version"]
    version = stage.act("respondent", "hokkaido_response_submit", **where, version=version)["version"]
    stage.act("approver", "hokkaido_response_approve", **where, version=version)
    stage.act("office", "hokkaido_survey_close", id=survey)
    stage.act("office", "hokkaido_survey_publish", id=survey)
    return ids


def _response(stage: Any) -> str:
    return stage.act("office", "hokkaido_response_show", survey=stage.survey["id"], unit=stage.unit["id"])["id"]


def _addresses(ids: dict[str, str]) -> list[str]:
    api = "/api/3/action"
    return [
        "/inventory",
        f"/inventory?q={BAIT}",
        "/inventory?listing=staff",
        f"/inventory?listing=staff&q={BAIT}",
        "/inventory?sort=newest&page=2",
        *(f"/inventory?{facet}={BAIT}" for facet in FACETS),
        *(f"/inventory/{holding}" for holding in ids.values()),
        "/inventory/changes",
        "/inventory/changes.csv",
        f"/inventory/changes?unit={BAIT}&kind=added",
        "/inventory/nothing-here",
        f"/survey/{BAIT}",
        f"{api}/hokkaido_holding_search?rows=1000",
        f"{api}/hokkaido_holding_search?listing=staff",
        *(f"{api}/hokkaido_holding_show?id={holding}" for holding in ids.values()),
        f"{api}/hokkaido_inventory_difference",
        f"{api}/hokkaido_inventory_difference?from={BAIT}",
        f"{api}/hokkaido_survey_list",
        f"{api}/package_search?q={BAIT}&facet.field=[%22tags%22]",
        f"{api}/package_list",
        f"{api}/tag_list",
        "/catalog.ttl",
        "/catalog.nt?profile=dcat-goj",
        "/catalog/changes/1",
        "/catalog/deletions",
        "/catalog/opendata-list.csv",
        "/catalog/status",
        f"{api}/hokkaido_feed_summary_show",
        f"{api}/hokkaido_feed_quality_list?limit=1000",
        f"{api}/hokkaido_feed_quality_show?id=hoyu-data-ichiran-r8",
        "/dataset/hoyu-data-ichiran-r8",
        "/dataset/hoyu-data-ichiran-r7",
    ]


def test_a_secret_in_every_field_is_found_nowhere(stage: Any, visit: Any, told: dict[str, str]) -> None:
    addresses = _addresses(told)
    for year in (7, 8):
        dataset = stage.act("citizen", "package_show", id=f"hoyu-data-ichiran-r{year}")
        assert len(dataset["resources"]) == 3
        addresses += [one["url"].replace(tk.config["ckan.site_url"], "") for one in dataset["resources"]]
    leaks, refused = [], []
    for who in ("nobody", "citizen", "stranger"):
        for address in addresses:
            answer = visit(who, address)
            body = answer.data.decode("utf-8", "replace")
            # Other units of government may see what is listed for staff, and the stranger's own draft is its own.
            secrets = (SECRET, "73917391") if who == "stranger" else (SECRET, STAFF, "73917391")
            own = who == "stranger" and address.endswith(("hokkaido_survey_list",))
            leaks += [f"{who} {address}" for secret in secrets if secret in body and not own]
            refused += [address] if answer.status_code == 404 and who == "nobody" else []
            if address.startswith("/inventory") and answer.status_code == 200:
                assert answer.headers.get("Cache-Control", "no-store") != "public", address
    assert leaks == []
    hidden = {f"/inventory/{told[name]}" for name in ("staff", "withheld", "draft")}
    assert hidden <= set(refused)
    # The crawl has really seen what is public, through the index, and staff see theirs.
    assert "道路台帳" in visit("nobody", "/inventory?q=道路").body
    assert json.loads(visit("nobody", "/api/3/action/hokkaido_holding_search?q=道路").body)["result"]["count"] == 1
    assert STAFF in visit("stranger", "/inventory?listing=staff").body
    assert "データ名を伏せたもの：1件" in visit("nobody", "/inventory").body
    assert model.Session.get(Holding, told["withheld"]) is not None
