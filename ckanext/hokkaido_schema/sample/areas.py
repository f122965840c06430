"""Tables about places, made from the vocabularies."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import asin, cos, radians, sin, sqrt

from ckanext.hokkaido_core.domain.codes import check_digit
from ckanext.hokkaido_schema.sample.table import Maker, Table
from ckanext.hokkaido_schema.vocabularies import Item, vocabulary

__all__ = ["TABLES", "of_bureau"]

_EARTH_KM = 6371.0088
_KINDS = {"city": "市", "town": "町", "village": "村"}
_HEAD = (
    "全国地方公共団体コード",
    "市町村名",
    "市町村名_かな",
    "市町村名_英字",
    "種別",
    "郡名",
    "振興局コード",
    "振興局名",
)
_PLACE = ("役場所在地_緯度", "役場所在地_経度", "公式サイト")


def _row(item: Item) -> tuple[object, ...]:
    bureau = vocabulary("bureaus").get(item["bureau"])
    return (
        item.code,
        item.ja,
        item["kana"],
        item["romaji"],
        _KINDS[item["kind"]],
        item.get("district", ""),
        item["bureau"],
        bureau.ja if bureau else "",
    )


def municipalities() -> Table:
    """All municipalities with code, reading, bureau and office."""
    rows = [(*_row(item), item["lat"], item["lng"], item["url"]) for item in vocabulary("municipalities")]
    return Table((*_HEAD, *_PLACE), rows)


def of_bureau(code: str) -> Table:
    """The municipalities of one bureau."""
    rows = [
        (*_row(item), item["lat"], item["lng"], item["url"])
        for item in vocabulary("municipalities")
        if item["bureau"] == code
    ]
    return Table((*_HEAD, *_PLACE), rows)


def readings() -> Table:
    """Names of municipalities in kana, Latin letters and English."""
    rows = [(item.code, item.ja, item["kana"], item["romaji"], item.en) for item in vocabulary("municipalities")]
    return Table(("全国地方公共団体コード", "市町村名", "かな", "ローマ字", "英語名"), rows)


def sites() -> Table:
    """Official sites of municipalities."""
    rows = [(item.code, item.ja, item["url"]) for item in vocabulary("municipalities")]
    return Table(("全国地方公共団体コード", "市町村名", "公式サイト"), rows)


def check_digits() -> Table:
    """How the check digit of each code is worked out."""
    rows = []
    for item in vocabulary("municipalities"):
        digits = [int(digit) for digit in item.code[:5]]
        total = sum(digit * weight for digit, weight in zip(digits, (6, 5, 4, 3, 2), strict=True))
        rows.append((item.code, item.ja, item.code[:5], total, total % 11, check_digit(item.code[:5])))
    return Table(
        ("全国地方公共団体コード", "市町村名", "検査数字を除く5桁", "重み付きの和", "11で割った余り", "検査数字"), rows
    )


def bureaus() -> Table:
    """The bureaus with code, kind, seat and number of members."""
    members = vocabulary("municipalities")
    rows = [
        (item.code, item.ja, item["kana"], item.en, members.label(item["seat"]), item["members"])
        for item in vocabulary("bureaus")
    ]
    return Table(("標準地域コード", "名称", "かな", "英語名", "所在地", "管内市町村数"), rows)


def kinds_by_bureau() -> Table:
    """How many cities, towns and villages each bureau has."""
    count = Counter((item["bureau"], item["kind"]) for item in vocabulary("municipalities"))
    rows = [
        (item.code, item.ja, _KINDS[kind], count[item.code, kind]) for item in vocabulary("bureaus") for kind in _KINDS
    ]
    return Table(("標準地域コード", "振興局名", "種別", "市町村数"), rows)


def districts() -> Table:
    """The districts (郡) and the bureaus that each lies in."""
    found: dict[str, dict[str, list[str]]] = {}
    for item in vocabulary("municipalities"):
        if district := item.get("district"):
            found.setdefault(district, {}).setdefault(item["bureau"], []).append(item.ja)
    names = vocabulary("bureaus")
    rows = [
        (district, names.label(bureau), len(towns), ";".join(towns), "はい" if len(parts) > 1 else "いいえ")
        for district, parts in found.items()
        for bureau, towns in parts.items()
    ]
    return Table(("郡名", "振興局名", "町村数", "町村名", "複数の振興局にまたがる"), rows)


def wards() -> Table:
    """The wards of Sapporo."""
    rows = [(w.code, w.ja, w["kana"], w.en, w["lat"], w["lng"], w["url"]) for w in vocabulary("wards")]
    return Table(("全国地方公共団体コード", "区名", "かな", "英語名", "区役所_緯度", "区役所_経度", "公式サイト"), rows)


def prefectures() -> Table:
    """The 47 prefectures."""
    rows = [(p.code, p.ja, p["kana"], p.en, p["iso"], p["seat"]) for p in vocabulary("prefectures")]
    return Table(("全国地方公共団体コード", "都道府県名", "かな", "英語名", "ISO 3166-2", "都道府県庁所在地"), rows)


def distances_between_bureaus() -> Table:
    """Great-circle distances between the seats of the bureaus, in kilometres."""
    rows = [(a.ja, b.ja, _km(_seat(a), _seat(b))) for a, b in combinations(vocabulary("bureaus"), 2)]
    return Table(("振興局_から", "振興局_まで", "直線距離_km"), rows)


def distances_to_bureau() -> Table:
    """Great-circle distance of each municipal office from the seat of its bureau, in kilometres."""
    bureaus_ = vocabulary("bureaus")
    rows = []
    for item in vocabulary("municipalities"):
        bureau = bureaus_.get(item["bureau"])
        if bureau:
            rows.append((item.code, item.ja, bureau.ja, _seat(bureau).ja, _km(item, _seat(bureau))))
    return Table(("全国地方公共団体コード", "市町村名", "振興局名", "振興局の所在地", "直線距離_km"), rows)


def tobetsu() -> Table:
    """Facts on the town of Tobetsu."""
    item = vocabulary("municipalities").get("013030")
    return Table((*_HEAD, *_PLACE), [(*_row(item), item["lat"], item["lng"], item["url"])] if item else [])


def tobetsu_distances() -> Table:
    """Great-circle distances from the office of Tobetsu to the other offices of its bureau, in kilometres."""
    places = vocabulary("municipalities")
    here = places.get("013030")
    rows = [
        (item.code, item.ja, _km(here, item))
        for item in places
        if here and item["bureau"] == here["bureau"] and item.code != here.code
    ]
    return Table(("全国地方公共団体コード", "市町村名", "当別町役場からの直線距離_km"), rows)


def _seat(bureau: Item) -> Item:
    return next(item for item in vocabulary("municipalities") if item.code == bureau["seat"])


def _km(one: Item, other: Item) -> float:
    """Work out the great-circle distance of two offices by the haversine formula on a sphere."""
    lat1, lng1, lat2, lng2 = (radians(value) for item in (one, other) for value in (item["lat"], item["lng"]))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lng2 - lng1) / 2) ** 2
    return round(2 * _EARTH_KM * asin(sqrt(half)), 1)


TABLES: dict[str, Maker] = {
    function.__name__: function
    for function in (
        municipalities, readings, sites, check_digits, bureaus, kinds_by_bureau, districts, wards, prefectures,
        distances_between_bureaus, distances_to_bureau, tobetsu, tobetsu_distances,
    )
}  # fmt: skip
