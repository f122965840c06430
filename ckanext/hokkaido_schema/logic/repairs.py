"""What validators mended in what somebody typed or sent, so that it can be shown to them.

CKAN hands each validator a copy of the action's context, so a repair is kept beside it: with whoever collects them, or
else with the request.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from typing import Any

from ckan.types import FlattenKey
from flask import g, has_request_context

__all__ = ["Repair", "collecting", "note", "noted"]

_OF_REQUEST = "hokkaido_repairs"


@dataclass(frozen=True, slots=True)
class Repair:
    """One value that was understood and is stored another way.

    :ivar field: name of the field; of a repeating field or a resource with its number, such as `contact.0.phone`.
    :ivar kind: `code`, `date`, `frequency` or `corporate_number`.
    """

    field: str
    before: str
    after: str
    kind: str


_collected: ContextVar[list[Repair] | None] = ContextVar("hokkaido_repairs", default=None)


@contextmanager
def collecting() -> Iterator[list[Repair]]:
    """Yield a list that gets the repairs of every action inside, in their order."""
    found: list[Repair] = []
    before = _collected.set(found)
    try:
        yield found
    finally:
        _collected.reset(before)


def note(key: FlattenKey, before: Any, after: Any, kind: str) -> None:
    """Remember a repair; the same value is none."""
    found = _collected.get()
    if found is None and has_request_context():
        found = g.setdefault(_OF_REQUEST, [])
    one = Repair(".".join(str(part) for part in key), str(before), str(after), kind)
    if found is not None and one.before != one.after and one not in found:
        found.append(one)


def noted() -> list[dict[str, str]]:
    """Return the repairs of this request that nobody collected, each as `field`, `before`, `after`, `kind`."""
    return [asdict(one) for one in (g.get(_OF_REQUEST) or ())] if has_request_context() else []
