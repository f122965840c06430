"""Paths of the IMI core vocabulary lead to classes."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_standards.domain.imi import NAMESPACE, class_of


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("施設>住所>表記", "住所型"),
        ("施設>関連施設{役割='設置施設'}>施設>名称>表記", "名称型"),
        ("利用可能時間{@定期スケジュール型}>開始時間", "定期スケジュール型"),
        ("関与>関与者>ID>識別値", "ID型"),
        ("備考", ""),
        ("", ""),
    ],
)
def test_the_last_step_that_is_a_thing_tells_the_class(path: str, name: str) -> None:
    assert class_of(path) == (f"{NAMESPACE}{name}" if name else "")
