"""Promotion: from a published holding to a public dataset, and what the holding says of it."""

from __future__ import annotations

import io

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_inventory.model import Promotion, Published

CSV = "名称,延長\n石狩川,268\n".encode()


def _add_file(house, dataset):
    return house.respondent(
        "resource_create",
        package_id=dataset["id"],
        name="河川",
        upload=FileStorage(io.BytesIO(CSV), "kasen.csv"),
        url="",
    )


def _status(house, holding):
    return house.nobody("hokkaido_holding_show", id=holding["id"])["status"]


def test_a_holding_becomes_a_private_dataset_without_retyping(house):
    holding = house.published_holding(update_frequency="毎年")
    dataset = house.respondent("hokkaido_holding_promote", id=holding["id"])
    assert (dataset["title"], dataset["notes"]) == (holding["title"], holding["description"])
    assert (dataset["private"], dataset["organization"]["name"]) == (True, "kasen-ka")
    assert (dataset["license_id"], dataset["frequency"], dataset["name"]) == ("CC-BY-4.0", "ANNUAL", "kasen-ka-001")


def test_promoting_again_returns_the_same_dataset(house):
    """CC-03."""
    holding = house.published_holding()
    first = house.respondent("hokkaido_holding_promote", id=holding["id"])
    assert house.respondent("hokkaido_holding_promote", id=holding["id"])["id"] == first["id"]
    assert model.Session.query(model.Package).count() == 1


def test_a_dataset_needs_a_description_also_where_the_form_asks_none(house):
    holding = house.published_holding(description="")
    assert house.respondent("hokkaido_holding_promote", id=holding["id"])["notes"] == holding["title"]


def test_a_name_that_is_taken_is_not_taken_again(house):
    tk.get_action("package_create")(
        {"ignore_auth": True, "user": "root"},
        {"name": "kasen-ka-001", "title": "x", "notes": "x", "owner_org": "kasen-ka", "license_id": "CC-BY-4.0"},
    )
    holding = house.published_holding()
    assert house.respondent("hokkaido_holding_promote", id=holding["id"])["name"] == "kasen-ka-001-2"


@pytest.mark.parametrize(
    ("answer", "decision"),
    [
        ({"harm_to_order_or_rights": "yes"}, "closed"),
        ({"legal_restriction": "yes"}, "method"),
        ({"legal_restriction": ""}, "incomplete"),
    ],
)
def test_only_what_can_be_opened_is_promoted(house, answer, decision):
    holding = house.published_holding(**answer)
    assert holding["decision"] == decision
    with pytest.raises(tk.ValidationError):
        house.respondent("hokkaido_holding_promote", id=holding["id"])
    assert model.Session.query(model.Package).count() == 0


@pytest.mark.parametrize("who", ["neighbour", "mayor", "citizen", "nobody", "reader"])
def test_others_do_not_promote(house, who):
    holding = house.published_holding()
    with pytest.raises(tk.NotAuthorized):
        getattr(house, who)("hokkaido_holding_promote", id=holding["id"])


def test_what_is_not_published_is_not_promoted(house):
    """AZ-03: not by calling the action before publication either."""
    row = house.answer(house.open_survey())
    with pytest.raises(tk.ObjectNotFound):
        house.respondent("hokkaido_holding_promote", id=row["holding_id"])


def test_the_office_may_promote_for_a_unit(house):
    holding = house.published_holding()
    assert house.office("hokkaido_holding_promote", id=holding["id"])["organization"]["name"] == "kasen-ka"


def test_the_status_follows_the_dataset_and_nothing_else(house):
    """D3: decision, 公開準備中, 公開済, and back."""
    holding = house.published_holding()
    seen = [_status(house, holding)]
    dataset = house.respondent("hokkaido_holding_promote", id=holding["id"])
    seen.append(_status(house, holding))
    _add_file(house, dataset)
    seen.append(_status(house, holding))
    house.respondent("hokkaido_dataset_publish", id=dataset["id"])
    seen.append(_status(house, holding))
    house.respondent("package_delete", id=dataset["id"])
    seen.append(_status(house, holding))
    assert seen == ["open", "preparing", "preparing", "published", "open"]


def test_a_public_dataset_that_loses_its_file_is_being_prepared_again(house):
    holding = house.published_holding()
    dataset = house.respondent("hokkaido_holding_promote", id=holding["id"])
    resource = _add_file(house, dataset)
    house.respondent("hokkaido_dataset_publish", id=dataset["id"])
    house.respondent("resource_delete", id=resource["id"])
    assert _status(house, holding) == "preparing"


def test_a_dataset_without_a_file_is_not_made_public(house):
    dataset = house.respondent("hokkaido_holding_promote", id=house.published_holding()["id"])
    with pytest.raises(tk.ValidationError) as refused:
        house.respondent("hokkaido_dataset_publish", id=dataset["id"])
    assert list(refused.value.error_dict) == ["resources"]
    assert model.Package.get(dataset["id"]).private


def test_a_public_dataset_is_not_made_public_again(house):
    dataset = house.respondent("hokkaido_holding_promote", id=house.published_holding()["id"])
    _add_file(house, dataset)
    made = house.respondent("hokkaido_dataset_publish", id=dataset["id"])
    assert (made["private"], bool(made["issued"])) == (False, True)
    with pytest.raises(tk.ValidationError):
        house.respondent("hokkaido_dataset_publish", id=dataset["id"])


def test_a_holding_that_was_reclassified_does_not_become_public(house):
    dataset = house.respondent("hokkaido_holding_promote", id=house.published_holding()["id"])
    _add_file(house, dataset)
    model.Session.execute(sa.update(Published).values(decision="closed"))
    model.Session.commit()
    with pytest.raises(tk.ValidationError):
        house.respondent("hokkaido_dataset_publish", id=dataset["id"])
    assert model.Package.get(dataset["id"]).private


@pytest.mark.parametrize("who", ["neighbour", "mayor", "citizen"])
def test_a_dataset_in_preparation_is_unknown_to_others(house, who):
    holding = house.published_holding()
    dataset = house.respondent("hokkaido_holding_promote", id=holding["id"])
    stranger = getattr(house, who)
    with pytest.raises(tk.ObjectNotFound):
        stranger("hokkaido_dataset_publish", id=dataset["id"])
    assert stranger("hokkaido_holding_show", id=holding["id"])["dataset"] is None


def test_a_promotion_that_fails_leaves_nothing(house, monkeypatch):
    """One transaction: neither a link without a dataset nor a dataset without a link."""
    holding = house.published_holding()
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_inventory.default_licence", "")
    with pytest.raises(tk.ValidationError):
        house.respondent("hokkaido_holding_promote", id=holding["id"])
    model.Session.rollback()
    assert model.Session.query(Promotion).count() == 0
    assert model.Session.query(model.Package).count() == 0


def test_a_purged_dataset_is_drift_that_can_be_mended(house):
    holding = house.published_holding()
    dataset = house.respondent("hokkaido_holding_promote", id=holding["id"])
    house.sysadmin("dataset_purge", id=dataset["id"])
    drift = house.sysadmin("hokkaido_inventory_reconcile")["drift"]
    assert ("dataset_purged", holding["id"]) in [(one["kind"], one["subject"]) for one in drift]
    house.sysadmin("hokkaido_inventory_reconcile", fix=True)
    kinds = [one["kind"] for one in house.sysadmin("hokkaido_inventory_reconcile")["drift"]]
    assert "dataset_purged" not in kinds
    assert house.respondent("hokkaido_holding_promote", id=holding["id"])["id"] != dataset["id"]


def test_a_missing_list_is_made_by_the_repair(house, deliver):
    house.published_holding()
    deliver()
    assert house.sysadmin("hokkaido_inventory_reconcile")["drift"] == []
    house.sysadmin("dataset_purge", id="hoyu-data-ichiran-r8")
    kinds = [one["kind"] for one in house.sysadmin("hokkaido_inventory_reconcile", fix=True)["drift"]]
    assert kinds == ["list_missing"]
    deliver()
    assert house.sysadmin("hokkaido_inventory_reconcile")["drift"] == []
