"""Approval of a dataset by a second person."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["REQUIRED", "ApprovalState"]

#: What the field `approval` of an organisation says where a second person looks at each dataset.
REQUIRED = "required"


class ApprovalState(StrEnum):
    """What became of a request; a dataset that is returned may be asked for anew."""

    ASKED = "asked"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
