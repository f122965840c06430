"""The tables that the migrations make are the tables that the models describe."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from ckan import model
from ckan.cli.db import _run_migrations

ROOT = Path(__file__).resolve().parents[2]
OWNERS = sorted(path.name for path in ROOT.glob("ckanext/hokkaido_*/migration/hokkaido_*") if path.is_dir())


@pytest.fixture(scope="module", autouse=True)
def _every_model() -> None:
    """Import every model, also one that no module of its plugin has asked for yet."""
    for owner in OWNERS:
        package = importlib.import_module(f"ckanext.{owner}.model")
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{module.name}")


def _differences(plugin: str) -> list[object]:
    def ours(_object: object, name: str, type_: str, _reflected: bool, _compare_to: object) -> bool:
        return type_ != "table" or name.startswith(f"{plugin}_")

    with model.meta.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_object": ours, "compare_type": True, "version_table": f"{plugin}_alembic_version"},
        )
        found = compare_metadata(context, model.meta.metadata)
    return [difference for difference in found if f"{plugin}_alembic_version" not in str(difference)]


@pytest.mark.parametrize("plugin", OWNERS)
def test_models_equal_migrations(plugin: str) -> None:
    assert _differences(plugin) == []


@pytest.mark.parametrize("plugin", OWNERS)
@pytest.mark.usefixtures("with_plugins")
def test_migrations_go_down_and_up_again(plugin: str) -> None:
    model.Session.remove()
    _run_migrations(plugin, "base", forward=False)
    assert _differences(plugin) != []
    _run_migrations(plugin)
    assert _differences(plugin) == []


def test_every_table_of_the_suite_belongs_to_a_plugin_that_migrates_it() -> None:
    ours = [name for name in model.meta.metadata.tables if name.startswith("hokkaido_")]
    assert [name for name in ours if not name.startswith(tuple(f"{owner}_" for owner in OWNERS))] == []
