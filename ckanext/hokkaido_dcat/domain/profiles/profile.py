"""What a profile of the feed consists of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ckanext.hokkaido_dcat.domain.graph import Graph
from ckanext.hokkaido_dcat.domain.mapping import Lookup, Mapping

__all__ = ["Derive", "Profile", "Sources"]


@dataclass(frozen=True, slots=True)
class Sources:
    """What a profile reads beside the dataset.

    :ivar base: IRI of the catalogue, without a slash at its end.
    :ivar lookup: reads the vocabularies.
    """

    base: str
    mapping: Mapping
    lookup: Lookup


#: (sources, fields of the dataset or catalogue, what DCAT-AP 3 says of it) -> what this profile says of it.
#: The given graph belongs to another profile and is never changed.
Derive = Callable[[Sources, dict[str, Any], Graph], Graph]


@dataclass(frozen=True, slots=True)
class Profile:
    """A way to say what a dataset is, served apart from the others.

    :ivar name: in addresses (`?profile=`) and in the store.
    :ivar standard: IRI of the profile; one that begins with `#` is under the portal's own address.
    :ivar aliases: other names under which it may be asked for.
    :ivar label: for people.
    """

    name: str
    standard: str
    aliases: tuple[str, ...]
    label: str
    dataset: Derive
    catalog: Derive

    def iri(self, base: str) -> str:
        """Return the IRI of the profile, as `Accept-Profile`, `Content-Profile` and links name it.

        :param base: IRI of the catalogue, without a slash at its end.
        """
        return f"{base}/{self.standard}" if self.standard.startswith("#") else self.standard
