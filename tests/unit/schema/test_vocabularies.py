"""The vocabularies hold the facts that they claim."""

from __future__ import annotations

import dataclasses
from collections import Counter
from itertools import permutations

import pytest

from ckanext.hokkaido_core.domain.codes import BUREAU_AREAS, is_valid
from ckanext.hokkaido_schema.vocabularies import UnknownVocabulary, names, vocabulary

MEMBERS = {
    "01300": 8, "01330": 11, "01360": 7, "01390": 20, "01420": 24, "01450": 23, "01480": 8,
    "01510": 10, "01540": 18, "01570": 11, "01600": 7, "01630": 19, "01660": 8, "01690": 5,
}  # fmt: skip


@pytest.mark.parametrize("name", names())
def test_a_vocabulary_names_its_source_date_and_licence(name: str) -> None:
    found = vocabulary(name)
    assert found.about
    assert found.source
    assert len(found.date) == 10
    assert found.licence


@pytest.mark.parametrize("name", names())
def test_every_code_is_unique_and_labelled_in_both_languages(name: str) -> None:
    found = vocabulary(name)
    assert len(found.codes) == len(found)
    assert [item.code for item in found if not (item.ja and item.en)] == []


@pytest.mark.parametrize(
    "name", ["themes", "frequencies", "formats", "availability", "access_rights", "statuses", "languages"]
)
def test_what_a_feed_needs_has_an_iri(name: str) -> None:
    assert [item.code for item in vocabulary(name) if not (item.iri or "").startswith("http")] == []


def test_there_are_179_municipalities_35_cities_129_towns_15_villages() -> None:
    kinds = Counter(item["kind"] for item in vocabulary("municipalities"))
    assert kinds == {"city": 35, "town": 129, "village": 15}


@pytest.mark.parametrize("name", ["municipalities", "wards", "prefectures"])
def test_every_code_has_a_right_check_digit(name: str) -> None:
    assert [item.code for item in vocabulary(name) if not is_valid(item.code)] == []


def test_the_kind_is_the_last_character_of_the_name() -> None:
    ending = {"city": "市", "town": "町", "village": "村"}
    assert [item.ja for item in vocabulary("municipalities") if not item.ja.endswith(ending[item["kind"]])] == []


def test_every_bureau_has_its_members() -> None:
    found = Counter(item["bureau"] for item in vocabulary("municipalities"))
    assert found == MEMBERS
    assert {item.code: item["members"] for item in vocabulary("bureaus")} == MEMBERS


def test_nine_bureaus_are_general_and_five_are_not() -> None:
    bureaus = vocabulary("bureaus")
    assert Counter(item["kind"] for item in bureaus) == {"general": 9, "subprefectural": 5}
    assert [item.ja for item in bureaus if (item["kind"] == "general") != item.ja.endswith("総合振興局")] == []
    assert [item.en for item in bureaus if (item["kind"] == "general") != ("General" in item.en)] == []


def test_bureaus_are_the_areas_that_get_no_check_digit() -> None:
    assert vocabulary("bureaus").codes == BUREAU_AREAS


def test_the_seat_of_a_bureau_is_one_of_its_members() -> None:
    municipalities = vocabulary("municipalities")
    wrong = [item.ja for item in vocabulary("bureaus") if municipalities.get(item["seat"])["bureau"] != item.code]
    assert wrong == []


def test_addresses_in_latin_letters_are_unique() -> None:
    for name in ("municipalities", "bureaus"):
        slugs = [item["slug"] for item in vocabulary(name)]
        assert len(set(slugs)) == len(slugs)


def test_two_towns_called_esashi_are_told_apart_by_their_bureau() -> None:
    found = {item.code: item["slug"] for item in vocabulary("municipalities") if item.en == "Esashi Town"}
    assert found == {"013617": "esashi-cho-hiyama", "015148": "esashi-cho-soya"}


def test_only_mori_is_a_machi() -> None:
    assert [item.ja for item in vocabulary("municipalities") if item["romaji"].endswith("-machi")] == ["森町"]


def test_the_only_tomari_is_the_one_in_shiribeshi() -> None:
    assert [item.code for item in vocabulary("municipalities") if item.ja == "泊村"] == ["014036"]


def test_seven_districts_span_two_bureaus() -> None:
    bureaus: dict[str, set[str]] = {}
    for item in vocabulary("municipalities"):
        if district := item.get("district"):
            bureaus.setdefault(district, set()).add(item["bureau"])
    spanning = {district for district, found in bureaus.items() if len(found) > 1}
    assert spanning == {"上川郡", "中川郡", "天塩郡", "虻田郡", "勇払郡", "空知郡", "雨竜郡"}


def test_cities_have_no_district_and_towns_have_one() -> None:
    wrong = [item.ja for item in vocabulary("municipalities") if (item["kind"] == "city") == bool(item.get("district"))]
    assert wrong == []


def test_every_office_lies_in_hokkaido() -> None:
    wrong = [
        item.ja
        for name in ("municipalities", "wards")
        for item in vocabulary(name)
        if not (41.3 < item["lat"] < 45.6 and 139.3 < item["lng"] < 145.9)
    ]
    assert wrong == []


def test_there_are_six_legal_grounds_law_third_parties_and_practical_reasons_apart() -> None:
    groups = Counter(item["group"] for item in vocabulary("reasons"))
    assert groups["legal"] == 6 + 2
    assert set(groups) == vocabulary("reason_groups").codes


def test_licences_point_to_their_texts() -> None:
    licences = vocabulary("licences")
    assert {"CC-BY-4.0", "PDL-1.0", "CC0-1.0", "GOJ-2.0"} <= licences.codes
    assert [item.code for item in licences if item["open"] and not (item.iri and item.get("url"))] == []


def test_a_spelling_leads_to_one_frequency_only() -> None:
    spellings = Counter(word for item in vocabulary("frequencies") for word in (item.ja, *item.get("also", ())))
    assert [word for word, count in spellings.items() if count > 1] == []


def test_an_extension_leads_to_one_format_only() -> None:
    extensions = Counter(extension for item in vocabulary("formats") for extension in item["extensions"])
    assert [extension for extension, count in extensions.items() if count > 1] == []


def test_areas_are_prefecture_bureaus_municipalities_and_wards() -> None:
    assert len(vocabulary("areas")) == 1 + 14 + 179 + 10


def test_a_label_follows_the_language() -> None:
    themes = vocabulary("themes")
    assert themes.label("safety", "ja") == "防災・安全"
    assert themes.label("safety", "en_GB") == "Disaster prevention and safety"
    assert themes.label("something else") == "something else"
    assert themes.label(None) == ""


def test_a_vocabulary_cannot_be_changed() -> None:
    item = vocabulary("themes").items[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        item.ja = "x"
    with pytest.raises(TypeError):
        item.more["x"] = 1


@pytest.mark.parametrize("name", ["", "nothing", "../dataset", "standards/01"])
def test_an_unknown_vocabulary_is_refused(name: str) -> None:
    with pytest.raises(UnknownVocabulary):
        vocabulary(name)


def test_the_picture_of_the_bureaus_keeps_who_lies_where() -> None:
    """No two share a tile; of two in one column the one further north (by its towns) stands above, and so on."""
    tiles = {item.code: item["tile"] for item in vocabulary("bureaus")}
    assert len(set(tiles.values())) == 14
    places = {
        code: [(town["lat"], town["lng"]) for town in vocabulary("municipalities") if town["bureau"] == code]
        for code in tiles
    }
    middle = {
        code: tuple(sum(axis) / len(towns) for axis in zip(*towns, strict=True)) for code, towns in places.items()
    }
    for one, other in permutations(tiles, 2):
        if tiles[one][0] == tiles[other][0] and tiles[one][1] < tiles[other][1]:
            assert middle[one][0] > middle[other][0], (one, other)
        if tiles[one][1] == tiles[other][1] and tiles[one][0] < tiles[other][0]:
            assert middle[one][1] < middle[other][1], (one, other)
