"""Load the sample portal through CKAN's own actions; what is there already stays untouched."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.lib import search
from ckan.types import Context
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_schema.sample import plan
from ckanext.hokkaido_schema.sample.table import Table
from ckanext.hokkaido_schema.vocabularies import vocabulary

__all__ = ["load", "status"]

Say = Callable[[str], None]


def load(password: str, say: Say) -> dict[str, int]:
    """Load what is missing and return how many of each part were made.

    :param password: password of the sample accounts that are made now.
    :param say: told what is being done, one line a part.
    """
    made = {}
    for part, function in _PARTS.items():
        made[part] = function(password, say)
    return made


def status() -> dict[str, tuple[int, int]]:
    """Return for each part how many there are and how many there should be."""
    units, people, series, sets = plan.organizations(), plan.accounts(), plan.series(), plan.datasets()
    return {
        "organizations": (len(_there(model.Group.name, [unit["name"] for unit in units])), len(units)),
        "accounts": (len(_there(model.User.name, [person["name"] for person in people])), len(people)),
        "series": (len(_there(model.Package.name, [one["name"] for one in series])), len(series)),
        "datasets": (len(_complete([dataset["name"] for dataset, _, _ in sets])), len(sets)),
    }


def _there(column: Any, names: list[str]) -> set[str]:
    return set(model.Session.scalars(sa.select(column).where(column.in_(names))))


def _context() -> Context:
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return Context(user=user, ignore_auth=True)


def _organizations(_password: str, say: Say) -> int:
    wanted = plan.organizations()
    there = _there(model.Group.name, [unit["name"] for unit in wanted])
    missing = [unit for unit in wanted if unit["name"] not in there]
    if missing:
        say(f"organizations: making {len(missing)}")
    made = [
        tk.get_action("organization_create")(_context(), {"type": "organization", **unit})["id"] for unit in missing
    ]
    _resign(made)
    return len(missing)


def _resign(organizations: list[str]) -> None:
    """Take back the membership that CKAN gives to whoever makes an organisation: the loader is not its staff."""
    if not organizations:
        return
    site_user = model.User.get(_context()["user"])
    model.Session.execute(
        sa.delete(model.Member).where(
            model.Member.group_id.in_(organizations),
            model.Member.table_name == "user",
            model.Member.table_id == site_user.id,
        )
    )
    model.Session.commit()


def _accounts(password: str, say: Say) -> int:
    wanted = plan.accounts()
    there = _there(model.User.name, [person["name"] for person in wanted])
    missing = [person for person in wanted if person["name"] not in there]
    if missing:
        say(f"accounts: making {len(missing)}")
    for person in missing:
        tk.get_action("user_create")(
            _context(),
            {
                "name": person["name"],
                "fullname": person["fullname"],
                "email": f"{person['name']}@example.invalid",
                "password": password,
                "sysadmin": person.get("sysadmin", False),
            },
        )
        if "unit" in person:
            tk.get_action("member_create")(
                _context(),
                {
                    "id": person["unit"],
                    "object": person["name"],
                    "object_type": "user",
                    "capacity": person["capacity"],
                },
            )
    return len(missing)


def _series(_password: str, say: Say) -> int:
    wanted = plan.series()
    there = _there(model.Package.name, [one["name"] for one in wanted])
    missing = [one for one in wanted if one["name"] not in there]
    if missing:
        say(f"series: making {len(missing)}")
    for one in missing:
        tk.get_action("package_create")(_context(), one)
    return len(missing)


def _datasets(_password: str, say: Say) -> int:
    wanted = plan.datasets()
    complete = _complete([dataset["name"] for dataset, _, _ in wanted])
    missing = [one for one in wanted if one[0]["name"] not in complete]
    if missing:
        say(f"datasets: making {len(missing)}")
    with _index_committed_once():
        for dataset, table, with_geojson in missing:
            if model.Package.get(dataset["name"]) is None:
                tk.get_action("package_create")(_context(), dataset)
            for resource in [_csv(dataset, table), *([_geojson(dataset)] if with_geojson else [])]:
                # CKAN takes files with this action only.
                tk.get_action("resource_create")(_context(), {"package_id": dataset["name"], **resource})
    return len(missing)


@contextmanager
def _index_committed_once() -> Iterator[None]:
    """Let the search index wait for the end: a commit after each of eighty saves is most of their time."""
    before = tk.config.get("ckan.search.solr_commit")
    tk.config["ckan.search.solr_commit"] = False
    try:
        yield
    finally:
        tk.config["ckan.search.solr_commit"] = before
        search.commit()


def _complete(names: list[str]) -> set[str]:
    """Return the datasets that have a file; one whose loading broke off in the middle has none and gets it now."""
    statement = (
        sa.select(model.Package.name)
        .join(model.Resource, model.Resource.package_id == model.Package.id)
        .where(model.Package.name.in_(names), model.Resource.state == "active")
    )
    return set(model.Session.scalars(statement))


def _csv(dataset: dict[str, Any], table: Table) -> dict[str, Any]:
    return _resource(
        dataset,
        f"{dataset['name']}.csv",
        table.csv(),
        f"{dataset['title']}（CSV）",
        f"{len(table.rows)}件の表です。 列は{'、'.join(table.headings)}です。",
    )


def _geojson(dataset: dict[str, Any]) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "id": item.code,
            "geometry": {"type": "Point", "coordinates": [item["lng"], item["lat"]]},
            "properties": {"code": item.code, "name": item.ja, "kana": item["kana"], "bureau": item["bureau"]},
        }
        for item in vocabulary("municipalities")
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    title = f"{dataset['title']}（GeoJSON）"
    return _resource(
        dataset, f"{dataset['name']}.geojson", text.encode(), title, "役場の位置を点で表した地図データです。"
    )


def _resource(dataset: dict[str, Any], filename: str, content: bytes, name: str, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "description": description,
        "url": "",
        "upload": FileStorage(io.BytesIO(content), filename=filename),
        "status": "COMPLETED",
        "availability": "AVAILABLE",
        "issued": dataset["issued"],
        "modified": dataset["modified"],
        "language": ["ja"],
    }


#: In the order in which each needs the ones before it.
_PARTS: dict[str, Callable[[str, Say], int]] = {
    "organizations": _organizations,
    "accounts": _accounts,
    "series": _series,
    "datasets": _datasets,
}
