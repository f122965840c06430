"""What every lane shares."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from ckan.tests.helpers import CKANCliRunner, CKANTestApp

CHECKOUT = Path(__file__).resolve().parent.parent

#: No test fails because the machine is busy: speed is measured by benchmarks.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """Return the folder of the project."""
    return CHECKOUT


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Return the folder of shared reference material, which people who install the project do not have."""
    folder = Path(os.environ.get("HOKKAIDO_SHARED") or CHECKOUT.parent / "shared")
    if not (folder / "reference").is_dir():
        pytest.skip("reference material is not beside this checkout (set HOKKAIDO_SHARED to its folder)")
    return folder


@pytest.fixture(scope="session", autouse=True)
def _migrated_tables(request: pytest.FixtureRequest) -> None:
    """Let `clean_db` empty the tables that `bin/portal test` has migrated.

    CKAN's own first `clean_db` drops every table and makes those of its core again, without the tables and columns of
    any plugin.
    """
    if not request.config.pluginmanager.hasplugin("ckan"):
        return
    import sqlalchemy as sa
    from ckan import model

    if sa.inspect(model.ensure_engine()).has_table("hokkaido_core_alembic_version"):
        model.repo.tables_created_and_initialised = True


@pytest.fixture(scope="session")
def portal_app() -> CKANTestApp:
    """Return the one portal of the process, with the plugins of test.ini; building it takes longer than most tests."""
    from ckan.tests import helpers

    return helpers._get_test_app()


@pytest.fixture
def app(portal_app: CKANTestApp) -> CKANTestApp:
    """Return a client of the portal that nobody has signed in with."""
    return type(portal_app)(portal_app.app)


@pytest.fixture
def cli(ckan_config: dict[str, Any], portal_app: CKANTestApp, monkeypatch: pytest.MonkeyPatch) -> CKANCliRunner:
    """Return a runner of commands that act in the one portal, where CKAN's own builds another one for each of them."""
    from ckan.cli import cli as entry
    from ckan.tests.helpers import CKANCliRunner

    class Portal:
        def __init__(self, _path: str | None = None) -> None:
            self.config = ckan_config
            self.app = portal_app.app

    monkeypatch.setattr(entry, "CtxObject", Portal)
    return CKANCliRunner(env={"CKAN_INI": ckan_config["__file__"]})


@pytest.fixture
def with_plugins(portal_app: CKANTestApp) -> None:
    """Have the plugins of test.ini loaded; they stay, since loading them anew takes seconds."""


@pytest.fixture
def count_queries() -> Callable[[], Any]:
    """Count the statements that are sent inside a `with` block."""

    import sqlalchemy as sa
    from ckan import model

    @contextmanager
    def counting() -> Iterator[list[str]]:
        sent: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            sent.append(statement)

        sa.event.listen(model.meta.engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            sa.event.remove(model.meta.engine, "before_cursor_execute", note)

    return counting


@pytest.fixture
def clean_db() -> None:
    """Empty every table; the tables themselves were made by the migrations before the first test.

    CKAN's own fixture would drop all tables at its first use and make only the core's again, and it asks for each table
    whether it is there; this is one request with all statements.
    """
    import sqlalchemy as sa
    from ckan import model

    model.repo.tables_created_and_initialised = True
    model.Session.remove()
    everything = (table for table in reversed(model.meta.metadata.sorted_tables) if table.name != "alembic_version")
    model.Session.execute(sa.text(";".join(str(sa.delete(table)) for table in everything)))
    model.Session.commit()
