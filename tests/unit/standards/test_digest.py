"""What people want to know of a report at first sight."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_standards.checking import check
from ckanext.hokkaido_standards.digest import digest, groups

HEADINGS = "全国地方公共団体コード,ID,地方公共団体名,名称,所在地_連結表記,設置位置,男性トイレ総数,利用開始時間"
ROW = "011002,{id},札幌市,公園{id},北海道札幌市中央区大通西一丁目,東,{count},{time}"


def told(*rows: tuple[str, str]) -> dict[str, object]:
    lines = [HEADINGS, *(ROW.format(id=number, count=count, time=time) for number, (count, time) in enumerate(rows, 1))]
    return check("public_toilet.csv", ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()).as_dict()


def test_what_is_right_has_nothing_to_mend() -> None:
    found = digest(told(("2", "09:00")))
    assert (found.readable, found.valid, found.clean, found.worst, found.repairable) == (True, True, True, (), 0)


def test_the_worst_rules_are_named_once_each_with_their_number() -> None:
    found = digest(told(("2基", "9:00"), ("3基", "09:00"), ("多数", "09:00")))
    assert (found.counts["wrong"], found.valid) == (4, False)
    assert next((one.finding["rule"], one.count) for one in found.worst) == ("L2-01", 2)
    assert {one.finding["rule"] for one in found.worst} == {"L2-01", "value-form", "value-number"}
    # “多数” is no number that a machine could write.
    assert found.repairable == 3


def test_what_cannot_be_read_is_not_right() -> None:
    found = digest(check("a.csv", b"").as_dict())
    assert (found.readable, found.valid, found.clean) == (False, False, False)
    assert found.worst[0].finding["rule"] == "file-empty"


@pytest.mark.parametrize(("most", "shown", "hidden"), [(2, 2, 4), (50, 6, 0)])
def test_a_page_lists_so_many_places_and_says_how_many_there_are(most: int, shown: int, hidden: int) -> None:
    report = told(*[(f"{number}基", "09:00") for number in range(6)])
    (units,) = (one for one in groups(report, most) if one.rule == "L2-01")
    assert (units.count, len(units.findings), units.hidden, units.repairable) == (6, shown, hidden, True)


def test_what_is_wrong_comes_first_and_what_is_only_told_last() -> None:
    weights = [one.weight for one in groups(told(("2基", "09:00")))]
    assert weights[0] == "wrong"
    assert weights == sorted(weights, key=("wrong", "warn", "told", "asked").index)
