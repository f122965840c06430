"""Settings: each is declared with a description, documented for operators, and read through its plugin's config.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
# `ckanext.hokkaido_schema.schemas` is a package, the one name of that shape that is no setting.
KEY = re.compile(r"[\"'](ckanext\.hokkaido_\w+\.(?!schemas\b)[\w.]+)[\"']")


def _declared() -> Iterator[tuple[str, dict[str, object]]]:
    for path in sorted(ROOT.glob("ckanext/hokkaido_*/config_declaration.yaml")):
        for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]:
            for option in group["options"]:
                yield path.parent.name, option


DECLARED = list(_declared())


@pytest.mark.parametrize(("plugin", "option"), DECLARED, ids=[str(option["key"]) for _, option in DECLARED])
def test_a_setting_is_described_and_documented(plugin: str, option: dict[str, object]) -> None:
    assert str(option["key"]).startswith(f"ckanext.{plugin}.")
    assert option.get("description"), "say what it does"
    assert f"`{option['key']}`" in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


def test_every_setting_that_code_reads_is_declared() -> None:
    declared = {option["key"] for _, option in DECLARED}
    undeclared = [
        f"{path.relative_to(ROOT)}: {key}"
        for path in sorted(ROOT.glob("ckanext/hokkaido_*/**/*.py"))
        for key in KEY.findall(path.read_text(encoding="utf-8"))
        if key not in declared
    ]
    assert undeclared == []


def test_settings_are_read_in_config_modules_only() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in sorted(ROOT.glob("ckanext/hokkaido_*/**/*.py"))
        if path.name != "config.py" and KEY.search(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []
