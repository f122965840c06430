"""Why a holding is taken out of the public list."""

from __future__ import annotations

from enum import StrEnum

from ckanext.hokkaido_inventory.domain.wording import Wording

__all__ = ["WithdrawalReason"]


class WithdrawalReason(StrEnum):
    """A code, because the trail keeps no words."""

    NAME_TELLS_TOO_MUCH = "name_tells_too_much"
    PERSONAL_INFORMATION = "personal_information"
    RIGHTS = "rights"
    MISTAKE = "mistake"
    OTHER = "other"

    @property
    def wording(self) -> Wording:
        """Return the name of the reason."""
        return _WORDING[self]


_WORDING = {
    WithdrawalReason.NAME_TELLS_TOO_MUCH: Wording(
        "データ名や説明で知らせすぎている", "Name or description tells too much"
    ),
    WithdrawalReason.PERSONAL_INFORMATION: Wording("個人情報が書かれている", "It mentions persons"),
    WithdrawalReason.RIGHTS: Wording("第三者の権利に関わる", "Rights of third parties"),
    WithdrawalReason.MISTAKE: Wording("誤って公開した", "Published by mistake"),
    WithdrawalReason.OTHER: Wording("その他", "Other"),
}
