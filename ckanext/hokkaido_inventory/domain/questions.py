"""The questions of the survey: what this suite and the official form (GIF 465-3, sheets 2 to 4) ask of a holding."""

from __future__ import annotations

from collections.abc import Iterable

from ckanext.hokkaido_inventory.domain.question_types import (
    TERNARY,
    AnswerKind,
    Choice,
    Question,
    Ternary,
)
from ckanext.hokkaido_inventory.domain.questions_decision import DECISION_QUESTIONS
from ckanext.hokkaido_inventory.domain.questions_review import NEED_QUESTIONS, REVIEW_QUESTIONS
from ckanext.hokkaido_inventory.domain.wording import Wording

__all__ = [
    "DISCLOSURE_KEYS",
    "PUBLIC_KEYS",
    "QUESTIONS",
    "AnswerKind",
    "Choice",
    "Question",
    "Ternary",
    "of_sheet",
    "question",
]


def _ternary(key: str, column: str, label: Wording, help_: Wording, example: str = "無") -> Question:
    return Question(key, AnswerKind.TERNARY, label, help_, 2, column, example, TERNARY)


_IDENTITY = (
    Question(
        "title",
        AnswerKind.TEXT,
        Wording("データ名", "Name of the data"),
        Wording(
            "表・台帳・ファイルなど、ひとまとまりのデータの名前を書いてください。個人名や事件名は書かないでください。",
            "Name one table, register or file. Do not write names of persons or cases.",
        ),
        2,
        "B",
        "公共施設一覧",
        public=True,
        max_length=300,
    ),
    Question(
        "description",
        AnswerKind.TEXT,
        Wording("説明", "Description"),
        Wording(
            "何のデータか、どの項目があるかを一、二文で書いてください。公開の一覧に載ります。",
            "Say in a sentence or two what the data is and what it contains. It appears in the public list.",
        ),
        example="道が管理する施設の名称、所在地、電話番号、開館時間",
        public=True,
        max_length=4000,
    ),
)

_DISCLOSURE = (
    _ternary(
        "personal_information",
        "C",
        Wording("個人情報", "Personal information"),
        Wording(
            "氏名、住所など、生きている個人を見分けられる項目があれば「有」です。",
            "Yes if any item identifies a living person, such as a name or an address.",
        ),
    ),
    _ternary(
        "specific_personal_information",
        "D",
        Wording("特定個人情報", "Personal information with Individual Number"),
        Wording("マイナンバーを含む個人情報があれば「有」です。", "Yes if it holds an Individual Number (My Number)."),
    ),
    _ternary(
        "sensitive_personal_information",
        "E",
        Wording("要配慮個人情報", "Sensitive personal information"),
        Wording(
            "病歴、犯罪の経歴、信条など、差別や不利益につながるおそれのある個人情報があれば「有」です。",
            "Yes if it holds what may lead to discrimination: health, criminal record, creed and the like.",
        ),
    ),
    _ternary(
        "anonymised_release_requested",
        "G",
        Wording("匿名加工での公開要望", "Release in anonymised form is asked for"),
        Wording(
            "個人が分からないように加工した形での公開を求める声があれば「有」です。",
            "Yes if somebody asks for the data in a form in which no person can be identified.",
        ),
    ),
    _ternary(
        "harm_to_order_or_rights",
        "I",
        Wording("公共の安全・権利利益を害するおそれ", "Harm to public order or to rights"),
        Wording(
            "公開すると国や公共の安全、法人や個人の正当な利益を害するおそれがあれば「有」です。",
            "Yes if opening it may harm public safety or order, or the rights of a firm or a person.",
        ),
    ),
    _ternary(
        "legal_restriction",
        "J",
        Wording("法令による利用・公開の制限", "Restriction by law"),
        Wording(
            "法律や条例に、集めたデータの利用や公開を制限する規定があれば「有」です。",
            "Yes if a law or an ordinance restricts the use or the publication of what was collected.",
        ),
    ),
    Question(
        "remarks",
        AnswerKind.TEXT,
        Wording("備考", "Remarks"),
        Wording("庁内の連絡事項を書く欄です。公開されません。", "For messages inside the office. Never published."),
        2,
        "M",
        "担当者が令和8年4月に交代",
        max_length=4000,
    ),
)

_OWN = (
    Question(
        "format",
        AnswerKind.TEXT,
        Wording("データ形式", "Format"),
        Wording(
            "今ある形を書いてください。紙だけの場合は「紙」と書いてください。",
            "The form it has now; write paper if it exists on paper only.",
        ),
        example="CSV",
        vocabulary="formats",
        public=True,
        max_length=100,
    ),
    Question(
        "update_frequency",
        AnswerKind.TEXT,
        Wording("更新頻度", "Update frequency"),
        Wording("どのくらいの間隔で新しくなるかを選んでください。", "How often it is renewed."),
        example="毎年",
        vocabulary="frequencies",
        public=True,
        max_length=100,
    ),
    Question(
        "system_name",
        AnswerKind.TEXT,
        Wording("所管システム", "System"),
        Wording(
            "データが入っているシステムや台帳の名前です。公開されません。", "The system it lives in. Never published."
        ),
        example="公有財産管理システム",
        max_length=200,
    ),
    Question(
        "reason",
        AnswerKind.CHOICE,
        Wording("公開できない理由", "Reason for not opening"),
        Wording(
            "公開できない、またはまだ公開できない理由を一つ選んでください。", "Why it cannot be opened, or not yet."
        ),
        vocabulary="reasons",
        public=True,
    ),
    Question(
        "reason_note",
        AnswerKind.TEXT,
        Wording("理由の補足", "Note on the reason"),
        Wording("根拠の法令や条項などを書いてください。公開されません。", "Law or clause. Never published."),
        example="統計法第41条",
        max_length=2000,
    ),
)

QUESTIONS: tuple[Question, ...] = (
    _IDENTITY + _DISCLOSURE + NEED_QUESTIONS + REVIEW_QUESTIONS + _OWN + DECISION_QUESTIONS
)
_BY_KEY = {item.key: item for item in QUESTIONS}

#: The six answers from which the disclosure decision follows, in the order of the form's columns C, D, E, G, I, J.
DISCLOSURE_KEYS: tuple[str, ...] = tuple(item.key for item in _DISCLOSURE if item.kind is AnswerKind.TERNARY)

#: What the public may see of an approved answer; every other key stays with the staff.
PUBLIC_KEYS: frozenset[str] = frozenset(item.key for item in QUESTIONS if item.public)


def question(key: str) -> Question:
    """Return the question with this key; raise KeyError if there is none."""
    return _BY_KEY[key]


def of_sheet(number: int) -> Iterable[Question]:
    """Return the questions of one worksheet of the official form (2, 3 or 4), in the order of its columns."""
    return tuple(item for item in QUESTIONS if item.sheet == number)
