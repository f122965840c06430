"""Walking a table of legal transitions."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

__all__ = ["IllegalTransition", "follow"]

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)


class IllegalTransition(Exception):
    """An act that the present state does not allow; `state`, `act` and the `allowed` acts say what and what instead."""

    def __init__(self, state: StrEnum, act: StrEnum, allowed: tuple[StrEnum, ...]) -> None:
        super().__init__(f"{act} is not possible in state {state}")
        self.state = state
        self.act = act
        self.allowed = allowed


def follow(table: Mapping[tuple[S, A], S], state: S, act: A) -> S:
    """Return the state that `act` leads to; raise IllegalTransition if the table does not hold it."""
    if (state, act) not in table:
        raise IllegalTransition(state, act, tuple(possible for (start, possible) in table if start == state))
    return table[state, act]
