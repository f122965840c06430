"""What tests of files at other sites do and ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.tests import factories

from ckanext.hokkaido_core.shared import now, outbox
from ckanext.hokkaido_standards.jobs.linked import collect_recent, fetch_some
from ckanext.hokkaido_standards.model import LinkedFile
from ckanext.hokkaido_standards.service import linked

PORT = "012025,2,函館港,北海道函館市若松町1番,41.7727,140.7260,2階\r\n"


def publish(url: str, code: str = "012025", **fields: Any) -> dict[str, Any]:
    place = factories.Organization(code=code, title=f"市{code}", kind="municipality")
    given = {"title": "AED設置箇所一覧", "license_id": "CC-BY-4.0", "owner_org": place["id"], **fields}
    made = factories.Dataset(**{"resources": [{"url": url, "name": "AED", "format": "CSV"}], **given})
    return made | {"file": made["resources"][0]["id"]}


def fetched(*, at_once: bool = True) -> None:
    """Fetch what is due, as the clock does, and have told what was found."""
    collect_recent()
    if at_once:
        model.Session.execute(sa.update(LinkedFile).values(due_at=now(), asked_at=None))
        model.Session.commit()
    while fetch_some(8):
        model.Session.execute(sa.update(LinkedFile).values(asked_at=None))
        model.Session.commit()
    outbox.drain()


def taken(minutes: float = 0) -> list[linked.Taken]:
    """Take what is due some minutes from now, as a worker does before it asks."""
    found = linked.take(model.Session(), now() + timedelta(minutes=minutes), 8)
    model.Session.commit()
    return found


def passed(**time: float) -> None:
    """Let time go by: what was noted lies further back."""
    back = timedelta(**time)
    told = {one: getattr(LinkedFile, one) - back for one in ("failed_since", "not_there_since", "fetched_at")}
    model.Session.execute(sa.update(LinkedFile).values(told))
    model.Session.commit()


def names() -> set[str]:
    model.Session.rollback()
    found = tk.get_action("hokkaido_combined_search")({"user": "", "ignore_auth": False}, {"id": "08"})
    return {row["name"] for row in found["rows"]}


def report(resource_id: str) -> dict[str, Any]:
    model.Session.rollback()
    return tk.get_action("hokkaido_table_report_show")({"user": "", "ignore_auth": False}, {"id": resource_id})


def row_of(resource_id: str) -> LinkedFile:
    model.Session.rollback()
    found = linked.find(model.Session(), resource_id)
    assert found is not None
    return found
