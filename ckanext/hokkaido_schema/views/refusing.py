"""What a page of the upkeep answers when an action refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

__all__ = ["answer_refusals", "sentences"]


def answer_refusals(blueprint: Blueprint) -> None:
    """Give every page of a blueprint the same answers to the errors of actions."""
    blueprint.register_error_handler(tk.ObjectNotFound, _not_found)
    blueprint.register_error_handler(tk.NotAuthorized, _not_authorized)


def sentences(errors: Any) -> list[str]:
    """Flatten the errors of an action into sentences."""
    return list(dict.fromkeys(_flat(errors)))


def _flat(errors: Any) -> Iterator[str]:
    if isinstance(errors, Mapping):
        errors = list(errors.values())
    if isinstance(errors, list | tuple):
        for value in errors:
            yield from _flat(value)
    elif errors:
        yield str(errors)


def _page(code: int) -> tuple[str, int]:
    extra = {"code": code, "name": "", "content": "", "show_login_redirect_link": False}
    return tk.render("error_document_template.html", extra), code


def _not_found(_error: tk.ObjectNotFound) -> tuple[str, int]:
    return _page(404)


def _not_authorized(_error: tk.NotAuthorized) -> tuple[str, int] | Response:
    if tk.current_user.is_anonymous and tk.request.method == "GET":
        return tk.redirect_to("user.login", came_from=tk.request.full_path.rstrip("?"))
    return _page(403)
