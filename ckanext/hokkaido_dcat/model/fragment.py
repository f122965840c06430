"""What the feed says of a dataset, ready to be joined to a page."""

from __future__ import annotations

import sqlalchemy as sa
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import text

__all__ = ["Fragment"]


class Fragment(BaseModel):
    """A dataset in one profile and one format; there is none while the dataset is not in the feed."""

    __tablename__ = "hokkaido_dcat_fragment"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["hokkaido_dcat_entry.dataset_id"], name="fk_hokkaido_dcat_fragment_entry"
        ),
    )

    dataset_id: Mapped[text] = mapped_column(primary_key=True)
    profile: Mapped[text] = mapped_column(primary_key=True)
    #: Name of a serialisation in `domain.writers.FAMILIES`.
    family: Mapped[text] = mapped_column(primary_key=True)
    body: Mapped[text]
    #: SHA-256 of the body in UTF-8, in hexadecimal.
    sha256: Mapped[text] = mapped_column(sa.Text)
