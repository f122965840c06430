"""What a source of drafted rows is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import Registry
from ckanext.hokkaido_inventory.domain.answer_values import AnswerFault, read_answer
from ckanext.hokkaido_inventory.domain.questions import QUESTIONS
from ckanext.hokkaido_inventory.domain.seed import Seed
from ckanext.hokkaido_schema.shared import vocabulary

__all__ = ["ALL_NO", "SOURCES", "Asked", "Source", "asked_by", "fitting", "frequency_of"]

#: What follows for data that is public already: nothing has kept it from being opened.
ALL_NO = {
    "personal_information": "no",
    "specific_personal_information": "no",
    "sensitive_personal_information": "no",
    "anonymised_release_requested": "no",
    "harm_to_order_or_rights": "no",
    "legal_restriction": "no",
    "publication_status": "published",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom rows are drafted, and the file that was handed in."""

    unit_id: str
    title: str
    code: str
    content: bytes = b""
    filename: str = ""


class Source(Protocol):
    """Somewhere that rows can be drafted from; `takes_file` says whether a file must be handed in."""

    takes_file: bool

    def seeds(self, session: Session, asked: Asked) -> list[Seed]:
        """Return the rows; raise `SeedFileUnreadable` for a file of another kind."""
        ...


SOURCES: Registry[Source] = Registry()


def asked_by(session: Session, unit_id: str, content: bytes, filename: str) -> Asked:
    """Return for whom is asked: the unit with its title and, of a municipality, its code."""
    group: sa.Table = model.Group.__table__
    row = session.execute(
        sa.select(group.c.title, group.c.name, group.c.extras["code"].astext).where(group.c.id == unit_id)
    ).one()
    return Asked(unit_id, row[0] or row[1], row[2] or "", content, filename)


def fitting(answers: dict[str, Any]) -> dict[str, Any]:
    """Return the answers that their questions take; long texts are cut, the rest is left to people."""
    codes = {
        question.vocabulary: vocabulary(question.vocabulary).codes for question in QUESTIONS if question.vocabulary
    }
    found: dict[str, Any] = {}
    for question in QUESTIONS:
        value = answers.get(question.key)
        if isinstance(value, str):
            value = value[: question.max_length]
        try:
            found[question.key] = read_answer(question, value, codes)
        except AnswerFault:
            continue
    return {key: value for key, value in found.items() if value is not None}


def frequency_of(text: str | None) -> str:
    """Return the code of the frequency that a text means, else the text as it is."""
    words = (text or "").strip()
    match = next(
        (item for item in vocabulary("frequencies") if words in (item.code, item.ja, item.en, *item.get("also", ()))),
        None,
    )
    return match.code if match else words
