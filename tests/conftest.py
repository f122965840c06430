"""What every lane shares."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def checkout() -> Path:
    """Return the folder of the project."""
    return CHECKOUT


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Return the folder of shared reference material, which people who install the project do not have."""
    folder = Path(os.environ.get("HOKKAIDO_SHARED") or CHECKOUT.parent / "shared")
    if not (folder / "reference").is_dir():
        pytest.skip("reference material is not beside this checkout (set HOKKAIDO_SHARED to its folder)")
    return folder
