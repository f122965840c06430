"""What a page answers when an action refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_core.shared import asked_to_log_in, refused_page, sentences

__all__ = ["handle_refusals", "messages"]

Page: TypeAlias = tuple[str, int]


def handle_refusals(blueprint: Blueprint) -> None:
    """Give every page of a blueprint the same answers to the errors of actions."""
    blueprint.register_error_handler(tk.ObjectNotFound, _not_found)
    blueprint.register_error_handler(tk.NotAuthorized, _not_authorized)
    blueprint.register_error_handler(tk.ValidationError, _invalid)


def messages(errors: Mapping[str, Any]) -> list[str]:
    """Flatten the errors of an action into sentences; findings of a file have a table of their own."""
    return sentences({key: value for key, value in errors.items() if key != "findings"})


def _not_found(_error: tk.ObjectNotFound) -> Page:
    return refused_page(404)


def _not_authorized(_error: tk.NotAuthorized) -> Page | Response:
    return asked_to_log_in() if tk.current_user.is_anonymous else refused_page(403)


def _invalid(error: tk.ValidationError) -> Page:
    extra = {"messages": messages(error.error_dict), "back": tk.request.referrer}
    return tk.render("hokkaido_inventory/refused.html", extra), 409
