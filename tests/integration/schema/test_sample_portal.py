"""The sample portal is loaded once, whole, and left alone afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from ckan import authz, model
from ckan.tests.helpers import call_action

from ckanext.hokkaido_schema.sample import areas
from ckanext.hokkaido_schema.sample.loader import load, status
from ckanext.hokkaido_schema.service.tree import organization_tree


@pytest.fixture
def loaded(with_plugins: None, reset_db: Callable[[], None], reset_index: Callable[[], None]) -> None:
    """Load the sample portal into an empty one, unless the test before has left it whole."""
    if all(there == wanted for there, wanted in status().values()):
        return
    model.repo.tables_created_and_initialised = True
    reset_db()
    reset_index()
    load("a password for tests", lambda _line: None)


def _rows() -> dict[str, int]:
    tables = (model.Group, model.User, model.Package, model.Resource, model.Member)
    return {
        table.__name__: model.Session.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in tables
    }


def test_everything_is_there(loaded: None) -> None:
    assert all(there == wanted for there, wanted in status().values())


def test_a_second_load_changes_nothing(loaded: None) -> None:
    before = _rows()
    assert set(load("another password", lambda _line: None).values()) == {0}
    assert _rows() == before


def test_the_tree_has_one_prefecture_and_179_municipalities_as_roots(loaded: None) -> None:
    tree = organization_tree(model.Session)
    kinds = [unit.kind for unit in tree.roots()]
    assert (kinds.count("prefecture"), kinds.count("municipality"), len(kinds)) == (1, 179, 180)


def test_the_approver_stands_over_the_respondent_and_the_town_apart(loaded: None) -> None:
    def may(user: str, unit: str, permission: str) -> bool:
        return authz.has_user_permission_for_group_or_org(unit, user, permission)

    assert may("kaito", "kensetsu-seisaku-ka", "update_dataset")
    assert not may("kaito", "kensetsu-seisaku-ka", "admin")
    assert may("shonin", "kensetsu-seisaku-ka", "admin")
    assert may("shicho", "tobetsu-cho", "update_dataset")
    assert not may("shicho", "hokkaido", "update_dataset")
    assert not may("kenmin", "hokkaido", "read")


def test_every_dataset_is_public_and_has_a_file(loaded: None) -> None:
    found = call_action("package_search", rows=100)
    assert found["count"] == status()["datasets"][1]
    assert [dataset["name"] for dataset in found["results"] if not dataset["resources"]] == []


def test_the_lists_of_the_bureaus_are_a_series_of_another_owner(loaded: None) -> None:
    series = call_action("package_show", id="municipalities-by-bureau")
    found = call_action("package_search", fq=f"vocab_in_series:{series['id']}", rows=100)["results"]
    assert len({dataset["owner_org"] for dataset in found} - {series["owner_org"]}) == 14


def test_a_file_says_what_it_is(loaded: None) -> None:
    resource = call_action("package_show", id="hokkaido-municipalities")["resources"][0]
    assert (resource["format"], resource["mimetype"], resource["encoding"]) == ("CSV", "text/csv", "UTF-8 (BOM)")
    assert resource["hash"] == hashlib.sha256(areas.municipalities().csv()).hexdigest()
