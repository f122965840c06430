"""Lists of people as CSV: encodings, headings, and all errors at once."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_inventory.domain.duty import Duty
from ckanext.hokkaido_inventory.domain.findings import Severity
from ckanext.hokkaido_inventory.domain.roster import MAX_BYTES, read_roster

HEADER = "氏名,メールアドレス,組織,役割\r\n"
ROWS = HEADER + "山田 太郎,Taro@example.jp,河川課,とりまとめ担当\r\n髙橋 花子,hanako@example.jp,014028,副担当\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_list_is_read_in_the_encodings_of_offices(encoding):
    roster = read_roster(ROWS.encode(encoding))
    assert roster.findings == []
    assert [(entry.row, entry.fullname, entry.email, entry.unit, entry.duty) for entry in roster.entries] == [
        (2, "山田 太郎", "taro@example.jp", "河川課", Duty.COORDINATOR),
        (3, "髙橋 花子", "hanako@example.jp", "014028", Duty.DEPUTY),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "役割,組織名,名前,メール",
        "ＲＯＬＥ,Unit,Name,E-mail",
        "備考,氏 名,電子メール,組織（名称・コード・URL名）,役割",
    ],
)
def test_headings_are_found_by_their_names_in_any_order(header):
    roster = read_roster(f"{header}\n".encode())
    assert [finding.code for finding in roster.findings] == ["roster_no_rows"]


def test_all_errors_of_all_rows_come_at_once():
    rows = [",x@example.jp,河川課,回答者", "山田,x＠example,,係長", "", "佐藤,ok@example.jp,河川課,承認者"]
    roster = read_roster((HEADER + "\n".join(rows)).encode())
    assert [(finding.row, finding.code) for finding in roster.findings] == [
        (2, "roster_no_name"),
        (3, "roster_wrong_address"),
        (3, "roster_unknown_unit"),
        (3, "roster_unknown_duty"),
    ]
    assert [entry.fullname for entry in roster.entries] == ["佐藤"]


def test_the_same_person_twice_is_a_warning():
    row = "山田,x@example.jp,河川課,回答者\n"
    roster = read_roster((HEADER + row + "山田太郎,X@EXAMPLE.JP,河川 課,回答者\n").encode())
    assert len(roster.entries) == 1
    (finding,) = roster.findings
    assert (finding.code, finding.severity, finding.row) == ("roster_doubled", Severity.WARNING, 3)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04\x00\x00", "roster_not_text"),
        (b"\xff\xfe\x00", "roster_not_text"),
        (b"a" * (MAX_BYTES + 1), "roster_too_large"),
        (b"", "roster_no_header"),
        ("氏名,組織\n".encode(), "roster_no_header"),
        (HEADER.encode(), "roster_no_rows"),
    ],
    ids=["zip", "utf-16", "large", "empty", "columns", "rows"],
)
def test_what_is_no_list_is_said(content, code):
    assert [finding.code for finding in read_roster(content).findings] == [code]


@pytest.mark.parametrize(
    "address", ["x", "x@", "@x.jp", "a b@x.jp", "a@x.jp,b@x.jp", "a@x..jp", "a@x.jp\nBcc: b@x.jp", "河@x.jp"]
)
def test_what_is_no_address_does_not_get_a_mail(address):
    line = f'山田,"{address}",河川課,回答者\n'
    assert [finding.code for finding in read_roster((HEADER + line).encode()).findings] == ["roster_wrong_address"]
