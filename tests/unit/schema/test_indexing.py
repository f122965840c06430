"""What of a dataset goes into the index."""

from __future__ import annotations

import json

from ckanext.hokkaido_schema.indexing import prepare, translate_facets


def test_lists_stored_as_json_become_lists_and_words() -> None:
    document = prepare({"theme": json.dumps(["safety"]), "spatial_code": json.dumps(["013030", "01630"])})
    assert document["vocab_theme"] == ["safety"]
    assert document["vocab_spatial_code"] == ["013030", "01630"]
    assert "当別町" in document["extras_spatial_code"]
    assert "Disaster prevention" in document["extras_theme"]


def test_nothing_that_is_left_is_a_list_of_groups() -> None:
    document = prepare(
        {
            "temporal_coverage": [{"start": "2026-04-01", "end": None}],
            "contact": json.dumps([{"name": "道路課", "phone": "011-231-4111"}]),
        }
    )
    assert document["extras_temporal_coverage"] == "2026-04-01"
    assert document["extras_contact"] == "道路課 011-231-4111"
    assert not any(isinstance(value, dict) for value in document.values())


def test_an_area_counts_for_its_bureau_once() -> None:
    codes = ["013030", "011011", "011002", "01300", "010006", "01630", "999999"]
    assert prepare({"spatial_code": codes})["vocab_bureau"] == ["01300", "01630"]


def test_broken_values_of_old_data_do_no_harm() -> None:
    document = prepare({"theme": "not json", "contact": "{", "language": None, "temporal_coverage": 7})
    assert document["vocab_theme"] == ["not json"]
    assert document["vocab_language"] == []


def test_texts_too_long_for_a_term_are_left_to_the_analysed_fields() -> None:
    long = "由来" * 5_000
    document = prepare({"provenance": long, "extras_provenance": long, "notes": long, "title": "x"})
    assert "provenance" not in document
    assert document["extras_provenance"] == document["notes"] == long


def test_the_number_of_files_is_kept_for_sums() -> None:
    assert prepare({"res_url": ["a.csv", "b.csv"]})["vocab_file_count"] == ["2"]
    assert prepare({})["vocab_file_count"] == ["0"]


def test_facets_speak_the_language_of_the_page() -> None:
    facets = {"vocab_theme": {"items": [{"name": "safety", "display_name": "safety"}]}, "tags": {"items": []}}
    translate_facets(facets, "en")
    assert facets["vocab_theme"]["items"][0]["display_name"] == "Disaster prevention and safety"
