"""What a page answers when an action refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

__all__ = ["handle_refusals", "messages"]

Page: TypeAlias = tuple[str, int]


def handle_refusals(blueprint: Blueprint) -> None:
    """Give every page of a blueprint the same answers to the errors of actions."""
    blueprint.register_error_handler(tk.ObjectNotFound, _not_found)
    blueprint.register_error_handler(tk.NotAuthorized, _not_authorized)
    blueprint.register_error_handler(tk.ValidationError, _invalid)


def messages(errors: Mapping[str, Any]) -> list[str]:
    """Flatten the errors of an action into sentences; findings of a file have a table of their own."""
    return list(dict.fromkeys(_sentences({key: value for key, value in errors.items() if key != "findings"})))


def _sentences(errors: Any) -> Iterator[str]:
    if isinstance(errors, Mapping):
        for value in errors.values():
            yield from _sentences(value)
    elif isinstance(errors, list | tuple):
        for value in errors:
            yield from _sentences(value)
    elif errors:
        yield str(errors)


def _page(code: int, content: str, *, login: bool = False) -> Page:
    extra = {"code": code, "name": "", "content": content, "show_login_redirect_link": login}
    return tk.render("error_document_template.html", extra), code


def _not_found(_error: tk.ObjectNotFound) -> Page:
    return _page(404, "")


def _not_authorized(_error: tk.NotAuthorized) -> Page | Response:
    if not tk.current_user.is_anonymous:
        return _page(403, "")
    if tk.request.method == "GET":
        return tk.redirect_to("user.login", came_from=tk.request.full_path.rstrip("?"))
    return _page(403, tk._("You were logged out. Log in and do it once more."), login=True)


def _invalid(error: tk.ValidationError) -> Page:
    extra = {"messages": messages(error.error_dict), "back": tk.request.referrer}
    return tk.render("hokkaido_inventory/refused.html", extra), 409
