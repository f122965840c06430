"""The one gate: every read of a survey, a response, an answer or a holding starts from a select of this module.

What is not public is visible to the survey office and to the units' own people; nobody else learns that it exists.
The public copy is a table of its own with columns that may be known to all.
"""

from __future__ import annotations

import sqlalchemy as sa

from ckanext.hokkaido_inventory.domain.listing import Listing
from ckanext.hokkaido_inventory.domain.survey_state import SurveyState
from ckanext.hokkaido_inventory.model import Answer, Holding, Published, Response, Survey
from ckanext.hokkaido_inventory.service.viewer import NOBODY, Viewer

__all__ = ["answers_visible_to", "published", "responses_visible_to", "surveys_visible_to"]


def surveys_visible_to(viewer: Viewer) -> sa.Select[tuple[Survey]]:
    """Select the surveys a person may know of: all for the office, else those that ask one of their units.

    A draft is the office's own business.
    """
    found = sa.select(Survey)
    if viewer.runs_surveys:
        return found
    asked = sa.select(Response.survey_id).where(Response.unit_id.in_(viewer.reads))
    return found.where(Survey.state != SurveyState.DRAFT, Survey.id.in_(asked))


def responses_visible_to(viewer: Viewer) -> sa.Select[tuple[Response]]:
    """Select the responses a person may know of, joined with their survey."""
    found = sa.select(Response).join(Survey, Survey.id == Response.survey_id)
    if viewer.runs_surveys:
        return found
    return found.where(Survey.state != SurveyState.DRAFT, Response.unit_id.in_(viewer.reads))


def answers_visible_to(viewer: Viewer) -> sa.Select[tuple[Answer]]:
    """Select the answers a person may know of, joined with their response, survey and holding."""
    found = (
        sa.select(Answer)
        .join(Response, Response.id == Answer.response_id)
        .join(Survey, Survey.id == Response.survey_id)
        .join(Holding, Holding.id == Answer.holding_id)
    )
    if viewer.runs_surveys:
        return found
    # The unit that holds it now: after a reorganisation the history of a holding goes with it (AZ-06).
    return found.where(Survey.state != SurveyState.DRAFT, Holding.unit_id.in_(viewer.reads))


def published(viewer: Viewer = NOBODY) -> sa.Select[tuple[Published]]:
    """Select the public copy as it stands now: what is listed for all, and for staff also what is listed for them.

    What is withheld has no page for anybody; it is only counted. Files, feeds and the index are made for nobody in
    particular, so they ask without a viewer.
    """
    found = sa.select(Published).where(Published.superseded_by.is_(None))
    if viewer.staff or viewer.runs_surveys:
        return found.where(Published.listing.in_((Listing.PUBLIC, Listing.STAFF)))
    own = (
        sa.and_(Published.listing == Listing.STAFF, Published.unit_id.in_(viewer.reads)) if viewer.reads else sa.false()
    )
    return found.where(sa.or_(Published.listing == Listing.PUBLIC, own))
