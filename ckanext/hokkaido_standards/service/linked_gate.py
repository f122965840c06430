"""Which resources lead to files at other sites, and whether what was read of such a file still counts."""

from __future__ import annotations

import re
from collections.abc import Collection

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.domain.linked_address import ENDINGS, FORMATS, site_of
from ckanext.hokkaido_standards.model import LinkedFile

__all__ = ["as_checked", "as_read", "ask_anew", "is_link", "may_be_table"]

_resource: sa.Table = model.Resource.__table__
_linked: sa.Table = LinkedFile.__table__
_ENDING = rf"({'|'.join(re.escape(ending) for ending in ENDINGS)})([?#]|$)"
#: The last part of the path ends like a file of some kind, such as `.pdf` or `.html`.
_OTHER_ENDING = r"^https?://[^/?#]+/([^?#]*/)?[^/?#]*\.(?!(php|aspx?|ashx|cgi|do|jsp)([?#]|$))[a-z]{2,5}([?#]|$)"


def is_link() -> sa.ColumnElement[bool]:
    """Return what is true of resources that lead to another site, and not to a stored file or a service (resource)."""
    own = rf"^https?://([^/?#]*@)?{re.escape(site_of(config.site_url()))}\.?(:[0-9]+)?([/?#]|$)"
    return sa.and_(
        _resource.c.state == model.State.ACTIVE,
        sa.func.coalesce(_resource.c.url_type, "") == "",
        _resource.c.url.regexp_match("^https?://", flags="i"),
        sa.not_(_resource.c.url.regexp_match(own, flags="i")),
    )


def may_be_table() -> sa.ColumnElement[bool]:
    """Return what is true of links whose format or address says that there may be a table, or neither says anything."""
    format_ = sa.func.lower(sa.func.coalesce(_resource.c.format, ""))
    unsaid = sa.and_(format_ == "", sa.not_(_resource.c.url.regexp_match(_OTHER_ENDING, flags="i")))
    return sa.or_(format_.in_(FORMATS), _resource.c.url.regexp_match(_ENDING, flags="i"), unsaid)


def as_read(digest: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Return what is true of links whose file has this hash as far as is known (joins resource and linked file)."""
    return sa.and_(
        sa.func.coalesce(_resource.c.url_type, "") == "",
        _linked.c.url == _resource.c.url,
        _linked.c.digest != "",
        _linked.c.digest == digest,
    )


def as_checked(digest: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Return what is true of files, stored here or linked, that are known to have this hash (as `as_read` joins)."""
    return sa.or_(sa.and_(_resource.c.url_type == "upload", _resource.c.hash == digest), as_read(digest))


def ask_anew(session: Session, resource_ids: Collection[str]) -> None:
    """Have files at other sites asked for soon; those that fail wait for their time."""
    wanted = _linked.c.resource_id.in_(resource_ids), _linked.c.failures == 0
    session.execute(sa.update(_linked).where(*wanted).values(due_at=now()))
