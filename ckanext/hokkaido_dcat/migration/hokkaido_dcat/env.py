"""Run the migrations of this plugin against the database of the portal."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import context
from ckan.model.meta import metadata

config = context.config
name = Path(__file__).resolve().parent.name


def include_object(_object: object, object_name: str, type_: str, _reflected: bool, _compare_to: object) -> bool:
    """Look at the tables of this plugin only."""
    return type_ != "table" or object_name.startswith(f"{name}_")


def run() -> None:
    """Apply the migrations in one transaction that gives up rather than wait for long for a lock."""
    engine = sa.create_engine(config.get_main_option("sqlalchemy.url"), poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            version_table=f"{name}_alembic_version",
            include_object=include_object,
            compare_type=True,
        )
        with context.begin_transaction():
            connection.execute(sa.text("SET LOCAL lock_timeout = '4s'"))
            context.run_migrations()


run()
