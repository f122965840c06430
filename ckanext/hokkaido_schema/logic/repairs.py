"""What validators mended in what somebody typed or sent, so that it can be shown to them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from ckan.types import Context, FlattenKey

__all__ = ["Repair", "note", "noted"]

_IN_CONTEXT = "hokkaido_repairs"


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


def note(context: Context, key: FlattenKey, before: Any, after: Any, kind: str) -> None:
    """Remember a repair in the context of the action that validates; the same value is no repair."""
    if str(before) != str(after):
        field = ".".join(str(part) for part in key)
        found: Any = context.setdefault(_IN_CONTEXT, [])  # type: ignore[typeddict-item]
        one = Repair(field, str(before), str(after), kind)
        if one not in found:
            found.append(one)


def noted(context: Context) -> list[dict[str, str]]:
    """Return the repairs of an action, in their order, each as `field`, `before`, `after`, `kind`."""
    return [asdict(one) for one in context.get(_IN_CONTEXT, [])]  # type: ignore[attr-defined]
