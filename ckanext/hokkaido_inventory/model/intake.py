"""A file on its way into a response: kept until its plan is confirmed and carried out."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Intake(BaseModel):
    """One uploaded file with how it is understood, what it would do, and how far that has come."""

    __tablename__ = "hokkaido_inventory_intake"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["response_id"], ["hokkaido_inventory_response.id"], name="fk_hokkaido_inventory_intake_response"
        ),
        sa.Index("idx_hokkaido_inventory_intake_response", "response_id", "created_at"),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    response_id: Mapped[text]
    filename: Mapped[text]
    #: SHA-256 of the file, in hexadecimal digits.
    digest: Mapped[text]
    #: The file itself; taken away when the intake ends.
    content: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    #: An `IntakeState`.
    state: Mapped[text]
    #: What the person corrected of the proposed mapping.
    choices: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    #: Counts of rows by kind, findings, and what was chosen: never the text of a row.
    outcome: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    task_id: Mapped[text | None]
    created_at: Mapped[datetime_tz] = mapped_column(default=now)
    created_by: Mapped[text | None]
    finished_at: Mapped[datetime_tz | None]
