"""`ckan hokkaido sample`: what it refuses and what it tells."""

from __future__ import annotations

import json

import pytest
from ckan.cli.cli import ckan as ckan_command
from ckan.tests.helpers import CKANCliRunner

pytestmark = pytest.mark.usefixtures("clean_db", "with_plugins")


@pytest.mark.parametrize("password", ["", "short"])
def test_loading_without_a_password_is_refused_with_what_to_do(
    cli: CKANCliRunner, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    monkeypatch.setenv("HOKKAIDO_SAMPLE_PASSWORD", password)
    result = cli.invoke(ckan_command, ["hokkaido", "sample", "load"])
    assert result.exit_code == 1
    assert "HOKKAIDO_SAMPLE_PASSWORD" in result.output


def test_an_empty_portal_says_what_is_missing(cli: CKANCliRunner) -> None:
    result = cli.invoke(ckan_command, ["hokkaido", "sample", "status", "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["organizations"] == [0, 271]
