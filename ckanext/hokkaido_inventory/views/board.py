"""What the survey office takes from the response board: files, more time for many units, and the burden ledger."""

from __future__ import annotations

from io import BytesIO

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint, send_file

from ckanext.hokkaido_inventory.logic.board_file import Table, board_table, burden_table, csv_bytes
from ckanext.hokkaido_inventory.views.refusal import handle_refusals
from ckanext.hokkaido_inventory.workbook.board import write_table

__all__ = ["board"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

board = Blueprint("hokkaido_board", __name__, url_prefix="/survey/<survey_id>")
handle_refusals(board)


@board.route("/board.csv")
def csv(survey_id: str) -> Response:
    """Send the units that the board's filters keep."""
    return _csv(_table(survey_id), tk._("response-board"))


@board.route("/board.xlsx")
def xlsx(survey_id: str) -> Response:
    """Send the same as a workbook."""
    content = write_table(tk._("Response board"), _table(survey_id))
    return send_file(
        BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=f"{tk._('response-board')}.xlsx"
    )


@board.route("/extend", methods=["POST"])
def extend(survey_id: str) -> Response:
    """Give the units that were ticked more time."""
    tk.check_access("hokkaido_board_extend", {}, {"survey": survey_id})
    form = tk.request.form
    units = form.getlist("units")
    if not units:
        tk.h.flash_error(tk._("No unit was ticked. Tick the units in the table, then press the button again."))
    else:
        data = {"survey": survey_id, "units": units, "deadline": form.get("deadline", "")}
        done = tk.get_action("hokkaido_board_extend")({}, data)
        message = tk.ungettext("{count} unit has more time now.", "{count} units have more time now.", done["extended"])
        tk.h.flash_success(message.format(count=done["extended"]))
    return tk.redirect_to("hokkaido_survey.read", survey_id=survey_id, **tk.request.args)


@board.route("/burden")
def burden(survey_id: str) -> str:
    """Show how many minutes the round took."""
    report = tk.get_action("hokkaido_burden_list")({}, {"survey": survey_id})
    return tk.render("hokkaido_inventory/survey/burden.html", {"report": report, "survey": report["survey"]})


@board.route("/burden.csv")
def burden_csv(survey_id: str) -> Response:
    """Send the same as a file."""
    report = tk.get_action("hokkaido_burden_list")({}, {"survey": survey_id})
    return _csv(burden_table(report), tk._("burden"))


def _table(survey_id: str) -> Table:
    asked = {key: tk.request.args.get(key, "") for key in ("state", "bureau", "q", "sort")}
    shown = tk.get_action("hokkaido_board_show")({}, asked | {"survey": survey_id, "group": "flat"})
    return board_table(shown)


def _csv(table: Table, name: str) -> Response:
    return send_file(
        BytesIO(csv_bytes(table)), mimetype="text/csv; charset=utf-8", as_attachment=True, download_name=f"{name}.csv"
    )
