"""Fixed names in the two languages of the portal, and the mark for sentences of the message catalogue."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["N_", "Wording"]


@dataclass(frozen=True, slots=True)
class Wording:
    """Hold one name in Japanese and English; workbooks need the Japanese one where no request has a language."""

    ja: str
    en: str

    def of(self, lang: str | None) -> str:
        """Return the name for a language tag such as `ja` or `en_GB`; anything but English is given Japanese."""
        return self.en if (lang or "ja").startswith("en") else self.ja

    def __str__(self) -> str:
        return self.ja


def N_(message: str) -> str:  # noqa: N802  The name is what the extraction of messages looks for.
    """Mark a sentence for the message catalogue without translating it yet."""
    return message
