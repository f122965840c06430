"""Reads datasets as they stand in the current transaction, many at once, without CKAN's own object cache.

CKAN's `package_show` runs every plugin's hooks and validators; the feed is written while an editor waits, and needs the
stored fields only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urlsplit

import sqlalchemy as sa
from ckan import model
from ckan.lib.munge import munge_filename
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.orm import Session

from ckanext.hokkaido_dcat.model import Entry
from ckanext.hokkaido_dcat.service import judged, links
from ckanext.hokkaido_dcat.service.rows import flat
from ckanext.hokkaido_dcat.service.statements import Composed
from ckanext.hokkaido_schema.shared import is_closed, withhold

__all__ = [
    "PUBLIC_TYPES",
    "SAVEPOINT",
    "add_links",
    "dataset_ids_of",
    "id_of",
    "is_organization",
    "is_public",
    "organization",
    "public_ids",
    "read",
    "read_held",
]

#: Types of package that the feed shows; an allow-list, so that a new type stays out until someone decides.
PUBLIC_TYPES = frozenset({"dataset"})

_package = model.package_table
_resource = model.resource_table
_group = model.group_table
_tag = model.tag_table
_package_tag = model.package_tag_table
_entry = Entry.__table__

_PACKAGE_FIELDS = (
    "id", "name", "title", "version", "url", "notes", "license_id", "type", "owner_org",
    "metadata_created", "metadata_modified", "private", "state", "extras",
)  # fmt: skip
_RESOURCE_FIELDS = (
    "id", "package_id", "url", "url_type", "format", "description", "hash", "name", "mimetype", "size",
    "created", "last_modified", "extras",
)  # fmt: skip


_ORGANIZATION_FIELDS = ("id", "name", "title", "description", "extras")

#: Name of the savepoint that `read_held` may set.
SAVEPOINT = "hokkaido_feed"

#: Ids of the datasets that are asked for.
_IDS = sa.cast(sa.bindparam("ids"), ARRAY(sa.Text))


def _row(table: sa.Table, fields: Iterable[str], **more: sa.ScalarSelect[Any]) -> sa.ColumnElement[Any]:
    """Return some columns of a row as one JSON object, times as ISO 8601 text."""
    parts: list[Any] = []
    for name in fields:
        column: Any = table.c[name]
        if isinstance(column.type, sa.DateTime):
            column = sa.func.to_char(column, sa.literal_column("'YYYY-MM-DD\"T\"HH24:MI:SS.US'"))
        elif name == "extras":
            # Not cast: PostgreSQL's own objects refuse signs that JSON text may hold.
            column = sa.type_coerce(column, sa.Text)
        parts += [sa.literal_column(f"'{name}'"), column]
    for name, value in more.items():
        parts += [sa.literal_column(f"'{name}'"), value]
    return sa.func.jsonb_build_object(*parts)


def _whole() -> sa.ColumnElement[str]:
    """Return a dataset with all that belongs to it, as one JSON object."""
    active = sa.literal_column("'active'")
    resources = sa.select(
        sa.func.jsonb_agg(aggregate_order_by(_row(_resource, _RESOURCE_FIELDS), _resource.c.position, _resource.c.id))
    ).where(_resource.c.package_id == _package.c.id, _resource.c.state == active)
    organization = sa.select(_row(_group, _ORGANIZATION_FIELDS)).where(
        _group.c.id == _package.c.owner_org, _group.c.is_organization, _group.c.state == active
    )
    tags = (
        sa.select(sa.func.jsonb_agg(aggregate_order_by(_tag.c.name, _tag.c.name)))
        .join_from(_package_tag, _tag, _tag.c.id == _package_tag.c.tag_id)
        .where(_package_tag.c.package_id == _package.c.id, _package_tag.c.state == active)
    )
    whole = _row(
        _package,
        _PACKAGE_FIELDS,
        resources=resources.scalar_subquery(),
        organization=organization.scalar_subquery(),
        tags=tags.scalar_subquery(),
    )
    return sa.cast(whole, sa.Text)


def _read_held() -> tuple[sa.Executable, sa.Executable]:
    """Return the statement that locks places of datasets, and the query of datasets and places."""
    locked = sa.select(_entry.c.dataset_id).where(_entry.c.dataset_id == sa.func.any(_IDS))
    wanted = sa.func.unnest(_IDS).table_valued("id").render_derived()
    place = sa.cast(sa.func.to_jsonb(sa.literal_column(_entry.name)), sa.Text)
    both = wanted.outerjoin(_package, _package.c.id == wanted.c.id).outerjoin(
        _entry, _entry.c.dataset_id == wanted.c.id
    )
    given = sa.case((_package.c.id.is_not(None), _whole())), sa.case((_entry.c.dataset_id.is_not(None), place))
    return locked.order_by(_entry.c.dataset_id).with_for_update(), sa.select(*given).select_from(both)


_READ = Composed(sa.select(_whole()).where(_package.c.id == sa.func.any(_IDS)))
_READ_HELD = Composed(*_read_held())
_READ_HELD_FROM_SAVEPOINT = Composed(sa.text(f"SAVEPOINT {SAVEPOINT}"), *_read_held())


def is_public(row: dict[str, Any]) -> bool:
    """Tell whether a dataset belongs in the feed."""
    return row["state"] == "active" and not row["private"] and (row["type"] or "dataset") in PUBLIC_TYPES


def _public() -> sa.ColumnElement[bool]:
    return sa.and_(
        _package.c.state == "active",
        sa.not_(sa.func.coalesce(_package.c.private, sa.false())),
        sa.func.coalesce(_package.c.type, "dataset").in_(PUBLIC_TYPES),
    )


def public_ids(session: Session) -> list[str]:
    """Return the ids of all datasets that belong in the feed, oldest first."""
    statement = sa.select(_package.c.id).where(_public()).order_by(_package.c.metadata_created, _package.c.id)
    return list(session.execute(statement).scalars())


def dataset_ids_of(session: Session, organization_id: str) -> list[str]:
    """Return the ids of the public datasets of an organisation."""
    statement = sa.select(_package.c.id).where(_public(), _package.c.owner_org == organization_id)
    return list(session.execute(statement.order_by(_package.c.id)).scalars())


def organization(session: Session | sa.Connection, name_or_id: str) -> dict[str, Any] | None:
    """Return the fields of an active organisation, or None."""
    found = _organizations(session, sa.or_(_group.c.id == name_or_id, _group.c.name == name_or_id))
    return next(iter(found.values()), None)


def id_of(session: Session, name_or_id: str) -> str | None:
    """Return the id of a dataset given by its id or name, in any state, or None."""
    found = sa.or_(_package.c.id == name_or_id, _package.c.name == name_or_id)
    return session.execute(sa.select(_package.c.id).where(found).limit(1)).scalar_one_or_none()


def is_organization(session: Session, organization_id: str, name_or_id: str) -> bool:
    """Tell whether a name or id is that of an organisation."""
    found = sa.and_(_group.c.id == organization_id, sa.or_(_group.c.id == name_or_id, _group.c.name == name_or_id))
    return session.execute(sa.select(sa.exists().where(found))).scalar_one()


def read(session: Session, ids: Iterable[str], site_url: str) -> dict[str, dict[str, Any]]:
    """Return the datasets of these ids that exist, in any state, by id; one journey to the database for all.

    :param site_url: address of the portal, under which uploaded files are served.
    """
    datasets = [_dataset(text, site_url) for (text,) in _READ.run(session, ids=list(ids))]
    judged.add(session, datasets, site_url)
    add_links(session, datasets)
    return {one["id"]: one for one in datasets}


def read_held(
    session: Session, ids: Iterable[str], site_url: str, *, savepoint: bool = False
) -> tuple[dict[str, dict[str, Any]], dict[str, SimpleNamespace]]:
    """Lock the places of datasets in the feed, then return the datasets as `read` does, and the places by dataset.

    Of two transactions that hold the same dataset, the second one reads what the first one committed; what the
    datasets link to stays as it is until the transaction ends. A place is a row of `Entry`, its times as ISO 8601 text.

    :param savepoint: set `SAVEPOINT` first, in the same journey; the end of the transaction releases it.
    """
    datasets, places = [], []
    for dataset, place in (_READ_HELD_FROM_SAVEPOINT if savepoint else _READ_HELD).run(session, ids=list(ids)):
        if dataset is not None:
            datasets.append(_dataset(dataset, site_url))
        if place is not None:
            places.append(SimpleNamespace(**json.loads(place)))
    judged.add(session, datasets, site_url)
    add_links(session, datasets, held=True)
    return {one["id"]: one for one in datasets}, {one.dataset_id: one for one in places}


def _dataset(text: str, site_url: str) -> dict[str, Any]:
    found = json.loads(text)
    dataset = flat(found)
    dataset["organization"] = flat(found["organization"]) if found["organization"] else None
    dataset["resources"] = [_resource_of(flat(resource), site_url) for resource in found["resources"] or ()]
    dataset["tags"] = found["tags"] or []
    if is_closed(dataset.get("access_rights")):
        _withhold(dataset, site_url)
    return dataset


def add_links(session: Session, datasets: Iterable[dict[str, Any]], *, held: bool = False) -> None:
    """Put what is public of it in the place of each id of a series or an earlier version.

    :param held: what they link to stays as it is until the transaction ends.
    """
    links.add(session, datasets, lambda ids: _organizations(session, _group.c.id.in_(ids)), held=held)


def _withhold(dataset: dict[str, Any], site_url: str) -> None:
    """Name the page with the conditions in the place of files, which are not for everybody."""
    withhold(dataset, f"{site_url}/dataset/{dataset['id']}")
    for resource in dataset["resources"]:
        for service in ("api_kind", "datastore_api"):
            resource.pop(service, None)


def _resource_of(resource: dict[str, Any], site_url: str) -> dict[str, Any]:
    resource.update(_addresses(resource, site_url))
    if resource.get("datastore_active") in {True, "True", "true"}:
        resource["datastore_api"] = f"{site_url}/api/3/action"
    return resource


def _addresses(resource: dict[str, Any], site_url: str) -> dict[str, str]:
    """Return the addresses of a resource; CKAN stores an upload's file name only, and a link may lack its scheme."""
    url = resource["url"] or ""
    if resource["url_type"] == "upload":
        name = quote(munge_filename(url.rsplit("/")[-1]))
        url = f"{site_url}/dataset/{resource['package_id']}/resource/{resource['id']}/download/{name}"
        return {"url": url, "download_url": url}
    if url and not urlsplit(url).scheme:
        url = "http://" + url.lstrip("/")
    return {"url": url}


def _organizations(session: Session | sa.Connection, condition: sa.ColumnElement[bool]) -> dict[str, dict[str, Any]]:
    columns = [_group.c[name] for name in _ORGANIZATION_FIELDS]
    statement = sa.select(*columns).where(condition, _group.c.is_organization, _group.c.state == "active")
    return {row["id"]: flat(row) for row in session.execute(statement).mappings()}
