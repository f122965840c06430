"""The workbook of an organisation, as it is read: formulas, files without a dataset, and groups of fields."""

from __future__ import annotations

from ckanext.hokkaido_schema.domain.record import FORMULA, Record
from ckanext.hokkaido_schema.workbook.columns import (
    DATASET_ID,
    DATASETS,
    FILE_ID,
    FILES,
    TITLE,
    VERSION,
    Column,
    columns,
)
from ckanext.hokkaido_schema.workbook.reading import read_own

OF_DATASET = [
    Column("タイトル", "title"),
    Column("連絡先：部署名", "contact", "group", "name"),
    Column("連絡先：電話番号", "contact", "group", "phone"),
]
OF_FILE = [Column("名前", "name")]


def read(dataset: list[str], *files: list[str]) -> list[Record]:
    """Return the records of a workbook with one dataset."""
    main = [[DATASET_ID, VERSION, "タイトル", "連絡先：部署名", "連絡先：電話番号"], dataset]
    found = {DATASETS: main, FILES: [[DATASET_ID, TITLE, FILE_ID, "名前"], *files]}
    return read_own(found, OF_DATASET, OF_FILE, lambda _vocabulary, _text: ()) or []


def codes_of(record: Record) -> list[str]:
    return [note.code for note in record.refusals]


def test_a_formula_in_one_part_of_a_group_leaves_the_group_alone() -> None:
    (record,) = read(["1", "v", "河川", "河川課", FORMULA])
    assert "contact" not in record.dataset
    assert codes_of(record) == ["formula"]


def test_a_formula_where_the_id_stands_refuses_the_row() -> None:
    (record,) = read([FORMULA, "v", "河川", "", ""])
    assert record.refused
    assert "id" not in record.source


def test_a_file_whose_dataset_is_not_there_is_told() -> None:
    files = (["1", "", "", "一覧"], ["9", "道路", "", "路線"], ["", FORMULA, "", "橋"])
    record, lost, unnamed = read(["1", "v", "河川", "", ""], *files)
    assert [file["name"] for file in record.dataset["resources"]] == ["一覧"]
    assert (lost.refused, codes_of(lost), lost.line) == (True, ["no_dataset"], 3)
    assert [note.before for note in (*lost.refusals, *unnamed.refusals)] == ["道路", ""]


def test_a_formula_where_the_id_of_a_file_stands_leaves_the_file_out() -> None:
    (record,) = read(["1", "v", "河川", "", ""], ["1", "", FORMULA, "一覧"])
    assert "resources" not in record.dataset
    assert codes_of(record) == ["formula"]


def test_a_field_that_holds_many_groups_has_no_columns() -> None:
    parts = [{"field_name": "name"}, {"field_name": "description"}]
    many = {"field_name": "columns", "repeating_subfields": parts}
    assert columns([many]) == []
    assert len(columns([many | {"repeating_once": True}])) == 2
