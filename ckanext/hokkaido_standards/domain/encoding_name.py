"""How people call the encodings of texts."""

from __future__ import annotations

__all__ = ["encoding_name"]

_NAMES = {
    "cp932": "Shift_JIS (CP932)",
    "euc_jp": "EUC-JP",
    "iso2022_jp_ext": "ISO-2022-JP",
    "utf-8-sig": "UTF-8 (BOM)",
}


def encoding_name(encoding: str) -> str:
    """Return what people call an encoding that Python knows under a name."""
    return _NAMES.get(encoding, encoding.upper())
