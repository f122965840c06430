"""Finding the row of headings in the first rows of a table, so cautiously that no data row is taken for one.

A file without headings gives no columns at all: what stands in it must not leave the machine as if it were a heading.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ckanext.hokkaido_inventory.domain.personal_columns import personal_columns

__all__ = ["Heading", "find_heading", "title_above"]

#: Headings stand within so many rows, and are no longer than this.
ROWS_LOOKED_AT = 30
LONGEST = 40
_FEWEST = 2

#: How headings end, or what they are.
_WORD = re.compile(
    r"(?:名|名称|氏名|番号|コード|id|no\.?|番|日|月日|年|年度|月|期間|期限|日時|時間|時刻|曜日|数|台数|件数|人数|定員|人口|率|割合|額|金額|料金|単価"
    r"|量|値|点|面積|延長|距離|長さ|幅|高さ|標高|区分|種別|種類|分類|類型|形態|形式|方式|方法|所|場所|所在地|住所|居所|地|地区|地域|先|連絡先"
    r"|者|主|課|係|部署|組織|団体|担当|別|有無|可否|要否|備考|摘要|説明|概要|内容|目的|理由|状況|状態|結果|評価|url|uri|hp|緯度|経度|座標|電話"
    r"|fax|tel|e?-?mail|メール(?:アドレス)?|カナ|かな|フリガナ|ふりがな|よみ|英字|英語|表記|方書|頻度|単位|合計|計|総計|小計|年齢|性別|続柄|国籍"
    r"|男|女|男性|女性|世帯|項目|件名|題名|標題|タイトル|キーワード|ライセンス|サイズ|品目|品名|規格|型番|系統|路線|停留所|開始|終了|予定|実績|前年比"
    r"|順位|順|等級|級|資格|科目|学年|学校|施設|設備|機関|事業|工事|業者|業種|職種|役職|口座|銀行|支店|生年月日|要介護度|病名|傷病|備え?考)"
    r"(?:[\s_]*[(（\[【〔〈].{0,14}[)）\]】〕〉])?$",
    re.IGNORECASE,
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_ ][A-Za-z0-9]+)*")
#: What is never a heading: numbers, dates, phones, mail, addresses with a block number, money, a blank answer.
_VALUE = re.compile(
    r"[-+△▲]?[\d,.]+%?|\d{2,5}-\d{1,4}-\d{3,4}|\d{2,4}[-/年.]\d{1,2}([-/月.]\d{1,2}日?)?|(?:令和|平成|昭和|[RHS])\d{1,2}[年.].*"
    r"|.+@.+\..+|https?://.+|.*\d(?:丁目|番地?|号|条).*|[¥￥]\s?[\d,]+|[-－―○〇×◯△]"
)
_TITLE_WORD = re.compile(
    r"(?:一覧|一覧表|台帳|名簿|表|調査|統計|簿|リスト|集計|計画|データ|記録|状況|結果|情報|目録|マスタ|資料)(?:[(（].{0,14}[)）])?$"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the headings stand (the number of the row, from 0) and what they are; blanks are left out."""

    row: int
    columns: tuple[str, ...]


def find_heading(rows: Sequence[Sequence[str]]) -> Heading | None:
    """Return the row of headings, nothing when no row is surely one."""
    for number, row in enumerate(rows[:ROWS_LOOKED_AT]):
        cells = [_plain(cell) for cell in row if cell.strip()]
        if _is_heading(cells):
            return Heading(number, tuple(dict.fromkeys(cells)))
    return None


def title_above(rows: Sequence[Sequence[str]], heading: Heading) -> str | None:
    """Return the title over a table: the only cell of its row, short, and named like a list or a register."""
    for row in rows[: heading.row]:
        cells = [_plain(cell) for cell in row if cell.strip()]
        if len(cells) == 1 and len(cells[0]) <= LONGEST and _TITLE_WORD.search(cells[0]):
            return cells[0]
    return None


def _plain(cell: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", cell)).strip()


def _is_heading(cells: Sequence[str]) -> bool:
    if len(cells) < _FEWEST or any(len(cell) > LONGEST or _VALUE.fullmatch(cell) for cell in cells):
        return False
    tight = [cell.replace(" ", "") for cell in cells]
    known = sum(bool(_WORD.search(cell)) for cell in tight)
    # Names of persons look like words of a heading now and then, a whole row of them does not.
    enough = known * 2 > len(cells) or (known * 2 == len(cells) and bool(personal_columns(tight)))
    return enough or _is_latin(cells)


def _is_latin(cells: Sequence[str]) -> bool:
    """Tell whether these are names of fields as programs write them: several, all in Latin letters, no two alike."""
    named = [cell for cell in cells if _LATIN.fullmatch(cell)]
    marked = any("_" in cell or cell[0].islower() for cell in named)
    return len(named) == len(cells) > _FEWEST and marked and len(set(cells)) == len(cells)
