"""Workbooks: taken in whole or not at all, merged by number or title, refused with every error at once."""

from __future__ import annotations

import io
import json

import ckan.plugins.toolkit as tk
import openpyxl
import pytest
from ckan.cli.cli import ckan

from ckanext.hokkaido_inventory.workbook.template_layout import TEMPLATE_SHEET

WHERE = {"unit": "kasen-ka"}


def _template(house, survey, **where):
    return house.respondent("hokkaido_workbook_show", survey=survey["id"], **(WHERE | where))["content"]


def _edit(content, change):
    """Return a workbook after `change(sheet, columns, first_row)` has worked on its sheet of answers."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[TEMPLATE_SHEET]
    header = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "番号")
    columns = {
        str(sheet.cell(header, place).value or "").rstrip("＊*"): place for place in range(1, sheet.max_column + 1)
    }
    change(sheet, columns, header + 2)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _filled(content, *titles, **answers):
    """Return a template with new rows below those it has."""

    def fill(sheet, columns, first):
        row = first
        for title in titles:
            while sheet.cell(row, columns["データ名"]).value:
                row += 1
            sheet.cell(row, columns["データ名"]).value = title
            for heading, value in answers.items():
                sheet.cell(row, columns[heading]).value = value

    return _edit(content, fill)


def _import(house, survey, content, who="respondent", **options):
    asked = {"survey": survey["id"], **WHERE, "upload": house.file(content)} | options
    return getattr(house, who)("hokkaido_workbook_import", **asked)


def test_the_rows_of_a_template_become_answers(house):
    survey = house.open_survey()
    done = _import(house, survey, _filled(_template(house, survey), "河川一覧", "橋梁一覧", 個人情報="無"))
    assert (done["kind"], done["stored"], done["rows"]["new"]) == ("template", True, 2)
    shown = house.show(survey)
    assert [(row["number"], row["title"]) for row in shown["answers"]] == [(1, "河川一覧"), (2, "橋梁一覧")]
    assert shown["answers"][0]["answers"]["personal_information"] == "no"


def test_the_same_file_twice_changes_nothing(house):
    """CC-04: no version, no event, no row."""
    survey = house.open_survey()
    content = _filled(_template(house, survey), "河川一覧")
    _import(house, survey, content)
    before = house.show(survey)
    done = _import(house, survey, content)
    after = house.show(survey)
    assert (done["rows"]["new"], done["rows"]["changed"], done["rows"]["unchanged"]) == (0, 0, 1)
    assert (after["version"], len(after["events"])) == (before["version"], len(before["events"]))


def test_a_template_comes_home_unchanged(house):
    survey = house.open_survey()
    house.answer(survey, update_frequency="ANNUAL", format="CSV", remarks="備考")
    done = _import(house, survey, _template(house, survey))
    assert done["rows"] == {"new": 0, "changed": 0, "unchanged": 1, "gone": 0, "conflict": 0}


def test_rows_are_known_by_their_number_even_when_renamed(house):
    survey = house.open_survey()
    row = house.answer(survey)

    def rename(sheet, columns, first):
        sheet.cell(first, columns["データ名"]).value = "河川台帳"

    done = _import(house, survey, _edit(_template(house, survey), rename))
    assert done["rows"]["changed"] == 1
    assert house.respondent("hokkaido_answer_show", id=row["id"])["title"] == "河川台帳"


def test_rows_that_the_file_lacks_are_counted_and_kept(house):
    survey = house.open_survey()
    empty = _template(house, survey)
    house.answer(survey, "橋梁一覧")
    done = _import(house, survey, _filled(empty, "河川一覧"))
    assert done["rows"]["gone"] == 1
    assert len(house.show(survey)["answers"]) == 2


def test_a_dry_run_stores_nothing(house):
    survey = house.open_survey()
    done = _import(house, survey, _filled(_template(house, survey), "河川一覧"), dry_run=True)
    assert (done["stored"], done["rows"]["new"]) == (False, 1)
    assert done["changes"] == [{"number": None, "title": "河川一覧", "kind": "new"}]
    assert house.show(survey)["answers"] == []


def test_every_error_is_told_at_once_and_nothing_is_stored(house):
    """CC-05: one wrong cell keeps the whole file out, and all of them are named with their places."""
    survey = house.open_survey()
    content = _filled(_template(house, survey), "河川一覧", "橋梁一覧", 個人情報="たぶん")
    with pytest.raises(tk.ValidationError) as refused:
        _import(house, survey, content)
    findings = refused.value.error_dict["findings"]
    places = [(finding["sheet"], finding["row"] is not None, finding["column"] is not None) for finding in findings]
    assert places == [(TEMPLATE_SHEET, True, True)] * 2
    assert all(finding["message"] and finding["remedy"] for finding in findings)
    assert house.show(survey)["answers"] == []


def test_the_errors_of_a_dry_run_are_data(house):
    survey = house.open_survey()
    done = _import(house, survey, _filled(_template(house, survey), "河川一覧", 個人情報="たぶん"), dry_run=True)
    assert [finding["severity"] for finding in done["findings"]] == ["error"]


def test_two_people_with_blank_templates_do_not_overwrite_one_another(house):
    """CC-04: the numbers that a template prints on its blank rows belong to nobody yet."""
    survey = house.open_survey()
    blank = _template(house, survey)
    _import(house, survey, _filled(blank, "河川一覧"))
    _import(house, survey, _filled(blank, "橋梁一覧"), who="approver")
    assert [row["title"] for row in house.show(survey)["answers"]] == ["河川一覧", "橋梁一覧"]


def test_a_new_row_is_not_taken_for_what_an_earlier_round_called_by_its_number(house):
    house.answer(house.open_survey(fiscal_year=2025), "河川一覧")
    survey = house.open_survey(fiscal_year=2026)
    _import(house, survey, _filled(_template(house, survey), "橋梁一覧", "河川一覧"))
    assert {row["title"]: row["number"] for row in house.show(survey)["answers"]} == {"河川一覧": 1, "橋梁一覧": 2}


def test_a_template_that_was_cleaned_still_comes_home(house):
    """A file that lost its hidden sheet is known by its visible numbers."""
    survey = house.open_survey()
    row = house.answer(survey)

    def clean(sheet, columns, first):
        for other in [other for other in sheet.parent.worksheets if other is not sheet]:
            sheet.parent.remove(other)
        sheet.cell(first, columns["データ名"]).value = "河川台帳"

    done = _import(house, survey, _edit(_template(house, survey), clean))
    assert (done["rows"]["changed"], done["rows"]["new"]) == (1, 0)
    assert house.respondent("hokkaido_answer_show", id=row["id"])["title"] == "河川台帳"


def test_the_template_of_another_unit_is_refused(house):
    survey = house.open_survey("kasen-ka", "doro-ka")
    foreign = house.neighbour("hokkaido_workbook_show", survey=survey["id"], unit="doro-ka")["content"]
    with pytest.raises(tk.ValidationError) as refused:
        _import(house, survey, _filled(foreign, "道路一覧"))
    finding = refused.value.error_dict["findings"][0]
    assert finding["code"] == "other_unit"
    assert "道路課" in finding["message"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04broken", "題名,説明\n".encode("cp932")])
def test_what_is_no_workbook_is_refused_in_words(house, content):
    survey = house.open_survey()
    with pytest.raises(tk.ValidationError) as refused:
        _import(house, survey, content)
    assert refused.value.error_dict["findings"][0]["remedy"]


def test_a_path_in_a_request_is_no_file(house):
    """A request cannot make the server read a file of its own."""
    survey = house.open_survey()
    with pytest.raises(tk.ValidationError) as refused:
        house.respondent("hokkaido_workbook_import", survey=survey["id"], **WHERE, upload="/etc/passwd")
    assert list(refused.value.error_dict) == ["upload"]


def test_a_closed_round_takes_no_file(house):
    survey = house.open_survey()
    content = _filled(_template(house, survey), "河川一覧")
    house.office("hokkaido_survey_close", id=survey["id"])
    with pytest.raises(tk.ValidationError) as refused:
        _import(house, survey, content)
    assert list(refused.value.error_dict) == ["message"]


def test_a_submitted_response_takes_no_file(house):
    survey = house.open_survey()
    content = _filled(_template(house, survey), "河川一覧")
    house.answer(survey)
    house.submit(survey)
    with pytest.raises(tk.ValidationError):
        _import(house, survey, content)


def test_the_official_form_is_taken_in_and_decides_as_the_form_does(house, shared_dir):
    survey = house.open_survey()
    content = (shared_dir / "reference" / "gif" / "xlsx" / "465-3.xlsx").read_bytes()
    done = _import(house, survey, content)
    assert (done["kind"], done["stored"]) == ("official", True)
    decisions = {row["title"]: row["decision_label"] for row in house.show(survey)["answers"]}
    assert decisions == {"（記入例①）○○申請者データ": "公開不可", "（記入例②）○○施設一覧": "公開可能"}
    assert _import(house, survey, content)["rows"]["unchanged"] == 2


def test_the_next_round_finds_the_holdings_of_the_official_form_by_title(house, shared_dir):
    content = (shared_dir / "reference" / "gif" / "xlsx" / "465-3.xlsx").read_bytes()
    first, second = house.open_survey(fiscal_year=2025), house.open_survey(fiscal_year=2026)
    _import(house, first, content)
    _import(house, second, content)
    before = [row["holding_id"] for row in house.show(first)["answers"]]
    after = house.show(second)["answers"]
    assert [row["holding_id"] for row in after] == before
    assert {row["change"] for row in after} == {"unchanged"}


def test_a_large_file_is_taken_in_with_few_statements(house, count_queries):
    survey = house.open_survey()
    content = _filled(_template(house, survey), *(f"データ{number}" for number in range(60)))
    with count_queries() as sent:
        _import(house, survey, content)
    assert len(sent) < 40


@pytest.fixture
def on_disk(house, tmp_path):
    """Write a filled template to disk."""

    def write(survey, *titles, **answers):
        path = tmp_path / "回答 様式.xlsx"
        path.write_bytes(_filled(_template(house, survey), *titles, **answers))
        return str(path)

    return write


def test_the_command_takes_a_file_in(house, cli, on_disk):
    survey = house.open_survey()
    command = [
        "hokkaido",
        "workbook",
        "import",
        on_disk(survey, "河川一覧"),
        "--survey",
        survey["id"],
        "--unit",
        "kasen-ka",
    ]
    result = cli.invoke(ckan, command)
    assert result.exit_code == 0, result.output
    assert [row["title"] for row in house.show(survey)["answers"]] == ["河川一覧"]


def test_the_command_says_as_json_what_would_happen(house, cli, on_disk):
    survey = house.open_survey()
    command = [
        "hokkaido",
        "workbook",
        "import",
        on_disk(survey, "河川一覧"),
        "--survey",
        survey["id"],
        "--unit",
        "kasen-ka",
    ]
    result = cli.invoke(ckan, [*command, "--dry-run", "--json"])
    outcome = json.loads(result.stdout)
    assert (outcome["stored"], outcome["rows"]["new"], result.exit_code) == (False, 1, 0)
    assert house.show(survey)["answers"] == []


def test_the_command_reports_every_error_and_fails(house, cli, on_disk):
    survey = house.open_survey()
    path = on_disk(survey, "河川一覧", "橋梁一覧", 個人情報="たぶん")
    result = cli.invoke(ckan, ["hokkaido", "workbook", "import", path, "--survey", survey["id"], "--unit", "kasen-ka"])
    assert result.exit_code == 1
    assert result.output.count("たぶん") == 2


def test_the_command_acts_with_the_rights_of_a_named_user(house, cli, on_disk):
    survey = house.open_survey()
    command = [
        "hokkaido",
        "workbook",
        "import",
        on_disk(survey, "河川一覧"),
        "--survey",
        survey["id"],
        "--unit",
        "kasen-ka",
    ]
    assert cli.invoke(ckan, [*command, "--user", house.neighbour.name]).exit_code == 1
    assert house.show(survey)["answers"] == []
    assert cli.invoke(ckan, [*command, "--user", house.respondent.name]).exit_code == 0


def test_the_command_reconciles(house, cli):
    result = cli.invoke(ckan, ["hokkaido", "inventory", "reconcile"])
    assert (result.exit_code, result.output.strip()) == (0, "drift: 0, fixed: 0, left: 0")
