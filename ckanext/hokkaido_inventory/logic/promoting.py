"""From a published holding to its private dataset, one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.model.types import make_uuid
from ckan.types import Context
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import session_of
from ckanext.hokkaido_inventory.config import default_licence
from ckanext.hokkaido_inventory.logic.contact import contact_of
from ckanext.hokkaido_inventory.service import catalogue, promotion
from ckanext.hokkaido_inventory.service.event import record_promotion
from ckanext.hokkaido_inventory.service.holding import Dataset, datasets_of
from ckanext.hokkaido_inventory.service.viewer import Viewer

__all__ = ["promote", "promote_each", "trusted"]


def promote(session: Session, context: Context, holding_id: str, viewer: Viewer) -> str:
    """Link the holding with a new dataset, let CKAN create it in the same transaction, and return its id.

    CKAN commits at the end of `package_create`. The id of the dataset is chosen here and the link is written before
    that, so one commit keeps both, and a failure before it keeps neither.
    """
    holding = promotion.lock(session, holding_id)
    entry = catalogue.find_entry(session, viewer, holding_id)
    if holding is None or entry is None:
        raise tk.ObjectNotFound(tk._("The data was not found."))
    present = datasets_of(session, [holding_id]).get(holding_id)
    if present and present.status:
        return present.id
    promotion.require_open(entry.row)
    fields = promotion.dataset_fields(
        entry.row,
        entry.unit,
        fiscal_year=entry.fiscal_year,
        licence=default_licence(),
        contact=contact_of(context, entry.unit.id),
        page=f"{tk.config['ckan.site_url'].rstrip('/')}/inventory/{holding_id}",
    )
    package_id = make_uuid()
    promotion.link(session, holding, package_id, viewer.user_id)
    record_promotion(session, entry.row, viewer.user_id, package_id)
    name = promotion.free_name(session, entry.unit, entry.row.number)
    tk.get_action("package_create")(
        trusted(context), fields | {"id": package_id, "name": name, "type": "dataset", "private": True}
    )
    return package_id


def promote_each(
    context: Context, ids: Sequence[str], progress: Callable[[int, int], None] | None = None
) -> list[dict[str, Any]]:
    """Promote holdings one after the other, each in a transaction of its own, and say what became of each.

    What is refused leaves the others untouched; a run that was cut short is carried on by the next one, which finds the
    datasets that are there already.
    """
    results = []
    for done, holding_id in enumerate(ids, start=1):
        results.append(_one(context, holding_id))
        if progress:
            progress(done, len(ids))
    return results


def trusted(context: Context) -> Context:
    """Return a context for what our own check has allowed; the caller stays the one who did it."""
    return Context(user=context.get("user", ""), ignore_auth=True)


def _one(context: Context, holding_id: str) -> dict[str, Any]:
    before = _present(context, holding_id)
    call = Context(user=context.get("user", ""), ignore_auth=bool(context.get("ignore_auth")))
    try:
        dataset = tk.get_action("hokkaido_holding_promote")(call, {"id": holding_id})
    except (tk.ObjectNotFound, tk.NotAuthorized) as error:
        return _outcome(holding_id, "refused", message=str(error.message or tk._("The data was not found.")))
    except tk.ValidationError as error:
        words = [str(text) for texts in error.error_dict.values() for text in tk.aslist(texts, sep=None)]
        return _outcome(holding_id, "refused", message=" ".join(words))
    return _outcome(holding_id, "present" if before else "made", dataset)


def _present(context: Context, holding_id: str) -> Dataset | None:
    found = datasets_of(session_of(context), [holding_id]).get(holding_id)
    return found if found and found.status else None


def _outcome(holding_id: str, outcome: str, dataset: dict[str, Any] | None = None, message: str = "") -> dict[str, Any]:
    shown = {key: dataset[key] for key in ("id", "name", "title")} if dataset else None
    return {"id": holding_id, "outcome": outcome, "dataset": shown, "message": message}
