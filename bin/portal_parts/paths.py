"""Where things lie: the checkout, what all its instances share, and what one instance owns."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

__all__ = ["CHECKOUT", "CONFIG", "MAVEN_LOG", "PYTHON", "SITE", "SOLR_DIST", "VAR", "VENV", "Instance", "checkout_key"]

CHECKOUT = Path(__file__).resolve().parents[2]
CONFIG = CHECKOUT / "config"
VAR = CHECKOUT / "var"
VENV = VAR / "venv"
PYTHON = VENV / "bin" / "python"
SOLR_DIST = VAR / "solr-dist"
MAVEN_LOG = VAR / "logs" / "maven.log"

#: Machine-wide home of the database files when root runs the portal (PostgreSQL refuses root, and its service user
#: may not be able to enter the checkout).
SITE = Path("/var/lib/ckanext-hokkaido")


def checkout_key() -> str:
    """Return a short name of this checkout, the same at every call and different for every folder."""
    return hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:10]


@dataclass(frozen=True)
class Instance:
    """One set of services with its own ports, databases and files: the portal, or one run of the tests."""

    name: str

    @property
    def folder(self) -> Path:
        """Everything of this instance but, under root, its database files."""
        return VAR / self.name

    @property
    def is_test(self) -> bool:
        """Whether speed counts more than surviving a power cut."""
        return self.name != "portal"

    @property
    def key(self) -> str:
        """A name that no other instance on this machine has."""
        return f"{checkout_key()}-{self.name}"

    @property
    def core(self) -> str:
        """CKAN's Solr core."""
        return "ckan_test" if self.is_test else "ckan"

    @property
    def inventory_core(self) -> str:
        """The Solr core of the public inventory."""
        return "inventory_test" if self.is_test else "inventory"

    @property
    def databases(self) -> tuple[str, str]:
        """The names of CKAN's database and of the DataStore."""
        return ("ckan_test", "datastore_test") if self.is_test else ("ckan", "datastore")

    @property
    def redis_number(self) -> int:
        """The number of the Redis database."""
        return 1 if self.is_test else 0

    @property
    def ini(self) -> Path:
        """CKAN's settings."""
        return self.folder / "ckan.ini"

    @property
    def logs(self) -> Path:
        """The folder of the logs."""
        return self.folder / "logs"

    def log(self, part: str) -> Path:
        """Return the log of a part."""
        return self.logs / f"{part}.log"

    @property
    def solr_home(self) -> Path:
        """Solr's cores."""
        return self.folder / "solr"

    @property
    def redis_folder(self) -> Path:
        """Redis' append-only file."""
        return self.folder / "redis"

    @property
    def storage(self) -> Path:
        """Uploaded files."""
        return self.folder / "storage"
