"""What the tests of `bin/portal` share: its modules on the path, and instances in a folder of the test."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(CHECKOUT / "bin"))

from portal_parts import processes  # noqa: E402
from portal_parts.paths import Instance  # noqa: E402

SLEEPER = "import time; time.sleep(60)"


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    """Return an instance in a folder with a blank and Japanese in its name."""
    # An absolute name leaves `var/` alone.
    return Instance(str(tmp_path / "見本 1"))


@pytest.fixture
def sleeper(instance: Instance) -> Iterator[Callable[..., processes.Part]]:
    """Make parts that run Python code, and end whatever is left of them."""
    made: list[processes.Part] = []

    def make(name: str = "sleeper", code: str = SLEEPER, **more: object) -> processes.Part:
        part = processes.Part(instance, name, (sys.executable, "-c", code), folder=Path("/"), **more)  # type: ignore[arg-type]
        made.append(part)
        return part

    yield make
    for part in made:
        processes.stop(part)


@pytest.fixture(scope="session")
def patch_schema() -> ModuleType:
    """Return the script that patches CKAN's Solr schema."""
    path = CHECKOUT / "config" / "solr" / "patch_schema.py"
    spec = importlib.util.spec_from_file_location("hokkaido_patch_schema", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
