"""What is to be done on datasets that nobody looks after: the kinds, their order, and the words of the monthly mail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

__all__ = ["DRAFT_DAYS", "Item", "Kind", "body_of", "month_of", "sorted_items", "subject_of"]

#: A draft that nobody has touched for so many days is left alone.
DRAFT_DAYS = 30
#: So many lines of one organisation stand in a mail; the page has them all.
NAMED = 15


class Kind(StrEnum):
    """Why a dataset needs somebody."""

    BROKEN = "broken"
    STALE = "stale"
    MOVED = "moved"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do on one dataset, for so many days."""

    kind: Kind
    dataset_id: str
    name: str
    title: str
    organization_id: str
    days: int
    since: date
    #: Code of the frequency, or the address of the link.
    detail: str = ""
    type: str = "dataset"
    private: bool = False


_JA = {
    Kind.BROKEN: "リンク切れ",
    Kind.STALE: "更新時期を過ぎています",
    Kind.MOVED: "リンク先が移転しました",
    Kind.DRAFT: "下書きのままです",
}
_ORDER = {kind: place for place, kind in enumerate(Kind)}


def sorted_items(items: Iterable[Item], by: str = "") -> list[Item]:
    """Return things to do in the order asked for (`days`, `title`, `kind`, turned by a minus); the worst first else."""
    keys = {
        "title": lambda item: (item.title, item.kind),
        "days": lambda item: (item.days, item.title),
        "kind": lambda item: (_ORDER[item.kind], -item.days, item.title),
        "organization": lambda item: (item.organization_id, _ORDER[item.kind], item.title),
    }
    key = keys.get(by.removeprefix("-"))
    if key is None:
        return sorted(items, key=lambda item: (-item.days, item.title, item.kind))
    return sorted(items, key=key, reverse=by.startswith("-"))


def month_of(day: date) -> date:
    """Return the first day of a month, by which its mail is known."""
    return day.replace(day=1)


def subject_of(items: Sequence[Item]) -> str:
    """Return the subject of the mail."""
    return f"オープンデータの手入れのお願い（{len(items)}件）"


def body_of(items: Sequence[Item], organizations: dict[str, str], *, name: str, site: str, link: str) -> str:
    """Return the text of the mail.

    :param items: of all organisations of the person.
    :param organizations: titles by id.
    :param name: of the person.
    :param link: the page that lists everything.
    """
    parts = [f"{name} 様\n\n{site} で公開しているデータのうち、次のものに手入れが必要です。\n"]
    ordered = sorted(items, key=lambda item: (organizations.get(item.organization_id, ""), item.organization_id))
    for organization_id, group in groupby(ordered, key=lambda item: item.organization_id):
        own = sorted_items(group, "kind")
        parts.append(f"■ {organizations.get(organization_id, '')}（{len(own)}件）\n")
        parts += [_line(item) for item in own[:NAMED]]
        parts += [f"・ほか{len(own) - NAMED}件\n"] if len(own) > NAMED else [""]
    parts.append(f"一覧と直すためのフォームは、次のページにあります。\n{link}\n")
    parts.append(
        "データを更新したとき、または「更新頻度」を実際に合わせて直したときに、このお知らせから外れます。\n"
        "変更がなく古くなっていないときは、「データの最終更新日」を確認した日に直してください。\n"
        "このメールは月に一度、自動で送信しています。返信はお受けできません。\n"
        "--\n"
        "Some of your datasets need attention: updates overdue, links broken or moved, drafts left alone. "
        "The page above lists them.\n"
    )
    return "\n".join(parts)


def _line(item: Item) -> str:
    return f"・{_JA[item.kind]}（{item.days}日）：{item.title or item.name}"
