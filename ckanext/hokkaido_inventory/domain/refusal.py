"""What the rules of a survey can refuse; the actions put each into words once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

__all__ = [
    "DeadlineInPast",
    "DeadlinePassed",
    "DelegateOutside",
    "GoneButNew",
    "KeyReused",
    "NoUnits",
    "NotListedForAll",
    "NotOpenData",
    "NothingApproved",
    "NothingEntered",
    "NothingToOpen",
    "OfficeMissing",
    "OpeningInPast",
    "OwnEndorsement",
    "OwnSubmission",
    "PeriodWrong",
    "Refusal",
    "RemarkMissing",
    "ResponseLocked",
    "RowsBesideNoneHeld",
    "RowsIncomplete",
    "RowsNotLookedAt",
    "SeedFileUnreadable",
    "SignerMissing",
    "StaleVersion",
    "SurveyIsTraining",
    "SurveyNotOpen",
    "UnitsFixed",
    "UnknownRow",
    "UnknownUnits",
]


class Refusal(Exception):
    """A rule forbids this now; nothing was changed."""


class SurveyNotOpen(Refusal):
    """The survey takes no answers in its present state."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class DeadlinePassed(Refusal):
    """The last day for answers is over."""

    def __init__(self, deadline: date) -> None:
        super().__init__(deadline)
        self.deadline = deadline


class DeadlineInPast(Refusal):
    """A deadline that is over already was asked for."""

    def __init__(self, deadline: date) -> None:
        super().__init__(deadline)
        self.deadline = deadline


class ResponseLocked(Refusal):
    """The response is submitted or approved, so its rows stand still."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class StaleVersion(Refusal):
    """Somebody changed what was read in the meantime."""

    def __init__(self, given: int, current: int) -> None:
        super().__init__(given, current)
        self.given = given
        self.current = current


class OwnSubmission(Refusal):
    """Who submitted may not approve."""


class OwnEndorsement(Refusal):
    """Who approved in the unit may not confirm for the office."""


class PeriodWrong(Refusal):
    """A delegation was to be over already, to end before it begins, or to last too long."""


class DelegateOutside(Refusal):
    """The right to approve was to be lent to oneself or to somebody who is not of the unit."""


class NothingEntered(Refusal):
    """Nothing is entered, and nobody signed that nothing is held."""


class NothingApproved(Refusal):
    """A round in which no unit is approved was to be published."""


class SurveyIsTraining(Refusal):
    """A round for practice was to be published."""


class OfficeMissing(Refusal):
    """No organisation runs the surveys, so nobody would own the published list."""


class SignerMissing(Refusal):
    """Nobody signed that nothing is held."""


class RowsBesideNoneHeld(Refusal):
    """None held, and yet there are rows."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class RowsIncomplete(Refusal):
    """Rows lack what is demanded of every row."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(numbers)
        self.numbers = tuple(numbers)


class RowsNotLookedAt(Refusal):
    """Rows that were carried over from the last round have not been looked at."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class GoneButNew(Refusal):
    """Rows that were entered in this round were called gone."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(numbers)
        self.numbers = tuple(numbers)


class KeyReused(Refusal):
    """A key that belongs to one request was given to another."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class RemarkMissing(Refusal):
    """A response was returned without a word why."""


class UnknownRow(Refusal):
    """A remark or a number points to a row that this response does not have."""


class NoUnits(Refusal):
    """A survey without units cannot be opened."""


class UnitsFixed(Refusal):
    """Units and year of a survey stand once it is open; units may only be added."""


class UnknownUnits(Refusal):
    """These names are no organisations."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(names)
        self.names = tuple(names)


class NotOpenData(Refusal):
    """The published decision of this holding is not 公開可能."""

    def __init__(self, decision: str) -> None:
        super().__init__(decision)
        self.decision = decision


class NotListedForAll(Refusal):
    """The holding is not listed for all, so a dataset would tell what the list keeps back."""


class OpeningInPast(Refusal):
    """A day that is over was given as the day on which a holding is to be opened."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


class NothingToOpen(Refusal):
    """A day of opening was given for a holding that is published as one that cannot be opened."""


class SeedFileUnreadable(Refusal):
    """The file from which rows were to be drafted is of another kind; `code` says what it is or what is missing."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
