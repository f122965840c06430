"""In which organisations a person has a role, their own or one that comes down the tree."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_schema.service.tree import organization_tree

__all__ = ["roles_in_organizations"]


def roles_in_organizations(
    session: Session, user_id: str, roles: Collection[str], cascading: Collection[str]
) -> dict[str, str]:
    """Return, by two queries, the role that somebody has in each active organisation; their own before one from above.

    :param roles: only these count.
    :param cascading: those that hold below an organisation, too.
    """
    member = model.Member.__table__
    statement = sa.select(member.c.group_id, member.c.capacity).where(
        member.c.table_name == "user",
        member.c.table_id == user_id,
        member.c.state == "active",
        member.c.capacity.in_(roles),
    )
    rows = session.execute(statement).tuples().all()
    if not rows:
        return {}
    tree = organization_tree(session)
    own = {unit: role for unit, role in rows if unit in tree.units}
    inherited = {below.id: role for unit, role in own.items() if role in cascading for below in tree.descendants(unit)}
    return inherited | own
