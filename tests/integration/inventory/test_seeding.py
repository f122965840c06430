"""Rows drafted from what exists already."""

from __future__ import annotations

import io
import json

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.cli.cli import ckan
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_inventory.model import Event, Promotion

PREFIXED = ("ID", "タイトル", "概要", "分類", "更新頻度", "作成者")
LIST = "\n".join(
    [
        ",".join(["全国地方公共団体コード", *(f"データセット_{name}" for name in PREFIXED), "ファイル_形式"]),
        "010006,1,河川一覧,名称と延長,防災・安全,1年に1回,河川課,CSV",
        "010006,1,河川一覧,名称と延長,防災・安全,1年に1回,河川課,XLSX",
        "010006,2,ダム一覧,,,,河川課,CSV",
        "010006,3,道路一覧,,,,道路課,CSV",
    ]
)


@pytest.fixture
def seed(house):
    """Draft rows for the section in an open survey."""
    survey = house.open_survey("kasen-ka", "doro-ka")

    def draft(source="datasets", content=None, name="list.csv", who=None, **more):
        upload = {"upload": FileStorage(io.BytesIO(content), filename=name)} if content is not None else {}
        who = who or house.respondent
        return who("hokkaido_response_seed", survey=survey["id"], unit="kasen-ka", source=source, **upload, **more)

    draft.survey = survey
    return draft


def _dataset(house, title, *, private=False):
    made = tk.get_action("package_create")(
        {"ignore_auth": True, "user": "root"},
        {
            "name": f"data-{model.Session.query(model.Package).count()}",
            "title": title,
            "notes": "説明",
            "owner_org": "kasen-ka",
            "license_id": "CC-BY-4.0",
            "frequency": "ANNUAL",
            "theme": ["safety"],
            "private": private,
            "resources": [{"url": "https://example.jp/a.csv", "format": "CSV"}],
        },
    )
    return made["id"]


def test_datasets_of_the_unit_are_drafted_linked_and_wait_to_be_looked_at(house, seed):
    """D3: a public dataset makes its holding 公開済 at once; the row is confirmed by a person."""
    public, private = _dataset(house, "河川水位"), _dataset(house, "準備中の一覧", private=True)
    seen = seed(dry_run=True)
    assert ([row["title"] for row in seen["rows"]], seen["stored"], seen["added"]) == (
        ["河川水位", "準備中の一覧"],
        False,
        0,
    )
    assert house.show(seed.survey)["answers"] == []
    assert seed()["added"] == 2
    first, second = house.show(seed.survey)["answers"]
    assert (first["title"], first["change"], first["decision"]) == ("河川水位", "carried", "open")
    wanted = {"format": "CSV", "update_frequency": "ANNUAL", "theme": "safety", "publication_status": "published"}
    assert first["answers"].items() >= wanted.items()
    assert (second["change"], "personal_information" in second["answers"]) == ("carried", False)
    links = {link.package_id: link.holding_id for link in model.Session.query(Promotion)}
    assert links == {public: first["holding_id"], private: second["holding_id"]}
    event = model.Session.query(Event).filter_by(act="row_added").one()
    assert event.detail == {"numbers": [1, 2], "drafted": True}


def test_nothing_is_doubled_whichever_way_it_comes(house, seed):
    """CC-03: titles count without width and blanks; a second draft changes nothing, not even the version."""
    house.respondent(
        "hokkaido_answer_update", survey=seed.survey["id"], unit="kasen-ka", title="河川　一覧", description="x"
    )
    _dataset(house, "ダム一覧")
    done = seed("open_data_list", LIST.encode("cp932"))
    assert [(row["title"], row["present"]) for row in done["rows"]] == [("河川一覧", True), ("ダム一覧", False)]
    version = house.show(seed.survey)["version"]
    assert seed("open_data_list", LIST.encode("utf-8-sig"))["added"] == 0
    assert seed()["added"] == 0
    assert house.show(seed.survey)["version"] == version


def test_a_holding_of_an_earlier_round_is_found_again_by_its_title(house, seed):
    earlier = house.published_holding()
    assert seed("open_data_list", LIST.encode())["added"] == 2
    rows = {row["title"]: row["holding_id"] for row in house.show(seed.survey)["answers"]}
    assert rows["河川一覧"] == earlier["id"]
    assert rows["ダム一覧"] != earlier["id"]


def test_what_cannot_be_read_is_refused_in_words_and_nothing_is_stored(house, seed):
    """UP-12, UP-14."""
    wrong = [
        ("open_data_list", b"\x89PNG\r\n\x1a\n\xff\xfe\x81", "a.csv"),
        ("open_data_list", "名称,住所\nA,B\n".encode(), "a.csv"),
        ("open_data_list", b"<!DOCTYPE html><html></html>", "a.xlsx"),
        ("scan", b"{]", "a.json"),
        ("scan", b"[" * 100_000, "a.json"),
        ("nowhere", b"", "a.csv"),
    ]
    for source, content, name in wrong:
        with pytest.raises(tk.ValidationError) as refused:
            seed(source, content, name)
        assert all(text for texts in refused.value.error_dict.values() for text in texts)
    with pytest.raises(tk.ValidationError):
        seed("scan")
    assert house.show(seed.survey)["answers"] == []


def test_only_the_unit_drafts_its_rows_and_only_while_it_may_answer(house, seed):
    """AZ-01, AZ-05."""
    for who, error in ((house.neighbour, tk.ObjectNotFound), (house.reader, tk.NotAuthorized)):
        with pytest.raises(error):
            seed(who=who)
    house.office("hokkaido_survey_close", id=seed.survey["id"])
    with pytest.raises(tk.ValidationError):
        seed()


def test_the_command_drafts_from_a_folder(house, seed, cli, tmp_path):
    (tmp_path / "名簿.csv").write_text("氏名,住所,申請日\n山田太郎,札幌市,2026-04-01\n", encoding="cp932")
    asked = [
        "hokkaido",
        "inventory",
        "scan",
        str(tmp_path),
        "--survey",
        seed.survey["id"],
        "--unit",
        "kasen-ka",
        "--json",
    ]
    result = cli.invoke(ckan, [*asked, "--user", "kaito"], catch_exceptions=False)
    assert (result.exit_code, json.loads(result.output)["added"]) == (0, 1)
    (row,) = house.show(seed.survey)["answers"]
    assert (row["title"], row["change"]) == ("名簿", "carried")
    assert row["answers"]["personal_information"] == "yes"
    assert "山田" not in json.dumps(row, ensure_ascii=False)
