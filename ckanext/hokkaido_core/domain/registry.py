"""Where siblings meet (design D21): a plugin declares a registry, others add to it, what is absent shows nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

__all__ = ["AlreadyRegistered", "Registry"]

T = TypeVar("T")


class AlreadyRegistered(ValueError):
    """Two things of one registry claim the same name."""


class Registry(Generic[T]):
    """Things by name, in the order in which they were added."""

    def __init__(self) -> None:
        self._items: dict[str, T] = {}

    def add(self, name: str, item: T) -> T:
        """Add a thing and return it; raise `AlreadyRegistered` for a name that is taken by another thing."""
        if self._items.setdefault(name, item) is not item:
            raise AlreadyRegistered(name)
        return item

    def get(self, name: str) -> T | None:
        """Return the thing with this name, None when nobody added it."""
        return self._items.get(name)

    def __iter__(self) -> Iterator[T]:
        """Iterate over the things."""
        return iter(tuple(self._items.values()))
