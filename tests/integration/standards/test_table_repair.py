"""The table of a resource is repaired: the difference first, then a second resource that is derived from the first."""

from __future__ import annotations

import io
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories
from openpyxl import Workbook
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_schema.shared import open_stored

LEGACY = (
    "公衆トイレ一覧,,,,\r\n都道府県コード又は市区町村コード,NO,名称,緯度,経度\r\n"
    "11002,1,大通公園トイレ,141.35,43.06\r\n11002,2,中島公園トイレ,43.04,141.35\r\n"
).encode("cp932")
GOOD = "\ufeff名称,備考\r\n役場,本庁舎\r\n".encode()


@pytest.fixture
def editor() -> str:
    return factories.User()["name"]


@pytest.fixture
def dataset(editor: str) -> dict[str, Any]:
    organization = factories.Organization(users=[{"name": editor, "capacity": "editor"}])
    return factories.Dataset(
        owner_org=organization["id"], title="公衆トイレ", notes="一覧です。", license_id="CC-BY-4.0"
    )


def call(action: str, **data: Any) -> Any:
    site = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return tk.get_action(action)({"user": site, "ignore_auth": True}, data)


def upload(dataset: dict[str, Any], content: bytes, name: str = "toilets.csv") -> dict[str, Any]:
    file = FileStorage(io.BytesIO(content), filename=name)
    return call(
        "resource_create",
        package_id=dataset["id"],
        upload=file,
        url=name,
        url_type="upload",
        name="トイレ",
        license="CC-BY-4.0",
    )


def repair(user: str, resource_id: str, **more: Any) -> dict[str, Any]:
    return tk.get_action("hokkaido_table_repair")({"user": user, "ignore_auth": False}, {"id": resource_id, **more})


def resources(dataset: dict[str, Any]) -> list[dict[str, Any]]:
    return call("package_show", id=dataset["id"])["resources"]


def stored(resource: dict[str, Any]) -> str:
    return open_stored(resource).head(1 << 20).decode("utf-8-sig")


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_the_difference_is_shown_and_nothing_stored(editor: str, dataset: dict[str, Any]) -> None:
    source = upload(dataset, LEGACY)
    told = repair(editor, source["id"])
    assert (told["standard"], told["changed"], told["stored"], len(resources(dataset))) == ("13", True, False, 1)
    assert {
        ("value-code-form", 3, "全国地方公共団体コード", "11002", "011002"),
        ("place-swapped", 3, "緯度", "141.35", "43.06"),
        ("set-legacy", 2, "ID", "NO", "ID"),
        ("L3-01", 1, "", "公衆トイレ一覧", ""),
    } <= {tuple(one[key] for key in ("rule", "row", "column", "before", "after")) for one in told["changes"]}
    assert [one["text"] for one in told["notes"]] == ["公衆トイレ一覧"]
    assert told["outputs"] == [
        {"name": "toilets.csv", "sheet": "", "standard": "13", "rows": 2, "columns": 5, "resource_id": None}
    ]


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_the_repaired_table_stands_after_the_file_it_comes_from_and_is_replaced_when_done_again(
    editor: str, dataset: dict[str, Any]
) -> None:
    source, other = upload(dataset, LEGACY), upload(dataset, GOOD, "other.csv")
    first = repair(editor, source["id"], confirm=True, hash=repair(editor, source["id"])["hash"])
    kept, made, last = resources(dataset)
    assert (kept["id"], last["id"], open_stored(kept).head(1 << 20)) == (source["id"], other["id"], LEGACY)
    assert (made["derived_from"], made["license"], made["format"]) == (source["id"], "CC-BY-4.0", "CSV")
    assert (made["id"], True) == (first["outputs"][0]["resource_id"], first["stored"])
    assert "公衆トイレ一覧" in made["description"]
    assert stored(made).splitlines()[:2] == [
        "全国地方公共団体コード,ID,名称,緯度,経度",
        "011002,1,大通公園トイレ,43.06,141.35",
    ]
    call("resource_patch", id=made["id"], name="わたしの名前")
    call(
        "resource_patch",
        id=source["id"],
        upload=FileStorage(io.BytesIO(LEGACY.replace(b"43.04", b"43.05")), filename="toilets.csv"),
    )
    again = repair(editor, source["id"], confirm=True)
    _, replaced, _ = resources(dataset)
    assert (replaced["id"], replaced["name"]) == (again["outputs"][0]["resource_id"], "わたしの名前")
    assert replaced["id"] == made["id"]
    assert "43.05" in stored(replaced)


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_each_table_gets_a_file_and_one_that_is_not_made_any_more_goes(editor: str, dataset: dict[str, Any]) -> None:
    def book(*names: str) -> bytes:
        made, content = Workbook(), io.BytesIO()
        for name in names:
            sheet = made.create_sheet(name)
            for row in (["名称", "金額"], [name, "1,000円"]):
                sheet.append(row)
        made.remove(made.worksheets[0])
        made.save(content)
        return content.getvalue()

    source = upload(dataset, book("北", "南"), "a.xlsx")
    repair(editor, source["id"], confirm=True)
    assert [one.get("derived_from") for one in resources(dataset)] == [None, source["id"], source["id"]]
    assert [stored(one) for one in resources(dataset)[1:]] == [
        f"名称,金額（円）\r\n{name},1000\r\n" for name in ("北", "南")
    ]
    call("resource_patch", id=source["id"], upload=FileStorage(io.BytesIO(book("北")), filename="a.xlsx"))
    gone = resources(dataset)[2]["id"]
    assert repair(editor, source["id"])["removed"] == [gone]
    repair(editor, source["id"], confirm=True)
    assert [one["id"] == gone for one in resources(dataset)] == [False, False]


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_nothing_is_stored_that_was_not_shown_or_is_no_repair(editor: str, dataset: dict[str, Any]) -> None:
    source, good = upload(dataset, LEGACY), upload(dataset, GOOD, "good.csv")
    link = call("resource_create", package_id=dataset["id"], url="https://example.com/a.csv")
    page = upload(dataset, b"%PDF-1.7 x", "a.pdf")
    for asked in ({"id": source["id"], "hash": "0" * 64}, {"id": good["id"]}, {"id": link["id"]}, {"id": page["id"]}):
        with pytest.raises(tk.ValidationError):
            tk.get_action("hokkaido_table_repair")({"user": editor}, {**asked, "confirm": True})
    assert len(resources(dataset)) == 4
    assert repair(editor, good["id"])["changed"] is False


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
@pytest.mark.parametrize("hide", ["A", 3])
def test_what_a_workbook_hides_is_not_shown_by_a_repair(editor: str, dataset: dict[str, Any], hide: str | int) -> None:
    book, content = Workbook(), io.BytesIO()
    for row in (["名称", "金額"], ["北", "1,000円"], ["南", "2,000円"]):
        book.active.append(row)
    sizes = book.active.column_dimensions if isinstance(hide, str) else book.active.row_dimensions
    sizes[hide].hidden = True
    book.save(content)
    source = upload(dataset, content.getvalue(), "a.xlsx")
    told = repair(editor, source["id"])
    assert (told["changed"], bool(told["refusal"])) == (True, True)
    with pytest.raises(tk.ValidationError) as error:
        repair(editor, source["id"], confirm=True)
    assert error.value.error_dict == {"id": [told["refusal"]]}
    assert len(resources(dataset)) == 1


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_only_editors_of_the_dataset_get_a_repair(dataset: dict[str, Any]) -> None:
    source = upload(dataset, LEGACY)
    for user in (factories.User()["name"], ""):
        with pytest.raises(tk.NotAuthorized):
            repair(user, source["id"])
    with pytest.raises(tk.ObjectNotFound):
        repair(factories.Sysadmin()["name"], "none")
