"""One table of the files of five municipalities, each written in its own way, with rows counted by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ckanext.hokkaido_standards.checking import looks
from ckanext.hokkaido_standards.combined import names as n
from ckanext.hokkaido_standards.combined.fragment import Fragment, fragment_of
from ckanext.hokkaido_standards.combined.merging import LEFT, ROWS, Source, write_table
from ckanext.hokkaido_standards.combined.store import Store
from ckanext.hokkaido_standards.definitions import standards
from ckanext.hokkaido_standards.domain.combined import FileReason, Provenance
from ckanext.hokkaido_standards.tables.reader import read

SITE = "https://data.example.jp"
AT = datetime(2026, 4, 1, tzinfo=UTC)
BUREAUS = {"011002": "01300", "012025": "01330", "012041": "01450", "012068": "01660", "012076": "01630"}

#: 札幌市: current form, UTF-8 with mark; one identifier twice for two things, one row whole again.
SAPPORO = """全国地方公共団体コード,ID,地方公共団体名,名称,名称_カナ,所在地_連結表記,緯度,経度,電話番号,設置位置
011002,1,札幌市,中央区役所,チュウオウクヤクショ,北海道札幌市中央区南三条西十一丁目,43.0550,141.3410,011-231-2400,1階
011002,2,札幌市,北区役所,キタクヤクショ,北海道札幌市北区北二十四条西六丁目,43.0900,141.3410,011-757-2400,1階
011002,2,札幌市,東区役所,ヒガシクヤクショ,北海道札幌市東区北十一条東七丁目,43.0760,141.3630,011-741-2400,1階
011002,4,札幌市,白石区役所,シロイシクヤクショ,北海道札幌市白石区南郷通一丁目,43.0470,141.4050,011-861-2400,1階
011002,4,札幌市,白石区役所,シロイシクヤクショ,北海道札幌市白石区南郷通一丁目,43.0470,141.4050,011-861-2400,1階
"""
#: 函館市: older form, CP932, five digits, a row with too many values, no identifiers.
HAKODATE = """都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,住所,方書,緯度,経度,設置位置,電話番号
12025,,北海道,函館市,函館市役所,北海道函館市東雲町4番13号,,41.7687,140.7288,1階,0138-21-3111
12025,,北海道,函館市,湯川支所,北海道函館市湯川町2丁目40番13号,,41.7800,140.7900,1階,0138-57-6161
12025,,北海道,函館市,亀田支所,北海道函館市美原1丁目26番8号,,41.8200,140.7500,1階,0138-45-5581,余計,な値
"""
#: 旭川市: English headings, places swapped, full-width digits in a telephone number.
ASAHIKAWA = """code,id,name,fullNameInKana,addressText,lat,lng,tel,location
012041,A-1,旭川市役所,アサヒカワシヤクショ,北海道旭川市七条通九丁目,142.3650,43.7708,０１６６－２６－１１１１,1階
012041,A-2,神居支所,カムイシショ,北海道旭川市神居二条十丁目,43.7500,142.3300,0166-61-6196,1階
012041,,永山支所,ナガヤマシショ,北海道旭川市永山三条十九丁目,43.8000,142.4300,0166-48-1601,1階
"""
#: 釧路市: another order of the columns, no code at all, a row that nothing tells.
KUSHIRO = """設置位置,名称,所在地_連結表記,経度,緯度,電話番号,ID
1階,釧路市役所,北海道釧路市黒金町7丁目5番地,144.3816,42.9849,0154-23-5151,K1
2階,阿寒町行政センター,北海道釧路市阿寒町中央1丁目4番1号,144.1300,43.1100,0154-66-2121,K2
,,,,,0154-00-0000,
"""
#: 帯広市: semicolons, title above, a blank row and a note below.
OBIHIRO = """帯広市AED設置箇所一覧;;;;;;
全国地方公共団体コード;ID;名称;所在地_連結表記;緯度;経度;設置位置
012076;9;帯広市役所;北海道帯広市西五条南七丁目;42.9240;143.1962;1階
012076;10;とかちプラザ;北海道帯広市西四条南十三丁目;42.9180;143.2010;1階
"""
FILES = {
    "011002": SAPPORO.encode("utf-8-sig"),
    "012025": HAKODATE.encode("cp932"),
    "012041": ASAHIKAWA.encode("utf-8"),
    "012068": KUSHIRO.encode("cp932"),
    "012076": OBIHIRO.encode("utf-8-sig"),
}


def fragment(content: bytes, standard: str = "08", title: str = "AED設置箇所一覧") -> Fragment:
    return fragment_of(list(looks(read("aed.csv", content), title=title)), standard)


class Portal:
    """Files of publishers, and the one table of them."""

    def __init__(self, folder: Path) -> None:
        self.store, self.sources = Store(folder), list[Source]()
        self.made = 0

    def add(self, municipality: str, content: bytes, **changed: Any) -> None:
        made = fragment(content)
        assert made.frame is not None
        place = len(self.sources)
        self.sources.append(
            Source(
                path=self.store.fragment(self.store.keep_fragment(made.as_parquet())),
                dataset=f"d{place}",
                resource=f"r{place}",
                municipality=municipality,
                provenance=Provenance(municipality, "AED", f"f{place}.csv", f"{SITE}/r{place}", "CC BY 4.0"),
                checked=AT,
                changed=AT + timedelta(**changed) if changed else AT + timedelta(seconds=place),
            )
        )

    def table(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        self.made += 1
        folder = self.store.make(
            "08", str(self.made), lambda one: write_table(one, standards()["08"], self.sources, BUREAUS, SITE)
        )
        return pl.read_parquet(folder / ROWS), pl.read_parquet(folder / LEFT)


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    return Portal(tmp_path)


@pytest.fixture
def five(portal: Portal) -> Portal:
    for municipality, content in FILES.items():
        portal.add(municipality, content)
    return portal


def test_five_municipalities_give_the_rows_counted_by_hand(five: Portal) -> None:
    rows, left = five.table()
    assert dict(rows.group_by(n.MUNICIPALITY).len().iter_rows()) == {
        "011002": 4,
        "012025": 2,
        "012041": 3,
        "012068": 2,
        "012076": 2,
    }
    told = sorted(left.select(n.REASON, n.MUNICIPALITY, n.LINE).iter_rows())
    assert told == [("double", "011002", 6), ("misfit", "012025", 4), ("no-key", "012068", 4)]


def test_a_row_says_by_what_it_is_told_apart(five: Portal) -> None:
    rows, _left = five.table()
    kinds = dict(rows.select("name", n.KIND).iter_rows())
    assert {name for name, kind in kinds.items() if kind == "name"} == {
        "北区役所",
        "東区役所",
        "函館市役所",
        "湯川支所",
        "永山支所",
    }
    iris = dict(rows.select("name", n.PLACE).iter_rows())
    assert iris["中央区役所"] == f"{SITE}/combined/08/011002/1"
    assert iris["北区役所"].startswith(f"{SITE}/combined/08/011002/~")
    assert rows[n.PLACE].is_unique().all()


def test_values_are_written_as_the_standard_asks_where_a_machine_can(five: Portal) -> None:
    rows, _left = five.table()
    by_name = {row["name"]: row for row in rows.iter_rows(named=True)}
    assert by_name["函館市役所"]["localgov_code"] == "012025"
    assert by_name["旭川市役所"]["phone"] == "0166-26-1111"
    assert (by_name["旭川市役所"][n.NORTH], by_name["旭川市役所"][n.EAST]) == (43.7708, 142.365)
    assert (by_name["旭川市役所"]["latitude"], by_name["旭川市役所"]["longitude"]) == ("43.7708", "142.3650")
    assert by_name["函館市役所"]["id"] is None


def test_rows_say_where_they_are_from(five: Portal) -> None:
    rows, _left = five.table()
    row = rows.filter(pl.col("name") == "とかちプラザ").row(0, named=True)
    assert (row[n.LINE], row[n.FILE], row[n.ADDRESS], row[n.BUREAU]) == (4, "f4.csv", f"{SITE}/r4", "01630")
    assert row[n.ATTRIBUTION] == f"出典：012076「AED」 f4.csv（CC BY 4.0）{SITE}/r4 を加工して作成"
    assert row[n.CHECKED] == "2026-04-01T00:00:00+00:00"


def test_the_publisher_tells_whose_rows_are_that_do_not_say_so(portal: Portal) -> None:
    portal.add("", FILES["012068"])
    rows, left = portal.table()
    assert rows.height == 0
    assert sorted(left[n.REASON]) == ["no-key", "no-municipality", "no-municipality"]


def test_a_newer_file_replaces_what_an_older_one_says_of_the_same_record(portal: Portal) -> None:
    portal.add("011002", FILES["011002"], days=1)
    portal.add("011002", FILES["011002"].replace(b"-2400", b"-2401"), days=2)
    rows, left = portal.table()
    assert (rows.height, set(rows["phone"].str.tail(4)), set(rows[n.FILE])) == (4, {"2401"}, {"f1.csv"})
    told = left.group_by(n.REASON, n.FILE).len().sort(n.FILE, n.REASON).rows()
    assert told == [("double", "f0.csv", 1), ("replaced", "f0.csv", 4), ("double", "f1.csv", 1)]


def test_the_same_table_in_two_formats_counts_once(portal: Portal) -> None:
    portal.add("011002", FILES["011002"])
    portal.add("011002", FILES["011002"].decode("utf-8-sig").replace(",", "\t").encode("cp932"))
    rows, left = portal.table()
    assert (rows.height, left.height) == (4, 6)


def test_files_that_number_their_own_rows_do_not_lose_any(portal: Portal) -> None:
    header = "全国地方公共団体コード,ID,名称,所在地_連結表記,設置位置\n"
    portal.add(
        "011002", f"{header}011002,1,北公民館,北海道札幌市北区,1階\n011002,2,東公民館,北海道札幌市東区,1階\n".encode()
    )
    portal.add(
        "011002", f"{header}011002,1,北小学校,北海道札幌市北区,1階\n011002,3,東小学校,北海道札幌市東区,1階\n".encode()
    )
    rows, left = portal.table()
    assert (rows.height, left.height) == (4, 0)
    assert dict(rows.select("name", n.KIND).iter_rows()) == {
        "北公民館": "name",
        "東公民館": "id",
        "北小学校": "name",
        "東小学校": "id",
    }


def test_rows_of_one_name_and_place_are_kept_and_numbered(portal: Portal) -> None:
    header = "全国地方公共団体コード,ID,名称,所在地_連結表記,電話番号\n"
    row = "011002,,市民会館,北海道札幌市中央区北一条,"
    portal.add("011002", f"{header}{row}011-111-1111\n{row}011-222-2222\n".encode())
    rows, _left = portal.table()
    first, second = rows[n.KEY]
    assert second == f"{first}-2"


def test_dates_keep_the_years_of_a_population_apart(tmp_path: Path) -> None:
    header = "全国地方公共団体コード,地域コード,地方公共団体名,調査年月日,地域名,総人口,男性,女性\n"
    paths = []
    store = Store(tmp_path)
    for year in (2024, 2025):
        content = f"{header}011002,1,札幌市,{year}/4/1,中央区,24{year % 10},1,2\n".encode()
        made = fragment(content, "04", "地域・年齢別人口")
        paths.append(store.fragment(store.keep_fragment(made.as_parquet())))
    told = Provenance("札幌市", "人口", "f", SITE, "")
    sources = [Source(path, "d", "r", "011002", told, AT, AT) for path in paths]
    write_table(tmp_path, standards()["04"], sources, {}, SITE)
    rows = pl.read_parquet(tmp_path / ROWS)
    assert sorted(rows["surveyed_on"]) == ["2024-04-01", "2025-04-01"]
    assert [day.isoformat() for day in sorted(rows[n.FROM])] == ["2024-04-01", "2025-04-01"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("a,b\n1,2\n", FileReason.HEADINGS),
        ("全国地方公共団体コード,ID,名称,所在地_連結表記,設置位置\n", FileReason.EMPTY),
    ],
)
def test_a_file_without_rows_of_the_standard_says_why(content: str, reason: FileReason) -> None:
    assert fragment(content.encode()).reason == reason


def test_no_files_make_a_table_without_rows(portal: Portal) -> None:
    rows, left = portal.table()
    assert (rows.height, left.height, rows.columns[:2]) == (0, 0, ["localgov_code", "id"])


def test_the_same_files_make_the_same_fragments() -> None:
    first, second = (fragment(FILES["011002"]).as_parquet() for _ in range(2))
    assert first == second


def test_identifiers_that_lost_their_zeros_are_the_same(portal: Portal) -> None:
    header = "全国地方公共団体コード,ID,名称,所在地_連結表記,設置位置\n"
    portal.add("011002", f"{header}011002,0000000001,北公民館,北海道札幌市北区,1階\n".encode())
    portal.add("011002", f"{header}011002,1,北公民館,北海道札幌市北区,1階\n".encode())
    rows, left = portal.table()
    assert (rows["id"].to_list(), left[n.REASON].to_list()) == (["1"], ["replaced"])


def test_a_column_of_the_publishers_own_tells_rows_apart(portal: Portal) -> None:
    header = "全国地方公共団体コード,ID,名称,所在地_連結表記,管理部署\n"
    row = "011002,,市民会館,北海道札幌市中央区北一条"
    portal.add("011002", f"{header}{row},総務課\n{row},市民課\n{row},市民課\n".encode())
    rows, left = portal.table()
    assert (rows.height, left[n.REASON].to_list()) == (2, ["double"])
    assert "管理部署" not in rows.columns


#: Municipality -> its code and the rows counted in its files: 下関市 has its table twice (in one file the zeros of the
#: identifiers are lost), 山口市, too; 高松市 has two different ones, and in one of them nine lines about
#: the file stand above its 514 rows.
REAL = {
    "さいたま市": ("111007", 392),
    "上関町": ("353418", 12),
    "下関市": ("352012", 248),
    "今治市": ("382027", 321),
    "山口市": ("352039", 217),
    "岩国市": ("352080", 174),
    "市川市": ("122033", 191),
    "松山市": ("382019", 502),
    "浦添市": ("472085", 55),
    "狛江市": ("132195", 57),
    "鎌倉市": ("142042", 295),
    "高松市": ("372013", 514 + 450),
}


def test_real_files_of_twelve_municipalities_give_the_rows_counted_by_hand(portal: Portal, shared_dir: Path) -> None:
    files = sorted((shared_dir / "corpus" / "08_aed").iterdir()) if (shared_dir / "corpus").is_dir() else []
    if not files:
        pytest.skip("the corpus of real files is not beside this checkout")
    for file in files:
        if not file.name.startswith("TEMPLATE"):
            portal.add(REAL[file.name.split("__")[0]][0], file.read_bytes())
    rows, left = portal.table()
    assert dict(rows.group_by(n.MUNICIPALITY).len().iter_rows()) == dict(REAL.values())
    assert dict(left.group_by(n.REASON).len().iter_rows()) == {"double": 217, "replaced": 248}
    assert rows[n.PLACE].is_unique().all()
