"""What people write for an answer: ○ and 有, 月1回 and 毎月, エクセル and Excel. Understood, never guessed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ckanext.hokkaido_core.domain.eras import NotADate, read_date
from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.domain.question_types import AnswerKind, Choice, Question
from ckanext.hokkaido_inventory.workbook.cells import Vocabularies, choices_of, is_blank, plain_text

__all__ = ["UNKNOWN", "Understanding"]


class _Unknown:
    """Stands for a value that is no answer to the question."""


UNKNOWN = _Unknown()

_YES = (
    "有",
    "有り",
    "あり",
    "ある",
    "○",
    "◎",
    "●",
    "✓",
    "✔",
    "レ",
    "はい",
    "含む",
    "含まれる",
    "該当",
    "該当あり",
    "該当する",
    "yes",
    "y",
    "true",
    "1",
    "要",
)
_NO = (
    "無",
    "無し",
    "なし",
    "ない",
    "×",
    "✕",
    "✖",
    "x",
    "いいえ",
    "含まない",
    "含まれない",
    "非該当",
    "該当なし",
    "該当しない",
    "no",
    "n",
    "false",
    "0",
    "不要",
    "-",
)
_UNCLEAR = ("要確認", "要検討", "確認中", "検討中", "不明", "未確認", "△", "?", "わからない", "分からない")  # fmt: skip
#: 有（氏名、住所）, あり：3件 and the like begin with an answer and go on with a note.
_WITH_NOTE = re.compile(r"^(有り|有|あり|無し|無|なし|○|×|△)[(\[、,:;。・].*")

_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "publication_status": {
            "published": "公開済 公開済み 公開 公開中 公開している 公表済 公表 公表中 掲載済 HP公開 済",
            "planned": "公開予定 予定 今後公開 公開準備中 準備中 公開検討中",
            "unpublished": "未公開 非公開 公開していない 未公表 非公表 未 公開なし",
        },
        "result": {"closed": "公開不可 不可 非公開", "published": "公開済 公開", "planned": "公開予定"},
        "update_frequency": {
            "DAILY": "日 毎日 日次 1日",
            "WEEKLY": "週 毎週 週1回 週に1回 1週間",
            "MONTHLY": "月 毎月 月1回 月に1回 1か月 1ヶ月 1ヵ月 1カ月 1ケ月に1回 1ヶ月に1回 月例 月単位",
            "QUARTERLY": "四半期 3か月に1回 3ヶ月に1回 年4回 四半期毎",
            "ANNUAL": "年 毎年 年1回 年に1回 1年に1回 1年 年次 毎年度 年度毎 年度ごと 1年単位",
            "IRREG": "不定期 随時 必要に応じて 適宜 都度 その都度",
            "NEVER": "更新なし 更新しない 更新予定なし",
        },
        "format": {
            "XLSX": "エクセル excel excelファイル エクセルファイル xlsx ms-excel",
            "XLS": "xls",
            "CSV": "csv csvファイル",
            "PDF": "pdf pdfファイル",
            "DOCX": "ワード word wordファイル docx",
            "PAPER": "紙 紙媒体 紙ベース 文書 冊子 書面",
        },
    }
)


class Understanding:
    """The answers to one question in all the ways people write them."""

    def __init__(self, question: Question, vocabularies: Vocabularies) -> None:
        self.question = question
        self.choices = choices_of(question, vocabularies)
        self._codes = _codes(question, self.choices)

    def read(self, value: object) -> object:
        """Return the answer a value gives, None for a blank one, `UNKNOWN` for one that is none."""
        if is_blank(value):
            return None
        match self.question.kind:
            case AnswerKind.DATE:
                return _date(value)
            case AnswerKind.NUMBER:
                return _number(value)
            case AnswerKind.TEXT:
                text = plain_text(value)
                return self._codes.get(comparison_key(text), text) if self._codes else text
            case _:
                return self._choice(plain_text(value))

    def share(self, values: Sequence[object]) -> float:
        """Return for how many of some values, from 0 to 1, this question has an answer that says more than the text."""
        filled = [value for value in values if not is_blank(value)]
        if not filled:
            return 0.0
        if self.question.kind is AnswerKind.TEXT and self._codes:
            return sum(comparison_key(plain_text(value)) in self._codes for value in filled) / len(filled)
        return sum(self.read(value) is not UNKNOWN for value in filled) / len(filled)

    def _choice(self, text: str) -> object:
        key = comparison_key(text)
        if key in self._codes:
            return self._codes[key]
        noted = _WITH_NOTE.match(key) if _is_ternary(self.question, self.choices) else None
        return self._codes.get(noted[1], UNKNOWN) if noted else UNKNOWN


def _is_ternary(question: Question, choices: Sequence[Choice]) -> bool:
    return question.kind is AnswerKind.TERNARY or {choice.code for choice in choices} == {"yes", "no", "unclear"}


def _codes(question: Question, choices: Sequence[Choice]) -> dict[str, str]:
    codes: dict[str, str] = {}
    if _is_ternary(question, choices):
        for code, words in (("yes", _YES), ("no", _NO), ("unclear", _UNCLEAR)):
            codes |= {comparison_key(word): code for word in words}
    known = {choice.code for choice in choices}
    for code, words in _WORDS.get(question.key, {}).items():
        if code in known:
            codes |= {comparison_key(word): code for word in words.split()}
    for choice in choices:
        codes |= {comparison_key(word): choice.code for word in (choice.code, choice.label.en, choice.label.ja) if word}
        codes |= {part: choice.code for part in _parts(choice.label.ja) if part not in codes}
    return codes


def _parts(label: str) -> list[str]:
    """Return a label without what it adds in brackets."""
    short = re.sub(r"[（(].*?[)）]", "", label)
    return [comparison_key(short)] if short != label else []


def _date(value: object) -> object:
    if isinstance(value, dt.date):
        return plain_text(value)[:10]
    try:
        return read_date(plain_text(value)).isoformat()
    except NotADate:
        return UNKNOWN


def _number(value: object) -> object:
    text = unicodedata.normalize("NFKC", plain_text(value)).replace(",", "").replace(" ", "")
    found = re.fullmatch(r"約?([0-9]{1,15})(?:件|人|名|行|レコード|項目|列|件程度|人分)?", text)
    return int(found[1]) if found else UNKNOWN
