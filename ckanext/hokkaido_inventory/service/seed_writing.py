"""Writing drafted rows: each waits to be looked at, and none doubles what the unit has entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Act, Change
from ckanext.hokkaido_inventory.domain.row import Content
from ckanext.hokkaido_inventory.domain.seed import Seed, title_key, unique
from ckanext.hokkaido_inventory.model import Answer, Holding, Promotion, Response
from ckanext.hokkaido_inventory.service import answer as answers
from ckanext.hokkaido_inventory.service import holding as holdings
from ckanext.hokkaido_inventory.service import promotion
from ckanext.hokkaido_inventory.service.event import record_response
from ckanext.hokkaido_inventory.service.response import touch
from ckanext.hokkaido_inventory.service.seeding.source import fitting

__all__ = ["Draft", "drafts", "write"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A row as it would be stored; `present` when the response speaks of that data already."""

    seed: Seed
    content: Content
    present: bool
    holding_id: str | None = None


def drafts(session: Session, response: Response, seeds: Sequence[Seed]) -> list[Draft]:
    """Return what would become of each seed; a holding that is known from an earlier round or its dataset is found."""
    spoken = _titles_of_response(session, response)
    linked = _linked_holdings(session, response, [seed.package_id for seed in seeds if seed.package_id])
    known = _earlier_holdings(session, response)
    done = set(_holdings_of_response(session, response))
    found = []
    for seed in unique(seeds):
        holding_id = linked.get(seed.package_id or "") or known.get(title_key(seed.title))
        present = title_key(seed.title) in spoken or holding_id in done
        if holding_id and not present:
            done.add(holding_id)
        found.append(Draft(seed, _content(seed), present, holding_id))
    return found


def write(session: Session, response: Response, found: Sequence[Draft], *, actor_id: str | None, at: datetime) -> int:
    """Store the drafts that are new in a locked response, and return their number; nobody has looked at them yet."""
    fresh = [draft for draft in found if not draft.present]
    if not fresh:
        return 0
    added = iter(holdings.add(session, response.unit_id, sum(draft.holding_id is None for draft in fresh)))
    by_holding = {draft.holding_id or next(added).id: draft for draft in fresh}
    contents = {holding_id: draft.content for holding_id, draft in by_holding.items()}
    ids = answers.add_all(session, response, contents, actor_id=actor_id, at=at)
    session.execute(sa.update(Answer).where(Answer.id.in_(ids)).values(change=Change.CARRIED))
    _link(session, by_holding, actor_id)
    state = response.state
    touch(response, at)
    numbers = session.execute(
        sa.select(Holding.number).where(Holding.id.in_(by_holding)).order_by(Holding.number)
    ).scalars()
    record_response(session, response, Act.ROW_ADDED, actor_id, state, numbers=list(numbers), drafted=True)
    return len(ids)


def _content(seed: Seed) -> Content:
    values = fitting({**seed.answers, "title": seed.title, "description": seed.description})
    return Content().given(values)


def _link(session: Session, by_holding: dict[str, Draft], actor_id: str | None) -> None:
    """Link what came from a dataset with it, so that the holding is 公開済 as long as the dataset is public."""
    taken = set(session.execute(sa.select(Promotion.package_id)).scalars())
    for holding_id, draft in by_holding.items():
        package_id = draft.seed.package_id
        if package_id and package_id not in taken:
            holding = session.get_one(Holding, holding_id)
            promotion.link(session, holding, package_id, actor_id)


def _titles_of_response(session: Session, response: Response) -> set[str]:
    rows = session.execute(sa.select(Answer.title).where(Answer.response_id == response.id)).scalars()
    return {title_key(title) for title in rows}


def _holdings_of_response(session: Session, response: Response) -> list[str]:
    return list(session.execute(sa.select(Answer.holding_id).where(Answer.response_id == response.id)).scalars())


def _linked_holdings(session: Session, response: Response, package_ids: Sequence[str]) -> dict[str, str]:
    rows = session.execute(
        sa.select(Promotion.package_id, Promotion.holding_id)
        .join(Holding, Holding.id == Promotion.holding_id)
        .where(Promotion.package_id.in_(package_ids), Holding.unit_id == response.unit_id)
    )
    return dict(rows.tuples().all())


def _earlier_holdings(session: Session, response: Response) -> dict[str, str]:
    """Return the unit's holdings by the titles that earlier rounds gave them."""
    rows = session.execute(
        sa.select(Answer.title, Answer.holding_id)
        .join(Holding, Holding.id == Answer.holding_id)
        .where(Holding.unit_id == response.unit_id, Answer.response_id != response.id)
        .order_by(Answer.created_at)
    )
    return {title_key(title): holding_id for title, holding_id in rows}
