"""Files of public datasets that lie at other sites."""

from __future__ import annotations

import sqlalchemy as sa
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class LinkedFile(BaseModel):
    """What is known of one file at another site; it counts only while the resource still has this address."""

    __tablename__ = "hokkaido_standards_linked"
    __table_args__ = (
        sa.Index("idx_hokkaido_standards_linked_package", "package_id"),
        sa.Index("idx_hokkaido_standards_linked_due", "due_at"),
        sa.Index("idx_hokkaido_standards_linked_host", "host"),
    )

    resource_id: Mapped[text] = mapped_column(primary_key=True)
    package_id: Mapped[text]
    url: Mapped[text]
    #: Files of one host are asked for one after the other.
    host: Mapped[text]
    #: A `LinkedState`.
    state: Mapped[text]
    #: SHA-256 of what was read last and still counts, in hexadecimal; blank where nothing does.
    digest: Mapped[text] = mapped_column(default="")
    #: `ETag` and `Last-Modified` of it.
    etag: Mapped[text] = mapped_column(default="")
    modified: Mapped[text] = mapped_column(default="")
    #: When the site last said what is in the file, or that it is as it was.
    fetched_at: Mapped[datetime_tz | None]
    #: When the file changed, as far as that is known: by its site, or by what was seen here.
    changed_at: Mapped[datetime_tz | None]
    #: Status of the last answer, 0 without one, and code of the fault.
    status: Mapped[int] = mapped_column(sa.Integer, default=0)
    fault: Mapped[text] = mapped_column(default="")
    failures: Mapped[int] = mapped_column(sa.Integer, default=0)
    failed_since: Mapped[datetime_tz | None]
    not_there_since: Mapped[datetime_tz | None]
    asked_at: Mapped[datetime_tz | None]
    due_at: Mapped[datetime_tz] = mapped_column(default=now)
    #: Until then somebody is asking for it; whoever was killed meanwhile is followed by another.
    taken_until: Mapped[datetime_tz | None]
