"""Telephone numbers, postal codes, e-mail addresses and web addresses."""

from __future__ import annotations

import re

from ckanext.hokkaido_standards.values.fault import Fault, form, half_width

__all__ = ["EMAIL", "PHONE", "POSTAL_CODE", "URL", "judge_email", "judge_phone", "judge_postal_code", "judge_url"]

#: Ten digits, eleven of mobile and free ones; the parts as long as area codes make them (総務省, 電気通信番号計画).
PHONE = (
    r"^(?:0[0-9]-[0-9]{4}-[0-9]{4}|0[0-9]{2}-[0-9]{3}-[0-9]{4}|0[0-9]{3}-[0-9]{2}-[0-9]{4}|0[0-9]{4}-[0-9]-[0-9]{4}"
    r"|0[5-9]0-[0-9]{4}-[0-9]{4}|0(?:120|570|990)-[0-9]{3}-[0-9]{3}|0800-[0-9]{3}-[0-9]{4}"
    r"|\+81-[1-9][0-9]{0,3}-[0-9]{1,4}-[0-9]{4})$"
)
POSTAL_CODE = r"^[0-9]{3}-?[0-9]{4}$"
EMAIL = r"^[A-Za-z0-9._%+'\-]+@[A-Za-z0-9](?:[A-Za-z0-9.\-]*[A-Za-z0-9])?\.[A-Za-z]{2,}$"
URL = r"^https?://[^\s/?#:.]+(?:\.[^\s/?#:.]+)+(?::[0-9]+)?(?:[/?#][^\s]*)?$"

_PHONE, _POSTAL, _EMAIL, _URL = map(re.compile, (PHONE, POSTAL_CODE, EMAIL, URL))
_BETWEEN = re.compile(r"[\s、,;・]+|または|又は|(?<=\d)/(?=\d)")
_BRACKETS = re.compile(r"^\(?(0\d{1,4})\)[\s-]*")
_DIGITS = re.compile(r"\d{3}-?\d{4}", re.ASCII)


def judge_phone(text: str) -> Fault | None:
    """Tell what is wrong with a telephone number."""
    plain = _BRACKETS.sub(r"\1-", half_width(text)).removeprefix("TEL").lstrip(":. ")
    plain = re.sub(r"(?<=\d)\((\d{1,4})\)(?=\d)", r"-\1-", plain)
    plain = re.sub(r"\s*-\s*", "-", plain)
    return _judged(text, plain, _PHONE, "value-phone")


def judge_postal_code(text: str) -> Fault | None:
    """Tell what is wrong with a postal code."""
    plain = re.sub(r"[\s〒]", "", half_width(text))
    return _judged(text, plain, _DIGITS, "value-postal-code")


def judge_email(text: str) -> Fault | None:
    """Tell what is wrong with an e-mail address."""
    return _judged(text, half_width(text).removeprefix("mailto:"), _EMAIL, "value-email")


def judge_url(text: str) -> Fault | None:
    """Tell what is wrong with a web address."""
    return _judged(text, text.strip(), _URL, "value-url")


def _judged(text: str, plain: str, pattern: re.Pattern[str], rule: str) -> Fault | None:
    if pattern.fullmatch(plain):
        return form(text, plain)
    several = [part for part in _BETWEEN.split(plain) if part]
    if len(several) > 1 and all(map(pattern.fullmatch, several)):
        return Fault("value-several", params={"number": len(several)})
    return Fault(rule)
