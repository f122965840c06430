"""What siblings have found out about stored files, for those who tell of files elsewhere (design D21)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ckanext.hokkaido_core.domain.registry import Registry

__all__ = ["JUDGES", "LISTENERS", "Judgement", "judged_anew", "judgements"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found out about a file; nothing of it tells a value that stands in the file.

    :ivar standard: code of the standard data set (vocabulary `standard_datasets`) that it follows without a fault,
        blank where it follows none.
    :ivar page: path on this portal of the page about that standard; blank where there is none.
    :ivar stars: how open and readable its data are, 0 to 5 after the five stars of open data.
    :ivar wrong: number of places that are to be mended.
    """

    standard: str
    stars: int
    wrong: int
    page: str = ""


Judge = Callable[[Session, Collection[str]], Mapping[str, Judgement]]
Listener = Callable[[Session, Collection[str]], object]

#: Each returns what it knows of files, given the ids of resources; quick, for somebody waits for a save.
JUDGES: Registry[Judge] = Registry()
#: Each repeats what is judged elsewhere, and is told in whose files something else was found, by the ids of datasets.
LISTENERS: Registry[Listener] = Registry()


def judgements(session: Session, resource_ids: Collection[str]) -> dict[str, Judgement]:
    """Return what is known of files by the id of their resource; nothing while nobody judges any."""
    found: dict[str, Judgement] = {}
    for judge in JUDGES:
        found |= judge(session, resource_ids)
    return found


def judged_anew(session: Session, dataset_ids: Collection[str]) -> None:
    """Say, in the caller's transaction, that something else is known of the files of these datasets."""
    for listener in LISTENERS:
        listener(session, dataset_ids)
