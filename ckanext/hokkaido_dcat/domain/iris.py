"""Addresses that people typed, made into IRIs that strict parsers accept, or refused.

One illegal IRI makes a strict parser reject the whole document, so nothing that is not proven good is written.
Source of the rule: RFC 3986 (ASCII form), with RFC 3987 section 3.1 for what is outside ASCII.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

__all__ = ["is_address", "mail", "phone", "repair"]

#: Schemes that a public record may point to.
SCHEMES = frozenset({"http", "https", "ftp", "ftps", "urn"})

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LINE_BREAKS = {ord(character): None for character in "\t\r\n"}
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_NAME = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*\.?")
_MAIL = re.compile(r"[A-Za-z0-9.!#$&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_URN = re.compile(r"urn:[A-Za-z0-9][A-Za-z0-9-]{1,31}:[^\s#?]+")
_PHONE = re.compile(r"\+?[0-9][0-9-]{5,18}[0-9]")

_PATH_SAFE = "/:@!$&'()*+,;=~-._%"
_QUERY_SAFE = _PATH_SAFE + "?"


def is_address(value: str) -> bool:
    """Tell whether a value is an address on the web, and so may be an IRI where a code was expected."""
    return value.strip().lower().startswith(("http://", "https://")) and repair(value) is not None


def repair(value: str) -> str | None:
    """Return an absolute ASCII IRI for an address as typed, or None where it cannot be one.

    Space around it, characters that must be percent-encoded and host names in Japanese are repaired.
    """
    value = value.translate(_LINE_BREAKS).strip()
    scheme = _SCHEME.match(value)
    if not scheme or scheme[1].lower() not in SCHEMES or _CONTROL.search(value):
        return None
    try:
        if scheme[1].lower() == "urn":
            urn = "urn" + _encode(value[3:], _PATH_SAFE)
            return urn if _URN.fullmatch(urn) else None
        return _address(urlsplit(value))
    except (ValueError, UnicodeError):
        return None


def _address(parts: SplitResult) -> str | None:
    authority = _authority(parts)
    if authority is None:
        return None
    return urlunsplit(
        (
            parts.scheme.lower(),
            authority,
            _encode(parts.path, _PATH_SAFE),
            _encode(parts.query, _QUERY_SAFE),
            _encode(parts.fragment, _QUERY_SAFE),
        )
    )


def _authority(parts: SplitResult) -> str | None:
    """Return host and port, without a user name or password that someone left in the address."""
    host = parts.hostname
    if not host:
        return None
    port = f":{parts.port}" if parts.port is not None else ""
    if ":" in host:
        return f"[{ipaddress.IPv6Address(host)}]{port}"
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    return f"{host}{port}" if _NAME.fullmatch(host) else None


def _encode(part: str, safe: str) -> str:
    return quote(_BARE_PERCENT.sub("%25", part), safe=safe)


def mail(value: str) -> str | None:
    """Return the `mailto:` IRI of an e-mail address, or None where it is not one."""
    value = value.strip().removeprefix("mailto:")
    return "mailto:" + quote(value, safe="@!$&'*+/=~-._") if _MAIL.fullmatch(value) else None


def phone(value: str) -> str | None:
    """Return the `tel:` IRI of a telephone number written in Japan or internationally, or None.

    Source: RFC 3966; a number beginning with 0 is a Japanese one (+81).
    """
    number = value.translate(_WIDE).replace(" ", "-").strip("-")
    number = re.sub(r"[()]+", "-", number).strip("-")
    number = re.sub(r"-{2,}", "-", number)
    if not _PHONE.fullmatch(number):
        return None
    if number.startswith("0"):
        number = "+81-" + number[1:]
    return f"tel:{number}" if number.startswith("+") else None


#: Full-width digits, signs and the dashes that Japanese keyboards produce.
_WIDE = str.maketrans(
    "０１２３４５６７８９（）＋－ー‐−―\u3000",
    "0123456789()+-----\u0020",
)
