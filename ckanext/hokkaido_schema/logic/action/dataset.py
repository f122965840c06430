"""Saving what the form of a dataset says, and publishing it."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.domain.japan_time import in_japan
from ckanext.hokkaido_core.shared import now, unit_of_work
from ckanext.hokkaido_schema.domain.conflict import differences
from ckanext.hokkaido_schema.domain.form_values import tags_of
from ckanext.hokkaido_schema.logic.caller import as_caller, stored_dataset
from ckanext.hokkaido_schema.logic.completeness import missing
from ckanext.hokkaido_schema.logic.form_state import form_data, names_of_fields
from ckanext.hokkaido_schema.logic.second_look import refusal
from ckanext.hokkaido_schema.service import draft_copy

__all__ = ["hokkaido_dataset_publish", "hokkaido_dataset_save"]


def hokkaido_dataset_save(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Save fields of a dataset, unless somebody else has changed the same ones meanwhile.

    :param id: id or name of the dataset.
    :param version: the `metadata_modified` that the caller began from; without one nobody else is asked for.
    :param base: marks of the fields that the caller began from, as the form carries them.
    :param values: the fields to be saved.
    :returns: `{"dataset": …, "conflicts": []}`; or `{"dataset": None, "conflicts": [{field, mine, theirs, choice}]}`,
        and nothing is saved.
    :raises ValidationError: for wrong values.
    """
    package = stored_dataset(context, data_dict.get("id"))
    tk.check_access("hokkaido_dataset_save", context, {"id": package.id})
    if not isinstance(data_dict.get("values"), dict):
        raise tk.ValidationError({"values": [tk._("Give the fields that are to be saved.")]})
    values = {name: value for name, value in data_dict["values"].items() if name in names_of_fields()}
    with unit_of_work(context) as session:
        # Whoever saves at the same moment waits here, and then sees what was saved.
        session.execute(sa.select(model.Package.id).filter_by(id=package.id).with_for_update())
        session.refresh(package)
        stored = tk.get_action("package_show")(as_caller(context), {"id": package.id})
        if data_dict.get("version") not in {None, "", stored["metadata_modified"]}:
            found = differences(_marks(data_dict.get("base")), values, form_data(stored))
            if found:
                shown = [
                    {"field": one.field, "mine": one.mine, "theirs": one.theirs, "choice": one.choice} for one in found
                ]
                return {"dataset": None, "conflicts": shown}
        if "tag_string" in values:
            values["tags"] = tags_of(values.pop("tag_string"))
        saved = tk.get_action("package_patch")(as_caller(context), {"id": package.id, **values})
        user = model.User.get(context.get("user") or "")
        if user is not None:
            draft_copy.drop(session, package.id, user.id)
    return {"dataset": saved, "conflicts": []}


def _marks(base: Any) -> dict[str, str]:
    return base if isinstance(base, dict) else {}


def hokkaido_dataset_publish(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Make a draft or a private dataset public, once nothing is missing.

    :param id: id or name of the dataset.
    :returns: the dataset.
    :raises ValidationError: by field, what is missing; or when it is public already, or a second person has to approve.
    """
    package = stored_dataset(context, data_dict.get("id"))
    tk.check_access("hokkaido_dataset_publish", context, {"id": package.id})
    if package.state == model.State.ACTIVE and not package.private:
        raise tk.ValidationError({"message": [tk._("The dataset is public already.")]})
    dataset = tk.get_action("package_show")(as_caller(context), {"id": package.id})
    if lacking := missing(dataset):
        raise tk.ValidationError(lacking)
    if reason := refusal(context, package.id, package.owner_org):
        raise tk.ValidationError({"approval": [reason]})
    patch: dict[str, Any] = {"id": package.id, "private": False, "state": model.State.ACTIVE}
    if not dataset.get("issued"):
        patch["issued"] = in_japan(now().isoformat()).date().isoformat()
    return tk.get_action("package_patch")(as_caller(context), patch)
