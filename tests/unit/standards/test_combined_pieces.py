"""A table takes over what an older one has of the same, and is what it would be if it were written anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from ckanext.hokkaido_standards.checking import looks
from ckanext.hokkaido_standards.combined import files, pieces
from ckanext.hokkaido_standards.combined.files import write_all
from ckanext.hokkaido_standards.combined.fragment import fragment_of
from ckanext.hokkaido_standards.combined.judging import Source
from ckanext.hokkaido_standards.combined.merging import ROWS, write_table
from ckanext.hokkaido_standards.combined.pieces import Index, Run, Span, runs
from ckanext.hokkaido_standards.combined.store import Store
from ckanext.hokkaido_standards.combined.writers import WRITERS
from ckanext.hokkaido_standards.definitions import standards
from ckanext.hokkaido_standards.domain.combined import Provenance
from ckanext.hokkaido_standards.tables.reader import read

SITE = "https://data.example.jp"
AT = datetime(2026, 4, 1, tzinfo=UTC)
HEADINGS = "全国地方公共団体コード,ID,名称,所在地_連結表記,緯度,経度,設置位置"
CODES = ("011002", "012025", "012041", "012068")


def rows_of(code: str, count: int = 3, mark: str = "") -> str:
    lines = [
        f"{code},{one},施設{code}-{one}{mark},北海道{one}番地,43.{one},141.{one},1階" for one in range(1, count + 1)
    ]
    return "\n".join([HEADINGS, *lines])


class Portal:
    """Files of publishers and the tables that were made of them."""

    def __init__(self, folder: Path) -> None:
        self.store, self.count = Store(folder), 0
        self.sources = [self.given(code, rows_of(code)) for code in CODES]

    def given(self, code: str, content: str, days: int = 0) -> Source:
        made = fragment_of(list(looks(read("aed.csv", content.encode()), title="AED")), "08").as_parquet()
        told = Provenance(f"市{code}", "AED設置箇所一覧", "aed.csv", f"{SITE}/{code}", "CC BY 4.0")
        path = self.store.fragment(self.store.keep_fragment(made))
        return Source(path, f"d{code}", f"r{code}", code, told, AT, AT + timedelta(days=days))

    def table(self, old: Path | None = None) -> Path:
        self.count += 1
        made = self.store.make(
            "08",
            f"t{self.count}",
            lambda folder: write_table(folder, standards()["08"], self.sources, {"012025": "01330"}, SITE, old=old),
        )
        write_all(self.store, made, standards()["08"], SITE)
        return made


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    return Portal(tmp_path)


def contents(folder: Path) -> dict[str, object]:
    found: dict[str, object] = {name: (folder / f"rows.{name}").read_text(encoding="utf-8") for name in WRITERS}
    return found | {"parquet": pl.read_parquet(folder / ROWS).to_dicts()}


def taken(old: Path, new: Path) -> int:
    """Return how many pieces of a table are those of an older one."""
    return len(Index.of(old).rows.keys() & Index.of(new).rows.keys())


def _changed(portal: Portal) -> None:
    portal.sources[1] = portal.given(CODES[1], rows_of(CODES[1], 4, "改"))


def _gone(portal: Portal) -> None:
    del portal.sources[0]


def _fresh(portal: Portal) -> None:
    portal.sources.insert(0, portal.given("010006", rows_of("010006")))


def _renamed(portal: Portal) -> None:
    source = portal.sources[2]
    portal.sources[2] = replace(source, provenance=replace(source.provenance, dataset="AEDの場所"))


def _moved(portal: Portal) -> None:
    portal.sources.reverse()


def _replaced(portal: Portal) -> None:
    """Let a newer file of the same municipality say one record again; the older one has a row less."""
    newer = portal.given(CODES[0], rows_of(CODES[0], 1), days=9)
    portal.sources.append(replace(newer, resource="newer", dataset="newer"))


def _wider(portal: Portal) -> None:
    """Let a file have a column that only the older form of the standard has; the table has it now, too."""
    content = (
        "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,住所,緯度,経度,設置位置\n"
        "012068,1,北海道,釧路市,施設,北海道釧路市1番地,43.1,141.1,1階\n"
    )
    portal.sources[3] = portal.given(CODES[3], content)


def _empty(portal: Portal) -> None:
    portal.sources.clear()


def _same(portal: Portal) -> None:
    """Change nothing."""


#: What happens to the files -> how many of four pieces are taken over.
CHANGES: list[tuple[Callable[[Portal], None], int]] = [
    (_same, 4),
    (_changed, 3),
    (_gone, 3),
    (_fresh, 4),
    (_renamed, 3),
    (_moved, 4),
    (_replaced, 3),
    (_wider, 0),
    (_empty, 0),
]


@pytest.mark.parametrize(("change", "same"), CHANGES, ids=lambda value: getattr(value, "__name__", None))
def test_a_table_that_takes_pieces_over_is_the_one_that_is_written_anew(
    portal: Portal, tmp_path: Path, change: Callable[[Portal], None], same: int
) -> None:
    old = portal.table()
    change(portal)
    made = portal.table(old)
    assert taken(old, made) == same
    whole = Portal(tmp_path / "anew")
    whole.sources = portal.sources
    assert contents(made) == contents(whole.table())


def test_taken_pieces_can_be_taken_again(portal: Portal, tmp_path: Path) -> None:
    old = portal.table()
    for change in (_changed, _fresh, _moved, _gone):
        change(portal)
        old = portal.table(old)
    whole = Portal(tmp_path / "anew")
    whole.sources = portal.sources
    assert contents(old) == contents(whole.table())


def test_nothing_of_a_withdrawn_file_is_in_any_file(portal: Portal) -> None:
    old = portal.table()
    _gone(portal)
    made = portal.table(old)
    assert all(f"施設{CODES[0]}" in str(content) for content in contents(old).values())
    assert not any(f"施設{CODES[0]}" in str(content) for content in contents(made).values())


def test_files_that_were_written_otherwise_are_not_taken_over(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    old = portal.table()
    (old / "rows.csv").write_bytes(b"?" * (old / "rows.csv").stat().st_size)
    made = portal.table(old)
    assert "?" in str(contents(made)["csv"])
    shutil.rmtree(made)
    monkeypatch.setattr(files, "_ENGINE", "next")
    assert "?" not in str(contents(portal.table(old))["csv"])


def test_an_old_table_without_a_list_of_its_pieces_gives_none(portal: Portal) -> None:
    old = portal.table()
    for content in (None, "{"):
        path = old / "pieces.json"
        path.unlink() if content is None else path.write_text(content)
        assert taken(old, portal.table(old)) == 0


def test_a_file_that_ends_too_early_is_told(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(b"0123")
    with (tmp_path / "source").open("rb") as source, (tmp_path / "target").open("wb") as target:
        pieces.copied(source, target, Span(1, 3))
        with pytest.raises(EOFError):
            pieces.copied(source, target, Span(2, 9))
    assert (tmp_path / "target").read_bytes() == b"1223"


OLD = {"a": Span(0, 2), "b": Span(3, 5), "c": Span(6, 9)}


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("", []),
        ("abc", [(0, 3, 0, 9)]),
        ("axc", [(0, 1, 0, 2), (1, 2), (2, 3, 6, 9)]),
        ("xya", [(0, 2), (2, 3, 0, 2)]),
        ("ca", [(0, 1, 6, 9), (1, 2, 0, 2)]),
        ("bc", [(0, 2, 3, 9)]),
        ("ac", [(0, 1, 0, 2), (1, 2, 6, 9)]),
    ],
)
def test_pieces_that_stand_together_are_taken_together(marks: str, expected: list[tuple[int, ...]]) -> None:
    found = [Run(Span(*one[:2]), Span(*one[2:]) if one[2:] else None) for one in expected]
    assert list(runs(list(marks), OLD, between=1)) == found
