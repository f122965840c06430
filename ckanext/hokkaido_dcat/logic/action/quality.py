"""How well datasets are described."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_dcat import words
from ckanext.hokkaido_dcat.domain.quality import BEST, Assessment, Finding, rating
from ckanext.hokkaido_dcat.logic import schema
from ckanext.hokkaido_dcat.service import checking, reading, summary
from ckanext.hokkaido_dcat.service.quality import rules

__all__ = ["hokkaido_feed_quality_list", "hokkaido_feed_quality_show", "hokkaido_feed_summary_show"]


@tk.side_effect_free
@tk.validate_action_data(schema.feed_quality_show)
def hokkaido_feed_quality_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Check how a dataset is described, as it is stored now, before or after publication.

    :param id: id or name of a dataset.
    :returns: `{id, points, measurable, best, rating, findings, gains}`: points reached and measurable of the 405 of
        data.europa.eu's method; `findings`, gravest first, `{consumer, severity, field, label, rule, value, message,
        resource_id}`; `gains`, greatest first, `{indicator, label, field, points}`: what would raise the score.
    :raises ObjectNotFound: there is no such dataset.
    :raises NotAuthorized: the user may not see the dataset.
    """
    session = model.Session()
    dataset_id = reading.id_of(session, data_dict["id"])
    if dataset_id is None:
        raise tk.ObjectNotFound(tk._("There is no such dataset."))
    tk.check_access("hokkaido_feed_quality_show", context, {"id": dataset_id})
    found = checking.checked(session, dataset_id)
    if found is None:
        raise tk.ObjectNotFound(tk._("There is no such dataset."))
    dataset, assessment = found
    return {
        "id": dataset_id,
        "points": round(assessment.points, 1),
        "measurable": summary.measurable(),
        "best": BEST,
        "rating": rating(assessment.points),
        "findings": [_told(one, dataset) for one in assessment.findings],
        "gains": _gains(assessment),
    }


def _told(finding: Finding, dataset: dict[str, Any]) -> dict[str, Any]:
    first, _, rest = finding.field.partition("/")
    number = rest.partition("/")[0]
    return {
        **finding.as_dict(),
        "label": words.field(finding.field),
        "message": words.message(finding),
        "resource_id": dataset["resources"][int(number) - 1]["id"] if first == "resources" and number else None,
    }


def _gains(assessment: Assessment) -> list[dict[str, Any]]:
    gains = []
    for one in rules().indicators:
        share = assessment.shares[one.name]
        if share is not None and share < 1:
            points = round(one.points * (1 - share), 1)
            label = words.indicator(one.name)
            gains.append({"indicator": one.name, "label": label, "field": one.field, "points": points})
    return sorted(gains, key=lambda gain: -gain["points"])


@tk.side_effect_free
@tk.validate_action_data(schema.feed_quality_list)
def hokkaido_feed_quality_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return the public datasets with their points, the fewest first.

    :param organization: id or name of an organisation; default all.
    :param limit: at most so many, up to 1,000; default 50.
    :param offset: after so many; default 0.
    :returns: `{count, items}`; items are `{id, name, title, points, rating, counts}`, `counts` the number of findings
        by `consumer:severity`.
    :raises ObjectNotFound: there is no such organisation.
    """
    tk.check_access("hokkaido_feed_quality_list", context, data_dict)
    session, wanted = model.Session(), ""
    if data_dict["organization"]:
        organization = reading.organization(session, data_dict["organization"])
        if organization is None:
            raise tk.ObjectNotFound(tk._("There is no such organisation."))
        wanted = organization["id"]
    return summary.scores(session, wanted, data_dict["limit"], data_dict["offset"])


@tk.side_effect_free
def hokkaido_feed_summary_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return how the feed stands, for everybody; figures of visits may be a minute old.

    :returns: `{at, datasets, waiting, withdrawn, last_change, dumps, deletions, quality, organizations, readers,
        readers_days}`: times in ISO 8601; `dumps` by profile; `deletions` the newest, `{id, iri, at}`; `quality` the
        score of the portal (`service.summary`); `organizations` `{id, name, title, datasets, points, rating}`, the best
        first; `readers` of the last days `{program, reading, requests, unchanged, finished, last_at}`.
    """
    tk.check_access("hokkaido_feed_summary_show", context, data_dict)
    return summary.summary(model.Session())
