"""A table is recognised by its headings, in any order and generation, and by its name where they do not tell."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_standards.definitions import standards
from ckanext.hokkaido_standards.domain.definition import Form
from ckanext.hokkaido_standards.domain.recognition import Dialect, Recognizer

RECOGNIZER = Recognizer(standards().values())
WHOLE = [(code, form) for code, found in standards().items() for form in found.forms if len(found.forms[form]) > 5]
#: The older 24 教育機関 is written with the headings of 01: only its name tells it.
SAME = {("24", Form.LEGACY)}


@pytest.mark.parametrize(("code", "form"), WHOLE)
def test_a_form_is_recognised_in_any_order_without_a_name(code: str, form: Form) -> None:
    headings = sorted((column.heading for column in standards()[code].forms[form]), key=lambda one: one[::-1])
    found = RECOGNIZER.recognize(headings)
    assert found.standard is not None
    assert found.standard.code == ("01" if (code, form) in SAME else code)
    assert len(found.columns) == len(headings)


@pytest.mark.parametrize(
    ("headings", "title", "code", "dialect"),
    [
        # An added column, a missing one, and half-width kana change nothing.
        (
            ["全国地方公共団体コード", "ID", "名称", "名称_ｶﾅ", "設置位置", "小児対応設備の有無", "独自の欄"],
            "",
            "08",
            "current",
        ),
        (["都道府県コード又は市区町村コード", "NO", "名称", "ＳＳＩＤ", "提供エリア", "設置者"], "", "07", "legacy"),
        (["市区町村コード", "NO", "市区町村名", "災害種別_洪水", "災害種別_地震", "災害種別_津波"], "", "03", "legacy"),
        (["localgov_code", "id", "name", "male_wc_total", "female_wc_total", "unisex_wc_total"], "", "13", "english"),
        # Only the name tells schools from other facilities.
        ([column.heading for column in standards()["24"].forms[Form.LEGACY]], "小学校一覧", "24", "legacy"),
        (["name", "address", "lat", "lng"], "hydrant", "14", "english"),
        (["町丁名", "世帯数", "男", "女"], "", "04", "other"),
        (["名称", "防災行政無線_緯度", "防災行政無線_経度"], "【ある市】防災行政無線設置一覧", "23", "other"),
        # What every set has is no mark of any.
        (["名称", "名称_カナ", "住所", "緯度", "経度", "備考"], "", None, "other"),
        (["年度", "歳入", "歳出"], "決算", None, "other"),
        ([], "", None, "other"),
        (["", "", ""], "", None, "other"),
    ],
)
def test_headings_and_name_tell_the_set(headings: list[str], title: str, code: str | None, dialect: str) -> None:
    found = RECOGNIZER.recognize(headings, title)
    assert (found.standard and found.standard.code, found.dialect) == (code, Dialect(dialect))
    assert 0 <= found.confidence <= 1


def test_a_heading_is_found_under_every_way_of_writing_it() -> None:
    found = RECOGNIZER.recognize(["NO", "施設名", "ＳＳＩＤ", "提供エリア", "住所", "緯度", "SSID"])
    assert {place: column.concept.key for place, column in found.columns.items()} == {
        0: "id", 1: "name", 2: "ssid", 3: "service_area", 4: "address", 5: "latitude"
    }  # fmt: skip
