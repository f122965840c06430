"""What the tests of pages of standards share; their helpers are on the path."""

from __future__ import annotations

import sys
from pathlib import Path

import ckan.plugins.toolkit as tk
import pytest
from ckan.lib.redis import connect_to_redis
from ckan.tests import factories

sys.path.append(str(Path(__file__).parent))


@pytest.fixture
def unthrottled() -> None:
    redis = connect_to_redis()
    for key in redis.scan_iter("hokkaido_core:*:throttle:*"):
        redis.delete(key)


@pytest.fixture
def people() -> dict[str, dict[str, str]]:
    made = {name: factories.UserWithToken() for name in ("editor", "stranger")}
    unit = factories.Organization(users=[{"name": made["editor"]["name"], "capacity": "editor"}])
    factories.Organization(users=[{"name": made["stranger"]["name"], "capacity": "editor"}])
    headers = {name: {"Authorization": user["token"]} for name, user in made.items()}
    return {**headers, "anonymous": {}, "unit": unit}


@pytest.fixture
def waiting_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(tk.config, "ckan.storage_path", str(tmp_path))
    return tmp_path
