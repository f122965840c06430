"""What a page answers when an action refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

__all__ = ["handle_refusals", "sentences"]

Page: TypeAlias = tuple[str, int]


def handle_refusals(blueprint: Blueprint) -> None:
    """Give every page of a blueprint the same answers to the errors of actions."""
    blueprint.register_error_handler(tk.ObjectNotFound, _not_found)
    blueprint.register_error_handler(tk.NotAuthorized, _not_authorized)


def sentences(errors: Any) -> list[str]:
    """Return the sentences in the errors of an action, each once."""
    return list(dict.fromkeys(_flat(errors)))


def _flat(errors: Any) -> Iterator[str]:
    if isinstance(errors, Mapping):
        errors = list(errors.values())
    if isinstance(errors, list | tuple):
        for one in errors:
            yield from _flat(one)
    elif errors:
        yield str(errors)


def _page(code: int, content: str, *, login: bool = False) -> Page:
    extra = {"code": code, "name": "", "content": content, "show_login_redirect_link": login}
    return tk.render("error_document_template.html", extra), code


def _not_found(_error: tk.ObjectNotFound) -> Page | Response:
    # A draft that somebody was working on is not found by people who were logged out meanwhile.
    return _log_in() if tk.current_user.is_anonymous else _page(404, "")


def _not_authorized(error: tk.NotAuthorized) -> Page | Response:
    return _log_in() if tk.current_user.is_anonymous else _page(403, str(error.message or ""))


def _log_in() -> Page | Response:
    if tk.request.method == "GET":
        return tk.redirect_to("user.login", came_from=tk.request.full_path.rstrip("?"))
    return _page(403, tk._("You were logged out. Log in and do it once more."), login=True)
