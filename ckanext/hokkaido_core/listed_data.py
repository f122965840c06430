"""Which data organisations say that they hold, published or not: plugins that know add to it (design D21)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ckanext.hokkaido_core.domain.registry import Registry

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["LISTED", "Listed"]


@dataclass(frozen=True, slots=True)
class Listed:
    """Data that everybody may know of.

    :ivar url: path of the page that tells of it.
    """

    organization_id: str
    title: str
    url: str


#: Each gives what it knows, as far as that is for everybody.
LISTED: Registry[Callable[[Session], Iterable[Listed]]] = Registry()
