"""The Japanese profile: DCAT-GoJ (DS-469) on DCAT-AP 3, with the IMI core vocabulary beside it."""

from __future__ import annotations

from typing import Any

from ckanext.hokkaido_dcat.domain.graph import Graph
from ckanext.hokkaido_dcat.domain.profiles.profile import Profile, Sources

__all__ = ["PROFILE"]

STANDARD = "https://www.digital.go.jp/policies/data_strategy/#DS-469"


def _derive(_sources: Sources, _source: dict[str, Any], base: Graph) -> Graph:
    return base


PROFILE = Profile(
    name="dcat-goj",
    standard=STANDARD,
    aliases=("goj", "dcat-jp", "ja", "imi"),
    label="DCAT-GoJ",
    dataset=_derive,
    catalog=_derive,
)
