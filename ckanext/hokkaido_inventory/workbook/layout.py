"""Where things stand in the official form (GIF 465-3), as data."""

from __future__ import annotations

from dataclasses import dataclass, field

from ckanext.hokkaido_inventory.domain.questions import of_sheet

__all__ = [
    "DECISION_FORMULAS",
    "DEPARTMENT",
    "EXAMPLE_WORDS",
    "FINDINGS_SHEET",
    "MAIN_SHEET",
    "MANUAL_SHEET",
    "OFFICIAL_SHEETS",
    "PERSON",
    "PURPOSE_SHEET",
    "SHEET_TITLES",
    "Heading",
    "SheetLayout",
]

DEPARTMENT, PERSON = "部局課室名", "記入者氏名"

#: Words by which the official form marks its example rows.
EXAMPLE_WORDS = ("記入例", "作成例", "記載例")

#: Names of the four worksheets, by number.
SHEET_TITLES = {
    1: "1. オープンデータ化の意義確認用ワークシート",
    2: "2. 不適合要件への該当確認用ワークシート",
    3: "3. ニーズ把握用ワークシート",
    4: "4. 公開方法の検討及び改善用ワークシート",
}
MANUAL_SHEET = "回答マニュアル"
PURPOSE_SHEET = SHEET_TITLES[1]
#: The sheet that the portal adds to a workbook it sends back with its errors marked.
FINDINGS_SHEET = "誤りの一覧"
#: The worksheet on which the data sets are named and the decision is computed.
MAIN_SHEET = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading cell: the column, the row, and the words by which it is known.

    The form adds explanations after the heading, so the words are the beginning of the cell. `merged` is the area it
    covers, `free` says that offices put their own words here (the form invites them to).
    """

    column: str
    row: int
    text: str
    merged: str | None = None
    free: bool = False


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One worksheet of the official form.

    `groups` are headings above the leaf `headings`; `formulas` are those of the first data row, by column;
    `overridable` names the computed columns into which people may type (X of sheet 4, as the form's example row does).
    `name_columns` are the columns over which each name is spread, `example_row` a line of examples above the rows.
    """

    number: int
    header_row: int
    header_end: int
    first_row: int
    label_column: str
    label_rows: tuple[int, int]
    headings: tuple[Heading, ...]
    groups: tuple[Heading, ...] = ()
    formulas: dict[str, str] = field(default_factory=dict)
    overridable: frozenset[str] = frozenset()
    name_columns: str | None = None
    example_row: int | None = None

    @property
    def title(self) -> str:
        """Return the name of the worksheet."""
        return SHEET_TITLES[self.number]

    @property
    def inputs(self) -> dict[str, str]:
        """Return the key of the question asked in each input column."""
        return {item.column: item.key for item in of_sheet(self.number) if item.column}


def _heading(cell: str, text: str, merged: str | None = None, *, free: bool = False) -> Heading:
    column = cell.rstrip("0123456789")
    return Heading(column, int(cell[len(column) :]), text, merged, free)


_NAME = "テーブル/エンティティ/データ名"
_SECOND = f"'{SHEET_TITLES[2]}'!"

#: Cells F, H, K and L of row {row}; columns are named so that the template can put its own in their place.
DECISION_FORMULAS = {
    "F": '=IF(OR({C}="有",{D}="有",{E}="有"),"公開不可",IF(AND({C}="無",{D}="無",{E}="無"),"公開可能",'
    'IF(OR({C}="",{D}="",{E}=""),"未回答項目有り","要確認")))',
    "H": '=IF({G}="有","公開方法要検討",IF({G}="","未回答項目有り",IF({G}="要確認","要確認",{F})))',
    "K": '=IF({J}="有","公開方法要検討",IF({J}="無","公開可能",IF({J}="要確認","要確認","未回答項目有り")))',
    "L": '=IF(OR({H}="公開不可",{I}="有"),"公開不可",IF(OR({H}="要確認",{I}="要確認"),"要確認",'
    'IF(OR({H}="未回答項目有り",{I}=""),"未回答項目有り",IF({H}="公開方法要検討","公開方法要検討",{K}))))',
}


def _cells(formula: str, row: int) -> str:
    return formula.format(**{column: f"{column}{row}" for column in "CDEFGHIJK"})


_SHEET_2 = SheetLayout(
    2,
    header_row=5,
    header_end=8,
    first_row=9,
    label_column="I",
    label_rows=(2, 3),
    headings=(
        _heading("A5", "#", "A5:A8"),
        _heading("B5", _NAME, "B5:B8"),
        _heading("C8", "個人情報有無"),
        _heading("D8", "特定個人情報有無"),
        _heading("E8", "要配慮個人情報有無"),
        _heading("F8", "判定用セル"),
        _heading("G8", "非識別加工情報としての公開要望有無"),
        _heading("H8", "判定用セル"),
        _heading("I8", "国や公共の安全、秩序の維持に支障を及ぼすおそれや、法人や個人の権利利益を害するおそれの有無"),
        _heading("J8", "収集したデータの利用（公開）を制限する規定の有無"),
        _heading("K8", "判定用セル"),
        _heading("L6", "公開可否の判断", "L6:L8"),
        _heading("M5", "備考", "M5:M8"),
    ),
    groups=(
        _heading("C5", "②不適合要件への該当確認", "C5:L5"),
        _heading("C6", "官民データ活用推進基本法　第十一条の規定の確認", "C6:I6"),
        _heading("J6", "個別法令の確認", "J6:K6"),
        _heading("C7", "個人情報", "C7:H7"),
        _heading("I7", "秩序維持や権利利益"),
        _heading("J7", "データの収集・利用目的", "J7:K7"),
    ),
    formulas={"A": "=ROW()-8"} | {column: _cells(text, 9) for column, text in DECISION_FORMULAS.items()},
)

_SHEET_3 = SheetLayout(
    3,
    header_row=6,
    header_end=7,
    first_row=9,
    label_column="G",
    label_rows=(2, 3),
    headings=(
        _heading("A6", "#", "A6:A7"),
        _heading("B6", _NAME, "B6:C7"),
        _heading("D6", "公開可否", "D6:D7"),
        _heading("E6", "ニーズ確認実施日", "E6:E7"),
        _heading("F6", "ニーズ確認方法", "F6:F7"),
        _heading("G6", "ニーズ確認方法の詳細", "G6:G7"),
        _heading("H6", "利活用方法", "H6:H7"),
        _heading("I6", "備考", "I6:I7"),
    ),
    formulas={
        "B": f'=IF({_SECOND}B9="","",{_SECOND}B9)',
        "D": f'=IF({_SECOND}L9="","",{_SECOND}L9)',
    },
    name_columns="B:C",
    example_row=8,
)


def _counted(area: str, number: int) -> str:
    """Return the form's way of counting the answers 該当 in an area of `number` cells."""
    return (
        f'=IF(COUNTIF({area},"要確認")={number},"要確認",IF(COUNTIF({area},"非該当")={number},"非該当",'
        f'IF(COUNTIF({area},"該当")>=1,COUNTIF({area},"該当"),'
        f'IF(COUNTIF({area},"非該当")+COUNTIF({area},"要確認")={number},"要確認","未回答項目有り"))))'
    )


def _both(answer: str) -> str:
    return f'COUNTIF(K10:N10,"{answer}")+COUNTIF(R10:U10,"{answer}")'


_SHEET_4 = SheetLayout(
    4,
    header_row=6,
    header_end=9,
    first_row=10,
    label_column="I",
    label_rows=(3, 4),
    headings=(
        _heading("A6", "#", "A6:A9"),
        _heading("B6", _NAME, "B6:B9"),
        _heading("C6", "公開可否", "C6:C9"),
        _heading("D7", "データの公開ステータス", "D7:D9"),
        _heading("E8", "審議会・研究会の答申で引用されているデータ", "E8:E9", free=True),
        _heading("F8", "各種報告書で引用されているデータ", "F8:F9", free=True),
        _heading("G8", "統計データ", "G8:G9", free=True),
        _heading("H8", "予算・決算・調達情報", "H8:H9", free=True),
        _heading("I8", "XXに関する情報", "I8:I9", free=True),
        _heading("J8", "判定", "J8:J9"),
        _heading("K8", "データの更新が頻繁", "K8:M8"),
        _heading("L9", "更新頻度（間隔）", "L9:M9"),
        _heading("M9", ""),
        _heading("N8", "データ量が多い", "N8:P8"),
        _heading("O9", "レコード数"),
        _heading("P9", "カラム数"),
        _heading("Q8", "マッシュアップが期待される", "Q8:V8"),
        _heading("R9", "地理空間情報", free=True),
        _heading("S9", "企業・自治体の情報", free=True),
        _heading("T9", "地域情報", free=True),
        _heading("U9", "その他"),
        _heading("V9", "「その他」に該当する場合の説明"),
        _heading("W8", "判定", "W8:W9"),
        _heading("X7", "公開有無", "X7:X9"),
        _heading("Y9", "提供形式"),
        _heading("Z9", "提供頻度"),
        _heading("AA9", "検索条件"),
        _heading("AB9", "内部処理"),
        _heading("AC9", "提供形式"),
        _heading("AD8", "その他", "AD8:AD9"),
        _heading("AE7", "対応方針", "AE7:AE9"),
        _heading("AF6", "備考", "AF6:AF9"),
    ),
    groups=(
        _heading("D6", "⑤データ公開済か確認"),
        _heading("E6", "⑥統計等データの申請での提供を検討", "E6:J6"),
        _heading("K6", "⑦一括ダウンロードやAPI化を検討", "K6:W6"),
        _heading("X6", "検討結果", "X6:AE6"),
        _heading("E7", "オープンデータ化適合要件", "E7:J7"),
        _heading("K7", "API化適合要件", "K7:W7"),
        _heading("Y7", "公開方法", "Y7:AD7"),
        _heading("Y8", "ファイルダウンロードでの提供", "Y8:Z8"),
        _heading("AA8", "APIでの提供", "AA8:AC8"),
    ),
    formulas={
        "A": "=ROW()-9",
        "B": f'=IF({_SECOND}B9="","",{_SECOND}B9)',
        "C": f"={_SECOND}L9",
        "J": _counted("E10:I10", 5),
        "K": '=IF(AND(L10>0,OR(M10="分",M10="時間",M10="日")),"該当","非該当")',
        "N": '=IF(O10>=10000,"該当","非該当")',
        "Q": _counted("R10:U10", 4),
        "W": f'=IF({_both("要確認")}=6,"要確認",IF({_both("非該当")}=6,"非該当",IF({_both("該当")}>=1,{_both("該当")},'
        f'IF({_both("非該当")}+{_both("要確認")}=6,"要確認","未回答項目有り"))))',
        "X": '=IF(C10="公開不可",C10,IF(C10="要確認",C10,IF(C10="未回答項目有り",C10,IF(D10="公開済",D10,'
        'IF(D10="公開予定",D10,IF(D10="未公開",""))))))',
    },
    overridable=frozenset({"X"}),
)

#: The worksheets that ask about single data sets, by number.
OFFICIAL_SHEETS: dict[int, SheetLayout] = {2: _SHEET_2, 3: _SHEET_3, 4: _SHEET_4}
