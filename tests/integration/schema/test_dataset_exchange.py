"""Descriptions many at once, from the file to the portal and back."""

from __future__ import annotations

import base64
import csv
import io
import json
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.lib import search
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.activity.model import Activity

from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_schema.domain.exchange_state import ExchangeState
from ckanext.hokkaido_schema.logic import taking
from ckanext.hokkaido_schema.model import Exchange, ExchangeItem

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")


def act(action: str, **values: Any) -> Any:
    """Call an action as the site's own user; CKAN's activity stream refuses nobody."""
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return call_action(action, context={"user": user, "ignore_auth": True}, **values)


@pytest.fixture
def unit() -> dict[str, Any]:
    return factories.Organization(name="kasen-ka", title="河川課", code="010006", contact_name="河川課")


def take(unit: dict[str, Any], content: bytes, **options: Any) -> dict[str, Any]:
    return act("hokkaido_dataset_import", content=content, organization=unit["id"], **options)


def lines(*datasets: dict[str, Any]) -> bytes:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in datasets).encode()


def whole(name: str, **values: Any) -> dict[str, Any]:
    """Return a description that may be published."""
    base = {"name": name, "title": f"河川一覧 {name}", "notes": "河川の一覧です。", "license_id": "CC-BY-4.0"}
    files = [{"url": f"https://example.lg.jp/{name}.csv", "name": "一覧", "format": "CSV"}]
    return base | {"resources": files, "tags": [{"name": "河川"}], "theme": ["safety"]} | values


def export(unit: dict[str, Any], kind: str) -> bytes:
    return act("hokkaido_dataset_export", organization=unit["id"], format=kind)["content"]


def test_what_is_taken_in_is_what_package_create_makes(unit: dict[str, Any]) -> None:
    periods = {"temporal_coverage": [{"start": "2026-04-01", "end": "2027-03-31"}], "contact": [{"name": "課"}]}
    act("package_create", **whole("one", owner_org=unit["id"], **periods))
    take(unit, lines(whole("two", **periods)), public=True)
    one, two = (act("package_show", id=name) for name in ("one", "two"))
    own = {"id", "name", "title", "metadata_created", "metadata_modified", "resources", "tags"}
    assert {key: one[key] for key in one if key not in own} == {key: two[key] for key in two if key not in own}
    of_file = {"id", "package_id", "url", "created", "metadata_modified"}
    first, second = (shown["resources"][0] for shown in (one, two))
    assert {key: first[key] for key in first if key not in of_file} == {
        key: second[key] for key in second if key not in of_file
    }
    assert [tag["name"] for tag in two["tags"]] == ["河川"]


def test_what_is_taken_in_is_searchable_noted_as_activity_and_in_the_feed(unit: dict[str, Any]) -> None:
    done = take(unit, lines(whole("one"), whole("two")), public=True)
    assert done["counts"] == {"created": 2}
    assert act("package_search", q="河川一覧")["count"] == 2
    # The list that the page shows leaves out what the site's own user did.
    told = model.Session.query(Activity).filter_by(object_id=model.Package.get("two").id).one()
    assert (told.activity_type, told.data["package"]["title"]) == ("new package", "河川一覧 two")
    assert act("hokkaido_feed_dataset_show", id=act("package_show", id="two")["id"], format="ttl")


def test_a_description_that_lacks_what_publishing_needs_becomes_a_draft(unit: dict[str, Any]) -> None:
    done = take(unit, lines(whole("whole"), whole("part", notes="")), public=True)
    assert [one["outcome"] for one in done["records"]] == ["created", "draft"]
    assert "notes" in [note["field"] for note in done["records"][1]["repairs"]]
    assert model.Package.get("part").state == "draft"


def test_a_value_that_validators_refuse_is_told_and_the_rest_is_taken(unit: dict[str, Any]) -> None:
    done = take(unit, lines(whole("one", spatial_code=["999999"])))
    assert [note["field"] for note in done["records"][0]["refusals"]] == ["spatial_code"]
    assert "999999" in model.Package.get("one").extras["remarks"]


def test_a_dry_run_tells_the_same_and_stores_nothing(unit: dict[str, Any]) -> None:
    content = lines(whole("one"), {"title": ""}, whole("two", notes=""))
    dry = take(unit, content, dry_run=True)
    assert model.Session.query(model.Package).count() == 0
    assert [one["outcome"] for one in dry["records"]] == [one["outcome"] for one in take(unit, content)["records"]]


def test_the_same_file_again_changes_nothing(unit: dict[str, Any]) -> None:
    content = lines(whole("one"), whole("two"))
    take(unit, content, public=True)
    assert take(unit, content, public=True)["counts"] == {"unchanged": 2}


def test_a_dataset_that_is_there_is_brought_up_to_date_and_keeps_what_the_file_does_not_say(
    unit: dict[str, Any],
) -> None:
    take(unit, lines(whole("one", frequency="ANNUAL")), public=True)
    take(unit, lines({"name": "one", "title": "新しい題名"}))
    shown = act("package_show", id="one")
    assert (shown["title"], shown["frequency"], len(shown["resources"])) == ("新しい題名", "ANNUAL", 1)
    assert act("package_search", q="新しい題名")["count"] == 1


def test_an_import_that_was_stopped_goes_on_behind_what_was_stored(unit: dict[str, Any]) -> None:
    content = lines(*(whole(f"d-{number}") for number in range(3)))
    first = take(unit, content)
    stopped = model.Session.get(Exchange, first["exchange"])
    stopped.state, stopped.done = ExchangeState.STORING, 3
    model.Session.commit()
    again = take(unit, content)
    assert again["exchange"] == first["exchange"]
    assert again["records"] == first["records"]


def test_names_that_are_taken_get_another_and_a_second_record_of_one_dataset_is_refused(unit: dict[str, Any]) -> None:
    other = factories.Organization()
    act("package_create", **whole("taken", owner_org=other["id"]))
    done = take(unit, lines(whole("twice"), whole("twice")))
    assert [one["outcome"] for one in done["records"]] == ["draft", "refused"]
    refused = take(unit, lines(whole("taken")))["records"][0]
    assert refused["outcome"] == "refused"
    assert model.Package.get("taken").owner_org == other["id"]


def test_an_editor_imports_into_an_own_organisation_only(unit: dict[str, Any]) -> None:
    user = factories.User()
    call_action("member_create", id=unit["id"], object=user["id"], object_type="user", capacity="editor")
    other = factories.Organization(name="other")
    context = {"user": user["name"], "ignore_auth": False}
    named = lines(whole("one", organization={"name": "kasen-ka"}), whole("two", organization={"name": "other"}))
    done = call_action("hokkaido_dataset_import", context=dict(context), content=named)
    assert [one["outcome"] for one in done["records"]] == ["draft", "refused"]
    with pytest.raises(tk.NotAuthorized):
        call_action("hokkaido_dataset_import", context=dict(context), content=named, organization=other["id"])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"<html><table></table>", "名前,値\n公園,1\n".encode()])
def test_a_file_that_is_none_of_the_kinds_is_refused_as_a_whole(unit: dict[str, Any], content: bytes) -> None:
    with pytest.raises(tk.ValidationError) as refused:
        take(unit, content)
    assert str(refused.value.error_dict["upload"][0])


def test_a_list_says_the_same_to_the_byte_after_it_was_taken_in_elsewhere(unit: dict[str, Any]) -> None:
    values = {"frequency": "ANNUAL", "frequency_note": "毎年6月", "remarks": "備考", "issued": "2026-04-01"}
    more = {"modified": "2026-05-01", "url": "https://example.lg.jp/kasen", "language": ["ja", "en"]}
    risky = {"title": '=HYPERLINK("x")', "notes": '一行目\n二行目, "引用"'}
    take(unit, lines(whole("one", **values, **more), whole("two", **risky, resources=[])), public=True)
    first = export(unit, "list")
    assert b"'=HYPERLINK" in first
    for name in ("one", "two"):
        act("dataset_purge", id=name)
    done = take(unit, first, public=True)
    assert [note for one in done["records"] for note in one["refusals"]] == []
    again = export(unit, "list")
    assert rows(again) == rows(first)
    assert again == first


def rows(content: bytes) -> list[list[str]]:
    """Return the cells of a list: a test that fails shows which of them differ."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_real_lists_come_back_as_they_went(unit: dict[str, Any], shared_dir: Path) -> None:
    content = (shared_dir / "corpus" / "06_open_data_list" / "市川市__122033_106_open_data_list.csv").read_bytes()
    assert take(unit, content)["counts"] == {"draft": 36}
    first = export(unit, "list")
    for (dataset_id,) in model.Session.query(model.Package.id).all():
        act("dataset_purge", id=dataset_id)
    take(unit, first)
    assert rows(export(unit, "list")) == rows(first)
    assert export(unit, "list") == first


def test_the_workbook_brings_nothing_but_what_was_changed_in_it(unit: dict[str, Any]) -> None:
    take(unit, lines(whole("one", frequency="ANNUAL", contact=[{"name": "課", "phone": "011"}])), public=True)
    assert take(unit, export(unit, "workbook"))["counts"] == {"unchanged": 1}


def test_the_workbook_keeps_what_the_columns_of_a_file_mean(unit: dict[str, Any]) -> None:
    meant = [{"name": "河川名", "description": "正式な名前"}, {"name": "延長", "description": "km"}]
    files = [{"url": "https://example.lg.jp/one.csv", "name": "一覧", "format": "CSV", "columns": meant}]
    take(unit, lines(whole("one", resources=files)), public=True)
    assert take(unit, export(unit, "workbook"))["counts"] == {"unchanged": 1}
    assert len(act("package_show", id="one")["resources"][0]["columns"]) == 2


def test_nothing_is_told_of_a_dataset_of_another_organisation(unit: dict[str, Any]) -> None:
    other = factories.Organization()
    hidden = act("package_create", **whole("hidden", owner_org=other["id"], title="まだ秘密の題名", private=True))
    done = take(unit, lines(whole("hidden", title="題名"), {"id": hidden["id"], "title": "題名"}))
    assert [note["code"] for one in done["records"] for note in one["refusals"]] == ["elsewhere", "elsewhere"]
    assert "まだ秘密の題名" not in json.dumps(done, ensure_ascii=False)
    items = model.Session.query(ExchangeItem).filter_by(exchange_id=done["exchange"])
    assert {(item.dataset_id, item.title) for item in items} == {(None, "題名")}


def test_a_second_record_of_one_dataset_is_refused_in_a_later_batch_too(unit: dict[str, Any]) -> None:
    between = [{"title": f"河川 {number}"} for number in range(taking.BATCH)]
    content = lines({"name": "one", "title": "一度目"}, *between, {"name": "one", "title": "二度目"})
    for dry_run in (True, False):
        assert take(unit, content, dry_run=dry_run)["records"][-1]["outcome"] == "refused"
    assert model.Package.get("one").title == "一度目"


def test_the_api_gives_a_file_out_as_text(unit: dict[str, Any]) -> None:
    made = act("hokkaido_dataset_export", organization=unit["id"], format="list")["content"]
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    context = {"user": user, "ignore_auth": True, "api_version": 3}
    told = call_action("hokkaido_dataset_export", context=context, organization=unit["id"], format="list")
    assert base64.b64decode(told["content"]) == made


@pytest.mark.parametrize("batch", [1, 200])
def test_an_index_that_does_not_answer_catches_up_with_what_was_stored(
    unit: dict[str, Any], ckan_config: dict[str, Any], monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(taking, "BATCH", batch)
    answering = ckan_config["solr_url"]
    ckan_config["solr_url"] = "http://127.0.0.1:9/solr/ckan"
    try:
        done = take(unit, lines(*map(whole, ("one", "two", "three"))), public=True)
    finally:
        ckan_config["solr_url"] = answering
    assert done["counts"] == {"created": 3}
    assert act("package_search", q="河川一覧")["count"] == 0
    outbox.drain()
    assert act("package_search", q="河川一覧")["count"] == 3


def test_what_was_stored_before_a_fault_is_searchable(unit: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "BATCH", 1)
    attempt = taking._attempt

    def fail(known: Any, records: Any, start: int) -> Any:
        if start == 1:
            model.Session.add(model.Tag(name="半端"))
            model.Session.flush()
            raise ZeroDivisionError
        return attempt(known, records, start)

    monkeypatch.setattr(taking, "_attempt", fail)
    with pytest.raises(ZeroDivisionError):
        take(unit, lines(whole("one"), whole("two")), public=True)
    model.Session.commit()
    assert act("package_search", q="河川一覧")["count"] == 1
    assert model.Tag.get("半端") is None


def test_lines_made_to_break_the_portal_are_refused_one_by_one(unit: dict[str, Any]) -> None:
    content = b'{"title": ' + b"[" * 100_000 + b'\n{"title": "nul\\u0000 inside", "notes": "\\u0000"}\n'
    content += b'{"title": "no number", "theme": [NaN]}\n{"title": "half \\ud800"}\n'
    odd = {"title": "odd", "contact": [{"name": {"a": 1}}], "temporal_coverage": [{"start": 5, "end": []}], "tags": 5}
    files = [{"url": "https://example.lg.jp/a.csv", "size": {"a": 1}, "status": [1], "documentation": [1, {"x": 2}]}]
    done = take(unit, content + lines(odd | {"resources": files, "notes": "[" * 100_000}))
    assert [one["outcome"] for one in done["records"]] == ["refused", "draft", "refused", "refused", "draft"]
    assert done["records"][1]["title"] == "nul inside"


def test_the_index_holds_what_reindexing_would_write(unit: dict[str, Any]) -> None:
    more = {"temporal_coverage": [{"start": "2026-04-01"}], "contact": [{"name": "課"}], "frequency": "ANNUAL"}
    take(unit, lines(whole("one", **more)), public=True)
    found = search.show("one")
    search.rebuild("one")
    again = search.show("one")
    for name in ("data_dict", "validated_data_dict"):
        one, other = json.loads(found.pop(name)), json.loads(again.pop(name))
        for told in (one, other):
            # As the database keeps them, or as they were handed to it: the same either way.
            told["extras"] = sorted(told.get("extras", ()), key=lambda extra: extra["key"])
        assert one == other
    of_solr = {"indexed_ts", "_version_"}
    assert {key: found[key] for key in found.keys() - of_solr} == {key: again[key] for key in again.keys() - of_solr}
