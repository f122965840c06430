"""Work in the background that a person waits for."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.columns import datetime_tz, now, text


class Task(BaseModel):
    """One piece of work, how far it is, and what came of it; it survives restarts of every process."""

    __tablename__ = "hokkaido_core_task"
    __table_args__ = (
        sa.Index("idx_hokkaido_core_task_open", "created_at", postgresql_where=sa.text("finished_at IS NULL")),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    kind: Mapped[text]
    title: Mapped[text]
    #: Ids only, never the text of something that is not public.
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    owner_id: Mapped[text | None]
    #: A `TaskState`.
    state: Mapped[text]
    done: Mapped[int] = mapped_column(sa.Integer, default=0)
    total: Mapped[int] = mapped_column(sa.Integer, default=0)
    message: Mapped[text] = mapped_column(default="")
    result: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    attempts: Mapped[int] = mapped_column(sa.Integer, default=0)
    created_at: Mapped[datetime_tz] = mapped_column(default=now)
    #: When it last gave a sign of life.
    seen_at: Mapped[datetime_tz | None]
    finished_at: Mapped[datetime_tz | None]
