"""Drafts, publication, conflicts, unsaved forms, copies and editions, and the second person's look, as actions."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import factories
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_core.columns import now
from ckanext.hokkaido_core.model.outbox import OutboxMessage
from ckanext.hokkaido_schema.duties import drop_old_forms
from ckanext.hokkaido_schema.model.draft_copy import DraftCopy

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")

TABLE = "番号,名称,面積\r\n1,中央公園,1200\r\n2,西公園,800\r\n".encode("cp932")


@pytest.fixture
def people() -> dict[str, dict[str, Any]]:
    return {name: factories.User(name=name) for name in ("hanako", "taro", "kacho", "stranger")}


@pytest.fixture
def town(people: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return factories.Organization(
        name="tobetsu",
        title="当別町",
        kind="municipality",
        code="013030",
        contact_email="data@example.lg.jp",
        users=[
            {"name": "hanako", "capacity": "editor"},
            {"name": "taro", "capacity": "editor"},
            {"name": "kacho", "capacity": "admin"},
        ],
    )


def act(action: str, user: str, **data: Any) -> Any:
    return tk.get_action(action)({"user": user}, data)


def file(name: str = "令和7年度 公園一覧.csv", content: bytes = TABLE) -> FileStorage:
    return FileStorage(io.BytesIO(content), filename=name)


def begin(town: dict[str, Any], **more: Any) -> dict[str, Any]:
    return act("hokkaido_draft_create", "hanako", owner_org=town["id"], **{"upload": file(), **more})


def save(user: str, dataset: dict[str, Any], base: dict[str, str] | None = None, **values: Any) -> dict[str, Any]:
    version = dataset["metadata_modified"]
    return act("hokkaido_dataset_save", user, id=dataset["id"], version=version, base=base or {}, values=values)


def whole(town: dict[str, Any]) -> dict[str, Any]:
    return save("hanako", begin(town), notes="町の公園です。")["dataset"]


def test_a_draft_begins_with_what_its_file_and_its_organisation_tell(town: dict[str, Any]) -> None:
    draft = begin(town)
    assert (draft["state"], draft["private"], draft["title"]) == ("draft", True, "公園一覧")
    assert draft["subtitle"] == "令和7年度版"
    assert draft["temporal_coverage"] == [{"start": "2025-04-01", "end": "2026-03-31"}]
    assert (draft["spatial_code"], draft["license_id"]) == (["013030"], "CC-BY-4.0")
    assert draft["contact"][0]["email"] == "data@example.lg.jp"
    (resource,) = draft["resources"]
    assert (resource["format"], resource["encoding"], int(resource["rows"])) == ("CSV", "Shift_JIS", 2)
    assert [one["type"] for one in resource["columns"]] == ["integer", "string", "integer"]
    assert len(resource["hash"]) == 64


def test_a_draft_may_lack_everything(town: dict[str, Any]) -> None:
    draft = begin(town, upload=None)
    saved = save("hanako", draft, title="", notes="")["dataset"]
    assert (saved["state"], saved.get("title") or "", saved["resources"]) == ("draft", "", [])


def test_a_public_dataset_may_not_lose_its_title(town: dict[str, Any]) -> None:
    public = act("hokkaido_dataset_publish", "hanako", id=whole(town)["id"])
    with pytest.raises(tk.ValidationError) as refused:
        save("hanako", public, title="")
    assert "title" in refused.value.error_dict


@pytest.mark.parametrize("state", ["draft", "active"])
def test_an_editor_cannot_pass_for_a_draft_through_the_api(town: dict[str, Any], state: str) -> None:
    with pytest.raises(tk.ValidationError) as refused:
        act("package_create", "hanako", owner_org=town["id"], state=state, name="x", private=True)
    assert {"title", "notes", "license_id"} <= set(refused.value.error_dict)


def test_a_colleague_finds_the_draft_and_others_do_not(town: dict[str, Any]) -> None:
    draft = begin(town)
    found = {name: act("hokkaido_draft_list", name) for name in ("taro", "stranger")}
    assert [(one["id"], one["missing"]) for one in found["taro"]] == [(draft["id"], ["notes"])]
    assert found["stranger"] == []
    with pytest.raises(tk.NotAuthorized):
        act("hokkaido_draft_list", "")


def test_publishing_says_everything_that_is_missing(town: dict[str, Any]) -> None:
    act("organization_patch", "kacho", id=town["id"], contact_email="")
    draft = begin(town, upload=None)
    with pytest.raises(tk.ValidationError) as refused:
        act("hokkaido_dataset_publish", "hanako", id=draft["id"])
    assert list(refused.value.error_dict) == ["title", "notes", "contact", "resources"]
    assert model.Package.get(draft["id"]).state == "draft"


def test_a_whole_draft_is_published(town: dict[str, Any]) -> None:
    public = act("hokkaido_dataset_publish", "taro", id=whole(town)["id"])
    assert (public["state"], public["private"], bool(public["issued"])) == ("active", False, True)
    assert tk.get_action("package_show")({"user": ""}, {"id": public["id"]})["title"] == "公園一覧"


def test_a_wrong_value_stores_nothing(town: dict[str, Any]) -> None:
    draft = begin(town)
    with pytest.raises(tk.ValidationError) as refused:
        save("hanako", draft, title="新しい", issued="平成99年4月1日")
    assert "issued" in refused.value.error_dict
    assert model.Package.get(draft["id"]).title == "公園一覧"


def test_two_people_who_changed_the_same_field_get_both_texts(town: dict[str, Any]) -> None:
    draft = whole(town)
    save("taro", draft, notes="太郎の説明")
    outcome = save("hanako", draft, notes="花子の説明", frequency="ANNUAL")
    assert outcome["dataset"] is None
    (conflict,) = [one for one in outcome["conflicts"] if one["field"] == "notes"]
    assert (conflict["mine"], conflict["theirs"], conflict["choice"]) == ("花子の説明", "太郎の説明", "")
    assert tk.get_action("package_show")({"user": "taro"}, {"id": draft["id"]})["notes"] == "太郎の説明"


def test_a_file_that_was_added_meanwhile_is_no_conflict(town: dict[str, Any]) -> None:
    draft = whole(town)
    act("resource_create", "taro", package_id=draft["id"], url="https://example.org/a.csv", name="a")
    assert save("hanako", draft, title=draft["title"], notes=draft["notes"])["conflicts"] == []


def test_an_unsaved_form_is_its_owners_and_goes_when_it_is_saved(town: dict[str, Any]) -> None:
    draft = begin(town)
    items = [["title", "書きかけ"], ["_csrf_token", "secret"]]
    act("hokkaido_draft_copy_update", "hanako", id=draft["id"], items=items, version="v", base={"title": "x"})
    kept = act("hokkaido_draft_copy_show", "hanako", id=draft["id"])
    assert (kept["items"], kept["version"], kept["base"]) == ([["title", "書きかけ"]], "v", {"title": "x"})
    assert act("hokkaido_draft_copy_show", "taro", id=draft["id"]) is None
    save("hanako", draft, title="書き終えた")
    assert act("hokkaido_draft_copy_show", "hanako", id=draft["id"]) is None


def test_an_unsaved_form_that_nobody_comes_back_for_is_thrown_away(town: dict[str, Any]) -> None:
    draft = begin(town)
    for user in ("hanako", "taro"):
        act("hokkaido_draft_copy_update", user, id=draft["id"], items=[["title", "x"]], version="", base={})
    old = now() - timedelta(days=31)
    owner = model.User.get("hanako").id
    model.Session.execute(sa.update(DraftCopy).where(DraftCopy.user_id == owner).values(updated_at=old))
    model.Session.commit()
    assert drop_old_forms() == 1
    assert act("hokkaido_draft_copy_show", "taro", id=draft["id"]) is not None


def test_a_form_that_is_no_form_is_refused(town: dict[str, Any]) -> None:
    draft = begin(town, upload=None)
    for items in (None, "text", [1], [["title"]], [["title", 5]], [["title", "x" * 600_000]]):
        with pytest.raises(tk.ValidationError):
            act("hokkaido_draft_copy_update", "hanako", id=draft["id"], items=items, version="", base={})
    assert act("hokkaido_draft_copy_show", "hanako", id=draft["id"]) is None


def test_a_copy_has_the_description_and_not_the_files(town: dict[str, Any]) -> None:
    copied = act("hokkaido_dataset_copy", "taro", id=whole(town)["id"])
    assert (copied["notes"], copied["state"], copied["resources"]) == ("町の公園です。", "draft", [])
    assert copied["title"] == "公園一覧 (copy)"


def test_the_next_edition_moves_the_years_and_makes_a_series(town: dict[str, Any]) -> None:
    draft = save("hanako", whole(town), title="公園一覧（令和7年度）", tag_string="公園、緑地")["dataset"]
    first = act("hokkaido_dataset_publish", "hanako", id=draft["id"])
    second = act("hokkaido_edition_create", "hanako", id=first["id"])
    assert second["title"] == "公園一覧（令和8年度）"
    assert second["temporal_coverage"] == [{"start": "2026-04-01", "end": "2027-03-31"}]
    assert (second["previous_version"], second["resources"]) == (first["id"], [])
    assert sorted(tag["name"] for tag in second["tags"]) == ["公園", "緑地"]
    shown = tk.get_action("package_show")({"user": "hanako"}, {"id": first["id"]})
    series = tk.get_action("package_show")({"user": "hanako"}, {"id": second["in_series"]})
    assert (shown["in_series"], series["type"], series["title"]) == (series["id"], "dataset_series", "公園一覧")
    assert act("hokkaido_edition_create", "hanako", id=first["id"])["in_series"] == series["id"]


def test_a_draft_has_no_next_edition(town: dict[str, Any]) -> None:
    with pytest.raises(tk.ValidationError):
        act("hokkaido_edition_create", "hanako", id=whole(town)["id"])


def test_columns_of_the_next_edition_keep_their_descriptions(town: dict[str, Any]) -> None:
    first = act("hokkaido_dataset_publish", "hanako", id=whole(town)["id"])
    resource = first["resources"][0]
    columns = [one | {"description": "平方メートル"} if one["name"] == "面積" else one for one in resource["columns"]]
    act("resource_patch", "hanako", id=resource["id"], columns=columns)
    second = act("hokkaido_edition_create", "hanako", id=first["id"])
    filled = act("hokkaido_draft_file_add", "hanako", id=second["id"], upload=file("公園.csv"))
    described = {one["name"]: one["description"] for one in filled["resources"][0]["columns"]}
    assert described == {"番号": "", "名称": "", "面積": "平方メートル"}


@pytest.fixture
def careful(town: dict[str, Any]) -> dict[str, Any]:
    return act("organization_patch", "kacho", id=town["id"], approval="required")


def _asked(town: dict[str, Any]) -> dict[str, Any]:
    draft = whole(town)
    act("hokkaido_approval_ask", "hanako", id=draft["id"], message="お願いします")
    return tk.get_action("package_show")({"user": "kacho"}, {"id": draft["id"]})


def test_without_approval_nothing_becomes_public_by_any_way(careful: dict[str, Any]) -> None:
    draft = whole(careful)
    tries = [
        ("hokkaido_dataset_publish", {"id": draft["id"]}),
        ("package_patch", {"id": draft["id"], "state": "active", "private": False}),
        ("bulk_update_public", {"datasets": [draft["id"]], "org_id": careful["id"]}),
        (
            "package_create",
            {"owner_org": careful["id"], "title": "t", "notes": "n", "license_id": "CC-BY-4.0", "private": False},
        ),
    ]
    for action, data in tries:
        with pytest.raises(tk.ValidationError):
            act(action, "kacho", **data)
    assert tk.get_action("package_search")({"user": ""}, {})["count"] == 0


def test_what_another_organisation_published_is_looked_at_before_it_is_public_in_this_one(
    careful: dict[str, Any],
) -> None:
    other = factories.Organization(kind="municipality", users=[{"name": "hanako", "capacity": "editor"}])
    draft = whole(careful)
    act("package_patch", "hanako", id=draft["id"], owner_org=other["id"], state="active", private=False)
    with pytest.raises(tk.ValidationError) as refused:
        act("package_patch", "hanako", id=draft["id"], owner_org=careful["id"])
    assert list(refused.value.error_dict) == ["private"]
    assert act("package_patch", "hanako", id=draft["id"], notes="直した")["owner_org"] == other["id"]


def test_no_file_becomes_public_in_a_series(careful: dict[str, Any]) -> None:
    series = {"type": "dataset_series", "owner_org": careful["id"], "title": "公園", "notes": "毎年の一覧"}
    with pytest.raises(tk.ValidationError) as refused:
        act("package_create", "hanako", **series, resources=[{"url": "https://example.jp/a.csv"}])
    assert list(refused.value.error_dict) == ["resources"]
    made = act("package_create", "hanako", **series)
    with pytest.raises(tk.ValidationError):
        act("resource_create", "hanako", package_id=made["id"], url="https://example.jp/a.csv")


def test_a_second_person_approves_and_it_is_public(careful: dict[str, Any]) -> None:
    draft = _asked(careful)
    version = draft["metadata_modified"]
    decided = act("hokkaido_approval_decide", "kacho", id=draft["id"], decision="approve", version=version)
    assert decided["state"] == "approved"
    assert tk.get_action("package_show")({"user": ""}, {"id": draft["id"]})["state"] == "active"
    kinds = set(model.Session.execute(sa.select(OutboxMessage.kind)).scalars())
    assert {"schema.approval_asked", "schema.approval_decided"} <= kinds


def test_the_one_who_asks_does_not_decide(careful: dict[str, Any]) -> None:
    draft = whole(careful)
    act("hokkaido_approval_ask", "kacho", id=draft["id"])
    with pytest.raises(tk.NotAuthorized):
        act("hokkaido_approval_decide", "kacho", id=draft["id"], decision="approve", version=draft["metadata_modified"])


def test_nobody_approves_what_they_have_not_seen(careful: dict[str, Any]) -> None:
    draft = _asked(careful)
    save("hanako", draft, notes="あとから変えた")
    with pytest.raises(tk.ValidationError) as refused:
        act("hokkaido_approval_decide", "kacho", id=draft["id"], decision="approve", version=draft["metadata_modified"])
    assert "version" in refused.value.error_dict
    assert model.Package.get(draft["id"]).state == "draft"


def test_what_was_saved_while_it_was_being_approved_has_not_been_seen(careful: dict[str, Any]) -> None:
    draft = _asked(careful)
    read = model.Package.get(draft["id"])
    table = model.Package.__table__
    with model.meta.engine.begin() as elsewhere:
        later = read.metadata_modified + timedelta(seconds=1)
        elsewhere.execute(sa.update(table).where(table.c.id == read.id).values(metadata_modified=later))
    with pytest.raises(tk.ValidationError) as refused:
        act("hokkaido_approval_decide", "kacho", id=draft["id"], decision="approve", version=draft["metadata_modified"])
    assert "version" in refused.value.error_dict


def test_a_returned_dataset_is_asked_for_anew(careful: dict[str, Any]) -> None:
    draft = _asked(careful)
    with pytest.raises(tk.ValidationError):
        act("hokkaido_approval_decide", "kacho", id=draft["id"], decision="return", remark="")
    act("hokkaido_approval_decide", "kacho", id=draft["id"], decision="return", remark="単位を書いてください")
    shown = act("hokkaido_approval_show", "hanako", id=draft["id"])
    assert (shown["request"]["state"], shown["request"]["remark"]) == ("returned", "単位を書いてください")
    assert act("hokkaido_approval_ask", "hanako", id=draft["id"])["state"] == "asked"


def test_a_mail_tells_the_administrator_and_then_the_editor(careful: dict[str, Any], tmp_path: Any) -> None:
    from ckanext.hokkaido_core.shared import outbox

    tk.config["ckanext.hokkaido_core.mail"] = "folder"
    before, tk.config["ckan.storage_path"] = tk.config["ckan.storage_path"], str(tmp_path)
    draft = _asked(careful)
    outbox.drain()
    act("hokkaido_approval_decide", "kacho", id=draft["id"], decision="return", remark="直してください")
    outbox.drain()
    tk.config["ckan.storage_path"] = before
    mails = [path.read_bytes() for path in (tmp_path / "mail").glob("*.eml")]
    readers = sorted(line for mail in mails for line in mail.decode().splitlines() if line.startswith("To: "))
    assert readers == sorted(f"To: {model.User.get(name).email}" for name in ("kacho", "hanako"))
