"""How every plugin of the suite runs its migrations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context
from ckan.model.meta import metadata

__all__ = ["migrate"]


def migrate(plugin: str) -> None:
    """Apply the migrations of a plugin in one transaction that gives up rather than wait for long for a lock.

    To be called by the `env.py` of the plugin. Only tables that begin with the plugin's name are looked at, and the
    version is kept in a table of the plugin's own.
    """

    def is_ours(_object: object, name: str, type_: str, _reflected: bool, _compare_to: object) -> bool:
        return type_ != "table" or name.startswith(f"{plugin}_")

    engine = sa.create_engine(context.config.get_main_option("sqlalchemy.url"), poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            version_table=f"{plugin}_alembic_version",
            include_object=is_ours,
            compare_type=True,
        )
        with context.begin_transaction():
            connection.execute(sa.text("SET LOCAL lock_timeout = '4s'"))
            context.run_migrations()
