"""What pages answer when an action refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

__all__ = ["asked_to_log_in", "handle_refusals", "refused_page", "sentences"]

Page: TypeAlias = tuple[str, int]


def handle_refusals(blueprint: Blueprint, *, private: bool = False) -> None:
    """Give every page of a blueprint the same answers to the errors of actions.

    :param private: what is not found may be a draft that somebody was working on; whoever was logged out meanwhile is
        asked to log in, and the page says nothing of what there is.
    """
    blueprint.register_error_handler(tk.ObjectNotFound, _private_not_found if private else _not_found)
    blueprint.register_error_handler(tk.NotAuthorized, _not_authorized)


def sentences(errors: Any) -> list[str]:
    """Return the sentences in the errors of an action, each once."""
    return list(dict.fromkeys(_flat(errors)))


def refused_page(code: int, content: str = "", *, login: bool = False) -> Page:
    """Return the page that says why nothing is shown.

    :param code: status of HTTP.
    :param login: whether the reader is offered to log in.
    """
    extra = {"code": code, "name": "", "content": content, "show_login_redirect_link": login}
    return tk.render("error_document_template.html", extra), code


def asked_to_log_in() -> Page | Response:
    """Ask the reader to log in and come back; what was sent is lost, and the page says so."""
    if tk.request.method == "GET":
        return tk.redirect_to("user.login", came_from=tk.request.full_path.rstrip("?"))
    return refused_page(403, tk._("You were logged out. Log in and do it once more."), login=True)


def _flat(errors: Any) -> Iterator[str]:
    if isinstance(errors, Mapping):
        errors = list(errors.values())
    if isinstance(errors, list | tuple):
        for one in errors:
            yield from _flat(one)
    elif errors:
        yield str(errors)


def _not_found(error: tk.ObjectNotFound) -> Page:
    return refused_page(404, str(error.message or ""))


def _private_not_found(_error: tk.ObjectNotFound) -> Page | Response:
    return asked_to_log_in() if tk.current_user.is_anonymous else refused_page(404)


def _not_authorized(error: tk.NotAuthorized) -> Page | Response:
    return asked_to_log_in() if tk.current_user.is_anonymous else refused_page(403, str(error.message or ""))
