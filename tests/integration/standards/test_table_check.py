"""A file is checked by the action and by the command, and nothing of it is kept."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_standards.domain.definition_sheet import Defined
from ckanext.hokkaido_standards.service import definition as definitions

HEADINGS = (
    "全国地方公共団体コード,ID,地方公共団体名,名称,所在地_連結表記,設置位置,男性トイレ総数,女性トイレ総数,利用開始時間"
)
GOOD = f"\ufeff{HEADINGS}\r\n011002,1,札幌市,大通公園トイレ,北海道札幌市中央区大通西一丁目,東,2,2,09:00\r\n".encode()
BAD = f"\ufeff{HEADINGS}\r\n11002,1,札幌市,大通公園トイレ,北海道札幌市中央区大通西一丁目,東,2基,2,9:00\r\n".encode()


def check(user: str, content: bytes = BAD, **data: Any) -> dict[str, Any]:
    upload = FileStorage(io.BytesIO(content), filename="public_toilet.csv")
    return tk.get_action("hokkaido_table_check")({"user": user, "ignore_auth": False}, {"upload": upload, **data})


@pytest.mark.usefixtures("with_plugins", "clean_db")
def test_whoever_is_signed_in_gets_a_report_and_nothing_is_kept() -> None:
    user = factories.User()["name"]
    found = check(user)
    assert (found["standard"], found["dialect"], found["rows"], found["path"]) == (
        "13",
        "current",
        1,
        "public_toilet.csv",
    )
    told = {(one["rule"], one["row"], one["column"]) for one in found["findings"]}
    assert {
        ("value-code-form", 2, "全国地方公共団体コード"),
        ("L2-01", 2, "男性トイレ総数"),
        ("value-form", 2, "利用開始時間"),
    } <= told
    assert model.Session.query(model.Resource).count() == 0
    with pytest.raises(tk.NotAuthorized):
        check("")


@pytest.mark.usefixtures("with_plugins", "clean_db")
def test_a_file_is_asked_for_and_has_a_limit(ckan_config: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    user = factories.User()["name"]
    with pytest.raises(tk.ValidationError):
        tk.get_action("hokkaido_table_check")({"user": user}, {})
    monkeypatch.setitem(ckan_config, "ckanext.hokkaido_standards.check_megabytes", 1)
    with pytest.raises(tk.ValidationError):
        check(user, b"a" * (1 << 20) + b"a")


@pytest.mark.usefixtures("clean_db")
def test_a_file_is_checked_over_http(app: CKANTestApp) -> None:
    token = factories.APIToken(user=factories.User()["name"])["token"]
    sent = {"upload": (io.BytesIO(GOOD), "public_toilet.csv")}
    answer = app.post("/api/3/action/hokkaido_table_check", headers={"Authorization": token}, data=sent)
    assert answer.json["result"]["score"] == 5


@pytest.mark.usefixtures("with_plugins")
@pytest.mark.parametrize(
    ("content", "code", "score"), [(GOOD, 0, 5), (BAD, 1, 4), (b"\x89PNG\r\n\x1a\n" + bytes(64), 2, 0), (b"", 2, 0)]
)
def test_the_command_tells_by_its_exit_code(cli: Any, tmp_path: Path, content: bytes, code: int, score: int) -> None:
    from ckan.cli.cli import ckan

    path = tmp_path / "public_toilet.csv"
    path.write_bytes(content)
    done = cli.invoke(ckan, ["hokkaido", "table", "check", str(path), "--json"])
    assert done.exit_code == code, done.output
    (line,) = done.stdout.splitlines()
    assert (json.loads(line)["path"], json.loads(line)["score"]) == (str(path), score)
    plain = cli.invoke(ckan, ["hokkaido", "table", "check", str(path), str(path)])
    assert plain.exit_code == code
    assert plain.stdout.count(f"{path}\t") == 2


@pytest.mark.usefixtures("with_plugins", "clean_db")
def test_the_command_follows_a_loaded_definition(cli: Any, tmp_path: Path) -> None:
    from ckan.cli.cli import ckan

    path = tmp_path / "public_toilet.csv"
    path.write_bytes(GOOD.replace("大通公園トイレ,".encode(), "公園,".encode()))

    def told() -> set[str]:
        done = cli.invoke(ckan, ["hokkaido", "table", "check", str(path), "--json"])
        return {one["rule"] for one in json.loads(done.stdout)["findings"]}

    assert "value-choice" not in told()
    columns = [Defined(name, row, values=("東", "西")) for row, name in enumerate(HEADINGS.split(","), 2)]
    definitions.load(model.Session(), "13", columns, file="", sheet="", source="", digest="", by="")
    model.Session.commit()
    assert "value-choice" in told()
