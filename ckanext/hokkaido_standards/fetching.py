"""Asking for a file at another site: through the one outgoing client, no further than it is worth."""

from __future__ import annotations

from dataclasses import dataclass

from ckanext.hokkaido_core.domain.fetching import BadAnswer, FetchError, Policy, TooBig
from ckanext.hokkaido_core.domain.retry_after import retry_after_seconds
from ckanext.hokkaido_core.shared import now, safe_http
from ckanext.hokkaido_standards.domain.linked_address import linked_name, starts_no_table
from ckanext.hokkaido_standards.domain.linked_state import Outcome, outcome_of

__all__ = ["Asked", "Fetched", "fetch_file"]

#: The longest mark of a version that is kept and sent back; a longer one is taken for none.
_LONGEST_MARK = 500
_NO_TABLES = ("image/", "video/", "audio/")
_OUTCOMES = {"not-allowed": Outcome.REFUSED, "too-big": Outcome.LARGE}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: a file, only if it is another one than that with these marks where they are not blank."""

    url: str
    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers that ask for a change only."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a site answered; nothing of it tells the address.

    :ivar fault: code of a `FetchError`, or blank.
    :ivar etag: and `modified`: marks of the version that was sent.
    :ivar rest: seconds that the site asks to be left alone.
    """

    outcome: Outcome
    status: int = 0
    fault: str = ""
    name: str = ""
    content: bytes = b""
    etag: str = ""
    modified: str = ""
    rest: int = 0


def fetch_file(asked: Asked, policy: Policy) -> Fetched:
    """Ask for a file; nothing of it raises.

    A page, a picture or a PDF file is not read to its end, and neither is what is longer than the policy lets through.
    """
    try:
        with safe_http.stream(asked.url, policy, headers=asked.headers) as answer:
            return _read(asked, policy, answer)
    except FetchError as error:
        return Fetched(_OUTCOMES.get(error.code, Outcome.AWAY), fault=error.code)


def _read(asked: Asked, policy: Policy, answer: safe_http.Answer) -> Fetched:
    outcome = outcome_of(answer.status)
    rest = retry_after_seconds(answer.headers.get("retry-after", ""), now())
    if outcome is Outcome.SAME and not asked.headers:
        raise BadAnswer("nobody asked whether it has changed")
    if outcome is not Outcome.FRESH:
        return Fetched(outcome, answer.status, rest=rest)
    if answer.headers.get("content-type", "").lower().startswith(_NO_TABLES):
        return Fetched(Outcome.NO_TABLE, answer.status)
    length = answer.headers.get("content-length", "")
    if length.isascii() and length.isdecimal() and int(length[:18]) > policy.body_bytes:
        raise TooBig("the answer is too long")
    return _body(asked, answer)


def _body(asked: Asked, answer: safe_http.Answer) -> Fetched:
    body = bytearray()
    for chunk in answer.chunks():
        is_first = not body
        body += chunk
        if is_first and starts_no_table(chunk):
            return Fetched(Outcome.NO_TABLE, answer.status)
    marks = {name: answer.headers.get(header, "") for name, header in (("etag", "etag"), ("modified", "last-modified"))}
    return Fetched(
        Outcome.FRESH,
        answer.status,
        name=linked_name(asked.url, answer.headers.get("content-disposition", "")),
        content=bytes(body),
        **{name: value if len(value) <= _LONGEST_MARK else "" for name, value in marks.items()},
    )
