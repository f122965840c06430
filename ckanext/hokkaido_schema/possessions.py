"""What else than datasets a person or a section may own: plugins that keep such things register a finder (D21)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ckanext.hokkaido_core.domain.registry import Registry

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["POSSESSIONS", "Possession", "PossessionKind"]


@dataclass(frozen=True, slots=True)
class Possession:
    """One thing that somebody must take over, and where it is done."""

    title: str
    organization_id: str
    url: str
    note: str = ""


#: Given the session, the organisations (nothing for all) and a person (nothing for whoever), return what there is.
Finder = Callable[["Session", Collection[str] | None, str | None], list[Possession]]


@dataclass(frozen=True, slots=True)
class PossessionKind:
    """A kind of things: its heading in the language of the page, what to do about them, and the finder."""

    label: Callable[[], str]
    advice: Callable[[], str]
    find: Finder


POSSESSIONS: Registry[PossessionKind] = Registry()
