"""Messages that must be acted on once the transaction that wrote them is committed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.columns import datetime_tz, now, text


class OutboxMessage(BaseModel):
    """One thing to do after commit; kept with its result, so that nothing is lost and little is done twice."""

    __tablename__ = "hokkaido_core_outbox"
    __table_args__ = (
        sa.Index(
            "idx_hokkaido_core_outbox_due",
            "available_at",
            postgresql_where=sa.text("done_at IS NULL"),
        ),
        sa.Index(
            "idx_hokkaido_core_outbox_key",
            "kind",
            "key",
            unique=True,
            postgresql_where=sa.text("done_at IS NULL AND key IS NOT NULL"),
        ),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    kind: Mapped[text]
    key: Mapped[text | None]
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime_tz] = mapped_column(default=now)
    available_at: Mapped[datetime_tz] = mapped_column(default=now)
    attempts: Mapped[int] = mapped_column(sa.Integer, default=0)
    done_at: Mapped[datetime_tz | None]
    last_error: Mapped[text | None]

    @classmethod
    def due(cls, at: datetime) -> sa.Select[tuple[OutboxMessage]]:
        """Select the oldest message that may be delivered at the instant `at`, locked for this transaction."""
        return (
            sa.select(cls)
            .where(cls.done_at.is_(None), cls.available_at <= at)
            .order_by(cls.created_at, cls.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
