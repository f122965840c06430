"""The access table: every action and page declares whom it serves, and serves just them (AZ-01, AZ-08)."""

from __future__ import annotations

import ast
import inspect
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
import pytest
import yaml
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp
from flask import Flask

if TYPE_CHECKING:
    from collections.abc import Callable

TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "access.yaml").read_text(encoding="utf-8"))

#: Complete data for each action, with names in braces taken from the world.
DATA: dict[str, dict[str, Any]] = {
    "hokkaido_answer_bulk_update": {"survey": "{survey}", "unit": "{unit}", "rows": []},
    "hokkaido_answer_confirm": {"survey": "{survey}", "unit": "{unit}", "change": "unchanged"},
    "hokkaido_answer_delete": {"id": "{answer}"},
    "hokkaido_answer_show": {"id": "{answer}"},
    "hokkaido_answer_update": {"survey": "{survey}", "unit": "{unit}", "title": "x", "description": "y"},
    "hokkaido_board_extend": {"survey": "{survey}", "units": "{unit}", "deadline": "2999-03-31"},
    "hokkaido_board_show": {"survey": "{survey}"},
    "hokkaido_burden_list": {"survey": "{survey}"},
    "hokkaido_burden_create": {"survey": "{survey}", "unit": "{unit}", "work": "answering", "minutes": 5},
    "hokkaido_dataset_difference_show": {"id": "{dataset}", "other": "{dataset}"},
    "hokkaido_dataset_bulk_change": {"organization": "{unit}"},
    "hokkaido_dataset_export": {"organization": "{unit}"},
    "hokkaido_dataset_import": {"organization": "{unit}"},
    "hokkaido_dataset_publish": {"id": "{dataset}"},
    "hokkaido_exchange_confirm": {"id": "{exchange}"},
    "hokkaido_exchange_create": {"organization": "{unit}"},
    "hokkaido_exchange_drop": {"id": "{exchange}"},
    "hokkaido_exchange_list": {"organization": "{unit}"},
    "hokkaido_exchange_show": {"id": "{exchange}"},
    "hokkaido_exchange_undo": {"id": "{exchange}"},
    "hokkaido_approval_ask": {"id": "{dataset}"},
    "hokkaido_approval_decide": {"id": "{dataset}"},
    "hokkaido_approval_show": {"id": "{dataset}"},
    "hokkaido_approval_withdraw": {"id": "{dataset}"},
    "hokkaido_dataset_copy": {"id": "{dataset}"},
    "hokkaido_dataset_save": {"id": "{dataset}"},
    "hokkaido_draft_copy_delete": {"id": "{dataset}"},
    "hokkaido_draft_copy_preview": {"id": "{dataset}"},
    "hokkaido_draft_copy_show": {"id": "{dataset}"},
    "hokkaido_draft_copy_update": {"id": "{dataset}"},
    "hokkaido_draft_file_add": {"id": "{dataset}"},
    "hokkaido_edition_create": {"id": "{dataset}"},
    "hokkaido_feed_quality_show": {"id": "{dataset}"},
    "hokkaido_delegation_create": {"unit": "{unit}"},
    "hokkaido_delegation_revoke": {"id": "{delegation}"},
    "hokkaido_holding_promote": {"id": "{holding}"},
    "hokkaido_holding_show": {"id": "{holding}"},
    "hokkaido_holding_withdraw": {"id": "{holding}", "reason": "mistake"},
    "hokkaido_reminder_send": {"survey": "{survey}"},
    "hokkaido_intake_confirm": {"survey": "{survey}", "unit": "{unit}", "id": "{intake}"},
    "hokkaido_intake_create": {"survey": "{survey}", "unit": "{unit}"},
    "hokkaido_intake_drop": {"survey": "{survey}", "unit": "{unit}", "id": "{intake}"},
    "hokkaido_intake_mark": {"survey": "{survey}", "unit": "{unit}", "id": "{intake}"},
    "hokkaido_intake_show": {"survey": "{survey}", "unit": "{unit}", "id": "{intake}"},
    "hokkaido_intake_update": {"survey": "{survey}", "unit": "{unit}", "id": "{intake}"},
    "hokkaido_invitation_create": {"unit": "{unit}"},
    "hokkaido_invitation_resend": {"id": "{invitation}"},
    "hokkaido_invitation_revoke": {"id": "{invitation}"},
    "hokkaido_person_remove": {"unit": "{unit}", "user": "x"},
    "hokkaido_person_reset": {"unit": "{unit}", "user": "x"},
    "hokkaido_person_update": {"unit": "{unit}", "user": "x"},
    "hokkaido_holding_similar": {"id": "{holding}"},
    "hokkaido_opening_update": {"holding": "{holding}"},
    "hokkaido_link_check": {"dataset": "{dataset}"},
    "hokkaido_link_list": {"dataset": "{dataset}"},
    "hokkaido_link_update": {"id": "{link}"},
    "hokkaido_organization_merge": {"from_organizations": ["{unit}"], "to_organization": "{unit}"},
    "hokkaido_organization_rename": {"id": "{unit}"},
    "hokkaido_resource_conversion_show": {"id": "{resource}"},
    "hokkaido_resource_preview": {"id": "{resource}"},
    "hokkaido_response_approve": {"survey": "{survey}", "unit": "{unit}", "version": 1},
    "hokkaido_response_extend": {"survey": "{survey}", "unit": "{unit}", "deadline": "2999-03-31"},
    "hokkaido_response_list": {"survey": "{survey}"},
    "hokkaido_response_return": {"survey": "{survey}", "unit": "{unit}", "version": 1, "remark": "x"},
    "hokkaido_response_seed": {"survey": "{survey}", "unit": "{unit}", "source": "datasets"},
    "hokkaido_response_show": {"survey": "{survey}", "unit": "{unit}"},
    "hokkaido_response_submit": {"survey": "{survey}", "unit": "{unit}", "version": 1},
    "hokkaido_review_approve": {"responses": [{"survey": "{survey}", "unit": "{unit}", "version": 1}]},
    "hokkaido_similar_find": {"survey": "{survey}"},
    "hokkaido_similar_list": {"survey": "{survey}"},
    "hokkaido_combined_left_list": {"id": "{standard}"},
    "hokkaido_combined_record_show": {"iri": "http://test.ckan.net/combined/{standard}/011002/1"},
    "hokkaido_combined_search": {"id": "{standard}"},
    "hokkaido_combined_show": {"id": "{standard}"},
    "hokkaido_standard_load": {"id": "{standard}"},
    "hokkaido_standard_show": {"id": "{standard}"},
    "hokkaido_standard_template_show": {"id": "{standard}"},
    "hokkaido_standard_unload": {"id": "{standard}"},
    "hokkaido_survey_archive": {"id": "{survey}"},
    "hokkaido_survey_close": {"id": "{survey}"},
    "hokkaido_survey_extend": {"id": "{survey}"},
    "hokkaido_survey_open": {"id": "{survey}"},
    "hokkaido_survey_publish": {"id": "{survey}"},
    "hokkaido_survey_reopen": {"id": "{survey}"},
    "hokkaido_survey_roll_over": {"id": "{survey}"},
    "hokkaido_survey_show": {"id": "{survey}"},
    "hokkaido_survey_update": {"id": "{survey}"},
    "hokkaido_table_check_show": {"id": "{task}"},
    "hokkaido_table_report_list": {"id": "{dataset}"},
    "hokkaido_table_report_show": {"id": "{resource}"},
    "hokkaido_table_repair": {"id": "{resource}"},
    "hokkaido_table_repair_show": {"id": "{task}"},
    "hokkaido_table_repair_start": {"id": "{resource}"},
    "hokkaido_task_show": {"id": "{task}"},
    "hokkaido_trail_list": {"survey": "{survey}"},
    "hokkaido_workbook_import": {"survey": "{survey}", "unit": "{unit}"},
    "hokkaido_workbook_show": {"survey": "{survey}", "unit": "{unit}"},
}


#: Names of the variables of our addresses; the world has an id for each.
VARIABLES = (
    "survey",
    "unit",
    "organization",
    "answer",
    "holding",
    "dataset",
    "delegation",
    "exchange",
    "intake",
    "invitation",
    "link",
    "resource",
    "standard",
    "task",
    "token",
)


def _own_actions() -> dict[str, Callable[..., Any]]:
    return {name: action for name, action in _our_actions().items() if name not in TABLE["chained"]}


def _our_actions() -> dict[str, Callable[..., Any]]:
    found: dict[str, Callable[..., Any]] = {}
    for plugin in p.PluginImplementations(p.IActions):
        if type(plugin).__module__.startswith("ckanext.hokkaido_"):
            found |= plugin.get_actions()
    return found


def _our_rules(app: Flask) -> set[str]:
    """Return the paths that our own views answer, each with its methods."""
    found = set()
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        module = getattr(getattr(view, "view_class", view), "__module__", "")
        if module.startswith("ckanext.hokkaido_"):
            found |= {f"{method} {rule.rule}" for method in (rule.methods or ()) if method in {"GET", "POST"}}
    return found


def _filled(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(one, ids) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, ids) for one in value]
    return value.format(**ids) if isinstance(value, str) else value


@pytest.mark.usefixtures("with_plugins")
def test_every_action_stands_in_the_table() -> None:
    assert set(_our_actions()) == {*TABLE["actions"], *TABLE["chained"]}


def test_the_permission_check_lets_pass_just_whom_the_table_names(world: Any) -> None:
    wrong = []
    for name, allowed in TABLE["actions"].items():
        for role, user in world.people.items():
            data = {key: _filled(value, world.ids) for key, value in DATA.get(name, {}).items()}
            if _may(name, user, data) != (role in allowed):
                wrong.append(f"{name}: {role} {'is refused' if role in allowed else 'gets through'}")
    assert wrong == []


def _may(action: str, user: str, data: dict[str, Any]) -> bool:
    try:
        tk.check_access(action, {"user": user}, data)
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return False
    return True


@pytest.mark.usefixtures("with_plugins")
def test_every_action_asks_for_permission() -> None:
    silent = []
    for name, action in _own_actions().items():
        tree = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(action))))
        calls = {getattr(node.func, "attr", "") for node in ast.walk(tree) if isinstance(node, ast.Call)}
        if "check_access" not in calls:
            silent.append(name)
    assert silent == []


@pytest.mark.usefixtures("with_plugins")
def test_every_action_is_documented() -> None:
    assert [name for name, action in _our_actions().items() if not (action.__doc__ or "").strip()] == []


@pytest.mark.usefixtures("with_plugins")
def test_every_page_stands_in_the_table(app: CKANTestApp) -> None:
    assert _our_rules(app.flask_app) == set(TABLE["pages"]) | set(TABLE["posts"])


def test_a_page_serves_just_whom_the_table_names(world: Any, app: CKANTestApp) -> None:
    headers = {role: _headers(user) for role, user in world.people.items()}
    wrong = []
    for page, allowed in TABLE["pages"].items():
        path = _path(page, world.ids)
        for role in world.people:
            response = app.get(path, headers=headers[role], follow_redirects=False, status=None)
            if _served(response) != (role in allowed):
                wrong.append(f"{page}: {role} gets {response.status_code}")
    assert wrong == []


def test_a_post_is_refused_to_those_whom_the_table_does_not_name(world: Any, app: CKANTestApp) -> None:
    headers = {role: _headers(user) for role, user in world.people.items()}
    wrong = []
    for page, allowed in TABLE["posts"].items():
        path = _path(page, world.ids)
        for role in (role for role in world.people if role not in allowed):
            data = {"version": "1", "title": "x", "description": "y", "remark": "z"}
            response = app.post(path, headers=headers[role], data=data, follow_redirects=False, status=None)
            if _served(response):
                wrong.append(f"{page}: {role} gets {response.status_code}")
    assert wrong == []


def _headers(user: str) -> dict[str, str]:
    return {"Authorization": factories.APIToken(user=user)["token"]} if user else {}


def _path(page: str, ids: dict[str, str]) -> str:
    """Fill the variables of a Flask rule: `<survey_id>`, `<unit>`, `<answer_id>`, `<id>`, `<int:page>` …"""
    path = page.split(" ", 1)[1]
    for variable in VARIABLES:
        for form in (f"<{variable}_id>", f"<{variable}>", f"<string:{variable}_id>"):
            path = path.replace(form, ids[variable])
    return path.replace("<int:page>", "1").replace("<id>", ids["dataset"])


def _served(response: Any) -> bool:
    if response.status_code in {301, 302, 303}:
        return "/user/login" not in response.headers["Location"]
    return response.status_code == 200
