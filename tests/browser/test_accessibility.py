"""No page in any state has what axe-core calls a violation (AX-02): JIS X 8341-3:2016 AA, WCAG 2.2 AA."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": TAGS, "resultTypes": ["violations"], "preload": False}
STATES = yaml.safe_load((Path(__file__).parent / "states.yaml").read_text(encoding="utf-8"))["states"]
#: CKAN's modules build up the forms after the page has loaded; what they leave is mended in the next frame.
READY = """() => document.documentElement.dataset.hkMended !== undefined
  && !document.querySelector("[data-module=autocomplete]:not(.select2-hidden-accessible)")
  && new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"""
UNIT = "kensetsu-seisaku-ka"
#: What is published is found once the worker has brought it into the index.
FOUND = """async () => {
  const answer = await fetch("/api/3/action/hokkaido_holding_search?q=" + encodeURIComponent("点検用のデータ"));
  const rows = (await answer.json()).result.results;
  return rows.length ? rows[0].id : null;
}"""
#: A table of public toilets with several faults.
FAULTY = """全国地方公共団体コード,ID,地方公共団体名,名称,所在地_連結表記,設置位置,男性トイレ総数,利用開始時間
011002,1,札幌市,公園東,北海道札幌市中央区大通西一丁目,東,2基,9:00
11002,1,札幌市,公園西,北海道札幌市中央区大通西一丁目,西,多数,令和8年
"""
#: A stored table is checked by the worker.
CHECKED = """async (id) => {
  const answer = await fetch("/api/3/action/hokkaido_table_report_show?id=" + id);
  return (await answer.json()).result.state === "checked";
}"""
#: The rows of public files are joined by the worker, too.
JOINED = """async () => {
  const answer = await fetch("/api/3/action/hokkaido_combined_search?id=13&limit=1");
  const rows = (await answer.json()).result.rows;
  return rows.length ? new URL(rows[0]._iri).pathname : null;
}"""
CALL = Path(__file__).with_name("call_action.js").read_text(encoding="utf-8")


def _title(state: dict[str, Any]) -> str:
    parts = (state.get("as", "anyone"), state["page"], state.get("in"), state.get("do"), state.get("width"))
    return " ".join(str(part) for part in parts if part)


@pytest.fixture(scope="module")
def window(browser: Browser, portal_url: str, sessions: dict[str, list[Any]]) -> Iterator[Callable[..., Page]]:
    """Return a function that gives somebody's window, opened once for the whole table."""
    contexts: dict[str | None, BrowserContext] = {}
    password = os.environ.get("HOKKAIDO_SAMPLE_PASSWORD", "")

    def of(name: str | None) -> Page:
        if name in contexts:
            return contexts[name].pages[0]
        context = contexts[name] = browser.new_context(locale="ja-JP", base_url=portal_url, reduced_motion="reduce")
        context.set_default_timeout(15_000)
        page = context.new_page()
        if name and name not in sessions:
            page.goto("/user/login")
            page.fill("#field-login", name)
            page.fill("#field-password", password)
            page.click(".form-actions button")
            page.wait_for_load_state("load")
            sessions[name] = context.cookies()
        elif name:
            context.add_cookies(sessions[name])
        return page

    yield of
    for context in contexts.values():
        context.close()


@pytest.fixture(scope="module")
def facts(window: Callable[..., Page]) -> dict[str, str]:
    """Return what stands in the braces of the table; a round with answers is made for it."""

    def call(who: str | None, action: str, **data: Any) -> Any:
        page = window(who)
        if not page.url.startswith("http"):
            page.goto("/about")
        answer = page.evaluate(CALL, [action, data])
        assert answer["success"], answer
        return answer["result"]

    done, open_ = (_round(call, title) for title in ("点検用の調査（公表）", "点検用の調査"))
    where = {"survey": done["survey"], "unit": UNIT}
    version = call("kaito", "hokkaido_response_show", **where)["version"]
    version = call("kaito", "hokkaido_response_submit", **where, version=version)["version"]
    call("shonin", "hokkaido_response_approve", **where, version=version)
    call("chosa", "hokkaido_survey_close", id=done["survey"])
    call("chosa", "hokkaido_survey_publish", id=done["survey"])
    visitor = window(None)
    visitor.goto("/about")
    holding = visitor.wait_for_function(FOUND, polling=500).json_value()
    task = call("chosa", "hokkaido_similar_find", survey=open_["survey"])["task"]
    own = _own(call)
    window("kaito").wait_for_function(CHECKED, arg=own["table"], polling=500)
    record = visitor.wait_for_function(JOINED, polling=500).json_value()
    return {**open_, "holding": holding, "task": task, "record": record, **_published(call), **own}


def _round(call: Callable[..., Any], title: str) -> dict[str, Any]:
    """Open a round for one unit and answer three rows of it."""
    deadline = (date.today() + timedelta(days=30)).isoformat()  # noqa: DTZ011 - any day that is far enough away.
    made = call("chosa", "hokkaido_survey_create", title=title, fiscal_year=2026, deadline=deadline, units=[UNIT],
                open=True)  # fmt: skip
    where = {"survey": made["id"], "unit": UNIT}
    rows = [{"title": f"点検用のデータ {number}", "description": "説明"} for number in range(3)]
    answered = call("kaito", "hokkaido_answer_bulk_update", **where, rows=rows)
    return {**where, "answer": answered["rows"][0]["id"]}


def _published(call: Callable[..., Any]) -> dict[str, str]:
    dataset = call(None, "package_search", q="res_format:CSV", rows=1)["results"][0]
    series = call(None, "package_search", fq="dataset_type:dataset_series", rows=1)["results"][0]
    places = call(None, "package_search", q="res_format:GeoJSON", rows=1)["results"][0]
    file = next(one for one in places["resources"] if one["format"] == "GeoJSON")
    return {
        "dataset": dataset["name"],
        "resource": dataset["resources"][0]["id"],
        "series": series["name"],
        "places": places["name"],
        "places_file": file["id"],
    }


def _own(call: Callable[..., Any]) -> dict[str, str]:
    files = [{"url": f"https://example.lg.jp/{name}.csv", "name": name, "format": "CSV"} for name in ("上期", "下期")]
    draft = call("kaito", "package_create", title="点検用の下書き", notes="説明", owner_org=UNIT, private=True,
                 license_id="CC-BY-4.0", resources=files)  # fmt: skip
    upload = {"name": "public_toilet.csv", "text": FAULTY}
    table = call("kaito", "resource_create", package_id=draft["id"], name="点検用の表", upload=upload)
    shared = call("kaito", "package_create", title="点検用の公衆トイレ一覧", notes="説明", owner_org=UNIT,
                  license_id="CC-BY-4.0")  # fmt: skip
    call("kaito", "resource_create", package_id=shared["id"], name="公衆トイレ一覧", upload=upload)
    change = {"organization": UNIT, "datasets": [draft["id"]], "kind": "tags", "add_tags": "点検"}
    exchange = call("kaito", "hokkaido_dataset_bulk_change", **change)
    return {"own": draft["name"], "exchange": exchange["id"], "table": table["id"]}


def _submit(page: Page) -> None:
    # The browser's own checks would keep the form from the server, whose messages are what is looked at.
    page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
    page.locator("[role=main] form:has([type=submit]), main form:has([type=submit])").last.locator(
        "[type=submit]"
    ).last.click()
    page.wait_for_load_state("load")


def _menu(page: Page) -> None:
    page.click(".navbar-toggler")
    page.wait_for_selector(".main-navbar.show")


def _open(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def _preview(page: Page) -> None:
    page.fill("#field-notes", "まだ保存していない説明")
    page.click("button[value=preview]")
    page.wait_for_selector(".hk-preview")


def _choose(page: Page) -> None:
    """Choose a table with faults; a page that does not look at it by itself is told to."""
    file = {"name": "public_toilet.csv", "mimeType": "text/csv", "buffer": FAULTY.encode("utf-8-sig")}
    page.locator("[role=main] input[type=file]").set_input_files(files=[file])
    if page.locator("[data-hk-table-check]").count():
        page.wait_for_selector("[data-hk-table-check] li")
        return
    page.click("#table-choose ~ form [type=submit]")
    page.wait_for_selector(".hk-table-rule")
    _open(page)


DO: dict[str, Callable[[Page], None]] = {
    "choose": _choose,
    "submit": _submit,
    "menu": _menu,
    "open": _open,
    "preview": _preview,
}


@pytest.mark.parametrize("state", STATES, ids=_title)
def test_axe_finds_nothing(state: dict[str, Any], window: Callable[..., Page], facts: dict[str, str]) -> None:
    page = window(state.get("as"))
    page.set_viewport_size({"width": state.get("width", 1280), "height": 900})
    address = state["page"].format_map(facts)
    page.goto(f"/{state['in']}{address}" if "in" in state else address)
    if "do" in state:
        DO[state["do"]](page)
    page.wait_for_function(READY)
    violations = Axe().run(page, options=OPTIONS).response["violations"]
    assert [_told(one) for one in violations] == []


def _told(violation: dict[str, Any]) -> str:
    nodes = violation["nodes"]
    places = "; ".join(
        f"{node['target']} {node['html'][:160]} {[check['message'] for check in node['any'][:1]]}" for node in nodes[:3]
    )
    return f"{violation['id']} ({len(nodes)}): {violation['help']}: {places}"
