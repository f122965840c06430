"""A stock CKAN with the RDF harvester of ckanext-dcat, which takes a feed several times; prints what it holds.

Usage: stock_harvester.py INI ADDRESS TIMES. INI names a CKAN of its own (an empty schema of a database); nothing of
this suite is loaded. Prints one JSON object a harvest: `{datasets, errors}`, datasets by their guid without what CKAN
changes by itself at each save.
"""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import sqlalchemy as sa

VOLATILE = {"metadata_modified", "metadata_created", "revision_id", "num_resources", "num_tags"}


def main(ini: str, address: str, times: int) -> None:
    """Set up the CKAN, harvest, print."""
    logging.disable(logging.INFO)
    from ckan.cli import CKANConfigLoader
    from ckan.config.middleware import make_app

    app = make_app(CKANConfigLoader(ini).get_config())
    with app.test_request_context():
        job = _source(address)
        for _ in range(times):
            print(json.dumps(_harvest(job()), ensure_ascii=False, sort_keys=True), flush=True)


def _source(address: str) -> Any:
    """Make a harvest source; return a function that makes a job of it."""
    import ckan.plugins.toolkit as tk
    from ckan import model
    from ckanext.harvest.model import HarvestJob, HarvestSource

    context = {"ignore_auth": True, "user": tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]}
    owner = tk.get_action("organization_create")(dict(context), {"name": "harvested"})
    package = model.Package(name="the-source", type="harvest", owner_org=owner["id"], url=address)
    package.save()
    source = HarvestSource(id=package.id, url=address, type="dcat_rdf", active=True, title="source")
    source.save()

    def job() -> Any:
        one = HarvestJob(source=source, status="Running")
        one.save()
        return one

    return job


def _harvest(job: Any) -> dict[str, Any]:
    from ckan import model
    from ckanext.dcat.harvesters.rdf import DCATRDFHarvester
    from ckanext.harvest.model import HarvestObject

    harvester = DCATRDFHarvester()
    for object_id in harvester.gather_stage(job):
        harvester.import_stage(model.Session.get(HarvestObject, object_id))
        model.Session.commit()
    errors = [error.message for error in job.gather_errors]
    rows = model.Session.execute(sa.text("SELECT message FROM harvest_object_error")).scalars()
    return {"datasets": _datasets(), "errors": errors + list(rows)}


def _datasets() -> dict[str, Any]:
    import ckan.plugins.toolkit as tk
    from ckan import model

    found = {}
    ids = model.Session.execute(sa.text("SELECT id FROM package WHERE type = 'dataset' AND state = 'active'")).scalars()
    for dataset_id in list(ids):
        shown = tk.get_action("package_show")({"ignore_auth": True, "use_cache": False}, {"id": dataset_id})
        # Their order means nothing: as written while the session holds them, else as the database sorts them.
        shown["extras"].sort(key=lambda extra: extra["key"])
        guid = next(extra["value"] for extra in shown["extras"] if extra["key"] == "guid")
        found[guid] = _settled(shown)
    return found


def _settled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _settled(one) for key, one in value.items() if key not in VOLATILE}
    return [_settled(one) for one in value] if isinstance(value, list) else value


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
