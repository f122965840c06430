"""The acts that the audit trail of a survey knows."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Act", "Change"]


class Act(StrEnum):
    """What somebody did; an enum because the code acts on each, and a table could lose one."""

    SURVEY_CREATED = "survey_created"
    SURVEY_CHANGED = "survey_changed"
    SURVEY_OPENED = "survey_opened"
    SURVEY_CLOSED = "survey_closed"
    SURVEY_REOPENED = "survey_reopened"
    SURVEY_PUBLISHED = "survey_published"
    SURVEY_ARCHIVED = "survey_archived"
    RESPONSE_EXTENDED = "response_extended"
    RESPONSE_SUBMITTED = "response_submitted"
    RESPONSE_RETURNED = "response_returned"
    RESPONSE_APPROVED = "response_approved"
    ROW_ADDED = "row_added"
    ROW_CHANGED = "row_changed"
    ROW_DELETED = "row_deleted"
    WORKBOOK_IMPORTED = "workbook_imported"
    HOLDING_PROMOTED = "holding_promoted"
    HOLDING_WITHDRAWN = "holding_withdrawn"
    SURVEY_ROLLED_OVER = "survey_rolled_over"
    RESPONSE_ENDORSED = "response_endorsed"
    ROWS_CONFIRMED = "rows_confirmed"
    RESPONSE_MOVED = "response_moved"
    HOLDINGS_MOVED = "holdings_moved"
    OPENING_PLANNED = "opening_planned"
    PERSON_INVITED = "person_invited"
    PERSON_CHANGED = "person_changed"
    APPROVAL_DELEGATED = "approval_delegated"


class Change(StrEnum):
    """How an answer stands to the one of the round before; `carried` is one that nobody has looked at yet."""

    CARRIED = "carried"
    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    GONE = "gone"
