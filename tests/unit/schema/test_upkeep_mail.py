"""The monthly mail and the order of what is to be done."""

from __future__ import annotations

from datetime import date

from ckanext.hokkaido_schema.domain.upkeep import NAMED, Item, Kind, body_of, sorted_items, subject_of


def _item(kind: Kind, title: str, days: int, organization: str = "doro") -> Item:
    return Item(kind, title, title, title, organization, days, date(2026, 4, 1))


ITEMS = [_item(Kind.DRAFT, "う", 40), _item(Kind.STALE, "あ", 90), _item(Kind.BROKEN, "い", 3)]


def test_what_waits_longest_comes_first() -> None:
    assert [item.days for item in sorted_items(ITEMS)] == [90, 40, 3]


def test_the_order_can_be_chosen_and_turned() -> None:
    assert [item.title for item in sorted_items(ITEMS, "title")] == ["あ", "い", "う"]
    assert [item.title for item in sorted_items(ITEMS, "-title")] == ["う", "い", "あ"]
    assert [item.kind for item in sorted_items(ITEMS, "kind")] == [Kind.BROKEN, Kind.STALE, Kind.DRAFT]


def test_one_mail_has_a_part_for_each_organisation() -> None:
    items = [*ITEMS, _item(Kind.STALE, "え", 100, "kasen")]
    text = body_of(items, {"doro": "道路課", "kasen": "河川課"}, name="花子", site="ポータル", link="https://x/upkeep")
    assert subject_of(items) == "オープンデータの手入れのお願い（4件）"
    assert text.index("■ 河川課（1件）") < text.index("■ 道路課（3件）")
    assert "・更新時期を過ぎています（90日）：あ" in text
    assert "https://x/upkeep" in text


def test_a_long_list_is_cut_and_counted() -> None:
    many = [_item(Kind.STALE, f"データ{n}", n) for n in range(NAMED + 5)]
    text = body_of(many, {"doro": "道路課"}, name="花子", site="ポータル", link="https://x/upkeep")
    assert text.count("・更新時期") == NAMED
    assert "ほか5件" in text
