"""What checks of stored tables have found stands in the feed."""

from __future__ import annotations

import io
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_core.shared import now, outbox
from ckanext.hokkaido_dcat.domain.profiles import PROFILES
from ckanext.hokkaido_standards.domain.linked_state import Outcome
from ckanext.hokkaido_standards.fetching import Fetched
from ckanext.hokkaido_standards.jobs.linked import collect_links, store
from ckanext.hokkaido_standards.service import linked

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")

DQV = Namespace("http://www.w3.org/ns/dqv#")
HEADINGS = "全国地方公共団体コード,ID,地方公共団体名,名称,所在地_連結表記,設置位置,男性トイレ総数,利用開始時間"
ROW = "011002,1,札幌市,大通公園トイレ,北海道札幌市中央区大通西一丁目,東,{count},09:00"
GOOD, BAD = (f"\ufeff{HEADINGS}\r\n{ROW.format(count=count)}\r\n".encode() for count in ("2", "2基"))


def call(action: str, **data: Any) -> dict[str, Any]:
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return tk.get_action(action)({"user": user, "ignore_auth": True}, data)


def upload(content: bytes, **fields: Any) -> dict[str, Any]:
    unit = factories.Organization()
    package = factories.Dataset(owner_org=unit["id"], license_id="CC-BY-4.0", **fields)
    file = FileStorage(io.BytesIO(content), filename="public_toilet.csv")
    return call("resource_create", package_id=package["id"], url="", upload=file, name="トイレ")


def link(content: bytes, **fields: Any) -> dict[str, Any]:
    """Publish a link, and have told what was found in the file that its site sent."""
    unit = factories.Organization()
    file = {"url": "https://www.example.jp/toilet.csv?key=1", "name": "トイレ", "format": "CSV", "hash": "0" * 64}
    resource = factories.Dataset(owner_org=unit["id"], license_id="CC-BY-4.0", resources=[file], **fields)["resources"][
        0
    ]
    collect_links()
    found = linked.take(model.Session(), now(), 1)
    model.Session.commit()
    for taken in found:
        store(model.Session(), taken, Fetched(Outcome.FRESH, 200, name="toilet.csv", content=content))
    outbox.drain()
    return resource


def said(app: CKANTestApp, resource: dict[str, Any], profile: str = "dcat-ap-3") -> tuple[bool, dict[str, int]]:
    """Return whether the file is said to follow its standard, and what was measured of it."""
    page = Graph().parse(data=app.get(f"/catalog.ttl?profile={profile}").data, format="turtle")
    (file,) = {one for one in page.subjects() if str(one).endswith(f"/resource/{resource['id']}")}
    standards = [str(one) for one in page.objects(file, DCTERMS.conformsTo)]
    measured = {}
    for one in page.objects(file, DQV.hasQualityMeasurement):
        assert (one, RDF.type, DQV.QualityMeasurement) in page
        assert (one, DQV.computedOn, file) in page
        (metric,) = page.objects(one, DQV.isMeasurementOf)
        assert (metric, RDF.type, DQV.Metric) in page
        measured[str(metric).rpartition("-")[2]] = page.value(one, DQV.value).toPython()
    return any(one.endswith("#standard-13") for one in standards), measured


@pytest.mark.parametrize("profile", PROFILES)
def test_a_file_without_a_fault_follows_its_standard(app: CKANTestApp, profile: str) -> None:
    resource = upload(GOOD)
    assert said(app, resource, profile) == (False, {})
    outbox.drain()
    assert said(app, resource, profile) == (True, {"stars": 5, "wrong": 0})


def test_a_file_with_faults_has_its_figures_alone_and_a_new_one_is_not_said_to_be_the_old(app: CKANTestApp) -> None:
    resource = upload(BAD)
    outbox.drain()
    follows, measured = said(app, resource)
    assert (follows, measured["wrong"]) == (False, 1)
    call("resource_patch", id=resource["id"], url="", upload=FileStorage(io.BytesIO(GOOD), filename="toilet.csv"))
    # Until it is checked nothing is known of it.
    assert said(app, resource) == (False, {})
    outbox.drain()
    assert said(app, resource) == (True, {"stars": 5, "wrong": 0})


def test_what_a_publisher_types_there_counts_for_nothing_and_restricted_files_are_not_judged(app: CKANTestApp) -> None:
    typed = upload(BAD)
    outbox.drain()
    call("resource_patch", id=typed["id"], judged_standard="13", judged_measures='{"stars": 5}')
    assert said(app, typed)[0] is False
    restricted = upload(GOOD, access_rights="RESTRICTED", access_conditions="大学に提供します。")
    outbox.drain()
    assert said(app, restricted) == (False, {})


def test_the_standard_is_that_of_the_dataset_where_both_are_told(app: CKANTestApp) -> None:
    resource = upload(GOOD, standard="13")
    outbox.drain()
    page = Graph().parse(data=app.get("/catalog.ttl").data, format="turtle")
    followed = {str(one) for one in page.objects(predicate=DCTERMS.conformsTo) if "#standard-" in str(one)}
    assert len(followed) == 1
    standard = URIRef(followed.pop())
    assert (standard, RDF.type, DCTERMS.Standard) in page
    assert said(app, resource)[0] is True
    # The page that a person reads of it.
    assert app.get(str(page.value(standard, FOAF.page))).status_code == 200


def test_a_file_at_another_site_is_told_of_while_it_has_its_address(app: CKANTestApp) -> None:
    resource = link(GOOD)
    assert said(app, resource) == (True, {"stars": 5, "wrong": 0})
    call("resource_patch", id=resource["id"], url="https://www.example.jp/other.csv")
    assert said(app, resource) == (False, {})
