"""The RDF harvester of ckanext-dcat, in a stock CKAN, takes the whole feed; a second harvest changes nothing."""

from __future__ import annotations

import configparser
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import sqlalchemy as sa

PORTAL = os.environ.get("HOKKAIDO_PORTAL_URL", "")
TOOL = Path(__file__).parents[2] / "tools" / "stock_harvester.py"
SCHEMA = "stock_harvester"
PLUGINS = "activity harvest dcat dcat_rdf_harvester"


@pytest.fixture(scope="module")
def stock_ini(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Set a CKAN up without this suite, in a schema of its own; it has no search index, and needs none."""
    portal = configparser.RawConfigParser()
    portal.optionxform = str  # type: ignore[assignment]
    portal.read(os.environ["HOKKAIDO_PORTAL_INI"], encoding="utf-8")
    own = dict(portal["app:main"])
    engine = sa.create_engine(own["sqlalchemy.url"])
    with engine.begin() as connection:
        connection.execute(sa.text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))
        connection.execute(sa.text(f"CREATE SCHEMA {SCHEMA}"))
    settings = {name: value for name, value in own.items() if "hokkaido" not in name and "scheming" not in name}
    settings |= {
        "ckan.plugins": PLUGINS,
        "sqlalchemy.url": f"{own['sqlalchemy.url']}?options=-csearch_path={SCHEMA}",
        "ckan.site_id": SCHEMA,
        "ckan.search.automatic_indexing": "false",
    }
    path = tmp_path_factory.mktemp("stock") / "ckan.ini"
    written = configparser.RawConfigParser()
    written.optionxform = str  # type: ignore[assignment]
    written["DEFAULT"] = {}
    written["app:main"] = {name: value.replace("%", "%%") for name, value in settings.items()}
    with path.open("w", encoding="utf-8") as file:
        written.write(file)
    ckan = [str(Path(sys.executable).with_name("ckan")), "-c", str(path)]
    for command in (["db", "init"], ["db", "upgrade", "-p", "harvest"]):
        done = subprocess.run([*ckan, *command], check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    yield path
    with engine.begin() as connection:
        connection.execute(sa.text(f"DROP SCHEMA {SCHEMA} CASCADE"))


def _in_the_feed() -> set[str]:
    """Return the IRIs of all datasets, page by page."""
    found: set[str] = set()
    address: str | None = f"{PORTAL}/catalog.nt"
    while address:
        page = requests.get(address, timeout=60).text
        found |= set(re.findall(r"<([^>]+)> <[^>]+#type> <http://www.w3.org/ns/dcat#Dataset> \.", page))
        following = re.search(r"hydra/core#next> <([^>]+)>", page)
        address = following[1] if following else None
    return found


def test_the_whole_feed_comes_in_and_a_second_harvest_changes_nothing(stock_ini: Path) -> None:
    command = [sys.executable, "-P", str(TOOL), str(stock_ini), f"{PORTAL}/catalog.xml", "2"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]
    first, second = (json.loads(line) for line in done.stdout.splitlines() if line.startswith("{"))
    assert (first["errors"], second["errors"]) == ([], [])
    assert len(first["datasets"]) > 10
    assert set(first["datasets"]) == _in_the_feed()
    assert all(_complete(dataset) for dataset in first["datasets"].values())
    assert second["datasets"] == first["datasets"]


def _complete(dataset: dict[str, Any]) -> bool:
    return bool(dataset["title"] and dataset["notes"] and all(one["url"] for one in dataset["resources"]))
