"""Looking at links: small portions by the clock, all links of one dataset when an editor asks."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.domain.japan_time import JAPAN
from ckanext.hokkaido_core.shared import http_policy, now, tasks
from ckanext.hokkaido_schema import config, probing
from ckanext.hokkaido_schema.domain.link_state import Look, Outcome, judged, waits
from ckanext.hokkaido_schema.domain.link_state import Standing as LinkStanding
from ckanext.hokkaido_schema.model import Link
from ckanext.hokkaido_schema.service import link as links

__all__ = ["CHECK", "check_portion", "collect_all", "collect_links", "look_at_due"]

#: Kind of the task that looks at the links of a dataset; its payload is `{"package": id}`.
CHECK = "schema.link_check"
#: Seconds between two requests to one host while somebody waits.
PAUSE = 1.0
#: So many datasets are read at a time when the links of all are looked for.
BATCH = 500


def collect_links() -> None:
    """Find the links of all datasets; a duty of the clock."""
    if config.check_links():
        collect_all()


def collect_all() -> None:
    """Find the links of all datasets, some at a time: neither memory nor a transaction grows with the portal."""
    session = model.Session()
    ids = links.datasets(session)
    for start in range(0, len(ids), BATCH):
        links.collect(session, ids[start : start + BATCH])
        session.commit()


def check_portion() -> int:
    """Look at a few links that are due, one a host, and return how many; a duty of the clock."""
    return look_at_due(config.link_portion()) if config.check_links() else 0


def look_at_due(limit: int) -> int:
    """Look at up to so many links that are due, one a host; nothing of the database is held meanwhile."""
    session = model.Session()
    return _look(session, links.due(session, now(), limit), now())


@tasks.runner(CHECK)
def check_dataset(running: tasks.Running) -> dict[str, Any]:
    """Look at all links of a dataset, one after the other, with a pause for each host."""
    session = model.Session()
    ids = links.ask_for(session, running.payload["package"], now())
    session.commit()
    before = ""
    for done, link_id in enumerate(ids):
        link = links.find(session, link_id)
        if link is None:
            continue
        if link.host and link.host == before:
            time.sleep(PAUSE)
        before = link.host
        _look(session, [link], now())
        running.progress(done + 1, len(ids))
    return {"links": len(ids)}


def _look(session: Session, found: Sequence[Link], at: datetime) -> int:
    addresses = {link.url: link for link in found if link.host}
    files = _resources(session, [link for link in found if not link.host])
    policy = http_policy()
    session.commit()
    looks = dict(zip(addresses, probing.look_at_all(list(addresses), policy), strict=True))
    day = at.astimezone(JAPAN).date()
    for link in found:
        resource = files.get(link.resource_id)
        look = looks[link.url] if link.host else probing.look_on_disk(resource) if resource else Look(0, "no-file")
        links.record(session, link, look, at=at, day=day)
        if link.host and judged(look) is Outcome.BUSY:
            links.put_off_host(session, link.host, at + waits(look, LinkStanding()))
    session.commit()
    return len(found)


def _resources(session: Session, found: Sequence[Link]) -> dict[str, dict[str, Any]]:
    resource: sa.Table = model.Resource.__table__
    wanted = sa.select(resource.c.id, resource.c.url, resource.c.url_type, resource.c.package_id).where(
        resource.c.id.in_([link.resource_id for link in found])
    )
    return {row.id: dict(row._mapping) for row in session.execute(wanted)}  # noqa: SLF001 - a public name of SQLAlchemy.
