"""Questions of worksheets 3 (needs) and 4 (way of opening) of the official form, GIF 465-3."""

from __future__ import annotations

from ckanext.hokkaido_inventory.domain.question_types import APPLICABLE, AnswerKind, Choice, Question
from ckanext.hokkaido_inventory.domain.wording import Wording

__all__ = ["NEED_QUESTIONS", "REVIEW_QUESTIONS"]

_STAFF = Wording("庁内での検討に使います。公開されません。", "For the office's own planning. Never published.")


def _text(key: str, sheet: int, column: str, label: Wording, example: str = "") -> Question:
    return Question(key, AnswerKind.TEXT, label, _STAFF, sheet, column, example, max_length=4000)


def _number(key: str, column: str, label: Wording, example: str, *, public: bool = False) -> Question:
    return Question(
        key,
        AnswerKind.NUMBER,
        label,
        Wording("0以上の整数で書いてください。", "A whole number, zero or more."),
        4,
        column,
        example,
        public=public,
    )


def _applicable(key: str, column: str, label: Wording) -> Question:
    return Question(
        key,
        AnswerKind.CHOICE,
        label,
        Wording(
            "「該当」が多いデータほど、先に公開するか、APIにする候補になります。",
            "The more of these apply, the earlier the data should be opened or given an API.",
        ),
        4,
        column,
        "非該当",
        APPLICABLE,
    )


def _choice(key: str, sheet: int, column: str, label: Wording, choices: tuple[Choice, ...]) -> Question:
    return Question(key, AnswerKind.CHOICE, label, _STAFF, sheet, column, choices[0].label.ja, choices)


_METHODS = (
    Choice("system_analysis", Wording("システム解析", "System analysis")),
    Choice("event", Wording("イベント", "Event")),
    Choice("hearing", Wording("ヒアリング", "Hearing")),
    Choice("inquiry", Wording("問合せ/請求/提案", "Inquiry, request or proposal")),
    Choice("other", Wording("その他", "Other")),
)
_STATUSES = (
    Choice("published", Wording("公開済", "Published")),
    Choice("planned", Wording("公開予定", "Publication planned")),
    Choice("unpublished", Wording("未公開", "Not published")),
)
_UNITS = (
    Choice("minute", Wording("分", "Minute")),
    Choice("hour", Wording("時間", "Hour")),
    Choice("day", Wording("日", "Day")),
    Choice("week", Wording("週", "Week")),
    Choice("month", Wording("月", "Month")),
    Choice("year", Wording("年", "Year")),
)
_RESULTS = (
    Choice("closed", Wording("公開不可", "Cannot be opened")),
    Choice("published", Wording("公開済", "Published")),
    Choice("planned", Wording("公開予定", "Publication planned")),
)

NEED_QUESTIONS = (
    Question(
        "need_confirmed_on",
        AnswerKind.DATE,
        Wording("ニーズ確認実施日", "Need checked on"),
        Wording("2026-04-01 のように書いてください。", "A date such as 2026-04-01."),
        3,
        "E",
        "2026-04-01",
    ),
    _choice("need_method", 3, "F", Wording("ニーズ確認方法", "How the need was checked"), _METHODS),
    _text("need_detail", 3, "G", Wording("ニーズ確認方法の詳細", "Details of the check"), "閲覧履歴の確認"),
    _text("need_usage", 3, "H", Wording("利活用方法", "Use of the data"), "地図に施設の場所を示す"),
    _text("need_remarks", 3, "I", Wording("ニーズ把握の備考", "Remarks on the need")),
)

REVIEW_QUESTIONS = (
    Question(
        "publication_status",
        AnswerKind.CHOICE,
        Wording("公開ステータス", "Publication status"),
        Wording("今の状態を選んでください。", "The state it is in now."),
        4,
        "D",
        "未公開",
        _STATUSES,
        public=True,
    ),
    _applicable("fit_council", "E", Wording("審議会・研究会の答申で引用", "Cited in a council's report")),
    _applicable("fit_report", "F", Wording("各種報告書で引用", "Cited in reports")),
    _applicable("fit_statistics", "G", Wording("統計データ", "Statistics")),
    _applicable("fit_budget", "H", Wording("予算・決算・調達情報", "Budget, accounts, procurement")),
    _applicable("fit_information", "I", Wording("重点分野の情報", "Information of a field of weight")),
    _number("update_interval", "L", Wording("更新間隔", "Update interval"), "1"),
    _choice("update_unit", 4, "M", Wording("更新間隔の単位", "Unit of the interval"), _UNITS),
    _number("record_count", "O", Wording("レコード数", "Number of records"), "1200", public=True),
    _number("column_count", "P", Wording("カラム数", "Number of columns"), "10"),
    _applicable("mashup_geospatial", "R", Wording("組合せ：地理空間情報", "Combination: geospatial")),
    _applicable("mashup_business", "S", Wording("組合せ：企業・自治体の情報", "Combination: firms, governments")),
    _applicable("mashup_local", "T", Wording("組合せ：地域情報", "Combination: local information")),
    _applicable("mashup_other", "U", Wording("組合せ：その他", "Combination: other")),
    _text("mashup_note", 4, "V", Wording("組合せの説明", "Note on the combination")),
    _choice("result", 4, "X", Wording("公開有無", "Result of the examination"), _RESULTS),
    _text("file_format", 4, "Y", Wording("ファイルの提供形式", "File format offered"), "CSV"),
    _text("file_frequency", 4, "Z", Wording("ファイルの提供頻度", "How often files are offered"), "1回／月"),
    _text("api_conditions", 4, "AA", Wording("APIの検索条件", "Search terms of the API"), "市町村コード"),
    _text("api_processing", 4, "AB", Wording("APIの内部処理", "Processing of the API")),
    _text("api_format", 4, "AC", Wording("APIの提供形式", "Format of the API"), "JSON"),
    _text("other_method", 4, "AD", Wording("その他の提供方法", "Other way of offering"), "窓口での閲覧"),
    _text("policy", 4, "AE", Wording("対応方針", "Plan"), "2027年度にCSVで公開する"),
    _text("method_remarks", 4, "AF", Wording("公開方法の備考", "Remarks on the way of opening")),
)
