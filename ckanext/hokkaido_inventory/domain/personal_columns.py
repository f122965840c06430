"""Which headings of a table look as if their column told of persons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.domain.wording import Wording

__all__ = ["PersonalColumn", "PersonalKind", "looks_personal", "personal_columns", "split_columns"]


class PersonalKind(StrEnum):
    """What such a column tells."""

    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    BIRTH = "birth"
    NUMBER = "number"
    SENSITIVE = "sensitive"
    ACCOUNT = "account"
    FAMILY = "family"

    @property
    def wording(self) -> Wording:
        """Return the name of the kind."""
        return _WORDING[self]


_WORDING = {
    PersonalKind.NAME: Wording("氏名", "Name of a person"),
    PersonalKind.ADDRESS: Wording("住所", "Address"),
    PersonalKind.PHONE: Wording("電話番号", "Phone number"),
    PersonalKind.EMAIL: Wording("メールアドレス", "E-mail address"),
    PersonalKind.BIRTH: Wording("生年月日・年齢", "Date of birth or age"),
    PersonalKind.NUMBER: Wording("個人番号", "Individual Number"),
    PersonalKind.SENSITIVE: Wording("要配慮個人情報", "Sensitive personal information"),
    PersonalKind.ACCOUNT: Wording("口座", "Bank account"),
    PersonalKind.FAMILY: Wording("家族・続柄", "Family"),
}

#: Tried in this order against the comparison key of a heading. What speaks of persons whatever stands beside it.
_CERTAIN = (
    (PersonalKind.NUMBER, "個人番号|マイナンバー|被保険者番号|基礎年金番号|住民票コード|免許証番号"),
    (
        PersonalKind.SENSITIVE,
        "病名|病歴|傷病|既往|診断|障害(?!物|者用|者対応)|犯罪|前科|国籍|信条|本籍|要介護|健診結果",
    ),
    (PersonalKind.BIRTH, "生年月日|誕生日|生年(?!度)"),
    (PersonalKind.FAMILY, "続柄|世帯主|配偶者|扶養|保護者|緊急連絡先"),
    (PersonalKind.ACCOUNT, "口座|預金"),
    (
        PersonalKind.NAME,
        (
            "氏名|姓名|本名|^(?:お名前|名前|姓|名|セイ|メイ)$|(?:職員|議員|会員|生徒|児童|園児)(?:の)?名$"
            "|(?:申請|届出|利用|受給|対象|登録|所有|相談|患|納税|加入|参加|受講|応募|担当|責任|代表|管理)者(?:の)?名$"
        ),
    ),
)
#: What a facility has as well: it speaks of persons only beside one of the above.
_BESIDE = (
    (PersonalKind.ADDRESS, "住所|居所|住居|所在地"),
    (PersonalKind.PHONE, "電話|携帯|tel(?:$|[^a-z])|fax"),
    (PersonalKind.EMAIL, "メール|e-?mail|mail"),
    (PersonalKind.BIRTH, "^(?:満)?年齢$|^年令$"),
)
_CERTAIN_RULES = tuple((kind, re.compile(words)) for kind, words in _CERTAIN)
_BESIDE_RULES = tuple((kind, re.compile(words)) for kind, words in _BESIDE)
#: Words for roles that the law itself makes public, or for things that are not persons.
_NOT_PERSONS = re.compile("法人|施設|団体名|事業所|学校|会社|店舗|機関名|駅名|路線|問い?合わ?せ|連絡先_名称")
_SEPARATORS = re.compile(r"[、,，;；\t\n\r／|｜]+")


@dataclass(frozen=True, slots=True)
class PersonalColumn:
    """A heading that looks personal, and why."""

    heading: str
    kind: PersonalKind


def split_columns(text: str | None) -> tuple[str, ...]:
    """Return the headings in a text that lists them, separated by commas of any kind, tabs or line ends."""
    return tuple(part for piece in _SEPARATORS.split(text or "") if (part := piece.strip()))


def personal_columns(headings: Iterable[str]) -> tuple[PersonalColumn, ...]:
    """Return the headings that look personal, in their order.

    Address, phone and mail count only where another column speaks of persons: a list of facilities has them too.
    """
    named = [(heading, comparison_key(heading)) for heading in headings]
    certain = {heading: kind for heading, key in named if (kind := _kind(key, _CERTAIN_RULES))}
    if not certain:
        return ()
    beside = {heading: kind for heading, key in named if (kind := _kind(key, _BESIDE_RULES))}
    kinds = beside | certain
    return tuple(PersonalColumn(heading, kinds[heading]) for heading, _key in named if heading in kinds)


def looks_personal(headings: Iterable[str]) -> bool:
    """Tell whether a table with these headings looks as if it told of persons."""
    return bool(personal_columns(headings))


def _kind(key: str, rules: tuple[tuple[PersonalKind, re.Pattern[str]], ...]) -> PersonalKind | None:
    if _NOT_PERSONS.search(key):
        return None
    return next((kind for kind, words in rules if words.search(key)), None)
