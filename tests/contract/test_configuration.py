"""The settings that `bin/portal` writes are safe, and the tests run on what the portal runs on."""

from __future__ import annotations

from configparser import RawConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _settings(name: str) -> dict[str, str]:
    parser = RawConfigParser()
    # CKAN's names are case-sensitive: SECRET_KEY.
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(ROOT / name, encoding="utf-8")
    return dict(parser["app:main"])


PORTAL = _settings("config/ckan.ini.template")
TESTS = _settings("test.ini")

SAFE = {
    "debug": "false",
    "ckan.auth.user_create_organizations": "false",
    "ckan.auth.user_create_groups": "false",
    "ckan.auth.create_user_via_web": "false",
    "ckan.auth.create_user_via_api": "false",
    "ckan.auth.public_user_details": "false",
    "ckan.auth.create_unowned_dataset": "false",
    "ckan.datastore.sqlsearch.enabled": "false",
    "ckan.display_timezone": "Asia/Tokyo",
    "ckan.locale_default": "ja",
    "SESSION_TYPE": "redis",
    "SESSION_COOKIE_HTTPONLY": "true",
    "SESSION_COOKIE_SAMESITE": "Lax",
    "WTF_CSRF_ENABLED": "true",
    "WTF_CSRF_TIME_LIMIT": "86400",
    "ckan.files.inline_content_types": "",
}

SHARED = (
    "ckan.plugins",
    "scheming.dataset_schemas",
    "scheming.organization_schemas",
    "scheming.presets",
    "ckan.locale_default",
    "ckan.locales_offered",
    "ckan.display_timezone",
    "ckan.auth.roles_that_cascade_to_sub_groups",
    "ckan.auth.public_user_details",
)


@pytest.mark.parametrize("name", SAFE)
def test_the_written_settings_are_safe(name: str) -> None:
    assert PORTAL[name] == SAFE[name]


@pytest.mark.parametrize("name", SHARED)
def test_tests_run_on_the_portals_settings(name: str) -> None:
    assert TESTS[name].split() == PORTAL[name].split()


def test_no_plugin_fetches_addresses_that_an_editor_types() -> None:
    assert "resource_proxy" not in PORTAL["ckan.plugins"].split()


def test_our_feed_comes_before_that_of_ckanext_dcat() -> None:
    plugins = PORTAL["ckan.plugins"].split()
    assert plugins.index("hokkaido_dcat") < plugins.index("dcat")


def test_every_plugin_of_the_suite_is_loaded() -> None:
    ours = {path.name for path in ROOT.glob("ckanext/hokkaido_*") if path.is_dir()}
    assert ours <= set(PORTAL["ckan.plugins"].split())


def test_no_secret_stands_in_the_template() -> None:
    secret = [name for name in PORTAL if name.endswith(("SECRET_KEY", "secret", "_url", ".url")) and name != "use"]
    assert [name for name in secret if "{{" not in PORTAL[name]] == []


def test_ci_runs_what_people_run() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.rstrip().endswith("exec bin/portal test")
