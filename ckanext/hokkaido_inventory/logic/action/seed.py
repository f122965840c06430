"""The action that drafts rows from what exists already."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_inventory.logic.action.response import locked_response
from ckanext.hokkaido_inventory.logic.refusal import name_of
from ckanext.hokkaido_inventory.logic.schema import seed as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.service import response as responses
from ckanext.hokkaido_inventory.service import seed_writing
from ckanext.hokkaido_inventory.service.seeding import SOURCES, Source
from ckanext.hokkaido_inventory.service.seeding.source import asked_by

__all__ = ["hokkaido_response_seed"]

#: A file larger than this is no list of what one unit holds.
MOST_BYTES = 20 * 1024 * 1024


@validate_action_data(schema.response_seed)
def hokkaido_response_seed(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Draft rows from what exists already; each must be looked at before the response can be submitted.

    Data that the response speaks of already, by its title or by its dataset, is not drafted again.

    :param survey: id of the survey
    :param unit: id or name of the organisation
    :param source: `datasets` (those of the organisation on this portal), `open_data_list` (a file) or `scan` (a file)
    :param upload: the file, for a source that takes one: オープンデータ一覧 as CSV or workbook, or the JSON of the scan
    :param dry_run: true to see the rows and store nothing (optional)
    :returns: `rows`, each `{title, description, answers, decision, decision_label, present, dataset}`, `added`,
        `present` and `stored`
    """
    tk.check_access("hokkaido_response_seed", context, data_dict)
    viewer, at = viewer_of(context), now()
    source = _source(data_dict["source"])
    content, filename = _file(data_dict.get("upload"), source)
    with unit_of_work(context) as session:
        response, survey = locked_response(session, viewer, data_dict["survey"], data_dict["unit"])
        responses.require_editable(response, survey, at)
        seeds = source.seeds(session, asked_by(session, response.unit_id, content, filename))
        found = seed_writing.drafts(session, response, seeds)
        stored = not data_dict["dry_run"]
        added = seed_writing.write(session, response, found, actor_id=viewer.user_id, at=at) if stored else 0
    return {
        "rows": [_dict(draft) for draft in found],
        "added": added,
        "present": sum(draft.present for draft in found),
        "stored": stored,
    }


def _source(name: str) -> Source:
    source = SOURCES.get(name)
    if source is None:
        raise tk.ValidationError({"source": [tk._("There is no source of this name. Choose one from the list.")]})
    return source


def _file(upload: Any, source: Source) -> tuple[bytes, str]:
    """Return the content and the name of the file that was sent; a source that takes none gets none."""
    if not source.takes_file:
        return b"", ""
    if not isinstance(upload, FileStorage) or not upload.filename:
        raise tk.ValidationError({"upload": [tk._("Choose a file first, then press the button again.")]})
    content = upload.stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        limit = MOST_BYTES // (1024 * 1024)
        raise tk.ValidationError(
            {"upload": [tk._("The file is larger than %(limit)d MiB. Send a smaller one.") % {"limit": limit}]}
        )
    return content, upload.filename


def _dict(draft: seed_writing.Draft) -> dict[str, Any]:
    content = draft.content
    return {
        "title": content.title,
        "description": content.description,
        "answers": content.answers,
        "decision": content.decision.value,
        "decision_label": name_of(content.decision.wording),
        "present": draft.present,
        "dataset": draft.seed.package_id,
    }
