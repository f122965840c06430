"""Definition workbooks in the table of the plugin, by action and by command."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.cli.cli import ckan as ckan_command
from ckan.tests import factories
from ckan.tests.helpers import CKANCliRunner
from openpyxl import Workbook
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_standards.definitions import standards
from ckanext.hokkaido_standards.domain.definition import Form, Proof
from ckanext.hokkaido_standards.domain.recognition import Recognizer
from ckanext.hokkaido_standards.model import LoadedDefinition
from ckanext.hokkaido_standards.service import definition as definitions

pytestmark = pytest.mark.usefixtures("clean_db", "with_plugins")

HEAD = ["No", "項目名", "区分", "説明", "形式", "物理名"]
AED = [[1, "全国地方公共団体コード", "◎", "", "文字列", "localgov_code"], [2, "設置位置", "〇", "", "文字列", "place"]]
POPULATION = [
    [1, "地域コード", "◎", "", "", ""],
    [2, "調査年月日", "◎", "", "日付", ""],
    [3, "世帯数", "", "", "数値", ""],
]


def _book(folder: Path, **sheets: list[list[Any]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in ([], HEAD, *rows):
            sheet.append(row)
    path = folder / "definition.xlsx"
    book.save(path)
    return path


def _load(path: Path, code: str, **asked: Any) -> dict[str, Any]:
    admin = factories.Sysadmin()["name"]
    upload = FileStorage(io.BytesIO(path.read_bytes()), filename=path.name)
    return tk.get_action("hokkaido_standard_load")({"user": admin}, {"id": code, "upload": upload, **asked})


def test_a_set_as_it_holds_now_is_the_loaded_one(tmp_path: Path) -> None:
    assert definitions.current(model.Session()) is standards()
    told = _load(_book(tmp_path, AED=AED), "08")
    assert (told["columns"], told["new"], told["obligations"], told["stored"]) == (2, [], True, True)
    assert "緯度" in told["missing"]
    now = definitions.current(model.Session())
    assert now["08"].proofs[Form.CURRENT] == Proof.LOADED
    assert now["08"].forms[Form.CURRENT][1].physical == "place"
    assert now["07"] is standards()["07"]
    # The one that is shipped is what it was.
    assert not standards()["08"].obligations
    match = Recognizer(now.values()).recognize(["全国地方公共団体コード", "設置位置"], "AED")
    assert match.standard is now["08"]


def test_a_check_goes_by_the_loaded_definition(tmp_path: Path) -> None:
    content = "全国地方公共団体コード,設置位置,小児対応設備の有無\n011002,,有\n".encode("utf-8-sig")
    asked = {"content": content, "name": "aed.csv", "title": "AED設置箇所一覧"}
    user = {"user": factories.User()["name"]}
    before = tk.get_action("hokkaido_table_check")(dict(user), dict(asked))
    _load(_book(tmp_path, AED=[AED[0], [2, "設置位置", "◎", "", "文字列", "place"]]), "08")
    after = tk.get_action("hokkaido_table_check")(dict(user), dict(asked))
    assert "value-mandatory" in after["counts"]
    assert "value-mandatory" not in before["counts"]


def test_asking_again_reads_the_stored_columns_once(tmp_path: Path) -> None:
    _load(_book(tmp_path, AED=AED), "08")
    assert definitions.current(model.Session()) is definitions.current(model.Session())


def test_a_later_loading_takes_over_and_the_history_stays(tmp_path: Path) -> None:
    _load(_book(tmp_path, AED=AED), "08", source="1")
    _load(_book(tmp_path, AED=AED[:1]), "08", source="2")
    assert len(definitions.current(model.Session())["08"].forms[Form.CURRENT]) == 1
    rows = definitions.history(model.Session(), "08")
    assert [(row.source, row.withdrawn_at is None) for row in rows] == [("2", True), ("1", False)]
    tk.get_action("hokkaido_standard_unload")({"user": factories.Sysadmin()["name"]}, {"id": "08"})
    assert definitions.current(model.Session()) is standards()
    assert len(definitions.history(model.Session(), "08")) == 2


def test_a_dry_run_stores_nothing(tmp_path: Path) -> None:
    assert _load(_book(tmp_path, AED=AED), "08", dry_run=True)["stored"] is False
    assert model.Session.query(LoadedDefinition).count() == 0


def test_the_definition_of_another_set_is_refused_unless_forced(tmp_path: Path) -> None:
    path = _book(tmp_path, シート=POPULATION)
    with pytest.raises(tk.ValidationError) as refused:
        _load(path, "08")
    assert "シート" in str(refused.value)
    assert _load(path, "08", force=True)["stored"] is True


@pytest.mark.parametrize("asked", [{}, {"sheet": "ない"}])
def test_a_book_of_many_sheets_asks_which_one(tmp_path: Path, asked: dict[str, str]) -> None:
    path = _book(tmp_path, 甲=AED, 乙=POPULATION)
    with pytest.raises(tk.ValidationError) as refused:
        _load(path, "08", **asked)
    assert "甲、乙" in str(refused.value)
    assert _load(path, "08", sheet="甲")["sheet"] == "甲"


def test_undoing_nothing_says_so() -> None:
    with pytest.raises(tk.ObjectNotFound):
        tk.get_action("hokkaido_standard_unload")({"user": factories.Sysadmin()["name"]}, {"id": "08"})


def test_the_commands_load_list_and_undo(cli: CKANCliRunner, tmp_path: Path) -> None:
    path = str(_book(tmp_path, AED=AED))
    load = ["hokkaido", "standard", "load", path, "--code", "08"]
    dry = cli.invoke(ckan_command, [*load, "--dry-run", "--json"])
    assert json.loads(dry.stdout)["stored"] is False
    done = cli.invoke(ckan_command, load)
    assert done.exit_code == 0, done.output
    listed = cli.invoke(ckan_command, ["hokkaido", "standard", "list"])
    assert "current loaded 2" in next(line for line in listed.stdout.splitlines() if line.startswith("08"))
    assert cli.invoke(ckan_command, ["hokkaido", "standard", "undo", "--code", "08"]).exit_code == 0


def test_a_bad_workbook_ends_the_command_with_its_cells(cli: CKANCliRunner, tmp_path: Path) -> None:
    path = str(_book(tmp_path, AED=[[1, "設置位置", "×"]]))
    done = cli.invoke(ckan_command, ["hokkaido", "standard", "load", path, "--code", "08"])
    assert done.exit_code == 1
    assert "AED!C3" in done.output
