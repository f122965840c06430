"""The sample portal is whole and factual before anything is loaded."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_schema.sample import areas, lists, plan
from ckanext.hokkaido_schema.sample.table import Table
from ckanext.hokkaido_schema.vocabularies import vocabulary

TABLES = {**areas.TABLES, **lists.TABLES}


def test_every_organisation_has_a_name_of_its_own_and_follows_its_parent() -> None:
    seen: set[str] = set()
    for unit in plan.organizations():
        assert unit["name"] not in seen
        assert unit.get("parent") is None or unit["parent"] in seen
        seen.add(unit["name"])


def test_the_tree_has_the_prefecture_its_departments_bureaus_and_municipalities() -> None:
    kinds = [unit["kind"] for unit in plan.organizations()]
    assert (kinds.count("prefecture"), kinds.count("bureau"), kinds.count("municipality")) == (1, 14, 179)
    assert kinds.count("department") >= 60


def test_municipalities_and_the_prefecture_have_no_parent_and_a_code() -> None:
    roots = [unit for unit in plan.organizations() if "parent" not in unit]
    assert len(roots) == 180
    assert [unit["name"] for unit in roots if "code" not in unit] == []


def test_there_is_an_account_for_each_role() -> None:
    names = {unit["name"] for unit in plan.organizations()}
    accounts = {account["name"]: account for account in plan.accounts()}
    assert set(accounts) == {"admin", "chosa", "kaito", "shonin", "shicho", "kenmin"}
    assert [a["name"] for a in accounts.values() if a.get("unit") and a["unit"] not in names] == []
    assert accounts["kaito"]["unit"] == accounts["shonin"]["unit"]


def test_there_are_at_least_thirty_datasets_of_many_units() -> None:
    found = [dataset for dataset, _table, _ in plan.datasets()]
    assert len(found) >= 30
    assert len({dataset["owner_org"] for dataset in found}) >= 20
    assert len({dataset["name"] for dataset in found}) == len(found)


def test_every_dataset_uses_known_codes_and_owners() -> None:
    owners = {unit["name"] for unit in plan.organizations()}
    for dataset, _table, _ in plan.datasets():
        assert dataset["owner_org"] in owners
        assert set(dataset["theme"]) <= vocabulary("themes").codes
        assert set(dataset["spatial_code"]) <= vocabulary("areas").codes
        assert dataset["frequency"] in vocabulary("frequencies").codes
        assert len(dataset["notes"]) > 40


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_row_is_as_long_as_the_headings(name: str) -> None:
    table = TABLES[name]()
    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.headings)}
    assert len(set(table.headings)) == len(table.headings)


def test_every_table_is_used() -> None:
    used = {entry["table"] for entry in lists.sample_file("datasets")["datasets"]}
    assert used == set(TABLES)


def test_csv_carries_a_byte_order_mark_and_keeps_leading_zeros() -> None:
    content = areas.municipalities().csv()
    assert content.startswith(b"\xef\xbb\xbf")
    assert "\r\n011002,札幌市".encode() in content


def test_a_comma_in_a_value_is_quoted() -> None:
    assert Table(("a",), [("x,y",)]).csv().decode("utf-8-sig") == 'a\r\n"x,y"\r\n'


def test_the_bureaus_tables_hold_every_municipality_once() -> None:
    codes = [row[0] for item in vocabulary("bureaus") for row in areas.of_bureau(item.code).rows]
    assert sorted(codes) == sorted(vocabulary("municipalities").codes)


def test_the_calendar_has_every_day_of_the_fiscal_year() -> None:
    rows = lists.calendar_2026().rows
    assert (len(rows), rows[0][0], rows[-1][0]) == (365, "2026-04-01", "2027-03-31")
    assert {row[3] for row in rows} == {1, 2, 3, 4}


def test_offices_are_closed_on_weekends_holidays_and_at_new_year() -> None:
    open_on = {row[0]: row[5] for row in lists.calendar_2026().rows}
    days = ("2026-04-01", "2026-04-04", "2026-11-23", "2026-12-28", "2026-12-29", "2027-01-03", "2027-01-04")
    assert [open_on[day] for day in days] == [1, 0, 0, 1, 0, 0, 1]
