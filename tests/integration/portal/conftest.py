"""The modules of `bin/portal` on the path, and services of their own for the tests that break them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "bin"))

from portal_parts import instance as whole
from portal_parts import test_run
from portal_parts.paths import Instance


@pytest.fixture(scope="module")
def services() -> Iterator[Instance]:
    """Start PostgreSQL, Redis and Solr apart from those of the other tests, and remove them afterwards."""
    instance = Instance(f"test-{os.getpid()}-services")
    # Should this process be killed, the next run of `bin/portal test` removes what it leaves.
    test_run.claim(instance)
    try:
        whole.start_services(instance)
        yield instance
    finally:
        whole.remove(instance)
