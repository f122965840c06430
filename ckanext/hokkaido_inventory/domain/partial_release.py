"""Opening a part of what cannot be opened as a whole: leave columns out, aggregate, anonymise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ckanext.hokkaido_inventory.domain.disclosure import Decision, decide
from ckanext.hokkaido_inventory.domain.personal_columns import personal_columns, split_columns

__all__ = ["Suggestion", "Way", "suggestions"]


class Way(StrEnum):
    """How a part could be opened."""

    DROP = "drop"
    AGGREGATE = "aggregate"
    ANONYMISE = "anonymise"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way, with the columns to leave out and those that would remain."""

    way: Way
    columns: tuple[str, ...] = ()
    remaining: tuple[str, ...] = ()


#: Themes whose single records are about persons, while their numbers are what people ask for.
_COUNTED_THEMES = frozenset({"health", "welfare", "population", "education"})
_COUNTED = re.compile(
    "統計|調査|患者|健診|検診|健康|名簿|台帳|申請|給付|受給|相談|認定|届出|許可|利用者|加入者|人口|件数"
)
#: Columns whose combination points to a person are no gain: this many must remain.
_FEWEST_LEFT = 2
_IN_DOUBT = ("yes", "unclear")


def suggestions(title: str, answers: Mapping[str, object]) -> tuple[Suggestion, ...]:
    """Return the ways in which a part of a holding could probably be opened, the easiest first.

    Nothing is suggested for what can be opened anyway, nor against harm to public order or to rights, which no leaving
    out of personal columns would take away. A law that restricts the data as a whole leaves aggregation and
    anonymisation only.
    """
    if decide(answers) in (Decision.OPEN, Decision.INCOMPLETE) or answers.get("harm_to_order_or_rights") == "yes":
        return ()
    found = []
    if answers.get("legal_restriction") != "yes" and (dropped := _without_columns(answers)):
        found.append(dropped)
    if _can_be_counted(title, answers):
        found.append(Suggestion(Way.AGGREGATE))
    if answers.get("anonymised_release_requested") == "yes":
        found.append(Suggestion(Way.ANONYMISE))
    return tuple(found)


def _without_columns(answers: Mapping[str, object]) -> Suggestion | None:
    if answers.get("personal_information") not in _IN_DOUBT:
        return None
    headings = split_columns(str(answers.get("columns") or ""))
    personal = tuple(column.heading for column in personal_columns(headings))
    remaining = tuple(heading for heading in headings if heading not in personal)
    if not personal or len(remaining) < _FEWEST_LEFT:
        return None
    return Suggestion(Way.DROP, personal, remaining)


def _can_be_counted(title: str, answers: Mapping[str, object]) -> bool:
    personal = any(answers.get(key) in _IN_DOUBT for key in ("personal_information", "sensitive_personal_information"))
    law = "統計" in str(answers.get("law") or "") or "統計" in str(answers.get("reason_note") or "")
    return (personal or law) and bool(answers.get("theme") in _COUNTED_THEMES or _COUNTED.search(title))
