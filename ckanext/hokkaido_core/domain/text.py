"""Text made comparable. What these functions return is for comparing and searching, never for storing or showing.

Names keep the characters their owner wrote: 髙 stays 髙 in the record, and only the key says that 高 is the same.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["comparison_key", "has_hidden_characters", "reading_key", "same_text"]

#: Variants that Unicode normalisation leaves apart and that people type for one another.
_VARIANTS = str.maketrans(
    {
        "髙": "高",
        "﨑": "崎",
        "𠮷": "吉",
        "邊": "辺",
        "邉": "辺",
        "澤": "沢",
        "濵": "浜",
        "濱": "浜",
        "齋": "斎",
        "齊": "斉",
        "廣": "広",
        "德": "徳",
        "櫻": "桜",
        "國": "国",
        "惠": "恵",
        "ヶ": "ケ",
        "ヵ": "カ",
        "〇": "○",
        "◯": "○",
        "〜": "~",
        "・": "",
        "･": "",
    }
)
_DASHES = re.compile(r"[‐‑‒–—―−ｰ]")
#: A long-vowel mark between digits or letters is a mistyped hyphen (０１１ー２３１).
_LONG_VOWEL_AS_HYPHEN = re.compile(r"(?<=[0-9a-z])ー(?=[0-9a-z])")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_ROUNDS = 4


@lru_cache(maxsize=4096)
def comparison_key(text: str) -> str:
    """Return a key under which two ways of writing the same words are equal.

    Width, case, blanks, dashes, variant characters, variation selectors and invisible characters do not count.
    Applying it to a key gives the same key.
    """
    key = text
    for _round in range(_ROUNDS):
        # Case folding can undo normalisation for a few letters, so both are repeated until nothing moves.
        folded = _fold(key)
        if folded == key:
            break
        key = folded
    return key


def _fold(text: str) -> str:
    text = _HIDDEN.sub("", _SELECTORS.sub("", text))
    text = unicodedata.normalize("NFKC", text).casefold().translate(_VARIANTS)
    text = _DASHES.sub("-", re.sub(r"\s+", "", text))
    return _LONG_VOWEL_AS_HYPHEN.sub("-", text)


def reading_key(text: str) -> str:
    """Return a key for readings: as `comparison_key`, and hiragana equals katakana."""
    return comparison_key(text).translate(_HIRAGANA).translate(_VARIANTS)


def same_text(one: str, other: str) -> bool:
    """Tell whether two texts say the same in other characters."""
    return comparison_key(one) == comparison_key(other)


def has_hidden_characters(text: str) -> bool:
    """Tell whether a text carries control, zero-width or direction characters that a reader cannot see."""
    return bool(_HIDDEN.search(text))
