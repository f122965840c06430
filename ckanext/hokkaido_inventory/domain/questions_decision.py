"""Questions that only this suite asks: what stands behind a decision, and how the holding is listed."""

from __future__ import annotations

from ckanext.hokkaido_inventory.domain.listing import Listing
from ckanext.hokkaido_inventory.domain.question_types import AnswerKind, Choice, Question
from ckanext.hokkaido_inventory.domain.wording import Wording

__all__ = ["DECISION_QUESTIONS"]

_STEPS = (
    Choice("approval", Wording("庁内の決裁・調整", "Decision or agreement inside the office")),
    Choice("rights", Wording("権利者の許諾", "Permission of the holder of rights")),
    Choice("removal", Wording("公開できない項目の削除・匿名加工", "Taking out or anonymising what cannot be shown")),
    Choice("digitisation", Wording("紙からの電子化", "Turning paper into data")),
    Choice("conversion", Wording("機械で読める形への変換", "Turning it into a machine-readable form")),
    Choice("export", Wording("システムからの取り出し", "Exporting it from its system")),
    Choice("budget", Wording("予算・委託", "Budget or contract")),
    Choice("other", Wording("その他", "Other")),
)
_LEVELS = (
    Choice("0", Wording("紙・画像だけ", "Paper or pictures only")),
    Choice("1", Wording("PDF・Word など（星1）", "PDF, Word and the like (1 star)")),
    Choice("2", Wording("Excel など（星2）", "Excel and the like (2 stars)")),
    Choice("3", Wording("CSV・JSON など（星3）", "CSV, JSON and the like (3 stars)")),
    Choice("4", Wording("URI 付きのデータ（星4）", "Data with IRIs (4 stars)")),
    Choice("5", Wording("他のデータとつながったデータ（星5）", "Linked data (5 stars)")),
)

DECISION_QUESTIONS = (
    Question(
        "theme",
        AnswerKind.CHOICE,
        Wording("分野", "Theme"),
        Wording("いちばん近い分野を一つ選んでください。", "Choose the theme that comes nearest."),
        vocabulary="themes",
        public=True,
    ),
    Question(
        "columns",
        AnswerKind.TEXT,
        Wording("主な項目", "Main columns"),
        Wording(
            "表の見出しを「、」で区切って書いてください。似たデータを探すために庁内で使います。公開されません。",
            "The headings of the table, separated by commas. Used inside the office only.",
        ),
        example="施設名、所在地、電話番号、開館時間",
        max_length=2000,
    ),
    Question(
        "machine_readability",
        AnswerKind.CHOICE,
        Wording("機械可読性", "Machine-readability"),
        Wording(
            "今ある中で、いちばん機械で読みやすい形を選んでください。", "The most machine-readable form it has now."
        ),
        example="Excel など（星2）",
        choices=_LEVELS,
        public=True,
    ),
    Question(
        "law",
        AnswerKind.TEXT,
        Wording("根拠の法令・条項", "Law or clause"),
        Wording(
            "公開を制限する法律・条例と条項を書いてください。公開の一覧に載ります。",
            "The law or ordinance and its clause that restricts opening. It appears in the public list.",
        ),
        example="統計法第41条",
        public=True,
        max_length=300,
    ),
    Question(
        "blocking_step",
        AnswerKind.CHOICE,
        Wording("公開までに必要なこと", "What is needed before opening"),
        Wording(
            "まだ公開できない場合、次に必要なことを一つ選んでください。", "If not yet open, the next step it needs."
        ),
        example="機械で読める形への変換",
        choices=_STEPS,
        public=True,
    ),
    Question(
        "review_on",
        AnswerKind.DATE,
        Wording("見直す日", "To be looked at again on"),
        Wording(
            "公開できるかどうかを次に見直す日を書いてください。", "The day on which the decision is looked at again."
        ),
        example="2028-04-01",
        public=True,
    ),
    Question(
        "listing",
        AnswerKind.CHOICE,
        Wording("一覧への載せ方", "How it is listed"),
        Wording(
            "ふつうは選ばなくて構いません（公開の一覧に載ります）。データ名そのものを知らせられない場合だけ選んでください。",
            "Usually left blank (listed for all). Choose only if the name itself must not be known.",
        ),
        choices=tuple(Choice(level.value, level.wording) for level in Listing),
    ),
)
