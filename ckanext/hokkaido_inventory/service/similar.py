"""Rows of different units that look alike: groups over a whole survey, and the likes of one holding."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan import model
from rapidfuzz import fuzz
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.domain.audit import Change
from ckanext.hokkaido_inventory.domain.similar import ALIKE, Likeness, Profile, grouped, likeness, profile
from ckanext.hokkaido_inventory.model import Answer, Holding, Published, Response, Similar
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_inventory.service.visibility import answers_visible_to, published

__all__ = ["Alike", "Member", "likes_of", "members", "search", "stored"]

#: A search keeps so many groups, and so many rows of each.
MOST_GROUPS = 300
MOST_MEMBERS = 60
#: So many likes of one holding are shown, out of so many that share the most pairs of characters with it.
MOST_LIKES = 10
LOOKED_AT = 300
_STEPS = 3
_MOST_PAIRS = 12
#: Pairs of characters that say nothing of what the data is about.
_EMPTY_PAIRS = frozenset(
    {"一覧", "台帳", "名簿", "デー", "ータ", "リス", "スト", "情報", "調査", "統計", "資料", "結果"}
)


@dataclass(frozen=True, slots=True)
class Member:
    """A row of a group."""

    answer_id: str
    holding_id: str
    unit_id: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Alike:
    """A holding of another unit that looks like the one asked for."""

    holding_id: str
    unit_id: str
    number: int
    title: str
    likeness: Likeness


def search(session: Session, survey_id: str, *, at: datetime, progress: Callable[[int, int], None]) -> int:
    """Compare all rows of a survey, keep the groups that were found, and return their number.

    The caller answers for who may see the result: it speaks of every unit.
    """
    profiles = list(_profiles(session, survey_id))
    progress(1, _STEPS)
    groups = [_stored(found, group) for found, group in grouped(profiles, fuzz.ratio)[:MOST_GROUPS]]
    progress(2, _STEPS)
    values = {"groups": groups, "rows": len(profiles), "found_at": at}
    session.execute(
        insert(Similar)
        .values(survey_id=survey_id, **values)
        .on_conflict_do_update(index_elements=["survey_id"], set_=values)
    )
    progress(_STEPS, _STEPS)
    return len(groups)


def stored(session: Session, survey_id: str) -> Similar | None:
    """Return what the last search over a survey found."""
    return session.get(Similar, survey_id)


def members(session: Session, viewer: Viewer, answer_ids: Iterable[str]) -> dict[str, Member]:
    """Return rows by id as they are now, as far as the viewer may know of them."""
    found = answers_visible_to(viewer).where(Answer.id.in_(list(answer_ids)))
    rows = session.execute(
        found.with_only_columns(Answer.id, Answer.holding_id, Holding.unit_id, Holding.number, Answer.title)
    )
    return {row[0]: Member(*row) for row in rows}


def likes_of(session: Session, viewer: Viewer, holding: Holding) -> list[Alike]:
    """Return holdings of other units that look like one of the viewer's, the likest first.

    The survey office compares with the rows of the same round; a unit's people with what is published for the staff, so
    that nothing of another unit's unfinished answers is told (AZ-05).
    """
    own = _own(session, viewer, holding)
    if own is None:
        return []
    answer, mine = own
    rows = _answers_like(session, viewer, answer) if viewer.runs_surveys else _published_like(session, viewer, answer)
    found = []
    for holding_id, unit_id, number, title, answers, unit_title in rows:
        if unit_id == holding.unit_id:
            continue
        other = profile(holding_id, unit_id, title, unit_title=unit_title, answers=answers)
        like = likeness(mine, other, fuzz.ratio(mine.title, other.title))
        if like.score >= ALIKE:
            found.append(Alike(holding_id, unit_id, number, title, like))
    return sorted(found, key=lambda one: (-one.likeness.score, one.unit_id, one.number))[:MOST_LIKES]


def _profiles(session: Session, survey_id: str) -> Iterable[Profile]:
    rows = session.execute(
        sa.select(Answer.id, Holding.unit_id, Answer.title, _unit_title(), Answer.answers)
        .join(Response, Response.id == Answer.response_id)
        .join(Holding, Holding.id == Answer.holding_id)
        .join(_groups(), _groups().c.id == Holding.unit_id)
        .where(Response.survey_id == survey_id, Answer.change != Change.GONE)
        .order_by(Answer.id)
    )
    return (
        profile(answer_id, unit_id, title, unit_title=unit_title, answers=answers)
        for answer_id, unit_id, title, unit_title, answers in rows
    )


def _stored(found: Likeness, group: list[Profile]) -> dict[str, Any]:
    """Return a group as it is kept: one row of each unit first, so that no unit is cut off by a large one."""
    # The plainest name stands first: it is the one on which the others may agree.
    by_name = sorted(group, key=lambda one: (len(one.title), one.title, one.unit_id))
    firsts = {one.unit_id: one for one in reversed(by_name)}
    ordered = sorted(by_name, key=lambda one: firsts[one.unit_id] is not one)
    return {
        "score": found.score,
        "signs": [sign.value for sign in found.signs],
        "answers": [one.id for one in ordered[:MOST_MEMBERS]],
        "rows": len(group),
        "units": len(firsts),
    }


def _own(session: Session, viewer: Viewer, holding: Holding) -> tuple[Answer, Profile] | None:
    """Return the newest row on a holding that the viewer may know of."""
    found = answers_visible_to(viewer).where(Answer.holding_id == holding.id).order_by(Response.created_at.desc())
    answer = session.execute(found.limit(1)).scalar_one_or_none()
    if answer is None:
        return None
    title = session.scalar(sa.select(_unit_title()).where(_groups().c.id == holding.unit_id)) or ""
    return answer, profile(holding.id, holding.unit_id, answer.title, unit_title=title, answers=answer.answers)


def _answers_like(session: Session, viewer: Viewer, answer: Answer) -> sa.Result[Any]:
    """Select the rows of the same round that share the most pairs of characters with a title."""
    survey_id = sa.select(Response.survey_id).where(Response.id == answer.response_id).scalar_subquery()
    found = (
        answers_visible_to(viewer)
        .join(_groups(), _groups().c.id == Holding.unit_id)
        .where(Response.survey_id == survey_id, Answer.id != answer.id, Answer.change != Change.GONE)
        .with_only_columns(
            Answer.holding_id, Holding.unit_id, Holding.number, Answer.title, Answer.answers, _unit_title()
        )
    )
    return session.execute(_nearest(found, Answer.title, answer.title))


def _published_like(session: Session, viewer: Viewer, answer: Answer) -> sa.Result[Any]:
    """Select the published holdings that share the most pairs of characters with a title; the law is all they tell."""
    law = sa.func.jsonb_build_object("law", Published.law)
    found = (
        published(viewer)
        .join(_groups(), _groups().c.id == Published.unit_id)
        .with_only_columns(
            Published.holding_id, Published.unit_id, Published.number, Published.title, law, _unit_title()
        )
    )
    return session.execute(_nearest(found, Published.search_text, answer.title))


def _nearest(found: sa.Select[Any], column: Any, title: str) -> sa.Select[Any]:
    pairs = _pairs(title)
    shared = sum((sa.case((column.contains(pair, autoescape=True), 1), else_=0) for pair in pairs), sa.literal(0))
    least = max(1, len(pairs) // 3)
    return found.where(shared >= least).order_by(shared.desc(), sa.func.length(column)).limit(LOOKED_AT)


def _pairs(title: str) -> list[str]:
    key = comparison_key(title)
    pairs = list(dict.fromkeys(key[start : start + 2] for start in range(len(key) - 1)))
    telling = [pair for pair in pairs if pair not in _EMPTY_PAIRS]
    return (telling or pairs or [key])[:_MOST_PAIRS]


def _groups() -> sa.Table:
    return model.Group.__table__


def _unit_title() -> sa.ColumnElement[str]:
    group = _groups()
    return sa.func.coalesce(sa.func.nullif(group.c.title, ""), group.c.name)
