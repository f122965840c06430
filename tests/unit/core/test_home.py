"""What siblings add to the front page."""

from __future__ import annotations

from ckanext.hokkaido_core.domain.registry import Registry
from ckanext.hokkaido_core.home import Wanted, most_wanted


def test_nothing_is_wanted_while_nobody_keeps_a_list() -> None:
    assert most_wanted(5, Registry()) == []


def test_lists_follow_one_another_up_to_the_limit() -> None:
    sources: Registry = Registry()
    sources.add("requests", lambda limit: [Wanted(f"要望 {number}", "/request/1") for number in range(limit)])
    sources.add("holdings", lambda _limit: [Wanted("保有データ", "/inventory/1")])
    assert [one.title for one in most_wanted(3, sources)] == ["要望 0", "要望 1", "要望 2"]
    assert most_wanted(30, sources)[-1].title == "要望 29"
