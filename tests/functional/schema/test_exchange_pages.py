"""The pages on which an organisation's datasets are edited together."""

from __future__ import annotations

import io
from typing import Any

import ckan.plugins.toolkit as tk
import openpyxl
import pytest
from bs4 import BeautifulSoup
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp, call_action

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")

BASE = "/organization/kasen-ka/descriptions"


@pytest.fixture
def unit() -> dict[str, Any]:
    return factories.Organization(name="kasen-ka", title="河川課")


@pytest.fixture
def editor(unit: dict[str, Any]) -> dict[str, str]:
    user = factories.User()
    call_action("member_create", id=unit["id"], object=user["id"], object_type="user", capacity="editor")
    return {"Authorization": factories.APIToken(user=user["name"])["token"]}


def patch(**values: Any) -> None:
    """Change a dataset as somebody else."""
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    call_action("package_patch", context={"user": user, "ignore_auth": True}, **values)


def make(unit: dict[str, Any], name: str, **values: Any) -> dict[str, Any]:
    base = {"title": f"河川 {name}", "notes": "一覧です。", "license_id": "CC-BY-4.0", "owner_org": unit["id"]}
    return factories.Dataset(name=name, **(base | values))


def state_of(title: str) -> str:
    return str(model.Session.query(model.Package.state).filter_by(title=title).scalar())


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.body, "html.parser")


def workbook(app: CKANTestApp, editor: dict[str, str]) -> Any:
    return openpyxl.load_workbook(io.BytesIO(app.get(f"{BASE}/datasets.xlsx", headers=editor).data))


def change(book: Any, heading: str, value: Any, row: int = 2) -> None:
    sheet = book["データセット"]
    column = next(cell.column for cell in sheet[1] if cell.value == heading)
    sheet.cell(row=row, column=column).value = value


def upload(app: CKANTestApp, editor: dict[str, str], book: Any) -> Any:
    content = io.BytesIO()
    book.save(content)
    data = {"upload": (io.BytesIO(content.getvalue()), "河川.xlsx")}
    return app.post(f"{BASE}/upload", headers=editor, data=data, follow_redirects=True)


def press(app: CKANTestApp, editor: dict[str, str], page: Any, act: str) -> Any:
    return app.post(page.request.path, headers=editor, data={"act": act}, follow_redirects=True, status=None)


def test_editors_find_the_way_and_others_do_not(app: CKANTestApp, unit: dict[str, Any], editor: dict[str, str]) -> None:
    assert BASE in app.get("/organization/kasen-ka", headers=editor).body
    assert BASE not in app.get("/organization/kasen-ka").body


def test_a_changed_cell_is_shown_before_it_is_stored_and_can_be_undone(
    app: CKANTestApp, unit: dict[str, Any], editor: dict[str, str]
) -> None:
    make(unit, "one")
    make(unit, "two")
    book = workbook(app, editor)
    change(book, "説明", "新しい説明です。")
    page = upload(app, editor, book)
    assert [cell.get_text(strip=True) for cell in soup(page).select(".hk-exchange-diff tbody tr > *")] == [
        "説明",
        "一覧です。",
        "新しい説明です。",
    ]
    assert model.Package.get("one").notes == "一覧です。"
    stored = press(app, editor, page, "confirm")
    assert call_action("package_show", id="one")["notes"] == "新しい説明です。"
    press(app, editor, stored, "undo")
    assert call_action("package_show", id="one")["notes"] == "一覧です。"


def test_a_new_row_becomes_a_draft_and_undoing_takes_it_away(
    app: CKANTestApp, unit: dict[str, Any], editor: dict[str, str]
) -> None:
    make(unit, "one")
    book = workbook(app, editor)
    change(book, "タイトル", "湖沼の一覧", row=3)
    stored = press(app, editor, upload(app, editor, book), "confirm")
    assert state_of("湖沼の一覧") == "draft"
    press(app, editor, stored, "undo")
    assert state_of("湖沼の一覧") == "deleted"


def test_a_dataset_that_was_changed_since_the_download_is_not_overwritten(
    app: CKANTestApp, unit: dict[str, Any], editor: dict[str, str]
) -> None:
    dataset = make(unit, "one")
    book = workbook(app, editor)
    patch(id=dataset["id"], notes="ほかの人の説明")
    change(book, "説明", "こちらの説明")
    page = upload(app, editor, book)
    assert soup(page).select_one("#hk-conflict")
    assert press(app, editor, page, "confirm").status_code == 409
    assert call_action("package_show", id="one")["notes"] == "ほかの人の説明"


def test_what_changed_between_comparing_and_storing_is_left_alone(
    app: CKANTestApp, unit: dict[str, Any], editor: dict[str, str]
) -> None:
    first, _second = make(unit, "one"), make(unit, "two")
    book = workbook(app, editor)
    change(book, "説明", "A", row=2)
    change(book, "説明", "B", row=3)
    page = upload(app, editor, book)
    patch(id=first["id"], notes="ほかの人の説明")
    press(app, editor, page, "confirm")
    assert [call_action("package_show", id=name)["notes"] for name in ("one", "two")] == ["ほかの人の説明", "B"]


def test_undoing_leaves_what_was_changed_since_and_says_so(
    app: CKANTestApp, unit: dict[str, Any], editor: dict[str, str]
) -> None:
    make(unit, "one")
    book = workbook(app, editor)
    change(book, "説明", "新しい")
    stored = press(app, editor, upload(app, editor, book), "confirm")
    patch(id="one", notes="さらに新しい")
    page = press(app, editor, stored, "undo")
    assert call_action("package_show", id="one")["notes"] == "さらに新しい"
    assert "河川 one" in soup(page).select_one(".hk-panel--next").get_text()


def move(name: str, organization: dict[str, Any]) -> None:
    """Give a dataset to another organisation, of which CKAN notes no moment."""
    context = {"user": "", "ignore_auth": True}
    call_action("package_owner_org_update", context=context, id=name, organization_id=organization["id"])


def test_what_went_to_another_organisation_is_neither_changed_nor_taken_back(
    app: CKANTestApp, unit: dict[str, Any], editor: dict[str, str]
) -> None:
    other = factories.Organization()
    make(unit, "one")
    make(unit, "two")
    book = workbook(app, editor)
    change(book, "説明", "A", row=2)
    change(book, "説明", "B", row=3)
    page = upload(app, editor, book)
    move("one", other)
    stored = press(app, editor, page, "confirm")
    move("two", other)
    press(app, editor, stored, "undo")
    left = [model.Package.get(name) for name in ("one", "two")]
    assert [(one.notes, one.owner_org) for one in left] == [("一覧です。", other["id"]), ("B", other["id"])]


def test_undoing_does_not_bring_back_what_was_deleted_since(
    app: CKANTestApp, unit: dict[str, Any], editor: dict[str, str]
) -> None:
    make(unit, "one")
    book = workbook(app, editor)
    change(book, "説明", "新しい")
    stored = press(app, editor, upload(app, editor, book), "confirm")
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    call_action("package_delete", context={"user": user, "ignore_auth": True}, id="one")
    press(app, editor, stored, "undo")
    assert state_of("河川 one") == "deleted"


def test_a_formula_is_refused_with_its_cell(app: CKANTestApp, unit: dict[str, Any], editor: dict[str, str]) -> None:
    make(unit, "one")
    book = workbook(app, editor)
    change(book, "説明", "=1+1")
    page = upload(app, editor, book)
    assert "データセット!" in soup(page).select_one(".hk-exchange-refusals").get_text()
    assert model.Package.get("one").notes == "一覧です。"


def test_ticked_datasets_get_a_licence_together(app: CKANTestApp, unit: dict[str, Any], editor: dict[str, str]) -> None:
    ids = [make(unit, name)["id"] for name in ("one", "two", "three")]
    data = {"datasets": ids[:2], "kind": "license", "license_id": "PDL-1.0"}
    page = app.post(f"{BASE}/change", headers=editor, data=data, follow_redirects=True)
    press(app, editor, page, "confirm")
    licences = [model.Session.get(model.Package, one).license_id for one in ids]
    assert licences == ["PDL-1.0", "PDL-1.0", "CC-BY-4.0"]


def test_publishing_together_leaves_what_lacks_something_and_says_what(
    app: CKANTestApp, unit: dict[str, Any], editor: dict[str, str]
) -> None:
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    content = '{"name": "whole", "title": "全部", "notes": "説明", "license_id": "CC-BY-4.0"}\n'
    content += '{"name": "part", "title": "一部"}\n'
    context = {"user": user, "ignore_auth": True}
    call_action("hokkaido_dataset_import", context=context, content=content.encode(), organization=unit["id"])
    ids = [model.Package.get(name).id for name in ("whole", "part")]
    data = {"datasets": ids, "kind": "publish"}
    page = app.post(f"{BASE}/change", headers=editor, data=data, follow_redirects=True)
    assert "一部" in soup(page).select_one("#hk-refused").find_next("article").get_text()
    press(app, editor, page, "confirm")
    assert [model.Package.get(name).state for name in ("whole", "part")] == ["active", "draft"]


def test_many_at_once_is_no_way_around_the_second_person(app: CKANTestApp) -> None:
    unit = factories.Organization(name="kasen-ka", title="河川課", approval="required")
    user = factories.User()
    call_action("member_create", id=unit["id"], object=user["id"], object_type="user", capacity="editor")
    editor = {"Authorization": factories.APIToken(user=user["name"])["token"]}
    hidden = make(unit, "one", private=True)
    data = {"datasets": [hidden["id"]], "kind": "publish"}
    page = app.post(f"{BASE}/change", headers=editor, data=data, follow_redirects=True)
    press(app, editor, page, "confirm")
    content = b'{"name": "two", "title": "two", "notes": "n", "license_id": "CC-BY-4.0"}'
    context = {"user": user["name"], "ignore_auth": False}
    call_action("hokkaido_dataset_import", context=context, content=content, organization=unit["id"], public=True)
    public = model.Session.query(model.Package).filter_by(state="active", private=False)
    assert [one.name for one in public] == []


def test_nothing_ticked_is_said_on_the_page(app: CKANTestApp, unit: dict[str, Any], editor: dict[str, str]) -> None:
    make(unit, "one")
    response = app.post(f"{BASE}/change", headers=editor, data={"kind": "publish"}, status=409)
    assert soup(response).select_one(".alert-danger li")


def test_a_file_that_is_no_description_is_said_on_the_page(
    app: CKANTestApp, unit: dict[str, Any], editor: dict[str, str]
) -> None:
    data = {"upload": (io.BytesIO(b"%PDF-1.7\n\x00\x01\x02"), "a.xlsx")}
    response = app.post(f"{BASE}/upload", headers=editor, data=data, status=409)
    assert soup(response).select_one(".alert-danger li")


def test_what_the_file_hides_is_told_before_it_is_stored(
    app: CKANTestApp, unit: dict[str, Any], editor: dict[str, str]
) -> None:
    make(unit, "one")
    book = workbook(app, editor)
    change(book, "説明", "見えない行の説明")
    book["データセット"].row_dimensions[2].hidden = True
    book.create_sheet("控え").append(["前の年度"])
    book["控え"].sheet_state = "hidden"
    page = upload(app, editor, book)
    told = [one.get_text(strip=True) for one in soup(page).select("section[aria-labelledby=hk-hidden] li")]
    assert ["2行目" in told[0], "控え" in told[1], len(told)] == [True, True, 2]
    press(app, editor, page, "confirm")
    assert call_action("package_show", id="one")["notes"] == "見えない行の説明"
