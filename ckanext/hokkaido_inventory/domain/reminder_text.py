"""The words of reminders: one mail to one person a day, with places to click and nothing that is not public (LK-08)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ckanext.hokkaido_inventory.domain.reminding import ReminderKind

__all__ = ["Line", "Outcome", "body_of", "subject_of"]

_WEEKDAYS = "月火水木金土日"


class Outcome:
    """What became of a reminder."""

    SENT = "sent"
    SETTLED = "settled"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """One unit's part in one round.

    `left` counts working days and is negative after the deadline; `link` leads to the page where it is done.
    """

    kind: ReminderKind
    survey: str
    unit: str
    deadline: date
    left: int
    state: str
    link: str
    training: bool
    reviews: bool


def subject_of(lines: Sequence[Line]) -> str:
    """Return the subject: the most pressing thing first."""
    answers = [line for line in lines if not line.reviews]
    overdue = [line for line in answers if line.left < 0]
    if overdue:
        text = f"保有データ棚卸し調査の回答期限を過ぎています（{len(overdue)}件）"
    elif answers:
        text = f"保有データ棚卸し調査の回答をお願いします（{_left(min(line.left for line in answers))}）"
    else:
        text = f"保有データ棚卸し調査の承認をお願いします（{len(lines)}件）"
    return f"【訓練】{text}" if all(line.training for line in lines) else text


def body_of(lines: Sequence[Line], *, name: str, site: str, link: str) -> str:
    """Return the text.

    :param name: of the person.
    :param link: the page with everything that the person has to do.
    """
    answers = sorted((line for line in lines if not line.reviews), key=lambda line: (line.deadline, line.unit))
    reviews = sorted((line for line in lines if line.reviews), key=lambda line: (line.deadline, line.unit))
    parts = [f"{name} 様\n\n{site} の保有データ棚卸し調査についてお知らせします。\n"]
    if answers:
        parts += ["■ 回答をお願いします\n", *_written(answers, "開いて「提出する」を押すまで、最短2クリックです。")]
    if reviews:
        parts += ["■ 承認をお願いします\n", *_written(reviews, "開いて「承認する」を押すと終わります（2クリック）。")]
    parts.append(f"すべての未処理の件は、次のページにまとまっています。\n{link}\n")
    parts.append(
        "提出または承認が済むと、このお知らせは止まります。行き違いの場合はご容赦ください。\n"
        "このメールは自動で送信しています。返信はお受けできません。\n"
        "--\n"
        "Your unit has answers to give or to approve in the data inventory survey; the links above lead there.\n"
    )
    return "\n".join(parts)


def _written(lines: Iterable[Line], effort: str) -> list[str]:
    written = []
    for line in lines:
        training = "【訓練】" if line.training else ""
        day = f"{line.deadline.year}年{line.deadline.month}月{line.deadline.day}日"
        written.append(
            f"{training}{line.unit}（{line.survey}）\n"
            f"  状態：{line.state}\n"
            f"  回答期限：{day}（{_WEEKDAYS[line.deadline.weekday()]}）{_left(line.left)}{_why(line.kind)}\n"
            f"  {line.link}\n"
        )
    return [*written, f"{effort}\n"]


def _left(days: int) -> str:
    if days < 0:
        return f"期限から{-days}営業日が過ぎました"
    return "今日が期限です" if days == 0 else f"あと{days}営業日"


def _why(kind: ReminderKind) -> str:
    notes = {
        ReminderKind.ESCALATED: "\n  とりまとめ・承認の担当の方にもお知らせしています。",
        ReminderKind.ESCALATED_ABOVE: "\n  上位の部署の担当の方にもお知らせしています。",
        ReminderKind.ASKED: "\n  調査担当からの依頼でお送りしています。",
    }
    return notes.get(kind, "")
