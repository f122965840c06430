"""Who may know that a holding exists (design D19)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from ckanext.hokkaido_inventory.domain.wording import Wording

__all__ = ["Listing", "listing_of"]


class Listing(StrEnum):
    """How a holding appears in the published inventory.

    `public` is shown to all, `staff` to the staff of any unit, `withheld` only as a number with its reason: the title
    itself would tell too much.
    """

    PUBLIC = "public"
    STAFF = "staff"
    WITHHELD = "withheld"

    @property
    def wording(self) -> Wording:
        """Return the name of the level."""
        return _WORDING[self]


_WORDING = {
    Listing.PUBLIC: Wording("公開の一覧に載せる", "Listed for all"),
    Listing.STAFF: Wording("庁内の職員だけに見せる", "Listed for staff only"),
    Listing.WITHHELD: Wording("データ名を伏せ、件数と理由だけ載せる", "Counted with its reason, name withheld"),
}


def listing_of(answers: Mapping[str, object]) -> Listing:
    """Return the level of a row; what is not answered is listed for all, as the survey announces."""
    value = answers.get("listing")
    return Listing(value) if value in list(Listing) else Listing.PUBLIC
