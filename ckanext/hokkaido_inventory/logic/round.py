"""What a request says of a round, made into what the services take."""

from __future__ import annotations

from ckan.types import DataDict
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.service.survey_making import Changes
from ckanext.hokkaido_inventory.service.unit import Place, Unit, resolve_units, tree
from ckanext.hokkaido_schema.shared import vocabulary

__all__ = ["bureau_of", "changes_of"]


def changes_of(session: Session, data_dict: DataDict) -> Changes:
    """Return what a request asks of a survey; what it does not name stays.

    :raises UnknownUnits: when a name is no organisation.
    """
    return Changes(
        title=data_dict.get("title"),
        fiscal_year=data_dict.get("fiscal_year"),
        deadline=data_dict.get("deadline"),
        instructions=data_dict.get("instructions"),
        units=_units(session, data_dict),
        question_set=data_dict.get("question_set"),
        training=data_dict.get("training"),
        second_stage=data_dict.get("second_stage"),
        opens_on=data_dict.get("opens_on"),
    )


def bureau_of(place: Place) -> str | None:
    """Return the code of the bureau in whose area a municipality lies; by its code, never by its name or district."""
    town = vocabulary("municipalities").get(place.code) if place.kind == "municipality" else None
    return town["bureau"] if town else None


def _units(session: Session, data_dict: DataDict) -> list[Unit] | None:
    """Return the units that are named, and those of the kinds and bureaus that are named, each once."""
    names, kinds, bureaus = data_dict.get("units"), data_dict.get("kinds"), data_dict.get("bureaus")
    if names is None and not kinds and not bureaus:
        return None
    units = resolve_units(session, names or [])
    if kinds or bureaus:
        units += [place.unit for place in tree(session) if _meant(place, kinds or [], bureaus or [])]
    return list(dict.fromkeys(units))


def _meant(place: Place, kinds: list[str], bureaus: list[str]) -> bool:
    return place.kind in kinds or bureau_of(place) in bureaus
