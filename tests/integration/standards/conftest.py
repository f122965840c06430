"""What these tests share; their helpers are on the path."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pytest

from ckanext.hokkaido_core.shared import outbox

sys.path.append(str(Path(__file__).parent))
from combined_steps import ROWS, SECRET, names, publish
from linked_site import Site, serving


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the one tables."""
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_standards.combined_folder", str(tmp_path))
    return tmp_path


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Return a site that the portal may ask."""
    with serving() as server:
        monkeypatch.setitem(tk.config, "ckanext.hokkaido_core.http_internal_hosts", ["localhost"])
        monkeypatch.setitem(tk.config, "ckanext.hokkaido_core.http_ports", ["80", "443", str(server.server_address[1])])
        yield server


@pytest.fixture
def two() -> dict[str, Any]:
    """Return the dataset of 函館市, which has a file with two rows; 札幌市 has another with one."""
    publish("011002", ROWS["011002"])
    package = publish("012025", ROWS["012025"] + SECRET)
    outbox.drain()
    assert names() == {"中央区役所", "函館市役所", "秘密の小屋"}
    return package
