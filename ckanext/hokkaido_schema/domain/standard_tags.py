"""The tags by which Japanese aggregators that read no RDF find standard data sets.

BODIK's aggregator looks, through CKAN's API, for datasets under an open licence that have the common tag and the name
of the standard data set as another tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["STANDARD_TAG", "missing_tags", "tag_of"]

#: The tag of every standard data set.
STANDARD_TAG = "自治体標準ODS"


#: What CKAN refuses in a tag, such as the middle dot.
_NO_TAG = re.compile(r"[^\w .-]")


def tag_of(name: str) -> str:
    """Return the tag of a standard data set: its name without the signs that no tag of CKAN can hold."""
    return _NO_TAG.sub("", name)


def missing_tags(name: str, tags: Iterable[str]) -> list[str]:
    """Return the tags that a dataset of the standard with this name lacks, the common one first."""
    present = set(tags)
    return [tag for tag in (STANDARD_TAG, tag_of(name)) if tag not in present]
