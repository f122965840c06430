"""Headings and the order of columns, as the recognised standard data set has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_standards.domain.definition import WHOLE, Column, Form
from ckanext.hokkaido_standards.domain.recognition import Dialect, Match, is_sure
from ckanext.hokkaido_standards.repair.draft import Draft
from ckanext.hokkaido_standards.repair.registry import REPAIRERS

__all__ = ["Headings"]

_ENGLISH, _LEGACY, _SPELLING, _ORDER = "set-english", "set-legacy", "set-spelling", "set-order"


@dataclass(frozen=True, slots=True)
class _Plan:
    """The columns of a table that the set knows, by place; the others follow them in their own order."""

    form: Form
    columns: Mapping[int, Column]
    order: tuple[int, ...]


class Headings:
    """Headings of the older form or in English become those of the current one, and columns get its order.

    It is done only when the table is then recognised as the same set in that form, with every heading as it is to be.
    """

    code = _SPELLING
    also = (_ENGLISH, _LEGACY, _ORDER)

    def repair(self, draft: Draft) -> None:
        match = draft.recognized(draft.headings)
        if not is_sure(match, draft.headings):
            return
        plan = next((plan for plan in _plans(match, draft) if _holds(draft, match, plan)), None)
        if plan is None:
            return
        rule = _rule(match, plan.form)
        for place, column in sorted(plan.columns.items()):
            if draft.headings[place] != column.heading:
                draft.rename(rule, place, column.heading)
        if plan.order != tuple(range(len(plan.order))):
            for new, old in enumerate(plan.order):
                if new != old:
                    draft.move(_ORDER, old, new)
            draft.arrange(plan.order)


def _rule(match: Match, form: Form) -> str:
    if match.dialect == Dialect.ENGLISH:
        return _ENGLISH
    is_older = match.form != form or (match.dialect == Dialect.LEGACY and form == Form.CURRENT)
    return _LEGACY if is_older else _SPELLING


def _plans(match: Match, draft: Draft) -> Iterator[_Plan]:
    """Yield what may be done, the best first."""
    if match.standard is None or match.form is None:
        return
    forms = [match.form]
    if match.form == Form.LEGACY and match.standard.proofs.get(Form.CURRENT) in WHOLE:
        forms.insert(0, Form.CURRENT)
    for form in forms:
        of_form = {column.concept.key: column for column in match.standard.forms[form]}
        known = {place: of_form[one.concept.key] for place, one in match.columns.items() if one.concept.key in of_form}
        rank = {column.concept.key: at for at, column in enumerate(match.standard.forms[form])}
        first = sorted(known, key=lambda place: rank[known[place].concept.key])
        rest = [place for place in range(draft.frame.width) if place not in known]
        yield _Plan(form, known, (*first, *rest))


def _holds(draft: Draft, match: Match, plan: _Plan) -> bool:
    """Say whether a table is recognised as what it is meant to be, once a plan was carried out."""
    headings = [_heading(draft, plan, old) for old in plan.order]
    keys = [comparison_key(heading) for heading in headings]
    renamed = [at for at, old in enumerate(plan.order) if headings[at] != draft.headings[old]]
    if any(keys.count(keys[at]) > 1 for at in renamed):
        return False
    again = draft.recognized(headings)
    if again.standard != match.standard or again.form != plan.form:
        return False
    told = {at: column.heading for at, column in again.columns.items()}
    return told == {at: plan.columns[old].heading for at, old in enumerate(plan.order) if old in plan.columns}


def _heading(draft: Draft, plan: _Plan, place: int) -> str:
    return plan.columns[place].heading if place in plan.columns else draft.headings[place]


REPAIRERS.add(Headings.code, Headings())
