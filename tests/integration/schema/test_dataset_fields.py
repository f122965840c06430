"""Fields of datasets: what is mended, what is refused, what reaches the index."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories
from ckan.tests.helpers import call_action

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")


def act(action: str, **values: Any) -> Any:
    """Call an action as the site's own user; CKAN's activity stream refuses nobody."""
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return call_action(action, context={"user": user, "ignore_auth": True}, **values)


@pytest.fixture
def unit() -> dict[str, Any]:
    return factories.Organization(name="doro-ka", title="道路課")


@pytest.fixture
def make(unit: dict[str, Any]) -> Any:
    def make_dataset(**values: Any) -> dict[str, Any]:
        return act(
            "package_create",
            **{
                "title": "道路一覧",
                "notes": "道路の一覧です。",
                "owner_org": unit["id"],
                "license_id": "CC-BY-4.0",
                **values,
            },
        )

    return make_dataset


def _refused(make: Any, field: str, **values: Any) -> str:
    with pytest.raises(tk.ValidationError) as refused:
        make(**values)
    return str(refused.value.error_dict[field])


def test_title_description_licence_and_owner_are_enough(make: Any) -> None:
    assert make()["name"].startswith("dataset-")


def test_a_dataset_keeps_the_name_it_was_given(make: Any) -> None:
    dataset = make()
    act("package_patch", id=dataset["id"], name="")
    assert act("package_show", id=dataset["id"])["name"] == dataset["name"]


@pytest.mark.parametrize("field", ["title", "notes", "license_id", "owner_org"])
def test_nothing_less_is_enough(make: Any, field: str) -> None:
    assert _refused(make, field, **{field: ""})


def test_dates_written_in_eras_are_stored_as_iso(make: Any) -> None:
    dataset = make(issued="令和8年4月1日", modified="R8.11.23")
    assert (dataset["issued"], dataset["modified"]) == ("2026-04-01", "2026-11-23")


def test_a_fiscal_year_becomes_its_first_and_last_day(make: Any) -> None:
    dataset = make(temporal_coverage=[{"start": "令和8年度", "end": "令和8年度"}])
    assert dataset["temporal_coverage"] == [{"start": "2026-04-01", "end": "2027-03-31"}]


def test_an_impossible_date_is_refused(make: Any) -> None:
    assert "平成99年" in _refused(make, "issued", issued="平成99年4月1日")


def test_a_period_that_ends_before_it_begins_is_refused(make: Any) -> None:
    message = _refused(make, "temporal_coverage", temporal_coverage=[{"start": "2026-04-01", "end": "2025-04-01"}])
    assert "2025-04-01" in message


def test_empty_groups_of_the_form_are_not_stored(make: Any) -> None:
    dataset = make(contact=[{"name": "", "email": ""}, {"name": "道路課", "email": ""}])
    assert [contact["name"] for contact in dataset["contact"]] == ["道路課"]


@pytest.mark.parametrize(
    "codes", [["011002", "01300"], ["11002", "1300"], "011002;01300", "011002、01300", '["011002", "01300"]']
)
def test_area_codes_come_in_many_ways_and_are_stored_as_a_list(make: Any, codes: object) -> None:
    assert make(spatial_code=codes)["spatial_code"] == ["011002", "01300"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("theme", ["nothing"]),
        ("spatial_code", ["131016"]),
        ("frequency", "SOMETIMES"),
        ("license_id", "cc-by"),
        ("url", "javascript:alert(1)"),
        ("url", "file:///etc/passwd"),
        ("conforms_to", ["ftp://example.org/"]),
        ("title", "x\u202ey"),
    ],
)
def test_what_is_not_on_the_list_or_unsafe_is_refused(make: Any, field: str, value: object) -> None:
    assert _refused(make, field, **{field: value})


def test_the_language_is_japanese_unless_said_otherwise(make: Any) -> None:
    assert make()["language"] == ["ja"]
    assert make(language=["en"])["language"] == ["en"]


def test_everything_survives_an_update(make: Any) -> None:
    dataset = make(
        theme=["transport", "safety"],
        spatial_code=["010006"],
        temporal_coverage=[{"start": "2026-04-01", "end": ""}],
        contact=[{"name": "道路課", "phone": "011-231-4111"}],
        conforms_to=["https://example.org/standard"],
    )
    act("package_patch", id=dataset["id"], title="道路一覧（新）")
    again = act("package_show", id=dataset["id"])
    for field in ("theme", "spatial_code", "temporal_coverage", "contact", "conforms_to"):
        assert again[field] == dataset[field]


def test_a_dataset_is_found_by_the_names_of_its_codes(make: Any) -> None:
    dataset = make(theme=["safety"], spatial_code=["013030"])
    for words in ("防災", "当別町"):
        found = act("package_search", q=words)
        assert [one["id"] for one in found["results"]] == [dataset["id"]]


def test_facets_count_themes_and_bureaus_by_name(make: Any) -> None:
    make(theme=["safety"], spatial_code=["013030"])
    make(theme=["safety", "health"], spatial_code=["01630", "011011"])
    facets = act("package_search", **{"facet.field": ["vocab_theme", "vocab_bureau"]})["search_facets"]
    themes = {item["name"]: (item["count"], item["display_name"]) for item in facets["vocab_theme"]["items"]}
    bureaus = {item["name"]: item["count"] for item in facets["vocab_bureau"]["items"]}
    assert themes["safety"][0] == 2
    assert themes["safety"][1] in {"防災・安全", "Disaster prevention and safety"}
    assert bureaus == {"01300": 2, "01630": 1}


def test_a_very_long_text_does_not_break_the_index(make: Any) -> None:
    dataset = make(notes_en="word " * 20_000, provenance="由来" * 20_000)
    assert act("package_search", fq=f"id:{dataset['id']}")["count"] == 1


def test_the_site_offers_the_licences_of_the_vocabulary() -> None:
    found = {licence["id"]: licence for licence in act("license_list")}
    assert set(found) == {"CC-BY-4.0", "PDL-1.0", "CC0-1.0", "GOJ-2.0", "other"}
    assert found["CC-BY-4.0"]["url"].startswith("https://creativecommons.org/")


def test_an_open_licence_makes_an_open_dataset(make: Any) -> None:
    assert make()["isopen"] is True
    assert make(license_id="other")["isopen"] is False


def test_a_vocabulary_is_shown_with_its_source() -> None:
    found = act("hokkaido_vocabulary_show", id="bureaus")
    assert len(found["items"]) == 14
    assert found["source"]
    with pytest.raises(tk.ObjectNotFound):
        act("hokkaido_vocabulary_show", id="../dataset")


@pytest.mark.parametrize("field", ["standard", "frequency", "access_rights"])
def test_a_code_that_is_no_choice_is_named_with_what_to_do(make: Any, field: str) -> None:
    with pytest.raises(tk.ValidationError) as refused:
        make(**{field: "no such code"})
    assert refused.value.error_dict[field] == ["“no such code” is not one of the choices. Choose from the list."]
