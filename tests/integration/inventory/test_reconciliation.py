"""Drift of every kind is made by raw SQL, seen by name, and mended where that is safe."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.cli.cli import ckan
from ckan.lib import search
from ckan.lib.search.common import make_connection

from ckanext.hokkaido_inventory.service.reconciliation import CHECKS, Check, Drift


def _sql(text, **values):
    model.Session.execute(sa.text(text), values)
    model.Session.commit()


def _kinds(outcome, part="drift"):
    return [one["kind"] for one in outcome[part]]


@pytest.fixture
def linked(house, deliver):
    """Publish a holding with its list, and make its dataset; nothing has drifted."""
    holding = house.published_holding()
    dataset = house.respondent("hokkaido_holding_promote", id=holding["id"])
    house.respondent("hokkaido_opening_update", holding=holding["id"], planned_on=house.day(3))
    deliver()
    assert house.sysadmin("hokkaido_inventory_reconcile") == {"drift": [], "fixed": 0, "left": []}
    return {"holding": holding["id"], "dataset": dataset["id"]}


#: What is done to the tables, what is found, and what is left after mending.
CASES = {
    "a dataset made public of what is closed now": (
        (
            "UPDATE package SET private = false WHERE id = :dataset;"
            "UPDATE hokkaido_inventory_published SET decision = 'closed'"
        ),
        {"not_open_any_more", "decision_differs", "index_stale"},
        {"not_open_any_more", "decision_differs"},
    ),
    "a public dataset of what only the staff may find": (
        (
            "UPDATE package SET private = false WHERE id = :dataset;"
            "UPDATE hokkaido_inventory_published SET listing = 'staff'"
        ),
        {"not_listed_for_all", "index_stale"},
        {"not_listed_for_all"},
    ),
    "a dataset of another organisation": (
        "UPDATE package SET owner_org = (SELECT id FROM \"group\" WHERE name = 'doro-ka') WHERE id = :dataset",
        {"owner_differs"},
        {"owner_differs"},
    ),
    "a dataset that was deleted": (
        "UPDATE package SET state = 'deleted' WHERE id = :dataset",
        {"dataset_deleted", "index_phantom"},
        set(),
    ),
    "a public copy without an answer": (
        "DELETE FROM hokkaido_inventory_answer",
        {"answer_missing"},
        {"answer_missing"},
    ),
    "answers changed behind the approval": (
        'UPDATE hokkaido_inventory_answer SET answers = answers || \'{"legal_restriction": "yes"}\'',
        {"decision_differs"},
        {"decision_differs"},
    ),
    "a plan for what is gone": (
        "UPDATE hokkaido_inventory_answer SET change = 'gone'",
        {"opening_of_gone"},
        set(),
    ),
    "a holding of no unit": (
        "UPDATE hokkaido_inventory_holding SET unit_id = 'purged'",
        {"unit_missing", "owner_differs"},
        {"unit_missing", "owner_differs"},
    ),
    "a list that is hidden": (
        "UPDATE package SET private = true WHERE name LIKE 'hoyu-data-ichiran-%'",
        {"list_not_public", "index_stale"},
        set(),
    ),
}


def test_every_kind_of_drift_is_seen_and_what_is_safe_is_mended(house, linked, deliver):
    """VO-03, FA-02, D3: each case starts from the same sound world."""
    sound = {table.name: model.Session.execute(sa.select(table)).mappings().all() for table in _tables()}
    for case, (statement, found, left) in CASES.items():
        _sql(statement, **({"dataset": linked["dataset"]} if ":dataset" in statement else {}))
        seen = set(_kinds(house.sysadmin("hokkaido_inventory_reconcile")))
        mended = set(_kinds(house.sysadmin("hokkaido_inventory_reconcile", fix=True), "left"))
        deliver()
        assert (case, seen, mended) == (case, found, left)
        _restore(sound)
        if "package" in statement:
            for row in sound["package"]:
                search.rebuild(row["id"])
    assert house.sysadmin("hokkaido_inventory_reconcile")["drift"] == []


def _tables():
    names = (
        "package",
        *(f"hokkaido_inventory_{name}" for name in ("holding", "answer", "published", "opening", "promotion")),
    )
    return [model.meta.metadata.tables[name] for name in names]


def _restore(sound):
    for table in _tables():
        for row in sound[table.name]:
            present = sa.update(table).where(table.c.id == row["id"]).values(**row)
            if model.Session.execute(present).rowcount == 0:
                model.Session.execute(sa.insert(table).values(**row))
    model.Session.commit()


def test_the_command_fails_while_drift_is_left_and_other_plugins_add_checks(house, linked, cli):
    """D21: what joins the registry is run by the command. FA-02: a process died before it wrote the index."""
    make_connection().delete(q=f'id:"{linked["dataset"]}"', commit=True)
    try:
        CHECKS.add("test", Check(lambda _session: [Drift("made_up", "x", "y")]))
        result = cli.invoke(ckan, ["hokkaido", "inventory", "reconcile", "--fix"])
    finally:
        CHECKS._items.pop("test")
    assert (result.exit_code, "made_up\tx\ty" in result.output, "index_missing" in result.output) == (1, True, True)
    assert cli.invoke(ckan, ["hokkaido", "inventory", "reconcile"]).exit_code == 0
