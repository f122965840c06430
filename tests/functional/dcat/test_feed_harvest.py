"""A harvest while editors work: nothing is lost, nothing comes twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pyoxigraph as ox
import pytest
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp, call_action

Make = Callable[..., dict[str, Any]]

HYDRA_NEXT = ox.NamedNode("http://www.w3.org/ns/hydra/core#next")
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
DATASET = ox.NamedNode("http://www.w3.org/ns/dcat#Dataset")

pytestmark = pytest.mark.usefixtures("empty_feed")


def _harvest(app: CKANTestApp) -> Iterator[list[str]]:
    """Yield the ids on one page after the other, as a harvester that follows the links sees them."""
    address: str | None = "/catalog.ttl"
    while address:
        store = ox.Store()
        store.extend(ox.parse(app.get(address).data, format=ox.RdfFormat.TURTLE))
        yield [quad.subject.value.rpartition("/")[2] for quad in store.quads_for_pattern(None, TYPE, DATASET)]
        following = [quad.object.value for quad in store.quads_for_pattern(None, HYDRA_NEXT, None)]
        address = re.sub(r"^https?://[^/]+", "", following[0]) if following else None


@pytest.mark.ckan_config("ckanext.hokkaido_dcat.page_size", 2)
def test_edits_additions_and_deletions_between_two_pages_lose_and_double_nothing(
    app: CKANTestApp, make_dataset: Make
) -> None:
    owner = factories.Organization()["id"]
    user = {"user": factories.Sysadmin()["name"]}
    old = [make_dataset(owner_org=owner, title=f"データ{number}")["id"] for number in range(6)]
    pages = _harvest(app)
    seen = next(pages)
    call_action("package_patch", user, id=old[5], title="途中で編集")
    call_action("package_patch", user, id=old[0], title="読んだ後に編集")
    call_action("package_delete", user, id=old[1])
    call_action("package_delete", user, id=old[3])
    added = make_dataset(owner_org=owner, title="途中で追加")["id"]
    hidden_and_back = old[4]
    call_action("package_patch", user, id=hidden_and_back, private=True)
    call_action("package_patch", user, id=hidden_and_back, private=False)
    seen += [dataset_id for page in pages for dataset_id in page]
    assert len(seen) == len(set(seen))
    assert set(seen) == {*old, added} - {old[3]}
