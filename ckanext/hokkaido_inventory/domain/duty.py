"""Duties of people in the survey, the pieces of work they give minutes for, and what becomes of units."""

from __future__ import annotations

from enum import StrEnum

from ckanext.hokkaido_inventory.domain.wording import Wording

__all__ = ["Duty", "SuccessionKind", "Work"]


class Duty(StrEnum):
    """What a person does for a unit in the survey; `role` is the role in CKAN that goes with it."""

    COORDINATOR = "coordinator"
    APPROVER = "approver"
    RESPONDENT = "respondent"
    DEPUTY = "deputy"

    @property
    def wording(self) -> Wording:
        """Return the name of the duty."""
        return _DUTIES[self]

    @property
    def role(self) -> str:
        """Return the role in CKAN's organisation."""
        return "admin" if self in (Duty.COORDINATOR, Duty.APPROVER) else "editor"


_DUTIES = {
    Duty.COORDINATOR: Wording("とりまとめ担当", "Coordinator"),
    Duty.APPROVER: Wording("承認者", "Approver"),
    Duty.RESPONDENT: Wording("回答者", "Respondent"),
    Duty.DEPUTY: Wording("副担当", "Deputy"),
}


class Work(StrEnum):
    """A piece of work that minutes are given for."""

    ANSWERING = "answering"
    REVIEWING = "reviewing"
    PUBLISHING = "publishing"

    @property
    def wording(self) -> Wording:
        """Return the name of the work."""
        return _WORKS[self]


_WORKS = {
    Work.ANSWERING: Wording("回答", "Answering"),
    Work.REVIEWING: Wording("確認・承認", "Review"),
    Work.PUBLISHING: Wording("公開", "Publishing"),
}


class SuccessionKind(StrEnum):
    """What became of a unit in a reorganisation."""

    MERGED = "merged"
    SPLIT = "split"
    RENAMED = "renamed"

    @property
    def wording(self) -> Wording:
        """Return the name of what happened."""
        return _SUCCESSIONS[self]


_SUCCESSIONS = {
    SuccessionKind.MERGED: Wording("統合", "Merged"),
    SuccessionKind.SPLIT: Wording("分割", "Split"),
    SuccessionKind.RENAMED: Wording("名称変更", "Renamed"),
}
