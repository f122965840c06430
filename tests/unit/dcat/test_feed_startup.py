"""The feed refuses to start where it would not be served."""

from __future__ import annotations

from pathlib import Path

import pytest
from ckan.exceptions import CkanConfigurationException

from ckanext.hokkaido_dcat import startup
from ckanext.hokkaido_dcat.service import thirdparty


def test_the_right_order_is_accepted() -> None:
    assert startup.problems({"ckan.plugins": "hokkaido_dcat hokkaido_schema hokkaido_core dcat"}) == []


@pytest.mark.parametrize("plugins", ["dcat hokkaido_dcat", "hokkaido_dcat"])
def test_another_order_is_refused_with_what_to_change(plugins: str) -> None:
    with pytest.raises(CkanConfigurationException, match=r"ckan\.plugins must"):
        startup.check({"ckan.plugins": plugins})


GOOD = {"ckan.plugins": "hokkaido_dcat hokkaido_schema hokkaido_core dcat"}


def test_a_profile_that_is_not_installed_is_told_with_what_to_do(caplog: pytest.LogCaptureFixture) -> None:
    startup.check(GOOD | {thirdparty.SETTING: "euro_dcat_ap_3 nowhere"})
    (record,) = caplog.records
    assert record.levelname == "ERROR"
    assert "ckanext.dcat.rdf.profiles names nowhere, which no installed extension has" in record.message
    assert "feed rebuild" in record.message


def test_a_profile_whose_class_cannot_be_loaded_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "broken_profile-1.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-profile\nVersion: 1\n", encoding="utf-8")
    (folder / "entry_points.txt").write_text("[ckan.rdf.profiles]\nbroken = no_such_module:One\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    startup.check(GOOD | {thirdparty.SETTING: ["broken"]})
    assert "names broken, whose class cannot be loaded (No module named 'no_such_module')" in caplog.text


def test_profiles_that_are_installed_are_not_told_of(caplog: pytest.LogCaptureFixture) -> None:
    startup.check(GOOD | {thirdparty.SETTING: "euro_dcat_ap_3 hokkaido_dcat_ap"})
    assert caplog.records == []
