"""What the tests of the schema's pages share."""

from __future__ import annotations

import pytest
from ckan.tests import helpers
from ckan.tests.helpers import CKANTestApp


@pytest.fixture(scope="module")
def app() -> CKANTestApp:
    """Return one portal for all tests of a module: building it takes longer than any of them."""
    return helpers._get_test_app()


@pytest.fixture
def with_plugins(app: CKANTestApp) -> None:
    """Have the plugins of test.ini loaded, as the portal of the module has them."""
