"""Where pages are cut, and how they are linked."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_dcat.domain.page import Cut, describe_page

HYDRA = "http://www.w3.org/ns/hydra/core#"


def _links(cut: Cut) -> dict[str, str]:
    graph = describe_page(cut, lambda number: f"https://portal.example.jp/catalog.ttl?page={number}")
    return {
        triple.predicate.value.removeprefix(HYDRA): triple.object.value.rpartition("=")[2]
        for triple in graph
        if triple.predicate.value.startswith(HYDRA)
    }


@pytest.mark.parametrize(("highest", "last"), [(0, 1), (1, 1), (100, 1), (101, 2), (200, 2), (201, 3)])
def test_the_last_page_follows_from_the_highest_sequence(highest: int, last: int) -> None:
    assert Cut.of(number=1, size=100, highest=highest, total=0).last == last


def test_pages_cover_every_sequence_once() -> None:
    cuts = [Cut.of(number=number, size=7, highest=30, total=30) for number in range(1, 6)]
    covered = [sequence for cut in cuts for sequence in range(cut.first_sequence, cut.last_sequence + 1)]
    assert covered == list(range(1, 36))


def test_a_page_in_the_middle_links_both_ways_in_both_vocabularies() -> None:
    links = _links(Cut(number=2, last=3, size=10, total=25))
    assert links == {
        "totalItems": "25", "itemsPerPage": "10",
        "first": "1", "firstPage": "1", "last": "3", "lastPage": "3",
        "next": "3", "nextPage": "3", "previous": "1", "previousPage": "1",
    }  # fmt: skip


def test_the_last_page_has_no_next_and_the_first_no_previous() -> None:
    assert not {"next", "nextPage"} & _links(Cut(number=3, last=3, size=10, total=25)).keys()
    assert not {"previous", "previousPage"} & _links(Cut(number=1, last=3, size=10, total=25)).keys()
