"""Refusals of the rules in words: what happened, and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_inventory.domain import refusal as r
from ckanext.hokkaido_inventory.domain.disclosure import Decision
from ckanext.hokkaido_inventory.domain.file_kinds import FILE_KINDS
from ckanext.hokkaido_inventory.domain.intake_state import IntakeState
from ckanext.hokkaido_inventory.domain.response_state import ResponseAct, ResponseState
from ckanext.hokkaido_inventory.domain.survey_state import SurveyState
from ckanext.hokkaido_inventory.domain.transitions import IllegalTransition
from ckanext.hokkaido_inventory.logic import refusal_people, refusal_round, refusal_transfer
from ckanext.hokkaido_inventory.logic.names import day, name_of

__all__ = ["day", "name_of", "no_such_response", "said", "sentence"]


def said(refusal: r.Refusal | IllegalTransition) -> dict[str, Any]:
    """Return the error dictionary of a refusal: under the field that can be mended, else under `message`."""
    field = _FIELDS.get(type(refusal), "message")
    return {field: [sentence(refusal)]}


def sentence(refusal: r.Refusal | IllegalTransition) -> str:
    """Return a refusal as one or two sentences in the language of the request."""
    return _SENTENCES[type(refusal)](refusal)


_FIELDS: dict[type[Exception], str] = {
    r.DeadlineInPast: "deadline",
    r.DelegateOutside: "to",
    r.NoUnits: "units",
    r.PeriodWrong: "ends_on",
    r.SignerMissing: "signer",
    r.RemarkMissing: "remark",
    r.KeyReused: "key",
    r.RowsNotLookedAt: "carried",
    r.UnknownUnits: "units",
    r.OpeningInPast: "planned_on",
    **refusal_people.FIELDS,
    **refusal_round.FIELDS,
    **refusal_transfer.FIELDS,
    r.SeedFileUnreadable: "upload",
}


def _survey_not_open(refusal: r.SurveyNotOpen) -> str:
    return tk._(
        "The survey takes no answers and no reviews now (it is “%(state)s”). If something must still be changed, ask "
        "the survey office to reopen it."
    ) % {"state": name_of(SurveyState(refusal.state).wording)}


def _deadline_passed(refusal: r.DeadlinePassed) -> str:
    return tk._(
        "The deadline (%(deadline)s) has passed, so answers cannot be changed any more. Ask the survey office to "
        "extend the deadline of your unit."
    ) % {"deadline": day(refusal.deadline)}


def _deadline_in_past(refusal: r.DeadlineInPast) -> str:
    return tk._("The deadline (%(deadline)s) is over already. Choose today or a later day.") % {
        "deadline": day(refusal.deadline)
    }


def _response_locked(refusal: r.ResponseLocked) -> str:
    return tk._(
        "The answers are “%(state)s”, so they cannot be changed. If something must be corrected, ask the approver to "
        "return them."
    ) % {"state": name_of(ResponseState(refusal.state).wording)}


def _stale(_refusal: r.StaleVersion) -> str:
    return tk._(
        "Somebody changed the answers after you opened them. Nothing was saved. Open the page again, look at what "
        "changed, and repeat what you were about to do."
    )


def _own_submission(_refusal: r.OwnSubmission) -> str:
    return tk._("You submitted these answers yourself. Ask another approver of the unit to approve them.")


def _own_endorsement(_refusal: r.OwnEndorsement) -> str:
    return tk._(
        "You approved these answers in the unit yourself. Ask a colleague of the survey office to confirm them."
    )


def _period_wrong(_refusal: r.PeriodWrong) -> str:
    return tk._(
        "The last day must not be over, nor lie before the first day, nor more than a year after it. Choose the days "
        "again."
    )


def _delegate_outside(_refusal: r.DelegateOutside) -> str:
    return tk._("Choose a colleague who is a member of the unit. Ask the survey office to add a person first.")


def _nothing_entered(_refusal: r.NothingEntered) -> str:
    return tk._(
        "Nothing is entered yet. Enter the data your unit holds, or declare that it holds none and sign with your name."
    )


def _signer_missing(_refusal: r.SignerMissing) -> str:
    return tk._("Write the name of the person who declares that the unit holds no data.")


def _rows_beside_none(refusal: r.RowsBesideNoneHeld) -> str:
    return tk._(
        "You declare that the unit holds no data, but %(count)d rows are entered. Delete the rows, or submit without "
        "that declaration."
    ) % {"count": refusal.count}


def _rows_incomplete(refusal: r.RowsIncomplete) -> str:
    return tk._("These rows have no name yet: %(numbers)s. Write the name of the data, or delete the rows.") % {
        "numbers": tk._(", ").join(str(number) for number in refusal.numbers)
    }


def _rows_not_looked_at(refusal: r.RowsNotLookedAt) -> str:
    return tk.ungettext(
        "{count} row of the last round has not been looked at yet. Choose “Unchanged”, “Edit” or “Gone” for it, or say "
        "for all at once that nothing changed.",
        "{count} rows of the last round have not been looked at yet. Choose “Unchanged”, “Edit” or “Gone” for each, or "
        "say for all at once that nothing changed.",
        refusal.count,
    ).format(count=refusal.count)


def _gone_but_new(refusal: r.GoneButNew) -> str:
    return tk._("These rows were entered in this round: %(numbers)s. Take them out instead of calling them gone.") % {
        "numbers": tk._(", ").join(str(number) for number in refusal.numbers)
    }


def _key_reused(_refusal: r.KeyReused) -> str:
    return tk._("This key belongs to another request. Give every request a key of its own.")


def _remark_missing(_refusal: r.RemarkMissing) -> str:
    return tk._("Write at least one remark that tells the unit what to correct.")


def _unknown_row(_refusal: r.UnknownRow) -> str:
    return tk._("A row that was meant does not belong to these answers. Open the page again and choose the row there.")


def _no_units(_refusal: r.NoUnits) -> str:
    return tk._("Choose at least one unit that shall answer.")


def _units_fixed(_refusal: r.UnitsFixed) -> str:
    return tk._(
        "The survey is open already: units can be added, but not taken away, and the fiscal year stays. To take a unit "
        "away, create a new survey."
    )


def _unknown_units(refusal: r.UnknownUnits) -> str:
    return tk._("There is no organisation with this name: %(names)s. Choose the units from the list.") % {
        "names": tk._(", ").join(refusal.names)
    }


def _not_open_data(refusal: r.NotOpenData) -> str:
    return tk._(
        "This data is published as “%(decision)s”. Only data that can be opened becomes a dataset; correct the answer "
        "in the next survey if that is wrong."
    ) % {"decision": name_of(Decision(refusal.decision).wording)}


def _not_listed_for_all(_refusal: r.NotListedForAll) -> str:
    return tk._(
        "This data is not in the public list, so no dataset is made of it. Change “How it is listed” in the next "
        "survey if it may be known to all."
    )


def _opening_in_past(refusal: r.OpeningInPast) -> str:
    return tk._("The day of opening (%(day)s) is over already. Choose today or a later day.") % {
        "day": day(refusal.day)
    }


def _nothing_to_open(_refusal: r.NothingToOpen) -> str:
    return tk._(
        "This data is published as one that cannot be opened, so no opening can be planned. Correct the answer in the "
        "next survey if that is wrong."
    )


def _seed_file_unreadable(refusal: r.SeedFileUnreadable) -> str:
    if refusal.code == "not_a_list":
        return tk._(
            "No column for the name of the data was found. Send a list of open data (オープンデータ一覧) with its "
            "headings, or take the file in as your own spreadsheet."
        )
    if refusal.code == "not_a_scan":
        return tk._("This is not the result of a folder scan. Run the scan with --json and send the file it wrote.")
    known = next((kind.message for kind in FILE_KINDS if kind.code == refusal.code and "%" not in kind.message), None)
    said = tk._(known) if known else tk._("The file cannot be read.")
    return f"{said} " + tk._("Save it as CSV or as an Excel workbook (.xlsx) and send that.")


def _nothing_approved(_refusal: r.NothingApproved) -> str:
    return tk._(
        "No unit's answers are approved yet, so there is nothing to publish. Reopen the survey and have them approved."
    )


def _training(_refusal: r.SurveyIsTraining) -> str:
    return tk._(
        "This is a training round, and training rounds are never published. Archive it when the training is over."
    )


def _office_missing(_refusal: r.OfficeMissing) -> str:
    return tk._(
        "No survey office is set (office_organization), so nobody would own the published list. Ask the administrator "
        "of the portal to set it."
    )


def _illegal(refusal: IllegalTransition) -> str:
    if isinstance(refusal.state, SurveyState):
        return tk._(
            "This is not possible while the survey is “%(state)s”. Open the page again to see what can be done."
        ) % {"state": name_of(refusal.state.wording)}
    if isinstance(refusal.state, IntakeState):
        return tk._("This file is done with (“%(state)s”). Upload it once more if it is to be taken in.") % {
            "state": name_of(refusal.state.wording)
        }
    state = ResponseState(refusal.state)
    if refusal.act in (ResponseAct.APPROVE, ResponseAct.ENDORSE, ResponseAct.RETURN):
        return tk._("The answers are “%(state)s”: there is nothing to review. Wait until the unit submits them.") % {
            "state": name_of(state.wording)
        }
    return _response_locked(r.ResponseLocked(state))


_SENTENCES: dict[type[Exception], Callable[[Any], str]] = {
    r.SurveyNotOpen: _survey_not_open,
    r.DeadlinePassed: _deadline_passed,
    r.DeadlineInPast: _deadline_in_past,
    r.ResponseLocked: _response_locked,
    r.StaleVersion: _stale,
    r.OwnEndorsement: _own_endorsement,
    r.OwnSubmission: _own_submission,
    r.PeriodWrong: _period_wrong,
    r.DelegateOutside: _delegate_outside,
    r.NothingEntered: _nothing_entered,
    r.NothingApproved: _nothing_approved,
    r.OfficeMissing: _office_missing,
    r.SurveyIsTraining: _training,
    r.SignerMissing: _signer_missing,
    r.RowsBesideNoneHeld: _rows_beside_none,
    r.RowsIncomplete: _rows_incomplete,
    r.RowsNotLookedAt: _rows_not_looked_at,
    r.GoneButNew: _gone_but_new,
    r.KeyReused: _key_reused,
    r.RemarkMissing: _remark_missing,
    r.UnknownRow: _unknown_row,
    r.NoUnits: _no_units,
    r.UnitsFixed: _units_fixed,
    r.UnknownUnits: _unknown_units,
    r.NotListedForAll: _not_listed_for_all,
    r.NotOpenData: _not_open_data,
    r.NothingToOpen: _nothing_to_open,
    r.OpeningInPast: _opening_in_past,
    r.SeedFileUnreadable: _seed_file_unreadable,
    IllegalTransition: _illegal,
    **refusal_people.SENTENCES,
    **refusal_round.SENTENCES,
    **refusal_transfer.SENTENCES,
}


def no_such_response() -> tk.ObjectNotFound:
    """Return the answer to whoever may not know of a unit's response, whether there is one or not."""
    return tk.ObjectNotFound(
        tk._("The answers of this unit were not found. Check the survey and the unit, or ask the survey office.")
    )
