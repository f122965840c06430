"""What a file is called, told from its name: without codes, dates, versions and the marks of copies."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["title_of_file"]

_ERA_DATE = r"(?:令和|平成|昭和|[RHS])(?:元|\d{1,2})(?:[年._-]\d{1,2}(?:[月._-]\d{1,2}日?)?|年度?)?(?:月)?"
_DATE = (
    rf"(?:(?:19|20)\d{{2}}(?:[年._-]?\d{{1,2}}(?:[月._-]?\d{{1,2}}日?)?|年度?)?(?:月)?|{_ERA_DATE})(?:現在|時点|末)?"
)
_VERSION = (
    r"(?:(?:最終|確定|公開|提出|修正|完成|新|旧)版?|(?:第?\d+|最新)版|v(?:er)?\.?\s?\d+(?:\.\d+)*"
    r"|コピー|のコピー|- ?コピー|copy|final|\(\d+\)|rev\.?\d*)"
)
_EDGE = r"[\s_\-‐・.,、()（）\[\]【】]*"
_LEADING = re.compile(
    rf"^{_EDGE}(?:\d{{5,6}}|\d{{1,4}}(?=[_\-.\s、．])|[a-z]{{0,3}}\d{{1,4}}[_\-.])[_\-.\s]*", re.IGNORECASE
)
_TRAILING = re.compile(rf"[\s_\-‐・.,、(（\[【]*(?:{_DATE}|{_VERSION})[\s)）\]】]*$", re.IGNORECASE)
_LEADING_DATE = re.compile(rf"^[\s(（\[【]*{_DATE}[\s_\-)）\]】・.]+", re.IGNORECASE)
_ROUNDS = 5


def title_of_file(name: str) -> str:
    """Return a name for the data in a file; the bare file name when nothing else would be left."""
    stem = unicodedata.normalize("NFC", name.rsplit("/", 1)[-1])
    stem = stem.rsplit(".", 1)[0] if "." in stem.lstrip(".") else stem
    title = stem
    for _round in range(_ROUNDS):
        shorter = _TRAILING.sub("", _LEADING.sub("", _LEADING_DATE.sub("", title)))
        if not _says_something(shorter) or shorter == title:
            break
        title = shorter
    return re.sub(r"[_\s]+", " ", title).strip(" -‐・.") or stem


def _says_something(title: str) -> bool:
    """Tell whether at least two characters are letters of a script: digits alone name nothing."""
    return sum(character.isalpha() for character in title) > 1
