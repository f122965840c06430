"""The settings file is filled in whole, and the operator has the last word."""

from __future__ import annotations

from configparser import ConfigParser
from pathlib import Path

import pytest
from portal_parts import settings
from portal_parts.say import StepFailed

INI = """[app:main]
# A remark = no setting.
ckan.site_title = 北海道
ckan.plugins =
    one
    two
ckan.site_url = http://127.0.0.1:5000

[loggers]
keys = root
"""


def _read(text: str) -> ConfigParser:
    parser = ConfigParser()
    parser.read_string(text)
    return parser


def test_a_placeholder_without_a_value_is_refused() -> None:
    with pytest.raises(StepFailed, match="solr_url"):
        settings.render("solr_url = {{solr_url}}", {})


def test_a_per_cent_sign_of_a_path_does_not_break_the_settings() -> None:
    assert settings.render("path = {{path}}", {"path": "/srv/100%"}) == "path = /srv/100%%"


def test_a_line_break_cannot_add_a_setting() -> None:
    with pytest.raises(StepFailed):
        settings.render("path = {{path}}", {"path": "x\ndebug = true"})


def test_the_operators_value_takes_the_place_of_the_templates() -> None:
    text = settings.overridden(INI, {"ckan.site_url": "https://opendata.example.lg.jp"})
    assert _read(text)["app:main"]["ckan.site_url"] == "https://opendata.example.lg.jp"


def test_a_setting_that_the_template_lacks_joins_its_section() -> None:
    text = settings.overridden(INI, {"smtp.server": "mail.example.lg.jp"})
    assert _read(text)["app:main"]["smtp.server"] == "mail.example.lg.jp"
    assert dict(_read(text)["loggers"]) == {"keys": "root"}


def test_a_value_of_several_lines_is_replaced_whole() -> None:
    text = settings.overridden(INI, {"ckan.plugins": "three\nfour"})
    assert _read(text)["app:main"]["ckan.plugins"].split() == ["three", "four"]


def test_a_file_without_the_operators_settings_stays_as_it_is() -> None:
    assert settings.overridden(INI, {}) == INI


def test_the_operators_file_may_be_missing(tmp_path: Path) -> None:
    assert settings.local(tmp_path / "local.ini") == {}


def test_the_names_of_settings_keep_their_capitals(tmp_path: Path) -> None:
    path = tmp_path / "local.ini"
    path.write_text("[app:main]\nSESSION_COOKIE_NAME = 道\n", encoding="utf-8")
    assert settings.local(path) == {"SESSION_COOKIE_NAME": "道"}


def test_an_operators_file_that_is_no_ini_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "local.ini"
    path.write_text("smtp.server\n", encoding="utf-8")
    with pytest.raises(StepFailed, match=r"local\.ini"):
        settings.local(path)
