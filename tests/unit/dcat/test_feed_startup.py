"""The feed refuses to start where it would not be served."""

from __future__ import annotations

import pytest
from ckan.exceptions import CkanConfigurationException

from ckanext.hokkaido_dcat import startup


def test_the_right_order_is_accepted() -> None:
    assert startup.problems({"ckan.plugins": "hokkaido_dcat hokkaido_schema hokkaido_core dcat"}) == []


@pytest.mark.parametrize("plugins", ["dcat hokkaido_dcat", "hokkaido_dcat"])
def test_another_order_is_refused_with_what_to_change(plugins: str) -> None:
    with pytest.raises(CkanConfigurationException, match=r"ckan\.plugins must"):
        startup.check({"ckan.plugins": plugins})
