"""What people give their minutes for; they are asked, never made to say."""

from __future__ import annotations

from enum import StrEnum

from ckanext.hokkaido_inventory.domain.wording import Wording

__all__ = ["MAX_MINUTES", "Work"]

#: One hundred hours: more than that is a slip of the finger.
MAX_MINUTES = 6000


class Work(StrEnum):
    """A piece of work in a round."""

    ANSWERING = "answering"
    REVIEWING = "reviewing"
    PUBLISHING = "publishing"

    @property
    def wording(self) -> Wording:
        """Return the name of the work."""
        return _WORDING[self]


_WORDING = {
    Work.ANSWERING: Wording("回答", "Answering"),
    Work.REVIEWING: Wording("確認・承認", "Reviewing"),
    Work.PUBLISHING: Wording("公開", "Publishing"),
}
