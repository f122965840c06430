"""A list of people as CSV: names, mail addresses, units and duties, read with all its errors at once."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.domain.duty import Duty
from ckanext.hokkaido_inventory.domain.findings import Finding, Kind, Severity
from ckanext.hokkaido_inventory.domain.wording import N_

__all__ = [
    "AMBIGUOUS_UNIT",
    "MAX_BYTES",
    "UNKNOWN_UNIT",
    "Entry",
    "Roster",
    "is_address",
    "normal_address",
    "read_roster",
]

#: 279 bodies with a dozen people each are a tenth of this.
MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 10_000

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=[A-Za-z0-9.-]{3,253}$)(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]*[A-Za-z0-9]"
)
_HEADINGS = {
    "fullname": ("氏名", "名前", "担当者名", "担当者", "name", "fullname"),
    "email": ("メールアドレス", "メール", "電子メール", "eメール", "email", "e-mail", "mail", "mailaddress"),
    "unit": (
        "組織",
        "組織名",
        "部署",
        "所属",
        "課名",
        "自治体",
        "団体名",
        "unit",
        "organization",
        "組織(名称・コード・url名)",
    ),
    "duty": ("役割", "担当区分", "区分", "duty", "role"),
}
_DUTIES = {
    Duty.COORDINATOR: ("とりまとめ担当", "とりまとめ", "取りまとめ担当", "取りまとめ", "取り纏め担当", "coordinator"),
    Duty.APPROVER: ("承認者", "承認", "決裁者", "approver"),
    Duty.RESPONDENT: ("回答者", "回答", "担当者", "主担当", "respondent"),
    Duty.DEPUTY: ("副担当", "副担当者", "代理", "deputy"),
}

NOT_TEXT = Kind(
    "roster_not_text",
    Severity.ERROR,
    N_("The file is not a CSV in UTF-8 or Shift_JIS."),
    N_("In Excel choose “Save as” and “CSV UTF-8”, and upload that file."),
)
TOO_LARGE = Kind(
    "roster_too_large",
    Severity.ERROR,
    N_("The file is larger than a list of people can be (%(limit)s rows, 2 MB)."),
    N_("Check that it is the right file, or split it."),
)
NO_HEADER = Kind(
    "roster_no_header",
    Severity.ERROR,
    N_("These columns were not found in the first row: %(columns)s."),
    N_("Write 氏名, メールアドレス, 組織 and 役割 into the first row."),
)
NO_ROWS = Kind(
    "roster_no_rows",
    Severity.ERROR,
    N_("The file lists nobody."),
    N_("Write one person into each row below the headings."),
)
NO_NAME = Kind("roster_no_name", Severity.ERROR, N_("The name is missing."), N_("Write the name of the person."))
WRONG_ADDRESS = Kind(
    "roster_wrong_address",
    Severity.ERROR,
    N_("“%(value)s” is not a mail address."),
    N_("Write it like name@example.jp, one address a row."),
)
UNKNOWN_DUTY = Kind(
    "roster_unknown_duty",
    Severity.ERROR,
    N_("“%(value)s” is not a duty."),
    N_("Write とりまとめ担当, 承認者, 回答者 or 副担当."),
)
UNKNOWN_UNIT = Kind(
    "roster_unknown_unit",
    Severity.ERROR,
    N_("There is no organisation “%(value)s” for which you can invite people."),
    N_("Write its name, its code, or the end of its address on the portal."),
)
AMBIGUOUS_UNIT = Kind(
    "roster_ambiguous_unit",
    Severity.ERROR,
    N_("Several organisations are called “%(value)s”: %(names)s."),
    N_("Write the end of its address on the portal instead."),
)
DOUBLED = Kind(
    "roster_doubled",
    Severity.WARNING,
    N_("The same person, organisation and duty stand in row %(first)s already."),
    N_("Nothing needs to be done; the person is invited once."),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of a list; `unit` is what the file says, `row` its number as Excel shows it."""

    row: int
    fullname: str
    email: str
    unit: str
    duty: Duty


@dataclass(slots=True)
class Roster:
    """What a list says, and what is wrong with it."""

    entries: list[Entry] = field(default_factory=list)
    #: Row and unit of each row that has an error already, so that an unknown unit is said in the same breath.
    faulty: list[tuple[int, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def is_address(text: str) -> bool:
    """Tell whether a text is one mail address of the plain kind that offices have."""
    return bool(_ADDRESS.fullmatch(text)) and ".." not in text


def normal_address(text: str) -> str:
    """Return a mail address in narrow letters without blanks around, in lower case: that is how two are compared."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def read_roster(content: bytes) -> Roster:
    """Read a list of people; nothing in a file raises.

    UTF-8 with or without BOM and CP932 are understood, headings in any order and with their common synonyms.
    """
    if len(content) > MAX_BYTES:
        return Roster(findings=[Finding(TOO_LARGE, params={"limit": MAX_ROWS})])
    text = _decoded(content)
    if text is None:
        return Roster(findings=[Finding(NOT_TEXT)])
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=False))
    except csv.Error:
        return Roster(findings=[Finding(NOT_TEXT)])
    if len(rows) > MAX_ROWS:
        return Roster(findings=[Finding(TOO_LARGE, params={"limit": MAX_ROWS})])
    columns = _columns(rows[0] if rows else ())
    missing = [_HEADINGS[key][0] for key in _HEADINGS if key not in columns]
    if missing:
        return Roster(findings=[Finding(NO_HEADER, row=1, params={"columns": "、".join(missing)})])
    return _read(rows, columns)


def _read(rows: Sequence[Sequence[str]], columns: dict[str, int]) -> Roster:
    roster, seen = Roster(), dict[tuple[str, str, Duty], int]()
    for number, row in enumerate(rows[1:], start=2):
        cells = {key: row[place].strip() if place < len(row) else "" for key, place in columns.items()}
        if not any(cells.values()):
            continue
        duty = _duty(cells["duty"])
        problems = list(_problems(number, cells, duty))
        roster.findings += problems
        if problems or duty is None:
            roster.faulty += [(number, cells["unit"])] if cells["unit"] else []
            continue
        entry = Entry(number, cells["fullname"], normal_address(cells["email"]), cells["unit"], duty)
        first = seen.setdefault((entry.email, comparison_key(entry.unit), duty), number)
        if first != number:
            roster.findings.append(Finding(DOUBLED, row=number, params={"first": first}))
            continue
        roster.entries.append(entry)
    if not roster.entries and not roster.findings:
        roster.findings.append(Finding(NO_ROWS))
    return roster


def _problems(number: int, cells: dict[str, str], duty: Duty | None) -> Iterator[Finding]:
    if not cells["fullname"]:
        yield Finding(NO_NAME, row=number)
    if not is_address(normal_address(cells["email"])):
        yield Finding(WRONG_ADDRESS, row=number, value=cells["email"][:100])
    if not cells["unit"]:
        yield Finding(UNKNOWN_UNIT, row=number, value="")
    if duty is None:
        yield Finding(UNKNOWN_DUTY, row=number, value=cells["duty"][:100])


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _columns(header: Sequence[str]) -> dict[str, int]:
    keys = [comparison_key(cell) for cell in header]
    found = {}
    for name, headings in _HEADINGS.items():
        known = {comparison_key(heading) for heading in headings}
        place = next((place for place, key in enumerate(keys) if key in known), None)
        if place is not None:
            found[name] = place
    return found


def _duty(text: str) -> Duty | None:
    key = comparison_key(text)
    return next((duty for duty, names in _DUTIES.items() if key in {comparison_key(name) for name in names}), None)
