"""What may be personal data: a warning, for only the publisher knows whether a number belongs to an office."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from ckanext.hokkaido_standards.checks.columns import VALUE, about, cells, free, listed
from ckanext.hokkaido_standards.checks.registry import RULES, Look
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.values import VALUES, Fault

__all__ = ["Emails", "Headings", "Phones"]

_MOBILE = r"(?:^|[^0-9０-９])[0０][7-9７-９][0０][-‐－ー−(（]?[0-9０-９]{4}[-‐－ー−)）]?[0-9０-９]{4}(?:$|[^0-9０-９])"
#: Providers where persons have their mail.
_PROVIDERS = (
    "gmail.com", "googlemail.com", "yahoo.co.jp", "ymail.ne.jp", "yahoo.com", "hotmail.com", "hotmail.co.jp",
    "outlook.com", "outlook.jp", "live.jp", "icloud.com", "me.com", "docomo.ne.jp", "ezweb.ne.jp", "au.com",
    "softbank.ne.jp", "i.softbank.jp", "ymobile.ne.jp", "vodafone.ne.jp", "nifty.com", "rakuten.jp", "aol.com",
)  # fmt: skip
_PERSONAL = r"(?i)[@＠](?:" + "|".join(re.escape(name) for name in _PROVIDERS) + r")(?:$|[^0-9a-z.-])"
_HEADINGS = re.compile(
    r"氏名|生年月日|誕生日|個人番号|マイナンバー|(?<!電話)続柄|性別|年齢$|口座番号|旅券|免許証|被保険者|携帯|自宅|病歴|障害者手帳|国籍"
)


class Headings:
    """Columns that the set lacks and whose headings speak of persons."""

    code = "people-heading"

    def check(self, look: Look) -> Iterator[Finding]:
        for place, heading in enumerate(look.table.headings):
            if place not in look.match.columns and _HEADINGS.search("".join(heading.split())):
                yield about(look, self.code, place)


class Phones:
    """Numbers of mobile phones."""

    code = "people-phone"

    def check(self, look: Look) -> Iterator[Finding]:
        yield from _found(look, self.code, _MOBILE, "phone")


class Emails:
    """Addresses at providers where persons have their mail."""

    code = "people-email"

    def check(self, look: Look) -> Iterator[Finding]:
        yield from _found(look, self.code, _PERSONAL, "email")


def _found(look: Look, rule: str, pattern: str, kind: str) -> Iterator[Finding]:
    frame = look.table.frame
    places = free(look, VALUES.keys() - {kind})
    masks = frame.select(pl.col(str(place)).str.contains(pattern) for place in places)
    for place in places:
        if masks[str(place)].any():
            found = cells(frame, place, masks[str(place)])
            yield from listed(look, place, found, dict.fromkeys(found[VALUE].unique(), Fault(rule)))


for _rule in (Headings(), Phones(), Emails()):
    RULES.add(_rule.code, _rule)
